"""Which section of the guideline an error offends, and how a system does on its examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..document import Document, Span
from .matching import Match

Example = tuple[str, Document]
"""The name of a section (``T3 Body and post``) and a text with all its spans."""

_LETTERS = {"P": "PERSON", "T": "TITLE", "O": "ORG"}
NEAR = 2  # points from which an example is near enough to name its section


@dataclass(frozen=True, slots=True)
class _Trait:
    """What makes two spans alike: label, surface, and the labels that touch them."""

    label: str
    surface: str
    neighbours: tuple[str, str]

    @classmethod
    def of(cls, document: Document, span: Span) -> _Trait:
        left = next((s.label for s in document.spans if s.end == span.start), "")
        right = next((s.label for s in document.spans if s.start == span.end), "")
        return cls(span.label, document.surface(span), (left, right))

    def likeness(self, other: _Trait) -> int:
        """Return 5 for the same surface, 2 or 1 for the same ending, 1 more for neighbours."""
        if self.surface == other.surface:
            return 5
        if self.surface[-1] != other.surface[-1]:
            return 0
        ending = 2 if self.surface[-2:] == other.surface[-2:] else 1
        return ending + (self.neighbours == other.neighbours and any(self.neighbours))


class Sections:
    """The sections of a guideline, ready to be asked for many errors."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._rows = [
            (name, _unmarked(doc), [_Trait.of(doc, span) for span in doc.spans])
            for name, doc in examples
        ]
        self._answers: dict[tuple[_Trait, tuple[str, ...], bool], str] = {}

    def of(self, document: Document, item: Match) -> str:
        """Return the section whose example is nearest to an error.

        Near is the same surface with the same label, or without one for a false alarm; the same
        piece at a wrong border; the same ending among the same neighbours. Where none is near, it
        is the first section of the label, for a false alarm the first one that marks nothing.
        """
        span = item.gold or item.predicted
        assert span is not None
        question = (_Trait.of(document, span), _edges(document, item), item.gold is None)
        if question not in self._answers:
            self._answers[question] = self._nearest(*question)
        return self._answers[question]

    def _nearest(self, error: _Trait, edges: tuple[str, ...], false_alarm: bool) -> str:
        best, nearest = NEAR - 1, ""
        for name, bare, traits in self._rows:
            if _LETTERS.get(name[0], error.label) != error.label:
                continue
            if false_alarm:
                points = 5 * any(error.surface in piece for piece in bare)
            else:
                points = 4 * any(edge in piece for edge in edges for piece in bare)
                same = (error.likeness(trait) for trait in traits if trait.label == error.label)
                points = max(points, *same, 0)
            if points > best:
                best, nearest = points, name
        return nearest or self._general(error.label, false_alarm=false_alarm)

    def _general(self, label: str, *, false_alarm: bool) -> str:
        own = [row for row in self._rows if _LETTERS.get(row[0][0]) == label]
        marking = {name for name, _, traits in own if traits}
        if false_alarm:
            own = [row for row in own if row[0] not in marking] or own
        return own[0][0] if own else ""


def _edges(document: Document, item: Match) -> tuple[str, ...]:
    """Return the pieces of text that only one side of a wrong border covers."""
    if not item.gold or not item.predicted:
        return ()
    borders = ((item.gold.start, item.predicted.start), (item.gold.end, item.predicted.end))
    return tuple(document.text[min(pair) : max(pair)] for pair in borders if len(set(pair)) > 1)


def _unmarked(document: Document) -> list[str]:
    edges = [0, *(edge for span in document.spans for edge in (span.start, span.end))]
    edges.append(len(document.text))
    return [document.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


@dataclass(frozen=True)
class Held:
    """How a system does on the examples: right and all per section, and where it differs."""

    sections: dict[str, tuple[int, int]]
    failures: list[tuple[str, Document, Document]]


def hold(examples: Sequence[Example], predicted: Iterable[Document]) -> Held:
    """Compare each example with the prediction for it; every span must agree."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    failures = []
    for (section, expected), found in zip(examples, predicted, strict=True):
        agrees = [s.key for s in expected.spans] == [s.key for s in found.spans]
        total[section] += 1
        right[section] += agrees
        if not agrees:
            failures.append((section, expected, found))
    return Held({section: (right[section], total[section]) for section in total}, failures)
