"""Two sides of one text: documents paired by id, spans paired by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .document import Document
from .errors import BadInput, TextChanged
from .span import Span

SpanPair = tuple[Span | None, Span | None]


def align(left: Sequence[Span], right: Sequence[Span]) -> list[SpanPair]:
    """Pair two flat lists of spans one to one; a span without a partner is paired with None.

    Equal place and label come first, then equal place, then overlap with the same label, then any
    overlap, the longer overlap first. Neighbours never pair. Pairs are sorted by place.
    """
    theirs = {span.key: span for span in right}
    pairs: list[SpanPair] = []
    lonely: list[Span] = []
    for span in left:
        if (partner := theirs.pop(span.key, None)) is None:
            lonely.append(span)
        else:
            pairs.append((span, partner))
    rest = sorted(theirs.values())
    pairs += _pair_overlapping(sorted(lonely), rest) if lonely and rest else _alone(lonely, rest)
    return sorted(pairs, key=_place)


def _pair_overlapping(left: list[Span], right: list[Span]) -> list[SpanPair]:
    candidates = sorted(_overlapping(left, right), key=_closeness)
    free_left, free_right = dict.fromkeys(left), dict.fromkeys(right)
    pairs: list[SpanPair] = []
    for ours, other in candidates:
        if ours in free_left and other in free_right:
            del free_left[ours], free_right[other]
            pairs.append((ours, other))
    return pairs + _alone(free_left, free_right)


def _overlapping(left: list[Span], right: list[Span]) -> Iterator[tuple[Span, Span]]:
    first = 0
    for ours in left:
        while first < len(right) and right[first].end <= ours.start:
            first += 1
        index = first
        while index < len(right) and right[index].start < ours.end:
            yield ours, right[index]
            index += 1


def _closeness(pair: tuple[Span, Span]) -> tuple[bool, bool, int, Span]:
    ours, other = pair
    shared = min(ours.end, other.end) - max(ours.start, other.start)
    same_place = ours.start == other.start and ours.end == other.end
    return (not same_place, ours.label != other.label, -shared, ours)


def _alone(left: Iterable[Span], right: Iterable[Span]) -> list[SpanPair]:
    return [(span, None) for span in left] + [(None, span) for span in right]


def _place(pair: SpanPair) -> tuple[int, int]:
    span = pair[0] or pair[1]
    assert span is not None
    return (span.start, span.end)


def pair_documents(
    left: Iterable[Document], right: Iterable[Document], *, what: str = "the second file"
) -> Iterator[tuple[Document, Document]]:
    """Pair every document of ``left`` with the one of the same id in ``right``, in left's order.

    Raises ``BadInput`` where an id is doubled or has no partner, and ``TextChanged`` where the
    texts differ, for then offsets mean nothing.
    """
    partners: dict[str, Document] = {}
    for document in right:
        if document.id in partners:
            hint = "give every document its own id"
            raise BadInput(path=what, why=f"the id {document.id} stands there twice", hint=hint)
        partners[document.id] = document
    seen: set[str] = set()
    for document in left:
        partner = partners.get(document.id)
        if partner is None or document.id in seen:
            why = "has a doubled id" if document.id in seen else "is not there"
            hint = "give both sides the same documents"
            raise BadInput(path=what, why=f"the document {document.id} {why}", hint=hint)
        seen.add(document.id)
        check_same_text(document, partner)
        yield document, partner


def check_same_text(expected: Document, found: Document) -> None:
    """Raise ``TextChanged`` with the first character in which two texts differ."""
    if expected.text == found.text:
        return
    pairs = zip(expected.text, found.text, strict=False)
    shorter = min(len(expected.text), len(found.text))
    offset = next((i for i, (a, b) in enumerate(pairs) if a != b), shorter)
    raise TextChanged(
        document=expected.id,
        offset=offset,
        expected=expected.text[offset : offset + 10],
        found=found.text[offset : offset + 10],
    )
