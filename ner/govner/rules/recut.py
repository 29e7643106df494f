"""Words cut again where the lattice joined what belongs to two names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from . import kinds as k
from .cues import cues
from .lattice import Token, of_kind

# What bears the name of a person who is met nowhere else.
EPONYM = re.compile("(?:劳模|党建|技能|创新|名师|大师|书记|志愿)*(?:工作室|服务队|研究室)")
UNNAMED = ("某", "该")
_PARTY = re.compile("(?:机关|直属机关|离退休)?(?:党|纪委|团委|工会)")
OWN_WORDS = cues("own_words")
LONGEST = 4  # characters of a word inside what looked like a name
UNKNOWN = 14.5

Words = Mapping[str, Sequence[float]]


def recut(text: str, tokens: list[Token], words: Words) -> list[Token]:
    """Give 局 of 局党委 back to the office before it: 江阴|地税局|机关党委, 三门峡|支队|党委."""
    out: list[Token] = []
    done = 0
    for index in of_kind(tokens, k.LEVELBODY):
        out += tokens[done:index]
        done = index + 1
        token = tokens[index]
        start, end, _ = token
        if end - start > 2 and text[start - 1 : start] == "该":
            out.append(_token(text, start, start + 1, words))  # 该|区|住建局
            start += 1
            token = _token(text, start, end, words)
            out.append(Token(start, end, token.kind | k.ORGAN))
            continue
        own = out and text[start:end] in OWN_WORDS
        head = _PARTY.search(text, start, end) if own else None
        if head is None or head.start() == start:
            out.append(token)
            continue
        before, cut = out[-1], head.start()
        word = text[before.start : before.end]
        if text[start - 1 : cut] == "学院" and before.end - before.start > 2:
            out[-1] = _token(text, before.start, start - 1, words)  # 政治学|院党委
            out.append(_token(text, start - 1, cut, words))
        elif cut - start == 1 and text[before.start : cut] in words:
            out[-1] = _token(text, before.start, cut, words)
        elif before.kind & (k.SPHERE | k.ANYPLACE) or word in k.NUMERALS or word in UNNAMED:
            out.append(_token(text, start, cut, words))
        else:
            out.append(token)
            continue
        out.append(_token(text, cut, end, words))
    return out + tokens[done:]


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
