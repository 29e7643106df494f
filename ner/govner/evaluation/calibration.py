"""Whether a system is as sure as it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from .intervals import FEWEST, Floats, Interval, draw
from .matching import Match


class Judged(NamedTuple):
    """The probability of a span, whether it was right, its label, the place of its document."""

    chance: float
    right: bool
    label: str
    place: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of similar probability: how many, how sure on average, how often right."""

    number: int
    sure: float
    right: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Ten bins of equal width from 0 to 1, empty ones left out, and the expected error.

    Intervals are of 95 %, by bootstrap over documents; None where there are too few. The error
    cannot be negative, so its interval lies a little high where the true error is near 0.
    """

    bins: tuple[Bin, ...]
    error: float
    interval: Interval | None


def judge(predicted: Sequence[Document], matches: Sequence[Sequence[Match]]) -> list[Judged]:
    """Return the predictions whose probability is known, from ``meta.probabilities``.

    The list stands in the order of the spans; a document where it has another length is left out.
    """
    rows: list[Judged] = []
    for place, (document, items) in enumerate(zip(predicted, matches, strict=True)):
        sure = document.meta.get("probabilities")
        if not isinstance(sure, list) or len(sure) != len(document.spans):
            continue
        right = {item.predicted for item in items if item.kind == "correct"}
        rows += [
            Judged(float(chance), span in right, span.label, place)
            for span, chance in zip(document.spans, sure, strict=True)
        ]
    return rows


def calibrate(
    rows: Sequence[Judged], *, bins: int = 10, resamples: int = 1000, seed: int = 0
) -> Calibration:
    """Sort predictions into bins; the error is that of Guo et al. 2017, equation 3."""
    table = _table(rows, bins)
    number, sure, right = table.sum(axis=0)
    used = np.flatnonzero(number)
    error = float(_error(table.sum(axis=0)))
    spread: Interval | None = None
    intervals: list[Interval | None] = [None] * bins
    if len(table) >= FEWEST:
        drawn = np.concatenate(list(draw(table.reshape(len(table), -1), resamples, seed)))
        drawn = drawn.reshape(len(drawn), 3, bins)
        spread = _middle(_error(drawn))
        intervals = [_share(drawn[:, 2, place], drawn[:, 0, place]) for place in range(bins)]
    found = [
        Bin(int(number[i]), sure[i] / number[i], right[i] / number[i], intervals[i]) for i in used
    ]
    return Calibration(tuple(found), error, spread)


def _table(rows: Sequence[Judged], bins: int) -> Floats:
    """Return number, summed probability and number right per document and bin."""
    places = {place: index for index, place in enumerate(sorted({row.place for row in rows}))}
    table = np.zeros((len(places), 3, bins))
    for row in rows:
        column = min(bins - 1, int(row.chance * bins))
        table[places[row.place], :, column] += (1, row.chance, row.right)
    return table


def _error(sums: Floats) -> Floats:
    number, sure, right = np.moveaxis(sums, -2, 0)
    total = number.sum(axis=-1)
    gap: Floats = np.abs(sure - right).sum(axis=-1) / np.where(total > 0, total, 1)
    return gap


def _share(right: Floats, number: Floats) -> Interval | None:
    known = number > 0
    return _middle(right[known] / number[known]) if known.any() else None


def _middle(values: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def curve(rows: Sequence[Judged], gold: int) -> list[tuple[float, float]]:
    """Return (recall, precision) as predictions are taken in from the surest down.

    One point for each distinct probability; ``gold`` is the number of gold spans.
    """
    points = []
    right = 0
    ordered = sorted(rows, key=lambda row: -row.chance)
    for number, row in enumerate(ordered, start=1):
        right += row.right
        if gold and (number == len(ordered) or ordered[number].chance != row.chance):
            points.append((right / gold, right / number))
    return points
