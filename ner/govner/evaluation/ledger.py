"""Counts per document and figure, so that every figure can have its interval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from .matching import Match
from .scores import Score
from .slices import Slicer

Name = tuple[str, ...]
Counts = NDArray[np.int64]
Page = defaultdict[Name, list[int]]
"""What is counted in one document: correct, gold, predicted by name."""
ALL = "all"
CORRECT, GOLD, PREDICTED = range(3)


class Ledger:
    """A named row of counts (documents by correct, gold, predicted) for every figure."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.rows: dict[Name, Counts] = {}

    def enter(self, place: int, counts: Mapping[Name, Sequence[int]]) -> None:
        """Write what was counted in the document at ``place``: correct, gold, predicted by name."""
        for name, row in counts.items():
            if name not in self.rows:
                self.rows[name] = np.zeros((self.size, 3), np.int64)
            self.rows[name][place] = row

    def score(self, *name: str) -> Score:
        """Return the summed score of one figure; nothing counted is a score of zeros."""
        if name not in self.rows:
            return Score()
        return Score(*(int(number) for number in self.rows[name].sum(axis=0)))

    def names(self, *prefix: str) -> list[Name]:
        """Return the names that begin so, sorted."""
        return sorted(name for name in self.rows if name[: len(prefix)] == prefix)


def write_ledger(
    documents: Sequence[Document],
    matches: Iterable[Sequence[Match]],
    slicers: dict[str, Slicer],
    trivial: frozenset[str],
) -> Ledger:
    """Count every match of every document under the figures it belongs to."""
    ledger = Ledger(len(documents))
    for place, (document, items) in enumerate(zip(documents, matches, strict=True)):
        counts: Page = defaultdict(lambda: [0, 0, 0])
        for item in items:
            _count_schemes(counts, item)
            _count_slices(counts, item, document, slicers, trivial)
        ledger.enter(place, counts)
    return ledger


def _count_schemes(counts: Page, item: Match) -> None:
    # Per label, a figure that ignores the label has no precision; so place only has no labels.
    gold, predicted, place, label = item.gold, item.predicted, item.same_place, item.same_label
    _add(counts["place", ALL], place, gold is not None, predicted is not None)
    _add(counts["label", ALL], label, gold is not None, predicted is not None)
    if gold:
        _add(counts["label", gold.label], label, 1, 0)
    if predicted:
        _add(counts["label", predicted.label], 0, 0, 1)
    # In half points, for a partial hit is worth one.
    hit = place + (gold is not None and predicted is not None)
    _add(counts["partial", ALL], hit, 2 * (gold is not None), 2 * (predicted is not None))


def _count_slices(
    counts: Page,
    item: Match,
    document: Document,
    slicers: dict[str, Slicer],
    trivial: frozenset[str],
) -> None:
    # A right prediction lies in the slices of its gold span, so both are counted at once.
    if item.gold and item.same_place and item.same_label:
        sides = [(item.gold, 1, 1, 1)]
    else:
        sides = [(item.gold, 0, 1, 0)] if item.gold else []
        sides += [(item.predicted, 0, 0, 1)] if item.predicted else []
    for span, correct, gold, predicted in sides:
        names: list[Name] = [("strict",)]
        if document.surface(span) not in trivial:
            names.append(("nontrivial",))
        names += [("slice", name, slicer(document, span)) for name, slicer in slicers.items()]
        for name in names:
            _add(counts[(*name, ALL)], correct, gold, predicted)
            _add(counts[(*name, span.label)], correct, gold, predicted)


def _add(row: list[int], correct: int, gold: int, predicted: int) -> None:
    row[CORRECT] += correct
    row[GOLD] += gold
    row[PREDICTED] += predicted
