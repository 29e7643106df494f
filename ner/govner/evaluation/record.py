"""``report.json``: every figure with its counts and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ..document import format_marked
from .evaluate import FIGURES, SCHEME_ROWS, Evaluation, labels, values
from .intervals import Interval, Measured
from .ledger import ALL
from .matching import ERRORS
from .paired import compare, spread
from .scores import SemEval


def to_record(
    found: Evaluation, *, before: Evaluation | None = None, runs: Sequence[Evaluation] = ()
) -> dict[str, Any]:
    """Return every figure of a system, and how it stands to another one and to further runs."""
    by_label = {
        label: {name: _classes(row) for name, row in found.semeval_of(label).items()}
        for label in labels(found)
    }
    return {
        "system": found.system,
        "documents": len(found.gold),
        "characters": sum(len(document.text) for document in found.gold),
        "scores": {
            scheme: _scores(found, scheme) for scheme in ("strict", "nontrivial", "place", "label")
        },
        "semeval2013": {
            name: {
                **_semeval(row),
                "intervals": _intervals(found, *SCHEME_ROWS[name]),
                "labels": {label: rows[name] for label, rows in by_label.items()},
            }
            for name, row in found.semeval.items()
        },
        "segmentation": {
            name: {label: _ceiling(row, label) for label in row.names}
            for name, row in found.ceilings.items()
        },
        "errors": {
            kind: {label: found.errors[kind, label] for label in labels(found)} for kind in ERRORS
        },
        "confusion": [[*pair, number] for pair, number in sorted(found.confusion.items())],
        "slices": {
            name: {value: _scores(found, "slice", name, value) for value in values(found, name)}
            for name in found.slicers
        },
        "calibration": asdict(found.calibration) if found.calibration else None,
        "guideline": _guideline(found),
        "roster": _roster(found.roster) if found.roster else None,
        "against": _against(found, before) if before else None,
        "runs": _runs([found, *runs]) if runs else None,
    }


def _guideline(found: Evaluation) -> dict[str, Any] | None:
    if not found.held:
        return None
    return {
        "sections": {name: list(counts) for name, counts in found.held.sections.items()},
        "failures": [
            {
                "section": section,
                "expected": format_marked(expected.text, expected.spans),
                "found": format_marked(predicted.text, predicted.spans),
            }
            for section, expected, predicted in found.held.failures
        ],
    }


def _against(found: Evaluation, before: Evaluation) -> dict[str, Any]:
    paired = compare(found, before)
    return {
        "system": paired.theirs,
        "f1": {
            label: {"difference": round(row.f1, 4), "interval": row.interval, "p": row.p}
            for label, row in paired.differences.items()
        },
        "changes": [[*key, number] for key, number in sorted(paired.changes.items())],
    }


def _runs(runs: Sequence[Evaluation]) -> dict[str, Any]:
    return {
        "systems": [run.system for run in runs],
        "f1": {
            label: {"mean": round(mean, 4), "deviation": round(deviation, 4)}
            for label, (mean, deviation) in spread(runs).items()
        },
    }


def _scores(found: Evaluation, *name: str) -> dict[str, Any]:
    rows = [ALL, *labels(found)]
    return {
        row: score_record(found, *name, row) for row in rows if (*name, row) in found.ledger.rows
    }


def _roster(roster: Measured) -> dict[str, Any]:
    return {name: score_record(roster, name) for name in roster.names}


def score_record(found: Evaluation | Measured, *name: str) -> dict[str, Any]:
    """Return one figure's counts, scores and intervals (None where there are too few documents)."""
    score = found.ledger.score(*name)
    return {
        "correct": score.correct,
        "gold": score.gold,
        "predicted": score.predicted,
        **{figure: round(getattr(score, figure), 4) for figure in FIGURES},
        "intervals": _intervals(found, *name),
    }


def _intervals(found: Evaluation | Measured, *name: str) -> dict[str, list[float]] | None:
    intervals = found.intervals.get(name)
    if not intervals:
        return None
    return {figure: _edges(row) for figure, row in zip(FIGURES, intervals, strict=True)}


def _edges(interval: Interval) -> list[float]:
    return [round(edge, 4) for edge in interval]


def _ceiling(row: Measured, label: str) -> dict[str, Any]:
    score, intervals = row.score(label), row.intervals.get((label,))
    return {
        "reachable": score.correct,
        "gold": score.gold,
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "intervals": {"recall": _edges(intervals[1]), "f1": _edges(intervals[2])}
        if intervals
        else None,
    }


def _classes(row: SemEval) -> dict[str, int]:
    return {name: getattr(row, name) for name in row.__slots__}


def _semeval(row: SemEval) -> dict[str, float]:
    return {**_classes(row), **{figure: round(getattr(row, figure), 4) for figure in FIGURES}}
