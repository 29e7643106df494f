"""The report page: one HTML file with the figures, the plots and every error in its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..page import interval_bar, learning_curve, precision_recall, reliability, render
from ..page.svg import floor_of
from .calibration import curve
from .errors import NOTHING, browser_data
from .evaluate import FIGURES, SCHEME_ROWS, Evaluation, labels, values
from .intervals import Measured
from .learning import Curve, means
from .ledger import ALL
from .matching import ERRORS
from .paired import Paired, compare, spread

TEMPLATES = Path(__file__).parent / "templates"
FEW = 10  # with fewer gold spans a row of a slice is shown faintly


def report_page(
    found: Evaluation,
    *,
    gold: str = "",
    before: Evaluation | None = None,
    runs: Sequence[Evaluation] = (),
    certificate: dict[str, Any] | None = None,
    learning: Curve | None = None,
    most: int = 2000,
) -> str:
    """Return the page for a system, beside another one (``before``) if there is one.

    ``gold`` names the documents; ``runs`` are further runs of the same system, ``learning`` a
    learning curve. At most about ``most`` errors stand in the page; their counts are
    exact.
    """
    browser = browser_data(found, before, most=most)
    counts = _counts(browser)
    return render(
        "report.html",
        folder=TEMPLATES,
        found=found,
        gold=gold,
        title=f"{found.system}: evaluation",
        labels=labels(found),
        characters=sum(len(document.text) for document in found.gold),
        headline=headline(found),
        kinds=ERRORS,
        errors=found.errors,
        lost=_lost(found),
        slices=_slices(found, counts),
        schemes=_schemes(found),
        roster=_roster(found.roster) if found.roster else [],
        confusion=found.confusion,
        within={label: _within(found, label) for label in labels(found)},
        plots=plots(found, learning),
        paired=_paired(compare(found, before), before) if before else None,
        spread=spread([found, *runs]) if runs else {},
        runs=[found, *runs],
        certificate=certificate,
        browser=browser,
        sections=_sections(found, counts),
        few=FEW,
    )


def headline(found: Evaluation) -> list[dict[str, Any]]:
    """Return the rows of the first table: each label, all, and all without the trivial spans."""
    names = [*(("strict", label) for label in labels(found)), ("strict", ALL), ("nontrivial", ALL)]
    lows = [found.intervals[name][2][0] for name in names if name in found.intervals]
    start = floor_of([*lows, *(found.score(*name).f1 for name in names)])
    return [{"name": name, **_row(found, name, start)} for name in names]


def _row(found: Evaluation | Measured, name: tuple[str, ...], start: float) -> dict[str, Any]:
    score, intervals = found.ledger.score(*name), found.intervals.get(name)
    row: dict[str, Any] = {"score": score, "intervals": None, "bar": Markup(""), "start": start}
    if intervals:
        low, high = intervals[2]
        row["intervals"] = dict(zip(FIGURES, intervals, strict=True))
        row["bar"] = interval_bar(low, score.f1, high, start=start, label=name[-1])
    return row


def _schemes(found: Evaluation) -> list[dict[str, Any]]:
    """Return a row per scheme of SemEval-2013: its classes, label by label, and its scores."""
    by_label = {label: found.semeval_of(label) for label in labels(found)}
    return [
        {
            "name": name,
            "classes": {ALL: row, **{label: rows[name] for label, rows in by_label.items()}},
            **_row(found, SCHEME_ROWS[name], 0.0),
        }
        for name, row in found.semeval.items()
    ]


def _within(found: Evaluation, label: str) -> int:
    """Return how many pairs of one label agree on it and not on their place."""
    return found.confusion[label, label] - found.score("strict", label).correct


def _roster(roster: Measured) -> list[dict[str, Any]]:
    return [{"name": name, **_row(roster, (name,), 0.0)} for name in roster.names]


def _lost(found: Evaluation) -> list[dict[str, Any]]:
    """Return a row per segmenter: what is in reach per label, the best F1, what is lost."""
    return [
        {
            "name": name,
            "reach": {label: _row(row, (label,), 0.0) for label in row.names},
            "lost": row.score(ALL).gold - row.score(ALL).correct,
        }
        for name, row in found.ceilings.items()
        if ALL in row.names
    ]


def _counts(browser: dict[str, Any]) -> Counter[tuple[str, ...]]:
    """Return the number of this system's own errors per facet value, exact even when sampled.

    And of those that have a gold or a predicted span: ``length, 2`` and ``length, 2, gold``.
    """
    facets, table = browser["facets"], browser["values"]
    counts: Counter[tuple[str, ...]] = Counter()
    for *key, number in browser["cube"]:
        row = {name: table[name][code] for name, code in zip(facets, key, strict=True)}
        if row.get("change") != "fixed":
            counts.update(dict.fromkeys(row.items(), number))
            for side in ("gold", "predicted"):
                if row[side] != NOTHING:
                    counts.update(dict.fromkeys(((*item, side) for item in row.items()), number))
    return counts


def _sections(found: Evaluation, counts: Counter[tuple[str, ...]]) -> list[dict[str, Any]]:
    """Return a row per section of the guideline: examples right, and errors that offend it."""
    held = found.held.sections if found.held else {}
    names = dict.fromkeys(section for section, _ in found.guideline)
    return [
        {"name": name, "held": held.get(name), "errors": counts["section", name]} for name in names
    ]


def _slices(found: Evaluation, counts: Counter[tuple[str, ...]]) -> list[dict[str, Any]]:
    tables = []
    for name in found.slicers:
        rows = values(found, name)
        keys = [("slice", name, value, ALL) for value in rows]
        start = floor_of(found.score(*key).f1 for key in keys)
        table = [
            {
                "value": key[2],
                "errors": counts[key[1:3]],
                "lost": counts[(*key[1:3], "gold")],
                "alarms": counts[(*key[1:3], "predicted")],
                **_row(found, key, start),
            }
            for key in keys
        ]
        lone = sum(row["intervals"] is None for row in table)
        tables.append({"name": name, "rows": table, "lone": lone})
    return tables


def plots(found: Evaluation, learning: Curve | None) -> dict[str, Any]:
    """Return the plots that there are data for, and the calibration behind them."""
    points, curves = {}, {}
    for label in labels(found):
        score, intervals = found.score("strict", label), found.intervals.get(("strict", label))
        both = (intervals[1], intervals[0]) if intervals else (None, None)
        points[label] = ((score.recall, score.precision), *both)
        sure = [row for row in found.judged if row.label == label]
        curves[label] = curve(sure, score.gold)
    calibration = found.calibration
    return {
        "precision_recall": precision_recall(points, curves),
        "calibration": calibration,
        "reliability": reliability(
            [(b.number, b.sure, b.right, b.interval) for b in calibration.bins]
        )
        if calibration
        else None,
        "learning": _learning(learning) if learning else None,
        "forecast": learning.forecast if learning else None,
    }


def _learning(curve: Curve) -> Markup:
    found = means([curve.forecast]) if curve.forecast else [None]
    single = [(point.documents, point.f) for point in curve.points]
    return learning_curve(means(curve.points), single, found[0])


def _paired(paired: Paired, before: Evaluation) -> dict[str, Any]:
    rows = []
    for label, row in paired.differences.items():
        both = {
            change: paired.changes[change, label]
            if label != ALL
            else sum(n for (kind, _), n in paired.changes.items() if kind == change)
            for change in ("fixed", "broken", "changed", "shared")
        }
        theirs = before.score("strict", label).f1
        rows.append({"label": label, "difference": row, "theirs": theirs, **both})
    return {"theirs": paired.theirs, "rows": rows}
