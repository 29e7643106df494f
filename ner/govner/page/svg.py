"""Plots as inline SVG; colours come from the page's style sheet, so they follow light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import floor, log10

from markupsafe import Markup, escape

Point = tuple[float, float]
Interval = tuple[float, float]
Mean = tuple[float, float, Interval | None]
"""A number of documents, a score, and its interval."""
SIZE, LEFT, BOTTOM, TOP = 300, 44, 40, 12


def interval_bar(low: float, point: float, high: float, *, start: float, label: str) -> Markup:
    """Return a small bar for a table cell: the interval as a line, the value as a dot.

    The axis runs from ``start`` to 1.
    """

    def x(value: float) -> float:
        return round(4 + 112 * max(0.0, value - start) / (1 - start), 1)

    return Markup(
        '<svg class="bar" viewBox="0 0 120 16" role="img" aria-label="{aria}">'
        '<line class="track" x1="4" y1="8" x2="116" y2="8"/>'
        '<line class="range {label}" x1="{low}" y1="8" x2="{high}" y2="8"/>'
        '<circle class="dot {label}" cx="{point}" cy="8" r="4"/></svg>'
    ).format(
        aria=f"{100 * low:.1f} to {100 * high:.1f}",
        label=label,
        low=x(low),
        high=x(high),
        point=x(point),
    )


def floor_of(values: Iterable[float]) -> float:
    """Return where an axis to 1 begins so that all values stand on it: 0, 0.1, … 0.9."""
    return min(0.9, max(0.0, floor(10 * min(values, default=0.0) - 0.2) / 10))


def _ticks(low: float, high: float) -> list[float]:
    """Return round values between two others, four to eight of them; ``low`` is one of them."""
    size = 10.0 ** floor(log10((high - low) / 4))
    step = max(size * times for times in (1, 2, 5) if size * times <= (high - low) / 4 * 1.001)
    return [low + place * step for place in range(int((high - low) / step * 1.001) + 1)]


class _Square:
    """A square plot, from ``start`` to 1 upwards and, where ``most`` is None, across.

    With ``most`` the axis across counts from 0 to that number.
    """

    def __init__(self, start: float, across: str, up: str, *, most: float | None = None) -> None:
        self.left = start if most is None else 0.0
        self.right = 1.0 if most is None else most
        self.start = start
        self.parts: list[Markup] = []
        for value in _ticks(self.left, self.right):
            self._tick_across(value, f"{100 * value if most is None else value:,.0f}")
        for value in _ticks(start, 1.0):
            self._tick_up(value)
        middle = (self.x(self.left) + self.x(self.right)) / 2
        self.add('<text class="axis" x="{}" y="{}" text-anchor="middle">{}</text>',
                 middle, SIZE - 6, across)  # fmt: skip
        self.add('<text class="axis" transform="translate(12 {}) rotate(-90)" '
                 'text-anchor="middle">{}</text>', (TOP + self.y(start)) / 2, up)  # fmt: skip

    def _tick_across(self, value: float, name: str) -> None:
        x, low = self.x(value), self.y(self.start)
        self.add('<line class="grid" x1="{}" y1="{}" x2="{}" y2="{}"/>', x, TOP, x, low)
        self.add(
            '<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>', x, low + 14, name
        )

    def _tick_up(self, value: float) -> None:
        y, name = self.y(value), f"{100 * value:.0f}"
        self.add('<line class="grid" x1="{}" y1="{}" x2="{}" y2="{}"/>',
                 LEFT, y, self.x(self.right), y)  # fmt: skip
        self.add('<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>',
                 LEFT - 6, y + 3.5, name)  # fmt: skip

    def x(self, value: float) -> float:
        return round(LEFT + (SIZE - LEFT - 10) * (value - self.left) / (self.right - self.left), 1)

    def y(self, value: float) -> float:
        span = SIZE - BOTTOM - TOP
        return round(TOP + span * (1 - (value - self.start) / (1 - self.start)), 1)

    def add(self, form: str, *values: object) -> None:
        self.parts.append(Markup(form).format(*values))

    def path(self, points: Sequence[Point], style: str) -> None:
        inside = [(x, y) for x, y in points if x >= self.left and y >= self.start]
        if len(inside) > 1:
            steps = " L".join(f"{self.x(x)} {self.y(y)}" for x, y in inside)
            self.add('<path class="{}" d="M{}"/>', style, steps)

    def svg(self, title: str) -> Markup:
        head = Markup('<svg class="plot" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">')
        return head.format(SIZE, escape(title)) + Markup("").join(self.parts) + Markup("</svg>")


def precision_recall(
    points: Mapping[str, tuple[Point, Interval | None, Interval | None]],
    curves: Mapping[str, Sequence[Point]],
) -> Markup:
    """Plot precision over recall: a point with its intervals per label, curves where known.

    A point is ``((recall, precision), interval of recall, interval of precision)``. Thin lines
    join the places of equal F1.
    """
    edges = [edge for _, *both in points.values() for pair in both if pair for edge in pair]
    start = floor_of([v for point, *_ in points.values() for v in point] + edges)
    plot = _Square(start, "recall 召回率", "precision 精确率")
    for f1 in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        if f1 > start:
            _equal_f1(plot, f1)
    for label, curve in curves.items():
        plot.path(curve, f"curve {label}")
    for label, (point, across, up) in points.items():
        _cross(plot, label, point, across, up)
    return plot.svg("precision over recall by label")


def _equal_f1(plot: _Square, f1: float) -> None:
    steps = [plot.start + i * (1 - plot.start) / 80 for i in range(1, 81)]
    pairs = [(r, f1 * r / (2 * r - f1)) for r in steps if 2 * r > f1]
    inside = [(r, p) for r, p in pairs if plot.start <= p <= 1]
    plot.path(inside, "iso")
    if inside:
        x, y = inside[-1]
        plot.add('<text class="tick faint" x="{}" y="{}" text-anchor="end">F {}</text>',
                 plot.x(x) - 2, plot.y(y) - 3, f"{100 * f1:.0f}")  # fmt: skip


def _cross(
    plot: _Square, label: str, point: Point, across: Interval | None, up: Interval | None
) -> None:
    x, y = plot.x(point[0]), plot.y(point[1])
    if across:
        plot.add('<line class="range {}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
                 label, plot.x(across[0]), y, plot.x(across[1]), y)  # fmt: skip
    if up:
        plot.add('<line class="range {}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
                 label, x, plot.y(up[0]), x, plot.y(up[1]))  # fmt: skip
    plot.add('<circle class="dot {}" cx="{}" cy="{}" r="5"><title>{}</title></circle>',
             label, x, y, f"{label}: P {100 * point[1]:.1f}, R {100 * point[0]:.1f}")  # fmt: skip


def reliability(bins: Sequence[tuple[int, float, float, Interval | None]]) -> Markup:
    """Plot how often predictions are right over how sure the system was.

    A bin is ``(number, mean probability, share right, interval of that share)``; the area of its
    dot grows with the number.
    """
    plot = _Square(0.0, "probability 置信度", "share right 正确率")
    plot.path([(0.0, 0.0), (1.0, 1.0)], "iso")
    plot.path([(sure, right) for _, sure, right, _ in bins], "curve all")
    most = max((number for number, *_ in bins), default=1)
    for number, sure, right, interval in bins:
        if interval:
            _upright(plot, sure, interval)
        plot.add('<circle class="dot all" cx="{}" cy="{}" r="{}"><title>{}</title></circle>',
                 plot.x(sure), plot.y(right), round(3 + 6 * (number / most) ** 0.5, 1),
                 f"{number:,}: {sure:.2f} sure, {right:.2f} right")  # fmt: skip
    return plot.svg("reliability of the probabilities")


def learning_curve(
    means: Sequence[Mean], points: Sequence[Point] = (), forecast: Mean | None = None
) -> Markup:
    """Plot a score over a number of documents: means with their intervals, single runs faintly.

    A dotted line leads on to the forecast, if there is one.
    """
    shown = [*means, forecast] if forecast else means
    most = max((number for number, *_ in shown), default=1.0)
    edges = [edge for _, _, interval in shown for edge in interval or ()]
    start = floor_of([*edges, *(score for _, score, _ in shown), *(y for _, y in points)])
    plot = _Square(start, "documents 文档", "F1", most=most)
    plot.path([(number, score) for number, score, _ in means], "curve all")
    plot.path([(number, score) for number, score, _ in shown[len(means) - 1 :]], "iso")
    for number, score in points:
        plot.add('<circle class="dot all faint" cx="{}" cy="{}" r="2.5"/>',
                 plot.x(number), plot.y(score))  # fmt: skip
    for number, score, interval in shown:
        if interval:
            _upright(plot, number, interval)
        plot.add('<circle class="dot all" cx="{}" cy="{}" r="4"><title>{}</title></circle>',
                 plot.x(number), plot.y(score), f"{number:,.0f}: {100 * score:.1f}")  # fmt: skip
    return plot.svg("F1 over the number of training documents")


def _upright(plot: _Square, x: float, interval: Interval) -> None:
    low, high = (plot.y(max(plot.start, edge)) for edge in interval)
    plot.add('<line class="range all" x1="{0}" y1="{1}" x2="{0}" y2="{2}"/>',
             plot.x(x), low, high)  # fmt: skip


def bars(rows: Sequence[tuple[str, int]], *, style: str = "all") -> Markup:
    """Draw a histogram: a bar for each name with its number, names below where there is room."""
    width, height, low = 420, 150, 24
    most = max((number for _, number in rows), default=0) or 1
    step = width / max(1, len(rows))
    parts = []
    for place, (name, number) in enumerate(rows):
        tall = round((height - low - 14) * number / most, 1)
        x = round(place * step + step * 0.12, 1)
        parts.append(
            Markup(
                '<rect class="bar {}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
            ).format(
                style, x, height - low - tall, round(step * 0.76, 1), tall, f"{name}: {number:,}"
            )
        )
        if len(rows) <= 18 or place % (len(rows) // 9) == 0:
            parts.append(
                Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                    round((place + 0.5) * step, 1), height - 8, name
                )
            )
    head = Markup('<svg class="plot wide" viewBox="0 0 {} {}" role="img">').format(width, height)
    return head + Markup("").join(parts) + Markup("</svg>")
