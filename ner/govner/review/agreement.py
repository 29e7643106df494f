"""Whether two annotators read alike: spans, characters, and what they differ about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..document import LABELS, Document, Span
from ..document.errors import BadInput
from ..document.pairs import align, check_same_text

NOTHING = "–"
KINDS = ("border", "label", "border and label", "only one")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A span that one has and the other has not, or has otherwise."""

    document: Document
    first: Span | None
    second: Span | None

    @property
    def kind(self) -> str:
        """How they differ."""
        if self.first is None or self.second is None:
            return "only one"
        same_place = (self.first.start, self.first.end) == (self.second.start, self.second.end)
        if self.first.label == self.second.label:
            return "border"
        return "label" if same_place else "border and label"

    @property
    def labels(self) -> tuple[str, str]:
        """What each of the two called it."""
        pair = (self.first, self.second)
        first, second = (span.label if span else NOTHING for span in pair)
        return first, second

    def surfaces(self) -> tuple[str, str]:
        """Return what each of the two marked."""
        pair = (self.first, self.second)
        first, second = (self.document.surface(span) if span else NOTHING for span in pair)
        return first, second


@dataclass(frozen=True, slots=True)
class SpanCounts:
    """Spans that both have, with place and label, and those that only one has."""

    both: int
    first: int
    second: int

    @property
    def f1(self) -> float | None:
        """F1 of one against the other, which is the same both ways; None without any span."""
        total = 2 * self.both + self.first + self.second
        return 2 * self.both / total if total else None


@dataclass(frozen=True)
class Agreement:
    """What two annotators agree and differ about; ``left_out`` were not done by both."""

    documents: int
    left_out: int
    alike: int
    spans: Mapping[str, SpanCounts]
    kappas: Mapping[str, float | None]
    items: tuple[Disagreement, ...]

    def to_record(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "documents": self.documents,
            "left_out": self.left_out,
            "alike": self.alike,
            "labels": {
                label: {
                    "both": counts.both,
                    "only_first": counts.first,
                    "only_second": counts.second,
                    "f1": counts.f1,
                    "kappa": self.kappas[label],
                }
                for label, counts in self.spans.items()
            },
            "disagreements": [_record(item) for item in self.items],
        }


def agreement(
    first: Iterable[Document], second: Iterable[Document], *, proposals: bool = False
) -> Agreement:
    """Compare two annotators' work on the same documents, label by label and over ``all``.

    Only documents that both have confirmed count; with ``proposals`` the second side is what was
    proposed, which nobody confirms. Cohen's kappa (1960) is taken over characters, each with the
    label that covers it or none. Raises ``TextChanged`` where the texts differ.
    """
    pairs, left_out = done_by_both(first, second, proposals=proposals)
    both, ours, theirs = Counter[str](), Counter[str](), Counter[str]()
    characters: Counter[tuple[str, str]] = Counter()
    items: list[Disagreement] = []
    alike = 0
    for one, other in pairs:
        shared = {span.key for span in one.spans} & {span.key for span in other.spans}
        both.update(label for _, _, label in shared)
        ours.update(span.label for span in one.spans if span.key not in shared)
        theirs.update(span.label for span in other.spans if span.key not in shared)
        characters.update(zip(_marks(one), _marks(other), strict=True))
        alike += len(shared) == len(one.spans) == len(other.spans)
        items += [
            Disagreement(one, a, b)
            for a, b in align(one.spans, other.spans)
            if a is None or b is None or a.key != b.key
        ]
    counts = {name: SpanCounts(both[name], ours[name], theirs[name]) for name in LABELS}
    counts["all"] = SpanCounts(both.total(), ours.total(), theirs.total())
    kappas = {name: kappa(_one_label(characters, name)) for name in LABELS}
    kappas["all"] = kappa(characters)
    return Agreement(len(pairs), left_out, alike, counts, kappas, tuple(items))


def done_by_both(
    first: Iterable[Document], second: Iterable[Document], *, proposals: bool = False
) -> tuple[list[tuple[Document, Document]], int]:
    """Pair the documents that both have confirmed, and count the others.

    Raises ``BadInput`` where an id stands twice in one file, and ``TextChanged``.
    """
    theirs = _by_id((d for d in second if proposals or d.state != "proposed"), "the second file")
    ours = _by_id((d for d in first if d.state != "proposed"), "the first file")
    pairs = [(document, theirs[key]) for key, document in ours.items() if key in theirs]
    for one, other in pairs:
        check_same_text(one, other)
    return pairs, len(ours.keys() ^ theirs.keys()) if not proposals else len(ours) - len(pairs)


def _by_id(documents: Iterable[Document], what: str) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in documents:
        if document.id in found:
            hint = "give every document its own id"
            raise BadInput(path=what, why=f"the id {document.id} stands there twice", hint=hint)
        found[document.id] = document
    return found


def kappa(counts: Mapping[tuple[str, str], int]) -> float | None:
    """Return Cohen's kappa of paired labels; None where it is not defined.

    That is where nothing was labelled, or both used the same single label throughout.
    """
    if len({label for pair, number in counts.items() if number for label in pair}) < 2:
        return None
    from sklearn.metrics import cohen_kappa_score  # slow to load; nothing else here needs it

    left, right = zip(*counts, strict=True)
    return float(cohen_kappa_score(left, right, sample_weight=list(counts.values())))


def _one_label(counts: Mapping[tuple[str, str], int], label: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for (one, other), number in counts.items():
        found[one if one == label else NOTHING, other if other == label else NOTHING] += number
    return found


def _marks(document: Document) -> list[str]:
    marks = [NOTHING] * len(document.text)
    for span in document.spans:
        marks[span.start : span.end] = [span.label] * (span.end - span.start)
    return marks


@dataclass(frozen=True, slots=True)
class Cluster:
    """Disagreements of one kind, between the same labels, about one section of the guideline."""

    kind: str
    labels: tuple[str, str]
    section: str
    items: tuple[Disagreement, ...]


def clusters(items: Iterable[Disagreement], sections: Sequence[str]) -> list[Cluster]:
    """Group disagreements, the largest group first; ``sections`` has one for each item."""
    groups: dict[tuple[str, tuple[str, str], str], list[Disagreement]] = {}
    for item, section in zip(items, sections, strict=True):
        groups.setdefault((item.kind, item.labels, section), []).append(item)
    found = [Cluster(*key, tuple(group)) for key, group in groups.items()]
    return sorted(found, key=lambda c: (-len(c.items), c.kind, c.labels, c.section))


def _record(item: Disagreement) -> dict[str, Any]:
    first, second = item.first, item.second
    surfaces = item.surfaces()
    return {
        "document": item.document.id,
        "kind": item.kind,
        "first": [first.start, first.end, first.label, surfaces[0]] if first else None,
        "second": [second.start, second.end, second.label, surfaces[1]] if second else None,
    }
