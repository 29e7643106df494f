"""What the grammar knows: the lexicons, compiled once."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf

from . import cache
from . import kinds as k
from .lexicon import Lexicon
from .signs import BEFORE, NAME_BASE
from .words import CUES, Entry, Hit, Words

UNKNOWN = 14.5  # the cost of a character that no lexicon has
NEUTRAL = 7.0  # of one seldom met in given names, and seldom elsewhere

# A character as a word, then its cost in a given name, as a surname, and its worth before a name.
Single = tuple[float, int, int, float, float, float]


@dataclass
class Knowledge:
    """All lexicons, compiled; immutable once built, and rebuilt from its arguments when unpickled.

    ``extra`` adds words to sections (``{"central": ["某局"]}``); ``disabled`` names rules that
    shall not propose.
    """

    extra: Mapping[str, Iterable[str]] = field(default_factory=dict)
    disabled: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.extra = {section: tuple(words) for section, words in self.extra.items()}
        self.disabled = frozenset(self.disabled)
        self.entries: Words
        self.surnames: dict[str, float]
        self.japanese: frozenset[str]
        self.given: frozenset[str]
        self.notgiven: frozenset[str]
        self.translit: frozenset[str]
        self.dotted: frozenset[str]
        self.minority: frozenset[str]
        collecting = gc.isenabled()
        gc.disable()  # several hundred thousand objects, none of which is garbage
        try:
            name = cache.key(self.extra)
            kept = cache.restore(name)
            if kept is None:
                kept = vars(Lexicon(self.extra))
                kept["entries"] = Words(kept["entries"])
                cache.keep(name, kept)
            vars(self).update(kept)
            self._index_names()
            self._index_singles()
        finally:
            if collecting:
                gc.enable()

    def __reduce__(self) -> tuple[object, ...]:
        return (Knowledge, (self.extra, self.disabled))

    def _index_names(self) -> None:
        """Prepare what the search for names asks for."""
        han = [*map(chr, range(0x3400, 0x4DC0)), *map(chr, range(0x4E00, 0xA000))]
        self.price = dict.fromkeys(han, NEUTRAL)
        self.price.update(dict.fromkeys(self.notgiven, 12.0))
        for char in self.given:
            self.price[char] = 7.6 if char in self.notgiven else 4.6
        self.verbs = frozenset(  # common words that no list of given names has
            char
            for char, (_, kind, _) in self.entries.singles.items()
            if kind & k.COMMON and kind & (k.VERBAL | k.STOP) and self.price.get(char) == NEUTRAL
        )
        doubles = [name for name in self.surnames if len(name) == 2]
        self.doubles, seconds = (
            "".join(sorted(set(chars))) for chars in zip(*doubles, strict=True)
        )
        self.double_pattern = re.compile(f"[{self.doubles}](?=[{seconds}])")
        self.foreign_pattern = re.compile(f"[{''.join(sorted(self.translit))}]{{2,12}}")

    def _index_singles(self) -> None:
        """Gather what the lattice asks for at every character."""
        self.singles: dict[str, Single] = dict.fromkeys(
            self.price, (UNKNOWN, 0, 1, NEUTRAL, inf, 0.0)
        )
        words = self.entries.singles
        for char in {*words, *self.given, *self.notgiven, *self.surnames, *BEFORE}:
            cost, kind, _ = words.get(char, (UNKNOWN, 0, 1))
            if cost >= UNKNOWN:
                cost, kind = UNKNOWN, 0
            given = self.price.get(char, inf)
            surname = self.surnames.get(char, inf) + NAME_BASE
            worth = 9.0 if char == " " else BEFORE.get(char, 0.0)  # a post may stand before it
            self.singles[char] = (cost, kind, 1, given, surname, worth)

    def common(self, word: str) -> bool:
        """Whether a word of two characters is so common that no name has it in its middle."""
        if len(word) != 2:
            return False
        cost, kind, _ = self.entries.get(word, (inf, 0, 0))
        return bool(cost < 12.5 and not kind & k.LEADER)

    def kinds(self, word: str) -> int:
        """Return the kinds of a word, 0 for an unknown one."""
        return int(self.entries.get(word, (0.0, 0, 0))[1])


@lru_cache(maxsize=1)
def default_knowledge() -> Knowledge:
    """Return the shipped lexicons, compiled at the first call."""
    return Knowledge()


__all__ = ["CUES", "UNKNOWN", "Entry", "Hit", "Knowledge", "Single", "default_knowledge"]
