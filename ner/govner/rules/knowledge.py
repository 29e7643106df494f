"""What the grammar knows: the lexicons, compiled once into one automaton."""

from __future__ import annotations

import gc
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import ahocorasick

from . import cache
from . import kinds as k
from .cues import cues
from .divisions import short_names
from .files import LEXICONS, read_rows, read_sections
from .posts import compose_names, compose_posts
from .sections import FILES, FUSED_WORDS, NOT, SECTIONS, STOP_TAGS, VERB_TAGS
from .signs import BEFORE, NAME_BASE

WORD_TOTAL = 60_101_967  # the sum of the frequencies in words.tsv's source
# 中方, 俄方; 中俄, 美欧: words that would else begin a name.
SIDES = (
    "中美俄英法德日韩朝印巴以伊叙乌土欧埃蒙越泰缅菲马柬老希意西葡"
    "瑞波匈捷塞澳加墨古委智秘尼肯利哈阿黎新"
)
PARTNERS = "中美俄英法德日韩朝印巴以伊乌欧非越"
UNKNOWN = 14.5  # the cost of a character that no lexicon has
SIGNS = "，、。的\n“”（）；：《》 0123456789"  # more common than most words
# The kinds that announce a name or follow one.
CUES = k.POST | k.ANNOUNCE | k.SPEECH | k.SAYING | k.LISTVERB | k.HONORIFIC | k.COUNTRY

