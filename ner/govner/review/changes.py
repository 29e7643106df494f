"""What a person changed in what was proposed: span by span, then per label and per rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..document import Document, Span
from ..document.pairs import align, pair_documents
from .wilson import wilson

KINDS = ("kept", "moved", "relabelled", "deleted", "added")
NO_SOURCE = "(none)"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one span; ``proposed`` is None for an added, ``corrected`` for a deleted one.

    ``moved`` means another place under the same label; ``relabelled`` another label, whether or not
    the place changed too.
    """

    document: str
    kind: str
    proposed: Span | None
    corrected: Span | None
    surfaces: tuple[str, str]

    @property
    def label(self) -> str:
        """The label that was proposed, or for an added span the one it was given."""
        span = self.proposed or self.corrected
        assert span is not None
        return span.label

    @property
    def rule(self) -> str:
        """Who proposed the span; empty for an added one."""
        return (self.proposed.source or NO_SOURCE) if self.proposed else ""


@dataclass(frozen=True)
class Changes:
    """All changes, in the order of documents and places, and the counts drawn from them."""

    documents: int
    untouched: int
    unreviewed: int
    items: tuple[Change, ...]

    def counts(self) -> Counter[str]:
        """Return how many changes of each kind there are."""
        return Counter(change.kind for change in self.items)

    def by_label(self) -> dict[str, Counter[str]]:
        """Return the counts of each label, the one with most spans first."""
        return _count(self.items, lambda change: change.label)

    def by_rule(self) -> dict[str, Counter[str]]:
        """Return the counts of each rule, the one with most spans first; added spans have none."""
        proposed = [change for change in self.items if change.proposed]
        return _count(proposed, lambda change: change.rule)

    def missed(self) -> Counter[tuple[str, str]]:
        """Return label and text of the spans that nobody had proposed, with their number."""
        items = [change for change in self.items if change.kind == "added"]
        return Counter((change.label, change.surfaces[1]) for change in items)

    def to_record(self) -> dict[str, Any]:
        """Return the JSON form: counts, and each change that is not ``kept``."""
        return {
            "documents": self.documents,
            "untouched": self.untouched,
            "unreviewed": self.unreviewed,
            "total": _row(self.counts()),
            "labels": {label: _row(counts) for label, counts in self.by_label().items()},
            "rules": {rule: _row(counts) for rule, counts in self.by_rule().items()},
            "missed": [
                {"label": label, "text": text, "count": number}
                for (label, text), number in self.missed().most_common()
            ],
            "changes": [_change(change) for change in self.items if change.kind != "kept"],
        }


def changes(
    proposed: Iterable[Document], corrected: Iterable[Document], *, unreviewed: bool = False
) -> Changes:
    """Compare documents as they were proposed with what a person made of them.

    Documents that the corrected side does not hold were not reviewed and do not count; neither do
    those that it still calls ``proposed``, unless ``unreviewed`` is set. Raises ``BadInput`` for a
    corrected document that was never proposed, and ``TextChanged`` for another text.
    """
    before = list(proposed)
    after = list(corrected)
    seen = [doc for doc in after if unreviewed or doc.state != "proposed"]
    items: list[Change] = []
    untouched = 0
    for now, then in pair_documents(seen, before, what="the proposed file"):
        own = [_classify(then, *pair) for pair in align(then.spans, now.spans)]
        untouched += all(change.kind == "kept" for change in own)
        items += own
    return Changes(len(seen), untouched, len(before) - len(seen), tuple(items))


def _classify(document: Document, before: Span | None, after: Span | None) -> Change:
    if before is None or after is None:
        kind = "added" if before is None else "deleted"
    elif before.label != after.label:
        kind = "relabelled"
    else:
        kind = "kept" if before.key == after.key else "moved"
    surfaces = tuple(document.surface(span) if span else "" for span in (before, after))
    return Change(document.id, kind, before, after, (surfaces[0], surfaces[1]))


def _count(items: Sequence[Change], key: Callable[[Change], str]) -> dict[str, Counter[str]]:
    table: dict[str, Counter[str]] = {}
    for change in items:
        table.setdefault(key(change), Counter())[change.kind] += 1
    return dict(sorted(table.items(), key=lambda row: (-row[1].total(), row[0])))


def _row(counts: Counter[str]) -> dict[str, Any]:
    proposed = counts.total() - counts["added"]
    low, high = wilson(counts["kept"], proposed)
    return {
        "proposed": proposed,
        **{kind: counts[kind] for kind in KINDS},
        "precision": round(counts["kept"] / proposed, 4) if proposed else None,
        "interval": [round(low, 4), round(high, 4)],
    }


def _change(change: Change) -> dict[str, Any]:
    before, after = change.proposed, change.corrected
    return {
        "document": change.document,
        "kind": change.kind,
        "rule": change.rule,
        "before": [before.start, before.end, before.label, change.surfaces[0]] if before else None,
        "after": [after.start, after.end, after.label, change.surfaces[1]] if after else None,
    }
