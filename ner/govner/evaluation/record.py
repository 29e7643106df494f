"""``report.json``: every figure with its counts and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ..document import format_marked
from .calibration import calibrate, judged
from .evaluate import FIGURES, Evaluation, labels, values
from .ledger import ALL
from .matching import ERRORS
from .paired import compare, spread
from .scores import SemEval


def to_record(
    found: Evaluation, *, before: Evaluation | None = None, runs: Sequence[Evaluation] = ()
) -> dict[str, Any]:
    """Return every figure of a system, and how it stands to another one and to further runs."""
    sure = judged(found)
    return {
        "system": found.system,
        "documents": len(found.gold),
        "characters": sum(len(document.text) for document in found.gold),
        "scores": {
            scheme: _scores(found, scheme) for scheme in ("strict", "nontrivial", "place", "label")
        },
        "semeval2013": {name: _semeval(row) for name, row in found.semeval.items()},
        "segmentation": {
            name: {label: {"reachable": n, "gold": of} for label, (n, of) in row.items()}
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
        "calibration": asdict(calibrate(sure)) if sure else None,
        "guideline": _guideline(found),
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


def score_record(found: Evaluation, *name: str) -> dict[str, Any]:
    """Return one figure's counts, scores and intervals (None where there are too few documents)."""
    score = found.score(*name)
    intervals = found.intervals.get(name)
    return {
        "correct": score.correct,
        "gold": score.gold,
        "predicted": score.predicted,
        **{figure: round(getattr(score, figure), 4) for figure in FIGURES},
        "intervals": {
            figure: [round(edge, 4) for edge in interval]
            for figure, interval in zip(FIGURES, intervals, strict=True)
        }
        if intervals
        else None,
    }


def _semeval(row: SemEval) -> dict[str, float]:
    counts = {name: getattr(row, name) for name in row.__slots__}
    return {**counts, **{figure: round(getattr(row, figure), 4) for figure in FIGURES}}
