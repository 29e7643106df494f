"""Names of uncommon form that a text could hold, each with a cost, for the lattice to choose from.

Costs are natural logarithms of rarity: a common word costs 7, an unknown character 14.5.
"""

from __future__ import annotations

import re

from . import kinds as k
from .knowledge import Hit, Knowledge
from .signs import BEFORE, BEHIND

FOREIGN_BASE = 12.0
FOREIGN_CHARACTER = 3.9
STRANGE = 10.5  # a character that names with dots do not have
CROSSED = 4.0  # an edge of a name in the middle of a word: 安娜·索伦森连|夜
LINKS = "和与及将为是对同在并则的了被把向也还等"  # what follows a name and stands in none with dots
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_SPACED = re.compile(f"(?=({_HAN} {{1,3}}{_HAN})(?!{_HAN}(?<![同先女任为主出参说表介陪])))")
_WIDE = re.compile(f"(?=({_HAN} {{2,3}}{_HAN})(?! ))")  # two spaces part nothing but names
_FAMILIAR = re.compile(f"[小老](?={_HAN})")
_PEN = re.compile(f"(?:记者|通讯员)[ ：:]{{0,2}}({_HAN}{{2,3}})(?=）)")
_SOUND = f"(?:(?![{LINKS}]){_HAN})"
_DOTTED = re.compile(f"{_SOUND}{{1,8}}(?:[·-]{_SOUND}{{1,9}}){{1,6}}")
_FIRST_SIGN = re.compile("[·-]")


def name_edges(text: str, knowledge: Knowledge, left: bytearray, right: bytearray) -> list[Hit]:
    """Return the possible names but those of a surname and given characters: see ``chinese.py``.

    ``left`` marks where words end that announce a name (1 a noun, 2 a post, 4 a country),
    ``right`` where words begin that follow one (1 a verb, 2 a title).
    """
    edges: list[Hit] = []
    _familiar(text, knowledge, left, right, edges)
    _spaced(text, knowledge, left, edges)
    _pen_names(text, edges)
    _foreign(text, knowledge, left, right, edges)
    _dotted(text, knowledge, left, edges)
    return edges


def _put(edges: list[Hit], start: int, end: int, cost: float, kind: int) -> None:
    edges.append((end - 1, (cost, kind, end - start)))


def _familiar(
    text: str, knowledge: Knowledge, left: bytearray, right: bytearray, edges: list[Hit]
) -> None:
    """Give 小陈 and 老俞 where something before or behind them speaks of a person."""
    for match in _FAMILIAR.finditer(text):
        start, end = match.start(), match.start() + 2
        rarity = knowledge.surnames.get(text[start + 1], 99.0)
        opened = left[start] & 3 or text[start - 1 : start] in BEFORE or not start
        followed = right[end] or text[end : end + 1] in BEHIND
        if rarity > 7.0 or not opened or not followed or text[start:end] in knowledge.entries:
            continue
        _put(edges, start, end, 8.0 + rarity, k.NAME)


def _spaced(text: str, knowledge: Knowledge, left: bytearray, edges: list[Hit]) -> None:
    """Give two-character names that typesetting has pulled apart: 杜  宇."""
    if " " not in text:
        return
    for match in (*_SPACED.finditer(text), *_WIDE.finditer(text)):
        start, end = match.span(1)
        before = text[start - 1] if start else "\n"
        surname = knowledge.surnames.get(text[start])
        if surname is not None and (left[start] & 3 or before in "、 ，（：\n"):
            _put(edges, start, end, 8.0 + surname, k.NAME)


def _pen_names(text: str, edges: list[Hit]) -> None:
    """Give what stands alone behind 记者 or 通讯员 in a bracket, whatever it looks like: 邗组轩."""
    for match in _PEN.finditer(text):
        _put(edges, match.start(1), match.end(1), 9.0, k.NAME)


def _foreign(
    text: str, knowledge: Knowledge, left: bytearray, right: bytearray, edges: list[Hit]
) -> None:
    """Give the names that a run of transliteration characters can hold."""
    padded = text + "\n"
    for match in knowledge.foreign_pattern.finditer(text):
        begin, limit = match.span()
        for first in range(begin, limit - 1):
            near = left[first]
            if near & 2:
                gain = 7.0
            elif near & 1:
                gain = 2.5
            elif near & 4:
                gain = 0.5
            elif first == begin or padded[first - 1] in "，。“\n；、（":
                gain = 1.5 if first == 0 or padded[first - 1] in "，。“\n；、（" else 0.0
            else:
                continue
            base = FOREIGN_BASE - gain
            for last in range(first + 2, min(limit, first + 8) + 1):
                cue, after = right[last], padded[last]
                size = last - first
                cost = base + FOREIGN_CHARACTER * size + (3.0 if size == 2 else 0.0)
                if padded[last - 1] == "于":
                    cost += CROSSED  # 阿拉法特|于
                cost -= (
                    3.5
                    if cue & 2
                    else 2.5
                    if cue
                    else 2.0
                    if after in "、，。）0123456789"
                    else 0.0
                )
                _put(edges, first, last, cost, k.FOREIGN)


def _dotted(text: str, knowledge: Knowledge, cues: bytearray, edges: list[Hit]) -> None:
    """Give the names with dots, with every left and right edge that the characters allow."""
    if "·" not in text:
        return
    translit = knowledge.translit | knowledge.dotted
    common = knowledge.common
    for match in _DOTTED.finditer(text):
        start, end = match.span()
        sign = _FIRST_SIGN.search(text, start)
        if sign is None or "·" not in match[0]:
            continue
        dot, last = sign.start(), max(text.rfind(sign, start, end) for sign in "·-")
        middle = [char for char in text[dot:last] if char not in "·-"]
        cost = 8.0 + sum(1.2 if char in translit else 3.0 for char in middle)
        left = _prices(text, range(dot - 1, max(start, dot - 8) - 1, -1), translit)
        right = _prices(text, range(last + 1, min(end, last + 9)), translit)
        for i, before in enumerate(left):
            for j, behind in enumerate(right):
                total = cost + before + behind
                first, final = text[dot - 1 - i : dot], text[last + 1 : last + 2 + j]
                if any(common(part) and not set(part) <= translit for part in (first, final)):
                    total += 9.0  # 初心·使命
                tail = text[last + j : last + 2 + j]
                if common(text[last + 1 + j : last + 3 + j]) or (
                    j and common(tail) and not set(tail) <= translit
                ):
                    total += CROSSED
                if text[last + 1 + j] == "于":
                    total += CROSSED
                begin = dot - 1 - i
                if begin and not cues[begin] & 2 and common(text[begin - 1 : begin + 1]):
                    total += CROSSED
                _put(edges, dot - 1 - i, last + 2 + j, total, k.FOREIGN)


def _prices(text: str, places: range, translit: frozenset[str]) -> list[float]:
    """Return what a part of a name costs that ends at each place, until it costs too much."""
    prices: list[float] = []
    total = 0.0
    for place in places:
        char = text[place]
        if char in "·-":
            break
        total += 2.3 if char in translit else STRANGE
        if total > 26:
            break
        prices.append(total)
    return prices
