"""Cutting a text into pieces that the network reads at once; joined, they give the text back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .tags import Stretch

# A sentence ends with its closing quotes and brackets and the white space behind them; an opening
# quote belongs to what follows.
_END = re.compile(r"(?:[。！？!?…]+[”’」』）》】)\]\"]*|[ \t\u3000]*[\r\n])\s*")
_SOFT = re.compile(r"[；;，,、：:]")

LONGEST = 256


def cut(text: str, *, longest: int = LONGEST) -> list[tuple[int, int]]:
    """Return half-open pieces that cover the text in order, none longer than ``longest``.

    Pieces end behind a sentence or a line; a longer sentence is cut behind the last separator that
    fits, and where there is none, hard.
    """
    bounds = [match.end() for match in _END.finditer(text)]
    if not bounds or bounds[-1] != len(text):
        bounds.append(len(text))
    pieces = []
    start = 0
    for end in bounds:
        for stop in (*_cuts(text, start, end, longest), end):
            if stop > start:
                pieces.append((start, stop))
                start = stop
    return pieces


def _cuts(text: str, start: int, end: int, longest: int) -> Iterator[int]:
    while end - start > longest:
        stops = [match.end() for match in _SOFT.finditer(text, start, start + longest)]
        # A cut in the first half would leave a stump; then a hard one does less harm.
        start = stops[-1] if stops and stops[-1] > start + longest // 2 else start + longest
        yield start


def join_over(pieces: Iterable[tuple[int, int]], spans: Iterable[Stretch]) -> list[tuple[int, int]]:
    """Join neighbouring pieces whose border lies inside a span, so that no span is cut."""
    inside = {place for start, end, _ in spans for place in range(start + 1, end)}
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and start in inside:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
