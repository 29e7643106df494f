"""The walk from the head of a body leftwards to where its name begins."""

from __future__ import annotations

from typing import NamedTuple

from . import kinds as k
from .cues import cues
from .edges import Edges

MAX_BODY = 40
RARE = 11.0  # a word that costs more is rare enough to be a brand
UNIT_SUFFIXES = cues("unit_suffixes")
TIGHT = cues("tight_heads")
CHILDREN = cues("child_heads")
BRANCHES = tuple(CHILDREN)
UNIT_ONLY = cues("unit_only")
FIRMS = ("公司", "集团", "银行", "合作社", "重工", "药业", "实业", "矿业", "厂")
RETURNING = ("集团", "银行", "公司", "集团公司")
WEAK_HEADS = cues("weak_heads")
OWN_BODIES = cues("own_bodies")
EPONYMS = cues("eponyms")
LEGAL_STOPS = cues("firm_stops")
NATION_TYPES = cues("nation_types")
SCHOOLS = cues("school_heads")
PARTY_UNITS = cues("party_units")


class Walk(NamedTuple):
    """Where a walk to the left ended."""

    first: int
    rule: str
    anchored: bool


class Walker:
    """Walks to the left over the tokens of a document; keeps the brands of firms it meets."""

    def __init__(self, edges: Edges) -> None:
        self.edges = edges
        self.text, self.tokens, self.words = edges.source, edges.tokens, edges.words
        self.ending = edges.ending
        self.brands: set[str] = set()

    def walk(self, index: int, kind: int) -> Walk | None:
        """Walk left from a head; return where the body begins, by which rule, and if anchored."""
        j = index - 1
        good = index
        limit = self.tokens[index].end - MAX_BODY
        nouns = 0
        while j >= 0 and self.tokens[j].start >= limit:
            _, _, here = self.tokens[j]
            word = self.edges.text(j)
            end = self._anchor(j, index, kind, here, word)
            if end is not None:
                return end
            if self._any_branch(j, index, here, word):
                return None
            if here & k.SPHERE and not (here & k.PERSON and not here & k.SPHERE):
                j -= 1
                good = j + 1
                continue
            if word in ("”", "）", "’"):
                opened = self.edges.opener(j)
                if opened is None or (word == "）" and self._only_level(opened, j)):
                    break
                j = opened - 1
                good = opened
                if (
                    word != "）"
                    and kind & k.NAMED
                    and not self.edges.kind(j) & (k.ANYPLACE | k.LEVEL | k.SPHERE)
                ):
                    return Walk(good, "org.quoted", True)
                continue
            if (
                good == index
                and (word.isdigit() or word in "一二三四五六七八九十")
                and self.edges.text(index)
                in ("师", "军", "旅", "处", "科", "大队", "中队", "支队", "队", "连", "营", "团")
            ):
                while self.edges.text(j).isdigit() or self.edges.text(j) in k.NUMERALS:
                    j -= 1
                good = j + 1
                if j in self.ending:
                    return Walk(self.ending[j].first, "org.child", True)
                break
            if (
                word in ("和", "与")
                and good == j + 1
                and self._pairs(j - 1, index, word)
                and j - 1 not in self.ending
            ):
                joined = self._joined(j - 1, index, kind)
                if joined is not None:
                    return joined
            if (
                self.edges.text(j - 1) == "驻"
                and (j - 2) in self.ending
                and here & (k.CLOSED | k.LEVELBODY)
                and self.edges.text(index).startswith("纪检")
            ):
                return Walk(self.ending[j - 2].first, "org.child", True)
            if word == "某" and good == index and (j - 1) in self.ending:
                return Walk(self.ending[j - 1].first, "org.child", True)
            ordinal = self.edges.ordinal(j)
            if ordinal is not None:
                j = ordinal - 1
                good = ordinal
                continue
            unit = self._unit(j, word, kind, index)
            if unit is not None:
                return unit
            first = self.edges.brand(j)
            if first is None or (
                self.edges.text(index) in TIGHT
                and good == index
                and (first < j or here & (k.COMMON | k.STOP))
            ):
                break
            nouns += 1
            if kind & k.NAMED:
                named = self._named(first, j, index)
                if named is not None:
                    return named
            if nouns > 2:
                break
            j = first - 1
            if kind & k.ORGAN and here & k.COMMON and not here & k.SPHERE:
                # A common noun stands inside only where a place or parent comes before it.
                continue
            good = first if kind & k.ORGAN else good
        name = self.text[self.tokens[good].start : self.tokens[index].end]
        if good < index and "中国特色社会主义" in name and "研究" in name:
            return Walk(good, "org.theory", True)
        if good < index or self.edges.len(index) > 1:
            return Walk(good, "org.bare", False)
        return None

    def _any_branch(self, j: int, index: int, here: int, word: str) -> bool:
        """Whether a word makes the party unit behind it any one: 基层党支部, 强化党支部."""
        if j != index - 1 or self.edges.text(index) not in PARTY_UNITS:
            return False
        return word in ("基层", "全体", "先进", "优秀") or bool(
            here & k.VERBAL and not here & k.SPHERE
        )

    def _only_level(self, opened: int, closed: int) -> bool:
        """Whether a bracket holds one level, so that many bodies are meant: 县（区）纪委."""
        short = self.tokens[closed].start - self.tokens[opened].end < 2
        return short or (closed - opened == 2 and bool(self.edges.kind(closed - 1) & k.LEVEL))

    def _anchor(self, j: int, index: int, kind: int, here: int, word: str) -> Walk | None:
        """Return the end of the walk at a parent, a place or a level."""
        if (
            here & k.PERSON
            and not here & k.ANYPLACE
            and self.edges.text(index) in EPONYMS
            and len(word) > 1
        ):
            first = self.edges.chain(j)
            return Walk(first, "org.eponym", True)
        body = self.ending.get(j)
        if body is not None and here & k.ARMY and self.edges.text(index) == "基地":
            return None
        if body is not None and not body.anchored and here & k.LEVEL:
            body = None
        if (
            body is not None
            and not body.anchored
            and body.first == j == index - 1
            and word + self.edges.text(index) in OWN_BODIES
        ):
            return Walk(j, "org.own", True)
        if body is not None:
            if here & k.PERSON:
                return None
            named = body.end - body.start > 2 and self.edges.text(index) in PARTY_UNITS
            host = self.ending.get(body.first - 1)
            if host is not None and self.edges.text(body.first) == "驻":
                return Walk(host.first, "org.child", True)
            return Walk(body.first, "org.child", body.anchored or named)
        if here & k.ANYPLACE:
            first = self.edges.chain(j)
            parent = self.ending.get(first - 1)
            if parent is not None and parent.anchored and self.edges.text(index).endswith(BRANCHES):
                return Walk(parent.first, "org.child", True)
            if (
                kind & k.NAMED
                and first
                and self._brand_before_place(first) is not None
                and "公司" in self.edges.text(index)
            ):
                return Walk(self._brand_before_place(first) or first, "org.named", True)
            return Walk(first, "org.organ" if kind & k.ORGAN else "org.named", True)
        if here & k.WEAKPLACE and j == index - 1 and not here & k.STOP and kind & k.ORGAN:
            return Walk(self.edges.chain(j), "org.organ", True)
        if word == "全国" and self.edges.text(index) in NATION_TYPES:
            return None
        if here & k.LEVEL and (
            kind & k.ORGAN or word in ("全国", "省", "市", "县", "区", "中央", "国家", "首都")
        ):
            if word in UNIT_ONLY or word in UNIT_SUFFIXES:
                unit = self.edges.unit_start(j)
                if unit is not None and unit < j:
                    return Walk(unit, "org.unit", True)
                if word in UNIT_ONLY:
                    return Walk(j, "org.own", word + self.edges.text(index) in OWN_BODIES)
            return Walk(self.edges.level_start(j), "org.organ", True)
        return None

    def _pairs(self, j: int, index: int, word: str) -> bool:
        """Whether a word before 和 or 与 is a field of the body, too: 材料科学与工程学院."""
        here = self.edges.kind(j)
        plain = here & k.NOUN and not here & (k.GENERIC | k.PERSON | k.POST | k.LEVEL)
        schools = ("学院", "系", "研究院", "研究所", "司")
        with_plain = word == "与" and plain and self.edges.text(index) in schools
        return bool(here & k.SPHERE or with_plain)

    def _joined(self, j: int, index: int, kind: int) -> Walk | None:
        """Walk on over 和 between two fields where a place or a parent comes before both.

        The school of a university needs neither: 艺术与传播学院.
        """
        start = j
        if not self.edges.kind(j) & k.SPHERE:
            j -= 1
        while self.edges.kind(j) & k.SPHERE and j not in self.ending:
            end = self._anchor(j, index, kind, self.edges.kind(j), self.edges.text(j))
            if end is not None:
                return end
            j -= 1
        end = (
            self._anchor(j, index, kind, self.edges.kind(j), self.edges.text(j)) if j >= 0 else None
        )
        if end is not None and end.anchored:
            return end
        return Walk(start, "org.bare", False) if self.edges.text(index) == "学院" else None

    def _unit(self, j: int, word: str, kind: int, index: int) -> Walk | None:
        if not (word in UNIT_SUFFIXES or (word[-1] == "村" and len(word) <= 5)):
            return None
        unit = self.edges.unit_start(j)
        if unit is not None:
            return Walk(unit, "org.unit", True)
        if word in UNIT_ONLY and kind & k.ORGAN:
            return Walk(j, "org.own", word + self.edges.text(index) in OWN_BODIES)
        return None

    def _named(self, first: int, j: int, index: int) -> Walk | None:
        """Settle where a brand begins the name of a firm, a school, a society."""
        brand = self.text[self.tokens[first].start : self.tokens[j].end]
        for size in (2, 3):
            if len(brand) > 4 and int(self.words.get(brand[:size], (0, 0))[1]) & (
                k.PLACE | k.SHORT
            ):
                brand = brand[size:]
        if (
            2 <= len(brand) <= 4
            and self.edges.text(index).endswith(FIRMS)
            and self.words.get(brand, [20.0])[0] > 13.0
        ):
            self.brands.add(brand)
        if self.edges.kind(first - 1) & k.ANYPLACE:
            return Walk(self.edges.chain(first - 1), "org.named", True)
        if (first - 1) in self.ending:
            return Walk(self.ending[first - 1].first, "org.child", True)
        if self.edges.text(first - 1) in ("和", "与") and self.edges.kind(first - 2) & k.SPHERE:
            joined = self._joined(first - 2, index, k.NAMED)
            if joined is not None and joined.rule == "org.child":
                return joined
        word = self.edges.text(j)
        cost = self.words.get(word, [20.0])[0]
        if (
            first == j
            and cost < RARE
            and not (self.edges.text(index) in SCHOOLS and len(word) == 2)
        ):
            firm = len(word) > 1 and self.edges.text(index) in RETURNING
            if firm and not self.edges.kind(j) & (k.COMMON | k.SPHERE | k.STOP):
                return Walk(first, "org.brand", False)
            return None
        if first == j and len(word) == 2 and index == j + 1:  # 绿枝源|苗圃|合作社
            before = self.edges.brand(first - 1)
            if before is not None and before == first - 3 and self._free(before):
                return Walk(self.edges.chain(before), "org.brand", True)
        weak = self.edges.text(index) in WEAK_HEADS and (
            (first == j and cost < 20) or j - first > 3
        )
        return Walk(first, "org.brand", not weak)

    def _free(self, at: int) -> bool:
        """Whether nothing that could begin the word at ``at`` stands before it."""
        return self.edges.len(at - 1) > 1 or not self.edges.text(at - 1).isalnum()

    def _brand_before_place(self, first: int) -> int | None:
        start = self.edges.brand(first - 1)
        if start is None or self.edges.kind(first - 1) & k.COMMON:
            return None
        word = self.edges.text(first - 1)
        if start == first - 1 and self.words.get(word, [20.0, 0])[0] < 9.5:
            return None
        while (
            self.edges.kind(start - 1) & (k.NOUN | k.SPHERE)
            and not self.edges.kind(start - 1)
            & (k.COMMON | k.POST | k.ANNOUNCE | k.STOP | k.PERSON)
            and self.edges.len(start - 1) > 1
        ):
            start -= 1
        return start

    def legal(self, index: int) -> Walk | None:
        """Run back from 有限公司 to the place where the name of a firm begins."""
        j = index - 1
        limit = self.tokens[index].end - 34
        while j >= 0 and self.tokens[j].start >= limit:
            word, here = self.edges.text(j), self.edges.kind(j)
            if here & k.ANYPLACE and self.edges.text(j + 1) == "）":  # 恒溪（衢州）有限公司
                brand = self.edges.brand(j - 2) if self.edges.text(j - 1) == "（" else None
                if brand is None:
                    return None
                return Walk(self.edges.chain(brand), "org.named", True)
            if here & k.ANYPLACE and not here & k.STOP:
                return Walk(self.edges.chain(j), "org.named", True) if j < index - 1 else None
            if (
                word in LEGAL_STOPS
                or j in self.ending
                or here & (k.PERSON | k.POST | k.LEVEL)
                or not (word[0].isalnum() or word in "（）“”")
            ):
                return None
            if here & k.VERBAL and not here & (k.SPHERE | k.NOUN) and len(word) > 1:
                return None
            j -= 1
        return None
