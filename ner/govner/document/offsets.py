"""Where the clean text stood on the raw page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Piece(NamedTuple):
    """A run of clean characters and the run of raw characters it came from.

    Where both lengths agree, characters correspond one to one; otherwise the whole run stands for
    the whole run (an HTML entity, say).
    """

    start: int
    length: int
    raw_start: int
    raw_length: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way from clean offsets to raw offsets, both in code points.

    Pieces are in the order of the clean text and do not overlap. A clean character in no piece
    was inserted by ingest (a paragraph break); its raw place is the end of the piece before it.
    """

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, pieces: Iterable[tuple[int, int, int, int]]) -> OffsetMap:
        """Build a map from ``(start, length, raw_start, raw_length)`` rows."""
        return cls(tuple(Piece(*piece) for piece in pieces))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw, half-open place of the clean stretch ``start`` to ``end``.

        Raises ``ValueError`` where the stretch is empty or the map has no pieces.
        """
        if end <= start:
            raise ValueError(f"an empty stretch ({start}, {end}) has no place on the raw page")
        return self._raw(start)[0], self._raw(end - 1)[1]

    def _raw(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1
        if index < 0:
            raise ValueError(f"offset {offset} lies before the first mapped character")
        start, length, raw_start, raw_length = self.pieces[index]
        if offset >= start + length:
            return raw_start + raw_length, raw_start + raw_length
        if length != raw_length:
            return raw_start, raw_start + raw_length
        raw = raw_start + offset - start
        return raw, raw + 1
