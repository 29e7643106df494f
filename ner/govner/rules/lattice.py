"""Words and possible names in one lattice; the cheapest way through it says where words end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import inf
from operator import itemgetter
from typing import NamedTuple

from . import kinds as k
from .chinese import Chinese
from .knowledge import CUES, UNKNOWN, Entry, Hit, Knowledge, Single
from .names import name_edges

BLOCK = 8192  # code points that one lattice holds
_FOLLOW = k.SPEECH | k.LISTVERB
_UNKNOWN: Single = (UNKNOWN, 0, 1, inf, inf, 0.0)
_NO_HIT: Hit = (-1, (inf, 0, 1))
_MOST_BEFORE = 9.0  # what a cue before a name is worth at most
_MOST_BEHIND = 6.0
_END = itemgetter(0)


class Token(NamedTuple):
    """A stretch of text with the kinds of words it can be."""

    start: int
    end: int
    kind: int


_new_token = partial(tuple.__new__, Token)  # without the call that a NamedTuple makes


def tokenize(text: str, knowledge: Knowledge) -> list[Token]:
    """Return the tokens of the best way through the lattice; they cover the text without gaps."""
    tokens: list[Token] = []
    for start, end in _blocks(text):
        part = text[start:end]
        hits: list[Hit] = knowledge.entries.find(part)
        left, right = _contexts(hits, len(part))
        names = Chinese(part, knowledge, left, right)
        hits += names.edges()
        hits += name_edges(part, knowledge, left, right)
        hits.sort(key=_END)  # words first where both end
        tokens += _tokens(_best_way(part, knowledge.singles, hits, names, left), start)
    return tokens


def of_kind(tokens: Sequence[Token], kinds: int) -> list[int]:
    """Return the indices of the tokens that can be one of the kinds."""
    return [index for index, (_, _, kind) in enumerate(tokens) if kind & kinds]


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
    for end, (_, kind, size) in hits:
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
    text: str, singles: Mapping[str, Single], hits: list[Hit], names: Chinese, left: bytearray
) -> list[Entry | Single]:
    """Return the last word of the best way to each place.

    A name of two or three characters is weighed only where the least that it could cost would win.
    """
    best: list[float] = [0.0]
    way: list[Entry | Single] = []
    following = iter(hits)
    ahead, word = next(following, _NO_HIT)
    known = singles.get
    lowest, two, one, worth = 0.0, inf, inf, _MOST_BEFORE
    for end, single in enumerate([known(character, _UNKNOWN) for character in text]):
        cost, _, _, given, surname, before = single
        three, two = two + given, one + given
        one = lowest + surname - (_MOST_BEFORE if left[end] else worth)
        worth = before
        step: Entry | Single = single
        lowest += cost
        while ahead == end:
            cost = best[end + 1 - word[2]] + word[0]
            if cost < lowest:
                lowest, step = cost, word
            ahead, word = next(following, _NO_HIT)
        if two < lowest + _MOST_BEHIND or three < lowest + _MOST_BEHIND:
            for size in (3, 2):
                cost = names.cost(end + 1 - size, end + 1)
                if best[end + 1 - size] + cost < lowest:
                    lowest, step = best[end + 1 - size] + cost, (cost, k.NAME, size)
        best.append(lowest)
        way.append(step)
    return way


def _tokens(way: list[Entry | Single], offset: int) -> list[Token]:
    """Walk back from the end of the best way."""
    end = len(way)
    bounds, kinds = [end + offset], []
    while end:
        _, kind, size = way[end - 1][:3]
        end -= size
        bounds.append(end + offset)
        kinds.append(kind)
    bounds.reverse()
    kinds.reverse()
    return [*map(_new_token, zip(bounds, bounds[1:], kinds, strict=False))]
