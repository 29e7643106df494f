"""All words of the lexicons: found in a text by an automaton, and looked up by name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ahocorasick

from . import kinds as k

Entry = tuple[float, int, int]  # cost, kinds, length
Hit = tuple[int, Entry]  # the index of a word's last character, and the word

SIGNS = "，、。的\n“”（）；：《》 0123456789"  # more common than most words
# The kinds that announce a name or follow one.
CUES = k.POST | k.ANNOUNCE | k.SPEECH | k.SAYING | k.LISTVERB | k.HONORIFIC | k.COUNTRY


class Words(Mapping[str, Entry]):
    """Words with their cost, kinds and length."""

    def __init__(self, entries: Mapping[str, Sequence[float]]) -> None:
        self.singles: dict[str, Entry] = {}
        self.automaton = ahocorasick.Automaton()
        # A node looks its children up one by one in the order of their coming: the common first.
        for sign in SIGNS:
            self.automaton.add_word(sign + "\0", (math.inf, 0, 2))
        for word, (cost, kind) in sorted(entries.items(), key=lambda item: item[1][0]):
            entry = (cost, int(kind), len(word))
            if len(word) == 1:
                self.singles[word] = entry
            # Two of three hits would be single characters; the lattice looks those up.
            if len(word) > 1 or entry[1] & CUES:
                self.automaton.add_word(word, entry)
        self.automaton.make_automaton()

    def find(self, text: str) -> list[Hit]:
        """Return the words of a text by their ends; of one character, only those that are cues."""
        return list(self.automaton.iter(text))

    def get(self, word: str, default: Any = None, /) -> Any:
        """Return the entry of a word."""
        if len(word) == 1:
            return self.singles.get(word, default)
        return self.automaton.get(word, default)

    def __getitem__(self, word: str) -> Entry:
        entry: Entry | None = self.get(word)
        if entry is None:
            raise KeyError(word)
        return entry

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.get(word) is not None

    def __iter__(self) -> Iterator[str]:
        yield from self.singles
        yield from (word for word in self.automaton if len(word) > 1 and word[1] != "\0")

    def __len__(self) -> int:
        return sum(1 for _ in self)
