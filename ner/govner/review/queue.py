"""What to annotate next: what is uncertain, disputed and new, without near copies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from ..document import Document
from ..document.pairs import align

Entity = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document with its proposals, and why it is worth a person's time.

    All three figures are per 100 characters: wrong spans that the model itself expects, spans on
    which two proposers differ, and spans whose surface no annotated document has.
    """

    document: Document
    uncertain: float
    disputed: float
    new: float


def weigh(
    proposed: Document, other: Document | None = None, known: Collection[Entity] = ()
) -> Candidate:
    """Return how much a person's correction of a document would teach.

    ``proposed`` may hold ``meta.probabilities``, one for each span; without them nothing counts as
    uncertain. ``other`` is what a second proposer makes of the same text.
    """
    hundred = 100 / max(1, len(proposed.text))
    sure = proposed.meta.get("probabilities")
    known_sure = sure if isinstance(sure, list) and len(sure) == len(proposed.spans) else []
    disputed = 0
    if other is not None:
        pairs = align(proposed.spans, other.spans)
        disputed = sum(not (a and b and a.key == b.key) for a, b in pairs)
    new = sum((s.label, proposed.surface(s)) not in known for s in proposed.spans)
    return Candidate(
        proposed, sum(1 - p for p in known_sure) * hundred, disputed * hundred, new * hundred
    )


def rank(
    candidates: Iterable[Candidate],
    number: int,
    *,
    is_copy: Callable[[Document, Sequence[Document]], bool] = lambda document, chosen: False,
) -> list[Candidate]:
    """Return the ``number`` best candidates, the best first.

    A candidate's place is the sum of its places under the three figures, so that none outweighs
    the others by its scale; ties keep their order. ``is_copy`` says whether a document is a near
    copy of one already chosen, which is passed over.
    """
    rows = list(candidates)
    places = [0.0] * len(rows)
    for figure in ("uncertain", "disputed", "new"):
        values = [getattr(row, figure) for row in rows]
        for index, place in enumerate(_places(values)):
            places[index] += place
    chosen: list[Candidate] = []
    for index in sorted(range(len(rows)), key=lambda index: (places[index], index)):
        if len(chosen) == number:
            break
        if not is_copy(rows[index].document, [row.document for row in chosen]):
            chosen.append(rows[index])
    return chosen


def _places(values: Sequence[float]) -> list[float]:
    """Return each value's place, 0 for the highest; equal values share the mean of their places."""
    order = sorted(range(len(values)), key=lambda index: -values[index])
    places = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for index in order[start:end]:
            places[index] = (start + end - 1) / 2
        start = end
    return places
