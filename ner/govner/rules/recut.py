"""Words cut again where the lattice joined what belongs to two names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from . import kinds as k
from .cues import cues
from .lattice import Token

# What bears the name of a person who is met nowhere else.
EPONYM = re.compile("(?:劳模|党建|技能|创新|名师|大师|书记|志愿)*(?:工作室|服务队|研究室)")
OWN_WORDS = cues("own_words")
LONGEST = 4  # characters of a word inside what looked like a name
UNKNOWN = 14.5

Words = Mapping[str, Sequence[float]]


def recut(text: str, tokens: list[Token], words: Words) -> list[Token]:
    """Give 局 of 局党委 back to the office before it: 江阴|地税局|机关党委, 传播|学院|党委."""
    out: list[Token] = []
    for token in tokens:
        before = out[-1] if out else None
        own = token.kind & k.LEVELBODY and text[token.start : token.end] in OWN_WORDS
        if not own or before is None:
            out.append(token)
            continue
        joined = text[before.start : token.start + 1]
        if before.kind & k.SPHERE:
            out.append(_token(text, token.start, token.start + 1, words))
        elif joined in words:
            out[-1] = _token(text, before.start, token.start + 1, words)
        else:
            out.append(token)
            continue
        out.append(_token(text, token.start + 1, token.end, words))
    return out


def as_words(text: str, start: int, end: int, words: Words) -> Iterator[Token]:
    """Give the words of a stretch that looked like a name and is none: 任|华|川."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for at in range(start + 1, end + 1):
        costs = (
            (best[at - start - size][0] + _cost(text[at - size : at], words), size)
            for size in range(1, min(LONGEST, at - start) + 1)
        )
        best.append(min(costs))
    cuts = [end]
    while cuts[-1] > start:
        cuts.append(cuts[-1] - best[cuts[-1] - start][1])
    cuts.reverse()
    for first, last in pairwise(cuts):
        yield _token(text, first, last, words)


def _cost(word: str, words: Words) -> float:
    entry = words.get(word)
    return entry[0] if entry else UNKNOWN * (1 if len(word) == 1 else 9)


def _token(text: str, start: int, end: int, words: Words) -> Token:
    entry = words.get(text[start:end])
    return Token(start, end, int(entry[1]) if entry else k.NOUN)
