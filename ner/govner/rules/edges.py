"""Where names can begin: places, units, levels, brands and ordinals, read to the left."""

from __future__ import annotations

from typing import NamedTuple

from . import kinds as k
from .cues import cues
from .lattice import Token
from .words import Words

STOP_CHARS = cues("stop_chars")
UNIT_SUFFIXES = cues("unit_suffixes")
STRANGERS = ("市", "县", "区", "州", "高新区", "开发区", "经开区", "新区", "工业园区", "园区")
INDEFINITE = cues("indefinite")
KIND_ENDS = "性型式类化级"  # 政策性银行, 经营性合作社: a kind, no name
PREPOSITIONS = frozenset(("经过", "通过", "依托", "围绕", "按照", "根据", "作为", "随着"))
# What before 村 or 社区 says what kind of unit it is, or what becomes of it.
NO_UNITS = cues("no_units") | cues("type_verbs") | INDEFINITE
BRAND_STOPS = cues("brand_stops")


class Body(NamedTuple):
    """A possible body: its place, the rule that found it, and how sure that rule is."""

    start: int
    end: int
    rule: str
    first: int  # index of its first token
    last: int  # index of its last token
    anchored: bool  # False: only a post or the document can confirm it


class Edges:
    """The tokens of a document, and the bodies found so far by the index of their last token."""

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        words: Words,
        ending: dict[int, Body],
    ) -> None:
        self.source, self.tokens, self.words, self.ending = text, tokens, words, ending

    def brand(self, j: int) -> int | None:
        """Return where the run of name characters that ends at ``j`` begins, if one does."""
        if j < 0:
            return None
        _, _, kind = self.tokens[j]
        word = self.text(j)
        if len(word) > 1:
            if kind & (k.POST | k.ANNOUNCE | k.GENERIC | k.VERB | k.PERSON & ~k.LEADER):
                return None
            if word[-1] in KIND_ENDS:
                return None
            if kind & k.STOP and not kind & (k.NOUN | k.SPHERE):
                return None
            return j
        first = j
        while first >= 0 and j - first < 5:
            char = self.text(first)
            if len(char) > 1 or not char.isalnum() or self.kind(first) & k.LEVEL:
                break
            if char in STOP_CHARS and not (char in BRAND_STOPS and self.inner(first)):
                break
            if char.isdigit():
                break
            first -= 1
        first += 1
        return (
            first
            if first < j
            or (first == j and self.source[self.tokens[j].start].isascii() and first <= j)
            else None
        )

    def inner(self, at: int) -> bool:
        """Whether one other character and then a place stand before: 浙江|天|和."""
        before = self.text(at - 1)
        return (
            len(before) == 1
            and before not in STOP_CHARS
            and "\u3400" <= before <= "\u9fff"
            and bool(self.kind(at - 2) & k.ANYPLACE)
        )

    def places(self, index: int) -> int:
        """Return where the places and units directly before ``index`` begin."""
        first = index
        here = self.kind(index - 1) if index else 0
        if here & k.WEAKPLACE and not here & (k.ANYPLACE | k.LEVEL | k.VERBAL | k.VERB):
            return self.chain(index - 1)
        first = self.chain(index)
        if first == index and index and self.text(index - 1) in UNIT_SUFFIXES:
            unit = self.unit_start(index - 1)
            if unit is not None:
                return unit
        return first

    def chain(self, first: int) -> int:
        """Take all places directly before ``first`` into the name."""
        while (
            first > 0
            and self.tokens[first - 1].kind & k.ANYPLACE
            and (first - 1) not in self.ending
        ):
            first -= 1
        if self.text(first - 1) == "县" and self._township(first):
            return self.stranger(first - 1) if self.stranger(first - 1) < first - 1 else first
        if first > 0 and self.text(first - 1) == "武警":
            return first - 1
        if first > 1 and self.text(first - 1) == "驻":
            if self.text(first - 2) == "中央":
                return first - 2
            if self.kind(first - 2) & (k.ANYPLACE | k.CSHORT):
                return self.chain(first - 2)
            return first - 1
        return first

    def _township(self, at: int) -> bool:
        """Whether a town known by name begins here, whose county no lexicon has: 云岭县|柳河乡."""
        whole = self.text(at) + (self.text(at + 1) if self.len(at + 1) == 1 else "")
        return bool(self.kind(at) & k.ANYPLACE) and whole[-1] in "镇乡"

    def level_start(self, j: int) -> int:
        """Return where a level and all before it that belongs to its place begin."""
        first = j
        while (
            first > 0
            and self.tokens[first - 1].kind & (k.ANYPLACE | k.LEVEL)
            and (first - 1) not in self.ending
        ):
            first -= 1
        if first == j and self.text(j) in STRANGERS:
            return self.stranger(j)
        return first

    def stranger(self, at: int) -> int:
        """Return where a place of two characters that no lexicon has begins before a level."""
        word = self.text(at - 1)
        if (
            len(word) == 2
            and self.kind(at - 1) == k.NOUN
            and self.words.get(word, [20.0])[0] > 12.5
        ):
            return self.chain(at - 1)
        first, boundary = at - 2, self.text(at - 3)
        for i in (first, at - 1):
            char = self.text(i)
            if len(char) > 1 or char in STOP_CHARS or not "\u3400" <= char <= "\u9fff":
                return at
        if self.kind(first) & k.LEVEL:
            return at
        if len(boundary) == 1 and "\u3400" <= boundary <= "\u9fff" and boundary not in STOP_CHARS:
            return at
        return self.chain(first)

    def unit_start(self, j: int) -> int | None:
        """Return where the name of the village, town or district that ends at ``j`` begins."""
        word = self.text(j)
        if word not in UNIT_SUFFIXES:
            if (
                len(word) == 2
                and word[-1] == "村"
                and "\u3400" <= self.text(j - 1) <= "\u9fff"
                and self.text(j - 1) not in STOP_CHARS
            ):
                return self.chain(j - 1)
            named = len(word) >= 3 and word not in NO_UNITS
            return self.chain(j) if named and not self.kind(j) & (k.COMMON | k.STOP) else None
        first = j - 1
        if self.text(first) in NO_UNITS:
            return None  # 新任|村|党支部
        while first >= 0 and j - first <= 4:
            token = self.tokens[first]
            size = token.end - token.start
            if token.kind & k.ANYPLACE:
                return self.chain(first)
            if size > 1:
                if (
                    first == j - 1
                    and size <= 3
                    and not token.kind & (k.STOP | k.POST | k.ANNOUNCE | k.LEVEL | k.COMMON)
                ):
                    return self.chain(first)
                if (
                    first == j - 1
                    and size == 2
                    and token.kind & k.NOUN
                    and not token.kind
                    & (k.GENERIC | k.SPHERE | k.LEVEL | k.POST | k.ANNOUNCE | k.VERBAL | k.STOP)
                ):
                    return self.chain(first)
                if (
                    first == j - 1
                    and size == 2
                    and token.kind & (k.WEAKPLACE | k.PERSON)
                    and not token.kind & (k.COMMON | k.STOP)
                ):
                    return self.chain(first)
                if first == j - 1 and size == 2 and self._well_named(first):
                    return self.chain(first)  # 幸福|社区
                plain = token.kind & k.NOUN and not token.kind & (k.STOP | k.POST | k.ANNOUNCE)
                if first == j - 2 and size == 2 and plain and not token.kind & k.COMMON:
                    return self.chain(first)  # 核桃|园|社区
                break
            char = self.text(first)
            if char == "里" and first == j - 1 and self._named_inside(first - 1):
                return self.chain(first - 1)  # 朝阳|里|社区
            if char in STOP_CHARS or not "\u3400" <= char <= "\u9fff" or token.kind & k.LEVEL:
                break
            first -= 1
        return self.chain(first + 1) if j - first >= 3 else None

    def _named_inside(self, at: int) -> bool:
        """Whether a word before 里 and a unit is part of its name, and no place in which it is."""
        bad = k.LEVEL | k.STOP | k.VERBAL | k.POST | k.PERSON
        return self.len(at) == 2 and not self.kind(at) & bad and not self.text(at - 1)[0].isalnum()

    def _well_named(self, at: int) -> bool:
        """Whether a common word names a unit because nothing else goes before it."""
        if self.kind(at) & (k.GENERIC | k.SPHERE | k.LEVEL | k.POST | k.ANNOUNCE):
            return False
        if self.text(at) in INDEFINITE | PREPOSITIONS or self.kind(at) & k.VERBAL:
            return False
        if self.words.get(self.text(at), [20.0])[0] > 11.0:
            return False
        return self.text(at - 1) in "\n，。；：、“" or bool(self.kind(at - 1) & k.ANYPLACE)

    def ordinal(self, j: int) -> int | None:
        """Return where 第三, 十三届, 第76 begins, if it ends at ``j``."""
        word = self.text(j)
        at = j - 1 if word == "届" else j
        digits = at
        while at >= 0 and digits - at < 8 and set(self.text(at)) <= k.NUMERALS:
            at -= 1
        if self.text(at) == "第":
            return at if at < j else None
        text = self.text(digits)
        if word != "届" and text.startswith("第") and len(text) > 1 and set(text[1:]) <= k.NUMERALS:
            return digits
        if word == "届":
            if at < digits:
                return at + 1
            if text.startswith("第") or set(text[:-1]) <= k.NUMERALS:
                return digits
        elif word.endswith("届") and len(word) > 1 and set(word[:-1]) <= k.NUMERALS | {"第"}:
            return j - (self.text(j - 1) == "第")
        return None

    def session(self, index: int) -> int:
        """Return where 十三届, 第76届 directly before a body begins."""
        first = self.ordinal(index - 1) if index else None
        return index if first is None or "届" not in self.text(index - 1) else first

    def opener(self, j: int) -> int | None:
        """Return where the quotes or brackets open that close at ``j``."""
        want = k.CLOSERS[self.text(j)]
        for i in range(j - 1, max(j - 9, -1), -1):
            word = self.text(i)
            if word == want:
                return None if "简称" in self.text(i + 1) or "简称" in self.text(i + 2) else i
            if word in "，。；\n、":
                return None
        return None

    def text(self, index: int) -> str:
        """Return the characters of a token; a line end outside the document."""
        if not 0 <= index < len(self.tokens):
            return "\n"
        token = self.tokens[index]
        return self.source[token.start : token.end]

    def kind(self, index: int) -> int:
        """Return the kinds of a token; 0 outside the document."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else 0

    def len(self, index: int) -> int:
        """Return the length of a token; 0 outside the document."""
        if not 0 <= index < len(self.tokens):
            return 0
        token = self.tokens[index]
        return token.end - token.start
