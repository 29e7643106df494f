"""Other forms of a document's names: parts of names with dots, one character more, given names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from . import kinds as k
from .cues import cues
from .knowledge import Knowledge
from .lattice import Token
from .people import Person
from .witness import everywhere, occurrences

SPEAKING = cues("speaking")
OPENINGS = "，。；“”\n"
_SPEAKS = re.compile(f"(?:同志)?(?:{'|'.join(sorted(SPEAKING, key=len, reverse=True))})")
_NEVER = frozenset("的了等们说称道讲问答曰着过吗呢吧一行：，。、；）（”“ \n")
PARTS = 3  # shorter parts of foreign names are parts of words, too


def namesakes(text: str, people: Iterable[Person], knowledge: Knowledge) -> frozenset[str]:
    """Return the other forms under which confirmed people stand again in the text."""
    names = Counter(text[p.start : p.end] for p in people if p.strong)
    return frozenset([*_parts(text, names, knowledge), *_longer(text, names, knowledge)])


def speaking_again(
    text: str, tokens: Sequence[Token], people: Iterable[Person]
) -> list[tuple[int, int]]:
    """Return where confirmed names that are words, too, stand before a verb of saying: 高山强调."""
    names = {text[p.start : p.end] for p in people if p.strong and p.end - p.start > 1}
    found: dict[int, int] = {}
    for start, end in everywhere(text, names):
        opened = start == 0 or text[start - 1] in OPENINGS
        if opened and _SPEAKS.match(text, end):
            found[start] = max(end, found.get(start, 0))
    if not found:
        return []
    there = {(token.start, token.end) for token in tokens if token.kind & k.PERSON}
    return [place for place in sorted(found.items()) if place not in there]


def _parts(text: str, names: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """Give 林德斯特伦 of 拉尔斯·林德斯特伦, and both parts of 阿依木汗·乌斯曼."""
    dotted = [name.split("·") for name in names if "·" in name]
    pieces = {part for parts in dotted for part in (parts[0], parts[-1]) if len(part) >= PARTS}
    counts = Counter(text[start:end] for start, end in occurrences(text, pieces))
    for piece in pieces:
        known = int(knowledge.entries.get(piece, (0, 0))[1])
        if counts[piece] > 1 and not known & ~k.LEADER:
            yield piece


def _longer(text: str, names: Counter[str], knowledge: Knowledge) -> Iterator[str]:
    """Give 冯雪原 for 冯雪 where 原 stands behind each time, and other characters behind that."""
    short = [
        name
        for name, count in names.items()
        if len(name) == 2 and count > 1 and name not in knowledge.entries
    ]
    behind: dict[str, set[str]] = {}
    for start, end in occurrences(text, short):
        behind.setdefault(text[start:end], set()).add(text[end : end + 2])
    for name, tails in behind.items():
        (char, *others) = {tail[:1] for tail in tails}
        if others or len(tails) < 2:
            continue
        closed = char not in _NEVER and any(tail[1:] in tuple("，。：、）") for tail in tails)
        if closed or _in_names(char, tails, knowledge):
            yield name + char  # 李成|让，: no clause ends in that verb


def _in_names(char: str, tails: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether a character is one of given names and begins no word here: 冯雪|原来."""
    if knowledge.price.get(char, 99.0) > 8.0:
        return False
    return not any(tail in knowledge.entries for tail in tails if len(tail) > 1)
