"""Whether a system is as sure as it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .evaluate import Evaluation

Judged = tuple[float, bool, str]
"""The probability a system gave to a span, whether it was right, and the span's label."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of similar probability: how many, how sure on average, how often right."""

    number: int
    sure: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Ten bins of equal width from 0 to 1, empty ones left out, and the expected error."""

    bins: tuple[Bin, ...]
    error: float


def judged(found: Evaluation) -> list[Judged]:
    """Return the predictions whose probability is known, from ``meta.probabilities``.

    The list stands in the order of the spans; a document where it has another length is left out.
    """
    rows: list[Judged] = []
    for document, items in zip(found.predicted, found.matches, strict=True):
        sure = document.meta.get("probabilities")
        if not isinstance(sure, list) or len(sure) != len(document.spans):
            continue
        right = {item.predicted for item in items if item.kind == "correct"}
        rows += [
            (float(chance), span in right, span.label)
            for span, chance in zip(document.spans, sure, strict=True)
        ]
    return rows


def calibrate(rows: Sequence[Judged], *, bins: int = 10) -> Calibration:
    """Sort predictions into bins; the error is that of Guo et al. 2017, equation 3."""
    groups: list[list[Judged]] = [[] for _ in range(bins)]
    for row in rows:
        groups[min(bins - 1, int(row[0] * bins))].append(row)
    found = [
        Bin(len(g), sum(row[0] for row in g) / len(g), sum(row[1] for row in g) / len(g))
        for g in groups
        if g
    ]
    error = sum(b.number * abs(b.sure - b.right) for b in found) / len(rows) if rows else 0.0
    return Calibration(tuple(found), error)


def curve(rows: Sequence[Judged], gold: int) -> list[tuple[float, float]]:
    """Return (recall, precision) as predictions are taken in from the surest down.

    One point for each distinct probability; ``gold`` is the number of gold spans.
    """
    points = []
    right = 0
    ordered = sorted(rows, key=lambda row: -row[0])
    for number, (chance, correct, _) in enumerate(ordered, start=1):
        right += correct
        if gold and (number == len(ordered) or ordered[number][0] != chance):
            points.append((right / gold, right / number))
    return points
