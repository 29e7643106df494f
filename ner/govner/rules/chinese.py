"""Chinese names, a surname and what is given, weighed where they could be on the best way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf

from . import kinds as k
from .knowledge import Hit, Knowledge
from .signs import BEFORE, BEHIND, CLAUSE, NAME_BASE

HOPELESS = 28.0  # two unknown characters cost less
# Characters behind 某 that make it "some": 某县, 某些.
_SOME = frozenset("个些种地县市区镇村日年月人部单企公项次位省乡深一高国")
_PLACES = frozenset("村镇乡县街")
_OPENS = frozenset("，。“\n、；：和与向对")
_TITLED = re.compile(b"[\2\3\6\7]")
_MOU = re.compile("某")


class Chinese:
    """The Chinese names of a text, with the cues around them (see ``names.name_edges``)."""

    def __init__(self, text: str, known: Knowledge, left: bytearray, right: bytearray) -> None:
        self.text, self.known, self.left, self.right = text + "\n" * 5, known, left, right

    def edges(self) -> Iterator[Hit]:
        """Give 王 in 王书记, 李某, and the names whose surname has two characters."""
        titled = (match.start() for match in _TITLED.finditer(self.right))
        mou = (match.start() for match in _MOU.finditer(self.text))
        for stop in sorted({*titled, *mou}):
            for start in (stop - 2, stop - 1):
                if start >= 0 and self._stop(start) == stop and self.text[stop] in self.known.price:
                    yield from self._alone(start, stop)
        for match in self.known.double_pattern.finditer(self.text):
            start, stop = match.start(), match.start() + 2
            if self._stop(start) == stop:
                longest = 3 if self.text[start:stop] in self.known.japanese else 2
                for end in range(stop + 1, stop + longest + 1):
                    cost = self._cost(start, stop, end)
                    if cost < inf:
                        yield end - 1, (cost, k.NAME, end - start)

    def cost(self, start: int, end: int) -> float:
        """Return what a name with a surname of one character costs; ``inf`` where none can be."""
        return self._cost(start, start + 1, end) if self._stop(start) == start + 1 else inf

    def _stop(self, start: int) -> int:
        """Return where the surname that begins at ``start`` ends, -1 if none does."""
        surnames, char = self.known.surnames, self.text[start]
        if char in self.known.doubles and self.text[start : start + 2] in surnames:
            return start + 2
        return start + 1 if char in surnames else -1

    def _cost(self, start: int, stop: int, end: int) -> float:
        text, right, price = self.text, self.right, self.known.price
        before = text[start - 1] if start else "\n"
        near = self.left[start]
        if before == " " and start > 1:
            near |= self.left[start - 1] & 2
        gain = 9.0 if near & 2 else 4.5 if near & 1 else BEFORE.get(before, 0.0)
        cost = NAME_BASE + self.known.surnames[text[start:stop]] - gain
        if right[stop] & 2:
            cost += 9.0
        for char in text[stop:end]:
            cost += price.get(char, inf)
        if end == stop + 3:
            cost -= 5.0  # 谷内正太郎
        after = text[end]
        if cost > HOPELESS + 4.0 or (after in _PLACES and not near & 2):
            return inf
        lonely = not near and not right[stop] and before not in "（ 、"
        if lonely and price[text[stop]] > 10.0 and text[stop] != "某":
            return inf
        worth = self._worth(end, before)
        sure = near & 2 and worth > 2.4 and after != " "
        verb = end == stop + 2 and text[end - 1] in self.known.verbs
        if verb and not right[end] & 2 and after not in BEHIND:
            cost += 2.5  # 夏侯朗|带着, 查明|站在
        cost += self._as_word(start, end) * (0.3 if sure else 1.0) - worth
        return cost if cost < HOPELESS else inf

    def _worth(self, end: int, before: str) -> float:
        """Return what speaks for a name behind it."""
        cue = self.right[end]
        if cue & 4 and before in CLAUSE:
            return 6.0  # ”钱水根告诉记者
        worth = 4.0 if cue & 2 else BEHIND.get(self.text[end], 0.0)
        return max(worth, 2.5) if cue else worth

    def _as_word(self, start: int, end: int) -> float:
        """Return how much speaks against a name that is a word, too."""
        cost, kind, _ = self.known.entries.get(self.text[start:end], (inf, 0, 0))
        return 0.0 if cost >= 13.5 or kind & k.LEADER else 16.0 - float(cost)

    def _alone(self, start: int, stop: int) -> Iterator[Hit]:
        """Give a surname before a title, and one with 某."""
        text, rarity = self.text, self.known.surnames[self.text[start:stop]]
        if text.startswith(("习主席", "习总书"), start):
            yield stop - 1, (2.0, k.NAME, stop - start)
        elif self.right[stop] & 2:
            cost = rarity + (6.0 if text[start - 1 : start] in _OPENS or not start else 8.0)
            yield stop - 1, (cost, k.NAME, stop - start)
        some = text[stop + 1] in _SOME or (rarity >= 8.0 and text[stop + 1] != "某")
        if text[stop] == "某" and not some:
            last = stop + 2 if text[stop + 1] in "某甲乙" else stop + 1
            yield last - 1, (5.0, k.NAME, last - start)
