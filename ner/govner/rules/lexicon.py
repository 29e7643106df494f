"""The lexicon files, read into one table of words, and the lists that names are made of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from . import kinds as k
from .cues import cues
from .divisions import short_names
from .files import LEXICONS, read_rows, read_sections
from .posts import compose_names, compose_posts
from .sections import FILES, FUSED_WORDS, NOT, SECTIONS, STOP_TAGS, VERB_TAGS

WORD_TOTAL = 60_101_967  # the sum of the frequencies in words.tsv's source
# 中方, 俄方; 中俄, 美欧: words that would else begin a name.
SIDES = (
    "中美俄英法德日韩朝印巴以伊叙乌土欧埃蒙越泰缅菲马柬老希意西葡"
    "瑞波匈捷塞澳加墨古委智秘尼肯利哈阿黎新"
)
PARTNERS = "中美俄英法德日韩朝印巴以伊乌欧非越"


class Lexicon:
    """What the files say, and the ``extra`` words that a person adds to their sections."""

    def __init__(self, extra: Mapping[str, Iterable[str]]) -> None:
        self.entries: dict[str, list[float]] = {}  # cost and kinds
        self.surnames: dict[str, float] = {}
        self.japanese: frozenset[str] = frozenset()
        self.given: frozenset[str] = frozenset()
        self.notgiven: frozenset[str] = frozenset()
        self.translit: frozenset[str] = frozenset()
        self.dotted: frozenset[str] = frozenset()
        self.minority: frozenset[str] = frozenset()
        self._load(extra)
        self._split_fields()

    def _load(self, extra: Mapping[str, Iterable[str]]) -> None:
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
        for section, own in extra.items():
            self._add_section(section, own)

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
