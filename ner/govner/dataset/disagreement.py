"""Documents that others annotate otherwise: where to look for mistakes in the gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..document import Document, Span
from ..document.pairs import align, pair_documents

EVERYBODY = "all"
UNFOUND = 0.2  # what a gold span counts that the others merely do not find: rare names, mostly


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A document and the pairs of (gold, second) spans in which the two sides differ.

    ``share`` is that of the differing pairs among all, a gold span without a partner counted as a
    fifth.
    """

    document: int
    pairs: tuple[tuple[Span | None, Span | None], ...]
    share: float


def disagreements(gold: Sequence[Document], other: Iterable[Document]) -> list[Disagreement]:
    """Rank documents by the share of spans in which the sides differ; equal ones are left out.

    Raises ``BadInput`` and ``TextChanged`` where documents do not pair.
    """
    found = []
    for number, (ours, theirs) in enumerate(pair_documents(gold, other)):
        pairs = align(ours.spans, theirs.spans)
        differing = tuple((a, b) for a, b in pairs if not (a and b and a.key == b.key))
        if differing:
            weight = sum(1 if theirs else UNFOUND for _, theirs in differing)
            found.append(Disagreement(number, differing, weight / len(pairs)))
    return sorted(found, key=lambda row: (-row.share, -len(row.pairs), row.document))


def doubtful(
    gold: Sequence[Document], others: Mapping[str, Sequence[Document]]
) -> dict[str, list[Disagreement]]:
    """Rank documents against each of the others, and first against what these agree on.

    Where two that learned from different sources, rules and models say, contradict the gold alike,
    it is wrong more often than they are.
    """
    found = {name: disagreements(gold, other) for name, other in others.items()}
    if len(others) < 2:
        return found
    sides = [[b for _, b in pair_documents(gold, other)] for other in others.values()]
    agreed = (consensus(row[0], row[1:]) for row in zip(gold, *sides, strict=True))
    return {EVERYBODY: disagreements(gold, agreed), **found}


def consensus(gold: Document, others: Sequence[Document]) -> Document:
    """Return the gold as all others would have it.

    A gold span stays that at least one of them has, too; a span comes in that all of them have and
    that overlaps with none that stays.
    """
    theirs = [{span.key for span in other.spans} for other in others]
    kept = [span for span in gold.spans if any(span.key in keys for keys in theirs)]
    shared = [span for span in others[0].spans if all(span.key in keys for keys in theirs)]
    return gold.with_spans([*kept, *_apart(shared, kept)])


def _apart(spans: Iterable[Span], kept: Sequence[Span]) -> Iterator[Span]:
    return (span for span in spans if not any(span.overlaps(other) for other in kept))
