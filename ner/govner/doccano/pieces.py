"""Long documents cut for the page, and joined on the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..document import Document, Span

CHARACTERS = 1500  # doccano's page gets slow beyond a few thousand
SPANS = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a document that begins at ``start``; number ``index`` of ``count``, from 1."""

    document: str
    index: int
    count: int
    start: int
    text: str
    spans: tuple[Span, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What identifies it on a server: the document's id, and "2/5"."""
        return (self.document, f"{self.index}/{self.count}")

    @property
    def keys(self) -> frozenset[tuple[int, int, str]]:
        """Its spans, for comparing."""
        return frozenset(span.key for span in self.spans)


def cut(document: Document, *, characters: int = CHARACTERS, spans: int = SPANS) -> list[Piece]:
    """Cut a document into pieces that the page can hold.

    Cuts stand after line breaks where they can, else after a sentence, else anywhere, but never
    in a span; no piece is white space alone. The pieces' texts joined are the document's text.
    """
    bounds = [0, *_cuts(document, characters, spans), len(document.text)]
    ranges = list(pairwise(bounds))
    return [
        Piece(
            document.id,
            index,
            len(ranges),
            start,
            document.text[start:end],
            tuple(s.shift(-start) for s in document.spans if start <= s.start < end),
        )
        for index, (start, end) in enumerate(ranges, start=1)
    ]


def join(pieces: Iterable[tuple[Piece, Sequence[Span]]]) -> tuple[str, tuple[Span, ...]]:
    """Put the text and the spans of all pieces of one document together, in the order given."""
    texts: list[str] = []
    spans: list[Span] = []
    for piece, found in pieces:
        texts.append(piece.text)
        spans += [span.shift(piece.start) for span in found]
    return "".join(texts), tuple(spans)


def _cuts(document: Document, characters: int, spans: int) -> list[int]:
    text, cuts, start = document.text, list[int](), 0
    while True:
        limit = _limit(document.spans, start, characters, spans)
        if limit >= len(text) or not (cut_at := _cut_at(document, start, limit)):
            return cuts
        cuts.append(cut_at)
        start = cut_at


def _limit(spans: Sequence[Span], start: int, characters: int, most: int) -> int:
    """Return where the piece must end at the latest: too many characters or spans."""
    later = [span for span in spans if span.start >= start]
    return min(start + characters, later[most].start if len(later) > most else start + characters)


def _cut_at(document: Document, start: int, limit: int) -> int:
    text = document.text
    inside = {
        place
        for span in document.spans
        if span.start < limit + 1 and span.end > start
        for place in range(span.start + 1, span.end)
    }
    for ends in ("\n", "。！？；!?;", ""):
        for place in range(limit, start + 1, -1):
            fits = place not in inside and (not ends or text[place - 1] in ends)
            if fits and text[start:place].strip() and text[place:].strip():
                return place
    # A span longer than a piece: the piece ends with it.
    place = limit + 1
    covered = max((s.end for s in document.spans if s.start < place < s.end), default=len(text))
    return covered if text[covered:].strip() else 0
