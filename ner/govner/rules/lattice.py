# ruff: noqa: E501, SIM102
"""Words and possible names in one lattice; the cheapest way through it says where words end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from . import kinds as k
from .knowledge import UNKNOWN, Knowledge

NAME_BASE = 10.0
GIVEN_COST = 4.6
NEUTRAL_COST = 7.0
NOTGIVEN_COST = 12.0
FOREIGN_BASE = 9.0
FOREIGN_COST = 3.9
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"


class Token(NamedTuple):
    """A stretch of text with the kinds of words it can be."""

    start: int
    end: int
    kind: int


@dataclass(frozen=True, slots=True)
class Guess:
    """A name that the lattice weighed: its place, its cost, and whether it stands on the best way."""

    start: int
    end: int
    cost: float
    chosen: bool


def tokenize(text: str, knowledge: Knowledge, known: frozenset[str] = frozenset()) -> list[Token]:
    """Return the tokens of the best way through the lattice; they cover the text without gaps.

    ``known`` are the names that the document has confirmed.
    """
    hits = list(knowledge.automaton.iter(text))
    left, right = _contexts(hits, len(text))
    edges = _name_edges(text, knowledge, left, right, known)
    return _best_way(text, hits, edges)


def _contexts(
    hits: list[tuple[int, tuple[int, float, int]]], length: int
) -> tuple[bytearray, bytearray]:
    """Mark where a word ends that announces a name, and where one begins that follows a name."""
    left, right = bytearray(length + 2), bytearray(length + 2)
    posts = k.POST
    announce = k.ANNOUNCE
    follow = k.SPEECH | k.LISTVERB
    interesting = posts | announce | follow | k.HONORIFIC | k.COUNTRY
    for end, (size, _, kind) in hits:
        if not kind & interesting:
            continue
        if kind & posts:
            if size > 1:
                left[end + 1] |= 1 if kind & k.SOFT else 2
                right[end + 1 - size] |= 2
        if kind & announce:
            left[end + 1] |= 1
        if kind & follow:
            right[end + 1 - size] |= 1
        if kind & k.HONORIFIC:
            right[end + 1 - size] |= 2
        if kind & k.COUNTRY:
            left[end + 1] |= 4
    return left, right


def _name_edges(
    text: str, knowledge: Knowledge, left: bytearray, right: bytearray, known: frozenset[str]
) -> dict[int, list[tuple[int, float, int]]]:
    """Return the possible names by their end: ``(size, cost, kind)``."""
    edges: dict[int, list[tuple[int, float, int]]] = {}
    surnames = knowledge.surnames
    given, bad = knowledge.given, knowledge.notgiven
    entries = knowledge.entries
    length = len(text)

    def put(start: int, end: int, cost: float, kind: int) -> None:
        edges.setdefault(end, []).append((end - start, cost, kind))

    for match in _surname_pattern(knowledge).finditer(text):
        start = match.start()
        size = 2 if text[start : start + 2] in surnames else 1
        before = text[start - 1] if start else "\n"
        base = NAME_BASE + surnames[text[start : start + size]]
        near = left[start]
        spaced = before == " " and start > 1 and (left[start - 1] & 2)
        if near & 2 or spaced:
            base -= 9.0
        elif near & 1:
            base -= 4.5
        elif before in "、 ：（":
            base -= 4.0
        elif before in "，。“\n；":
            base -= 2.0
        elif before in "和与及":
            base -= 1.0
        stop = start + size
        cost = base + (9.0 if right[stop] & 2 else 0.0)
        for end in range(stop + 1, stop + (4 if size == 2 and text[start:stop] in knowledge.japanese else 3)):
            if end > length:
                break
            char = text[end - 1]
            if not "\u3400" <= char <= "\u9fff":
                break
            cost += GIVEN_COST if char in given else NOTGIVEN_COST if char in bad else NEUTRAL_COST
            if char in given and char in bad:
                cost += 3.0
            after = text[end] if end < length else "\n"
            gain = 4.0 if right[end] & 2 else 2.5 if right[end] & 1 else 0.0
            if after in "、）， ":
                gain = max(gain, 3.5)
            elif after in "。；\n：”":
                gain = max(gain, 2.5)
            word = entries.get(text[start:end])
            if word is not None and word[0] < 13.5 and not int(word[1]) & k.LEADER:
                doubt = 16.0 - word[0]
                if near & 2 and (gain > 2.4 and after != " "):
                    doubt *= 0.3
                put(start, end, cost - gain + doubt, k.NAME)
            else:
                put(start, end, cost - gain, k.NAME)
        if size == 2 or right[start + 1] & 2 or text[start + 1 : start + 2] == "某":
            # A surname with a title behind it: 王书记, 吴女士, 李某.
            end = stop
            if right[end] & 2:
                put(
                    start,
                    end,
                    surnames[text[start:stop]]
                    + 6.0
                    + (0 if before in "，。“\n、；：和与对向" else 2.0),
                    k.NAME,
                )
            if text[end : end + 1] == "某" and text[end + 1 : end + 2] not in _SOME:
                last = end + 1
                while text[last : last + 1] in ("某", "甲", "乙") and last < end + 2:
                    last += 1
                put(start, last, 5.0, k.NAME)
    start = text.find("习主席")
    while start >= 0:
        put(start, start + 1, 2.0, k.NAME)
        start = text.find("习主席", start + 1)
    for match in _SPACED.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else "\n"
        if text[start] in surnames and (left[start] & 3 or before in "、 ，（：\n"):
            put(start, end, 8.0 + surnames[text[start]], k.NAME)
    for match in _foreign_pattern(knowledge).finditer(text):
        _foreign_edges(text, match.start(), match.end(), left, right, put)
    for match in _DOTTED.finditer(text):
        _dotted_edges(text, match, knowledge, put)
    for name in known:
        start = text.find(name)
        while start >= 0:
            put(start, start + len(name), 6.0, k.NAME)
            start = text.find(name, start + 1)
    return edges


_SOME = frozenset("个些种地县市区镇村日年月人部单企公项次位省乡深一高国")
_SPACED = re.compile(f"{_HAN} {{1,3}}{_HAN}(?!{_HAN})")
_DOTTED = re.compile(f"{_HAN}{{1,8}}(?:[·-]{_HAN}{{1,9}})+")
_PATTERNS: dict[int, tuple[re.Pattern[str], re.Pattern[str]]] = {}


def _patterns(knowledge: Knowledge) -> tuple[re.Pattern[str], re.Pattern[str]]:
    pair = _PATTERNS.get(id(knowledge))
    if pair is None:
        single = "".join(name for name in knowledge.surnames if len(name) == 1)
        double = "|".join(name for name in knowledge.surnames if len(name) == 2)
        translit = "".join(knowledge.translit)
        pair = (re.compile(f"(?=(?:{double}|[{single}]))"), re.compile(f"[{translit}]{{2,12}}"))
        _PATTERNS[id(knowledge)] = pair
    return pair


def _surname_pattern(knowledge: Knowledge) -> re.Pattern[str]:
    return _patterns(knowledge)[0]


def _foreign_pattern(knowledge: Knowledge) -> re.Pattern[str]:
    return _patterns(knowledge)[1]


def _foreign_edges(text, start, end, left, right, put) -> None:  # type: ignore[no-untyped-def]
    """Give the names that a run of transliteration characters can hold."""
    for first in range(start, end - 1):
        before = text[first - 1] if first else "\n"
        near = left[first]
        if near & 2:
            gain = 7.0
        elif near & 1:
            gain = 2.5
        elif near & 4:
            gain = 0.5
        elif before in "，。“\n；、（":
            gain = 1.5
        elif first == start:
            gain = 0.0
        else:
            continue
        for last in range(first + 2, min(end, first + 8) + 1):
            after = text[last] if last < len(text) else "\n"
            extra = (
                3.5
                if right[last] & 2
                else 2.5
                if right[last] & 1
                else 2.0
                if after in "、，。）" or after.isdigit()
                else 0.0
            )
            size = last - first
            cost = FOREIGN_BASE + 3.0 + FOREIGN_COST * size - gain - extra
            if size == 2:
                cost += 3.0
            put(first, last, cost, k.FOREIGN)


def _dotted_edges(text, match, knowledge, put) -> None:  # type: ignore[no-untyped-def]
    """Give the names with dots, with every left and right edge that the characters allow."""
    start, end = match.span()
    if "·" not in text[start:end]:
        return
    first_dot = text.index("·", start)
    last_dot = text.rindex("·", start, end)
    translit = knowledge.translit
    middle = [c for c in text[first_dot:last_dot] if c not in "·-"]
    cost = 8.0 + sum(1.2 if c in translit else 3.0 for c in middle)
    left = _prices(text, range(first_dot - 1, max(start, first_dot - 8) - 1, -1), translit)
    right = _prices(text, range(last_dot + 1, min(end, last_dot + 9)), translit)
    for i, before in enumerate(left):
        for j, behind in enumerate(right):
            put(first_dot - 1 - i, last_dot + 2 + j, cost + before + behind, k.FOREIGN)


def _prices(text: str, places: range, translit: frozenset[str]) -> list[float]:
    """Return what a part of a name costs that ends at each place, until it costs too much."""
    prices: list[float] = []
    total = 0.0
    for place in places:
        char = text[place]
        if char in "·-":
            break
        total += 1.2 if char in translit else 6.5
        if total > 15:
            break
        prices.append(total)
    return prices


def _best_way(
    text: str,
    hits: list[tuple[int, tuple[int, float, int]]],
    edges: dict[int, list[tuple[int, float, int]]],
) -> list[Token]:
    best: list[float] = [0.0]
    way: list[tuple[int, int]] = [(0, 0)]
    hits.append((len(text), (0, 0.0, 0)))
    index = 0
    hit_end, entry = hits[0]
    get = edges.get
    for end in range(len(text)):
        lowest = best[end] + UNKNOWN
        step = (1, 0)
        while hit_end == end:
            size, cost, kind = entry
            cost += best[end + 1 - size]
            if cost < lowest:
                lowest, step = cost, (size, kind)
            index += 1
            hit_end, entry = hits[index]
        more = get(end + 1)
        if more is not None:
            for size, cost, kind in more:
                cost += best[end + 1 - size]
                if cost < lowest:
                    lowest, step = cost, (size, kind)
        best.append(lowest)
        way.append(step)
    tokens = []
    end = len(text)
    while end > 0:
        size, kind = way[end]
        tokens.append(Token(end - size, end, kind))
        end -= size
    tokens.reverse()
    return tokens