Entry = tuple[int, float, int]  # length, cost, kinds
# A character as a word, then its cost in a given name, as a surname, and its worth before a name.
Single = tuple[int, float, int, float, float, float]
Hit = tuple[int, Entry]  # the index of a word's last character, and the word


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
        self.entries: dict[str, list[float]] = {}
        self.surnames: dict[str, float] = {}
        self.singles: dict[str, Single] = {}
        self.japanese: frozenset[str] = frozenset()
        self.given: frozenset[str] = frozenset()
        self.notgiven: frozenset[str] = frozenset()
        self.translit: frozenset[str] = frozenset()
        self.dotted: frozenset[str] = frozenset()
        self.verbs: frozenset[str] = frozenset()
        self.minority: frozenset[str] = frozenset()
        name = cache.key(self.extra)
        kept = cache.restore(name)
        if kept is not None:
            vars(self).update(kept)
            return
        collecting = gc.isenabled()
        gc.disable()  # nothing built here is garbage
        try:
            self._load()
            self._compile()
        finally:
            if collecting:
                gc.enable()
        cache.keep(name, {k: v for k, v in vars(self).items() if k not in ("extra", "disabled")})

    def __reduce__(self) -> tuple[object, ...]:
        return (Knowledge, (self.extra, self.disabled))

    def _load(self) -> None:
        self._load_words()
        self._load_divisions()
        for row in read_rows(LEXICONS / "surnames.tsv"):
            if row[0] in cues("no_surnames"):
                continue
            cost = -math.log(max(float(row[1]), 0.3) / 100_000)
            self.surnames[row[0]] = min(cost, 7.0) if len(row[0]) > 1 else cost
        for name in FILES:
            for section, words in read_sections(LEXICONS / f"{name}.txt"):
                self._add_section(section, words)
        for short in SIDES:
            self.add(short + "方", k.NOUN, 9.5)
            for other in PARTNERS:
                self.add(short + other, k.NOUN, 10.5)
        self.minority = compose_names(dict(read_sections(LEXICONS / "minorities.txt")))
        for name in self.minority:
            self.add(name, k.NAME, 13.0 if len(name) < 4 else 11.0)
        posts = dict(read_sections(LEXICONS / "posts.txt"))
        for word, kind in compose_posts(posts).items():
            self.add(word, kind, 9.5 + 0.2 * len(word))
        self._add_callings()
        for word in cues("own_words"):
            self.add(word, k.LEVELBODY, 13.0 if len(word) < 4 else 10.0)
        for word in cues("speaking") & self.entries.keys():
            self.add(word, k.SAYING, 10.5)
        for word in cues("soft_posts"):
            self.add(word, k.SOFT, 11.0)
        for word in cues("level_offices") | cues("offices"):
            if len(word) > 2 and word[-1] in "局厅办委":
                self.add(word, k.ORGAN | k.BARE, 9.8)
        for level in cues("body_levels"):
            offices = cues("level_offices") if level not in ("镇", "乡", "特区") else frozenset()
            for body in cues("level_bodies") | offices:
                self.add(level + body, k.LEVELBODY, 11.0 if level in "区地盟旗" else 9.0)
        for section, extra in self.extra.items():
            self._add_section(section, extra)

    def _load_words(self) -> None:
        entries = self.entries
        for line in (LEXICONS / "words.tsv").read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            word, count, tag = line.split("\t")
            kind = k.STOP if tag in STOP_TAGS else k.NOUN
            if tag in VERB_TAGS:
                kind |= k.VERBAL
            if int(count) > 4000:
                kind |= k.COMMON
            entries[word] = [math.log(WORD_TOTAL / max(int(count), 1)), kind]

    def _add_callings(self) -> None:
        """Take nouns like 讲解员, 驾驶员, 保洁员 for professions."""
        for word, (cost, kind) in list(self.entries.items()):
            noun = int(kind) & k.NOUN and not int(kind) & k.ANYPLACE
            if (
                noun
                and len(word) == 3
                and word[-1] in "员师"
                and word[1:] not in cues("no_callings")
            ):
                self.add(word, k.PROFESSION, cost)

    def _load_divisions(self) -> None:
        costs = {1: 8.5, 2: 9.0, 3: 10.0, 4: 12.0}
        for name, number in read_rows(LEXICONS / "divisions.tsv"):
            level = int(number)
            self.add(name, k.PLACE, costs[level])
            if level < 4:
                for short in short_names(name):
                    known = self.entries.get(short)
                    weak = known is not None and level == 3 and known[0] < 11.5
                    self.add(short, k.WEAKPLACE if weak else k.SHORT, costs[level] + level - 1)

    def _add_section(self, section: str, words: Iterable[str]) -> None:
        if section in {"given", "notgiven", "transliteration", "dotted"}:
            attribute = "translit" if section == "transliteration" else section
            setattr(self, attribute, getattr(self, attribute) | frozenset("".join(words)))
            return
        if section == "japanese":
            self.surnames.update(dict.fromkeys(words, 6.0))
            self.japanese = self.japanese | frozenset(words)
            return
        if section == "shortcountry":
            for word in words:
                self.add(word, k.CSHORT, 9.5)
            return
        if section in NOT:
            self.entries.update((word, [2.0, NOT[section]]) for word in words)
            return
        kind, cost = SECTIONS[section]
        for word in words:
            short = section == "chinese" and len(word) == 2  # longer names begin so: 陈云水
            self.add(word, kind, cost + 0.1 * len(word) + short)

    def add(self, word: str, kind: int, cost: float) -> None:
        """Give a word one more kind; its cost is the lowest of all its sources."""
        entry = self.entries.get(word)
        if entry is None:
            self.entries[word] = [cost, kind]
        else:
            entry[0] = min(entry[0], cost) if len(word) > 1 else entry[0]
            entry[1] = int(entry[1]) | kind

    def _index_names(self) -> None:
        """Prepare what the search for names asks for at every character."""
        han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
        self.price = dict.fromkeys(han, 7.0)
        self.price.update(dict.fromkeys(self.notgiven, 12.0))
        for char in self.given:
            self.price[char] = 7.6 if char in self.notgiven else 4.6
        self.verbs = frozenset(  # common words that no list of given names has
            char
            for char, cost in self.price.items()
            if cost == 7.0
            and self.kinds(char) & k.COMMON
            and self.kinds(char) & (k.VERBAL | k.STOP)
        )
        self.common = frozenset(
            word
            for word, (cost, kind) in self.entries.items()
            if len(word) == 2 and cost < 12.5 and not int(kind) & k.LEADER
        )
        self.doubles = frozenset(name[0] for name in self.surnames if len(name) == 2)
        seconds = {name[1] for name in self.surnames if len(name) == 2}
        self.double_pattern = re.compile(f"[{_set(self.doubles)}](?=[{_set(seconds)}])")
        self.foreign_pattern = re.compile(f"[{''.join(sorted(self.translit))}]{{2,12}}")

    def _split_fields(self) -> None:
        """Forget words that are a field and a head, so that the grammar sees both: 粮食局."""
        entries = self.entries
        heads = k.ORGAN | k.NAMED
        for word in FUSED_WORDS:
            entries.pop(word, None)
        for word, (_, kind) in list(entries.items()):
            if len(word) < 3 or int(kind) & ~(k.NOUN | k.COMMON | k.BARE):
                continue
            for cut in (len(word) - 1, len(word) - 2):
                head = entries.get(word[cut:])
                field = entries.get(word[:cut]) if cut > 1 else None
                if head and field and int(head[1]) & heads and int(field[1]) & k.SPHERE:
                    del entries[word]
                    break

    def _compile(self) -> None:
        self._split_fields()
        self._index_names()
        self._index_singles()
        automaton = ahocorasick.Automaton()
        # A node looks its children up one by one in the order of their coming: the common first.
        for sign in SIGNS:
            automaton.add_word(sign + "\0", (2, math.inf, 0))
        for word, (cost, kind) in sorted(self.entries.items(), key=lambda item: item[1][0]):
            # Two of three hits would be single characters; the lattice looks those up.
            if len(word) > 1 or int(kind) & CUES:
                automaton.add_word(word, (len(word), cost, int(kind)))
        automaton.make_automaton()
        self.automaton = automaton

    def _index_singles(self) -> None:
        """Gather what the lattice asks for at every character."""
        self.singles = dict.fromkeys(self.price, (1, UNKNOWN, 0, 7.0, math.inf, 0.0))
        words = {word: entry for word, entry in self.entries.items() if len(word) == 1}
        for char in {*words, *self.given, *self.notgiven, *self.surnames, *BEFORE}:
            cost, kind = words.get(char, (UNKNOWN, 0))
            if cost >= UNKNOWN:
                cost, kind = UNKNOWN, 0
            given = self.price.get(char, math.inf)
            surname = self.surnames.get(char, math.inf) + NAME_BASE
            worth = 9.0 if char == " " else BEFORE.get(char, 0.0)  # a post may stand before it
            self.singles[char] = (1, cost, int(kind), given, surname, worth)

    def kinds(self, word: str) -> int:
        """Return the kinds of a word, 0 for an unknown one."""
        entry = self.entries.get(word)
        return int(entry[1]) if entry else 0


def _set(chars: Iterable[str]) -> str:
    return "".join(sorted(chars))


@lru_cache(maxsize=1)
def default_knowledge() -> Knowledge:
    """Return the shipped lexicons, compiled at the first call."""
    return Knowledge()
