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


def section_of(examples: Sequence[Example], document: Document, item: Match) -> str:
    """Return the section whose example is nearest to an error.

    Near is the same surface with the same label, or without one for a false alarm; the same piece
    at a wrong border; the same ending among the same neighbours. Where none is near, it is the
    first section of the label, for a false alarm the first one that marks nothing.
    """
    span = item.gold or item.predicted
    assert span is not None
    edges = _edges(document, item)
    best, name = NEAR - 1, ""
    for section, example in examples:
        if _LETTERS.get(section[0], span.label) != span.label:
            continue
        points = _points(example, document, span, edges, false_alarm=item.gold is None)
        if points > best:
            best, name = points, section
    return name or _general(examples, span.label, false_alarm=item.gold is None)


def _general(examples: Sequence[Example], label: str, *, false_alarm: bool) -> str:
    own = [(name, doc) for name, doc in examples if _LETTERS.get(name[0]) == label]
    marking = {name for name, doc in own if doc.spans}
    if false_alarm:
        own = [(name, doc) for name, doc in own if name not in marking] or own
    return own[0][0] if own else ""


def _points(
    example: Document, document: Document, span: Span, edges: Sequence[str], *, false_alarm: bool
) -> int:
    bare = _unmarked(example)
    surface = document.surface(span)
    if false_alarm:
        return 5 * any(surface in piece for piece in bare)
    points = 4 * any(edge in piece for edge in edges for piece in bare)
    likenesses = (
        _likeness(example, other, document, span)
        for other in example.spans
        if other.label == span.label
    )
    return max(points, *likenesses, 0)


def _likeness(example: Document, other: Span, document: Document, span: Span) -> int:
    ours, theirs = document.surface(span), example.surface(other)
    if ours == theirs:
        return 5
    ending = 2 if ours[-2:] == theirs[-2:] else int(ours[-1] == theirs[-1])
    neighbours = _neighbours(document, span)
    alike = neighbours == _neighbours(example, other) and any(neighbours)
    return ending + alike if ending else 0


def _neighbours(document: Document, span: Span) -> tuple[str, str]:
    left = next((s.label for s in document.spans if s.end == span.start), "")
    right = next((s.label for s in document.spans if s.start == span.end), "")
    return left, right


def _edges(document: Document, item: Match) -> list[str]:
    """Return the pieces of text that only one side of a wrong border covers."""
    if not item.gold or not item.predicted:
        return []
    borders = ((item.gold.start, item.predicted.start), (item.gold.end, item.predicted.end))
    return [document.text[min(pair) : max(pair)] for pair in borders if pair[0] != pair[1]]


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
