"""What a corpus holds: counts, lengths, names, and what looks wrong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from ..document import LABELS, Document
from .consistency import Inconsistency, inconsistencies
from .disagreement import Disagreement, doubtful
from .near import NearCopy, near_copies
from .settled import Settled


@dataclass(frozen=True)
class Statistics:
    """All that the corpus page shows."""

    documents: Sequence[Document]
    spans: Counter[str]
    surfaces: dict[str, Counter[str]]
    spread: dict[str, Counter[str]]
    lengths: dict[str, Counter[int]]
    kinds: dict[str, Counter[str]]
    copies: list[NearCopy]
    inconsistent: list[Inconsistency]
    disagreements: dict[str, list[Disagreement]] = field(default_factory=dict)
    settled: Sequence[Settled] = ()

    @property
    def characters(self) -> int:
        """The length of all texts, in code points."""
        return sum(len(document.text) for document in self.documents)

    @property
    def median_length(self) -> float:
        """The length of the middle document."""
        return median(len(document.text) for document in self.documents)

    def frequent(self, label: str, number: int = 30) -> list[tuple[str, int, int]]:
        """Return the commonest surfaces of a label with their mentions and documents."""
        common = self.surfaces[label].most_common(number)
        return [(surface, mentions, self.spread[label][surface]) for surface, mentions in common]


def stats(
    documents: Sequence[Document],
    second: Mapping[str, Sequence[Document]] | None = None,
    *,
    settled: Sequence[Settled] = (),
) -> Statistics:
    """Describe a corpus.

    ``second`` holds, by name, the same documents as other annotators see them (the rules, models
    of a cross-validation); documents are ranked by how much these differ from the gold, first of
    all where they differ alike. ``settled`` says how the gold keeps to its guideline. Raises
    ``BadInput`` and ``TextChanged`` where documents do not pair.
    """
    labels = [*LABELS, *sorted({s.label for d in documents for s in d.spans} - set(LABELS))]
    surfaces: dict[str, Counter[str]] = {label: Counter() for label in labels}
    spread: dict[str, Counter[str]] = {label: Counter() for label in labels}
    lengths: dict[str, Counter[int]] = {label: Counter() for label in labels}
    for document in documents:
        for span in document.spans:
            surfaces[span.label][document.surface(span)] += 1
            lengths[span.label][span.end - span.start] += 1
        for label, surface in {(s.label, document.surface(s)) for s in document.spans}:
            spread[label][surface] += 1
    return Statistics(
        documents=documents,
        spans=Counter({label: counts.total() for label, counts in surfaces.items()}),
        surfaces=surfaces,
        spread=spread,
        lengths=lengths,
        kinds=_kinds(documents),
        copies=near_copies(documents),
        inconsistent=inconsistencies(documents),
        disagreements=doubtful(documents, second or {}),
        settled=settled,
    )


def _kinds(documents: Sequence[Document]) -> dict[str, Counter[str]]:
    """Return how many documents have each value of the keys that describe a document."""
    table: dict[str, Counter[str]] = {}
    states = Counter(document.state for document in documents)
    if len(states) > 1:
        table["state"] = states
    for key in ("type", "register", "genre", "column", "source", "origin"):
        values = Counter(str(d.meta[key]) for d in documents if d.meta.get(key))
        if 1 < len(values) <= 40:
            table[key] = values
    return table
