"""Groups of documents that must stay on one side of a split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from ..document import Document
from ..document.trivial import TRIVIAL

Link = tuple[int, int]


def groups(size: int, links: Iterable[Link]) -> list[list[int]]:
    """Return the connected components of ``size`` documents under the links, in order."""
    parent = list(range(size))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for left, right in links:
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(size):
        members[root(place)].append(place)
    return list(members.values())


def links_by(documents: Sequence[Document], key: str) -> Iterator[Link]:
    """Link documents with the same ``meta`` value, or for ``officials`` a common person.

    A document without the value is linked to none; 习近平, named everywhere, links nothing.
    """
    first: dict[Hashable, int] = {}
    for place, document in enumerate(documents):
        for value in officials(document) if key == "officials" else _meta(document, key):
            yield first.setdefault(value, place), place


def officials(document: Document) -> set[str]:
    """Return the names of the persons in a document, without the trivial and one-letter ones."""
    names = {document.surface(s) for s in document.spans if s.label == "PERSON"}
    return {name for name in names if len(name) > 1} - TRIVIAL


def _meta(document: Document, key: str) -> list[str]:
    value = document.meta.get(key)
    return [str(value)] if value not in (None, "") else []
