"""One surface annotated in different ways, with every place where it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ahocorasick

from ..document import Document, Span

UNMARKED = "–"
SHORTEST = 2  # one character stands everywhere and proves nothing


@dataclass(frozen=True, slots=True)
class Place:
    """An occurrence of a surface; ``label`` is what it carries there, ``–`` for nothing."""

    document: int
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A surface, and all its places in the order of the documents.

    Places inside a longer span, or cut by one, say nothing about the surface and do not count.
    """

    surface: str
    places: tuple[Place, ...]

    @property
    def ways(self) -> Counter[str]:
        """How often the surface carries each label, or none."""
        return Counter(place.label for place in self.places)

    @property
    def rarest(self) -> int:
        """How many places would have to change for the surface to be annotated in one way."""
        return len(self.places) - self.ways.most_common(1)[0][1]


def inconsistencies(documents: Sequence[Document]) -> list[Inconsistency]:
    """Return the surfaces annotated in more than one way, the likeliest mistakes first.

    A single exception among many is likelier a mistake than an even split, which is rather a word
    of two meanings.
    """
    surfaces = {
        surface
        for document in documents
        for span in document.spans
        if len(surface := document.surface(span)) >= SHORTEST
    }
    if not surfaces:
        return []
    places: dict[str, list[Place]] = defaultdict(list)
    finder = _finder(surfaces)
    for number, document in enumerate(documents):
        for surface, place in _occurrences(number, document, finder):
            places[surface].append(place)
    found = [Inconsistency(surface, tuple(rows)) for surface, rows in places.items()]
    found = [item for item in found if len(item.ways) > 1]
    return sorted(found, key=lambda x: (x.rarest / len(x.places), -len(x.places), x.surface))


def _finder(surfaces: set[str]) -> ahocorasick.Automaton:
    finder = ahocorasick.Automaton()
    for surface in surfaces:
        finder.add_word(surface, surface)
    finder.make_automaton()
    return finder


def _occurrences(
    number: int, document: Document, finder: ahocorasick.Automaton
) -> Iterator[tuple[str, Place]]:
    owner: list[Span | None] = [None] * len(document.text)
    for span in document.spans:
        owner[span.start : span.end] = [span] * (span.end - span.start)
    hits = [
        (last + 1 - len(surface), last + 1, surface) for last, surface in finder.iter(document.text)
    ]
    longest = _not_inside_another(hits)
    for start, end, surface in hits:
        holders = set(owner[start:end])
        if holders == {None}:
            if (start, end) in longest:
                yield surface, Place(number, start, end, UNMARKED)
            continue
        holder = next(iter(holders)) if len(holders) == 1 else None
        if holder and (holder.start, holder.end) == (start, end):
            yield surface, Place(number, start, end, holder.label)


def _not_inside_another(hits: list[tuple[int, int, str]]) -> set[tuple[int, int]]:
    """Return the places that no longer known surface covers: 省委 in 省委书记处 is not 省委."""
    kept: set[tuple[int, int]] = set()
    reach = -1
    for start, end, _ in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if end > reach:
            kept.add((start, end))
            reach = end
    return kept
