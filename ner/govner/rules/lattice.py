"""Words and possible names in one lattice; the cheapest way through it says where words end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from . import kinds as k
from .knowledge import CUES, UNKNOWN, Entry, Knowledge
from .names import Edges, name_edges

Hit = tuple[int, Entry]  # the index of a word's last character, and the word

BLOCK = 8192  # code points that one lattice holds
_FOLLOW = k.SPEECH | k.LISTVERB
_UNKNOWN = (UNKNOWN, (1, 0))


class Token(NamedTuple):
    """A stretch of text with the kinds of words it can be."""

    start: int
    end: int
    kind: int


def tokenize(text: str, knowledge: Knowledge) -> list[Token]:
    """Return the tokens of the best way through the lattice; they cover the text without gaps."""
    tokens: list[Token] = []
    for start, end in _blocks(text):
        part = text[start:end]
        hits: list[Hit] = list(knowledge.automaton.iter(part))
        left, right = _contexts(hits, len(part))
        edges = name_edges(part, knowledge, left, right)
        tokens += _best_way(part, knowledge, hits, edges, start)
    return tokens


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text at line or sentence ends, so that memory does not grow with it."""
    start = 0
    while len(text) - start > BLOCK:
        end = max(text.rfind(sign, start + BLOCK // 2, start + BLOCK) for sign in "\n。；，")
        end = end + 1 if end > 0 else start + BLOCK
        yield start, end
        start = end
    yield start, len(text)


def _contexts(hits: list[Hit], length: int) -> tuple[bytearray, bytearray]:
    """Mark where a word ends that announces a name, and where one begins that follows a name."""
    left, right = bytearray(length + 6), bytearray(length + 6)
    for end, (size, _, kind) in hits:
        if not kind & CUES:
            continue
        start = end + 1 - size
        if kind & k.POST and size > 1:
            left[end + 1] |= 1 if kind & k.SOFT else 2
            right[start] |= 2
        if kind & k.ANNOUNCE:
            left[end + 1] |= 1
        if kind & _FOLLOW:
            right[start] |= 5 if kind & k.SAYING else 1
        if kind & k.HONORIFIC:
            right[start] |= 2
        if kind & k.COUNTRY:
            left[end + 1] |= 4
    return left, right


def _best_way(
    text: str, knowledge: Knowledge, hits: list[Hit], edges: Edges, offset: int
) -> list[Token]:
    best: list[float] = [0.0]
    way: list[tuple[int, int]] = [(0, 0)]
    hits.append((len(text), (0, 0.0, 0)))
    following = iter(hits)
    hit_end, entry = next(following)
    more, single = edges.get, knowledge.singles.get
    lowest = 0.0
    for end, character in enumerate(text):
        cost, step = single(character, _UNKNOWN)
        lowest += cost
        while hit_end == end:
            size, cost, kind = entry
            cost += best[end + 1 - size]
            if cost < lowest:
                lowest, step = cost, (size, kind)
            hit_end, entry = next(following)
        names = more(end + 1)
        if names is not None:
            for size, cost, kind in names:
                cost += best[end + 1 - size]
                if cost < lowest:
                    lowest, step = cost, (size, kind)
        best.append(lowest)
        way.append(step)
    return _walk_back(way, offset)


def _walk_back(way: list[tuple[int, int]], offset: int) -> list[Token]:
    tokens = []
    end = len(way) - 1
    while end > 0:
        size, kind = way[end]
        tokens.append(Token(offset + end - size, offset + end, kind))
        end -= size
    tokens.reverse()
    return tokens
