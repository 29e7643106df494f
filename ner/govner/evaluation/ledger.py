"""Counts per document and figure, so that every figure can have its interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..document import Document, Span
from .matching import Match
from .scores import Score
from .slices import Slicer

Name = tuple[str, ...]
Counts = NDArray[np.int64]
ALL = "all"
CORRECT, GOLD, PREDICTED = range(3)


class Ledger:
    """A named row of counts (documents by correct, gold, predicted) for every figure."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.rows: dict[Name, Counts] = {}

    def enter(self, place: int, counts: Counter[tuple[Name, int]]) -> None:
        """Write the counts of the document at ``place``."""
        for (name, column), number in counts.items():
            if name not in self.rows:
                self.rows[name] = np.zeros((self.size, 3), np.int64)
            self.rows[name][place, column] = number

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
        counts: Counter[tuple[Name, int]] = Counter()
        for item in items:
            _count_schemes(counts, item)
            _count_slices(counts, item, document, slicers, trivial)
        ledger.enter(place, counts)
    return ledger


def _count_schemes(counts: Counter[tuple[Name, int]], item: Match) -> None:
    # Per label, a figure that ignores the label has no precision; so place only has no labels.
    hits = {"place": item.same_place, "label": item.same_label}
    for scheme, hit in hits.items():
        for span, column in ((item.gold, GOLD), (item.predicted, PREDICTED)):
            if span:
                counts[(scheme, ALL), column] += 1
                if scheme == "label":
                    counts[(scheme, span.label), column] += 1
        if hit:
            counts[(scheme, ALL), CORRECT] += 1
            if scheme == "label":
                counts[(scheme, item.label), CORRECT] += 1
    # In half points, for a partial hit is worth one.
    counts[("partial", ALL), GOLD] += 2 * bool(item.gold)
    counts[("partial", ALL), PREDICTED] += 2 * bool(item.predicted)
    counts[("partial", ALL), CORRECT] += bool(item.gold and item.predicted) + item.same_place


def _count_slices(
    counts: Counter[tuple[Name, int]],
    item: Match,
    document: Document,
    slicers: dict[str, Slicer],
    trivial: frozenset[str],
) -> None:
    # A right prediction lies in the slices of its gold span, so both are counted at once.
    if item.gold and item.same_place and item.same_label:
        sides: list[tuple[Span, tuple[int, ...]]] = [(item.gold, (GOLD, CORRECT, PREDICTED))]
    else:
        sides = [(s, (c,)) for s, c in ((item.gold, GOLD), (item.predicted, PREDICTED)) if s]
    for span, columns in sides:
        names: list[Name] = [("strict",)]
        if document.surface(span) not in trivial:
            names.append(("nontrivial",))
        names += [("slice", name, slicer(document, span)) for name, slicer in slicers.items()]
        for name in names:
            for row in ((*name, ALL), (*name, span.label)):
                for column in columns:
                    counts[row, column] += 1
