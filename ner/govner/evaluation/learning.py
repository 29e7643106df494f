"""The learning curve: what a score was with so many training documents."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

from ..document.errors import BadInput
from ..document.files import read_bytes
from .intervals import Interval

_HINT = (
    'give what `govner learning-curve` wrote: {"points": [{"documents": 20, "f": 0.71, '
    '"low": 0.66, "high": 0.76, "seed": 1}]}'
)


@dataclass(frozen=True, slots=True)
class Point:
    """One training: how many documents it had, strict F1 from 0 to 1, its 95 % interval."""

    documents: int
    f: float
    low: float | None = None
    high: float | None = None
    seed: int | None = None


@dataclass(frozen=True)
class Curve:
    """The points, sorted by documents, and what more documents are expected to bring."""

    points: Sequence[Point]
    forecast: Point | None = None


def read_curve(path: str | Path) -> Curve:
    """Read a learning curve; raises ``BadInput``."""
    try:
        record = json.loads(read_bytes(path))
        points = [_point(row) for row in record["points"]]
        forecast = _point(record["forecast"]) if record.get("forecast") else None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(path=path, why="it holds no learning curve", hint=_HINT) from error
    if not points:
        raise BadInput(path=path, why="its learning curve has no point", hint=_HINT)
    return Curve(sorted(points, key=lambda point: point.documents), forecast)


def _point(row: Any) -> Point:
    low, high = row.get("low"), row.get("high")
    point = Point(int(row["documents"]), float(row["f"]), seed=row.get("seed"))
    if low is not None and high is not None:
        point = replace(point, low=float(low), high=float(high))
    shares = [share for share in (point.f, point.low, point.high) if share is not None]
    if point.documents < 1 or not all(0 <= share <= 1 for share in shares):
        raise ValueError("documents count from 1, scores lie from 0 to 1")
    return point


def means(points: Sequence[Point]) -> list[tuple[int, float, Interval | None]]:
    """Return the mean of F1 for each number of documents, with the widest interval there is.

    Several seeds widen an interval to the lowest and highest of theirs; a point without interval
    counts with its own value.
    """
    groups: dict[int, list[Point]] = defaultdict(list)
    for point in points:
        groups[point.documents].append(point)
    return [(number, mean(p.f for p in group), _widest(group)) for number, group in groups.items()]


def _widest(group: Sequence[Point]) -> Interval | None:
    low = min(p.f if p.low is None else p.low for p in group)
    high = max(p.f if p.high is None else p.high for p in group)
    return (low, high) if low < high else None
