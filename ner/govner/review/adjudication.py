"""Two annotators' work made one: what agrees is gold, the rest goes to a third person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import Document, Span, format_marked
from .agreement import done_by_both

READINGS = "readings"
"""Under this key of ``meta`` a document carries the readings, each with its place."""
AROUND = 8  # characters of the text shown on each side of a disagreement


@dataclass(frozen=True, slots=True)
class Adjudication:
    """``agreed`` is gold; ``disputed`` carries what agrees, and both readings of the rest."""

    agreed: tuple[Document, ...]
    disputed: tuple[Document, ...]
    places: int
    left_out: int


def adjudicate(
    first: Iterable[Document], second: Iterable[Document], *, names: tuple[str, str] = ("A", "B")
) -> Adjudication:
    """Merge two annotators' work on the same documents.

    Only documents that both have confirmed count. In a disputed document stand the spans that
    both have, and no disputed one, lest the adjudicator follow the first reading; what each of
    the two reads stands under ``meta["readings"]``. Raises ``TextChanged``.
    """
    pairs, left_out = done_by_both(first, second)
    agreed: list[Document] = []
    disputed: list[Document] = []
    places = 0
    for one, other in pairs:
        merged = one.with_spans(_shared(one, other), state="corrected")
        notes = list(_readings(one, other, names))
        if notes:
            places += len(notes)
            meta = {**merged.meta, READINGS: notes}
            merged = replace(merged, meta=meta, state="proposed")
        (disputed if notes else agreed).append(merged)
    return Adjudication(tuple(agreed), tuple(disputed), places, left_out)


def _shared(one: Document, other: Document) -> list[Span]:
    theirs = {span.key: span for span in other.spans}
    return [
        span if theirs[span.key].source == span.source else Span(*span.key, "agreed")
        for span in one.spans
        if span.key in theirs
    ]


def _readings(
    one: Document, other: Document, names: tuple[str, str]
) -> Iterator[dict[str, int | str]]:
    """Give one note for each stretch in which the two differ."""
    for number, (start, end) in enumerate(_stretches(one, other), start=1):
        readings = " | ".join(
            f"{name}: {_read(document, start, end)}"
            for name, document in zip(names, (one, other), strict=True)
        )
        before = one.text[max(0, start - AROUND) : start].replace("\n", "⏎")
        after = one.text[end : end + AROUND].replace("\n", "⏎")
        yield {"at": start, "text": f"{number}. …{before}▸…◂{after}… {readings}"}


def _stretches(one: Document, other: Document) -> list[tuple[int, int]]:
    """Return the stretches covered by spans that only one has, overlapping ones joined."""
    keys = {span.key for span in one.spans} ^ {span.key for span in other.spans}
    found: list[tuple[int, int]] = []
    for start, end, _ in sorted(keys):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _read(document: Document, start: int, end: int) -> str:
    inside: Sequence[Span] = [
        span.shift(-start) for span in document.spans if start <= span.start and span.end <= end
    ]
    return format_marked(document.text[start:end], inside)
