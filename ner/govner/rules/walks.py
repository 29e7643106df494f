"""The walk from the head of a body leftwards to where its name begins."""

from __future__ import annotations

from dataclasses import dataclass

from . import kinds as k
from .anchors import (
    NOTHING,
    OWN_BODIES,
    PARTY_UNITS,
    SEVERAL,
    UNIT_ONLY,
    UNIT_SUFFIXES,
    Anchors,
    Walk,
)
from .cues import cues
from .edges import INDEFINITE, STOP_CHARS, Body, Edges
from .firms import RETURNING, Firms

MAX_BODY = 40
PART_WORDS, PART_SIZE = 8, 14  # words and characters between a parent and the head of its part
MAX_NOUNS = 2  # words of no known field that a name may hold
TIGHT = cues("tight_heads")
ANY_BRANCH = ("基层", "全体", "先进", "优秀")
NUMBERED = (
    "师", "军", "旅", "处", "科", "大队", "中队", "支队", "队", "连", "营", "团",
)  # fmt: skip
ROADS = ("大道", "路", "街", "湖", "山", "江", "河", "桥", "门", "湾", "岛")
# Words that begin no name and stand inside some.
INNER = ("红色", "绿色", "世界", "国际", "现代", "社会主义", "网络", "开放", "农民", "智慧")
WHOLES = ("学校", "公司", "集团", "合作社", "大学", "企业", "银行", "部队")  # no parts of others
LISTED = cues("listed_heads")
SCHOLARS = ("研究院", "研究所", "研究会", "研究中心", "学会", "协会", "联合会", "促进会")
TEAMS = ("队", "小组", "工作室", "中心", "学校", "基地")  # many bear a slogan in quotes
DOING = 9.9  # the cost of verbs that are too common to be a field
BREAK = Walk(-1, "break", False)  # the name cannot go on here


@dataclass
class _Way:
    """How far a walk has come: its head, the word to look at, where the name begins so far."""

    index: int
    kind: int
    head: str
    j: int
    good: int
    nouns: int = 0

    def go_on(self, first: int) -> None:
        """Take all from ``first`` on into the name."""
        self.j, self.good = first - 1, first


class Walker:
    """Walks to the left over the tokens of a document."""

    def __init__(self, edges: Edges) -> None:
        self.edges, self.ending = edges, edges.ending
        self.anchors = Anchors(edges)
        self.firms = Firms(edges, self.anchors)

    def walk(self, index: int, kind: int) -> Walk | None:
        """Walk left from a head; return where the body begins, by which rule, and if anchored."""
        end = self._walk(index, kind)
        if end is None or not end.anchored or end.rule == "org.brand":
            return (self.inside(index) if self.edges.len(index) > 1 else None) or end
        return end

    def inside(self, index: int) -> Walk | None:
        """Look for the body that a part belongs to: 中国社会科学院|世界社会主义研究中心."""
        if self.edges.text(index) in WHOLES:
            return None
        j, start = index - 1, self.edges.tokens[index].start
        held = self.edges.kind(index + 1) & k.POST and not self.edges.kind(index + 1) & k.PERSON
        while j >= 0 and j > index - PART_WORDS and start - self.edges.tokens[j].start < PART_SIZE:
            body = self.ending.get(j)
            if body is not None:
                return Walk(body.first, "org.child", True) if self._parent(body, index) else None
            if self.edges.kind(j) & k.ANYPLACE and self._of_place(j, index, held=bool(held)):
                first = self.edges.chain(j)
                parent = self.ending.get(first - 1)
                if parent is not None and self._parent(parent, index):
                    return Walk(parent.first, "org.child", True)  # 中科院|中国现代化研究中心
                return Walk(first, "org.named", True)
            if self.edges.text(j) in ("与", "和") and self._two_fields(j, index):
                j -= 1
                continue
            ordinal = self.edges.ordinal(j)
            digits = self.edges.text(j).isdigit() and self.edges.text(index) in NUMBERED
            if not (ordinal is not None or digits or self._noun(j) or (held and self._doing(j))):
                return None
            j = (j if ordinal is None else ordinal) - 1
        return None

    def _two_fields(self, j: int, index: int) -> bool:
        """Whether 与 joins two fields of a school: 华东政法大学|政治学与公共管理学院."""
        if not self.edges.text(index).endswith(("学院", "研究院", "研究所", "系")):
            return False
        return self._noun(j - 1) and self._noun(j + 1) and j - 1 not in self.ending

    def _of_place(self, j: int, index: int, *, held: bool) -> bool:
        """Whether a place begins the long name of a society: 海南省|开放型|经济|研究院.

        Any body whose post is ``held`` may be so named: 上海市|医疗|救治|专家组|组长.
        """
        head = self.edges.text(index)
        if self.edges.kind(j) & k.STOP or self.edges.text(j + 1) == "化":
            return False
        return (head.endswith(SCHOLARS) or (held and len(head) > 1)) and j < index - 1

    def _doing(self, j: int) -> bool:
        """Whether a rare verb can be the field of a part: 疾病|防治|中心, 复议|与|应诉|处."""
        here, word = self.edges.kind(j), self.edges.text(j)
        if not here & k.VERBAL or here & (k.SPEECH | k.SAYING | k.LISTVERB | k.COMMON | k.GENERIC):
            return False
        return len(word) == 2 and self.edges.words.get(word, [0.0])[0] > DOING

    def listed(self, index: int) -> Walk | None:
        """Look for the part in a list before this one: 清华大学化工系、电机系."""
        head, first = self.edges.text(index), index
        if head not in LISTED:
            return None
        while first > index - 4 and self._noun(first - 1) and first - 1 not in self.ending:
            first -= 1
        body = self.ending.get(first - 2)
        if body is None or self.edges.text(first - 1) not in ("、", "和"):
            return None
        kin = self.edges.text(body.last)
        alike = kin == head or (kin in LISTED and head in LISTED)
        if not alike or body.rule not in ("org.child", "org.coordinated"):
            return None
        own = self.edges.tokens[index].end - self.edges.tokens[first].start
        return Walk(first, "org.coordinated", True) if own > 2 else None

    def _parent(self, body: Body, index: int) -> bool:
        """Whether a body can have the part whose head stands at ``index``."""
        if not body.anchored or body.rule in ("org.own", "org.unit"):
            return False
        if body.last == index - 1:
            return self.edges.len(index) > 1 and not self.edges.kind(index) & (k.ORGAN | k.NAMED)
        return self.edges.text(body.last + 1) not in SEVERAL

    def _noun(self, j: int) -> bool:
        """Whether a word can stand between a body and the head of its part."""
        here, word = self.edges.kind(j), self.edges.text(j)
        if word in k.NUMERALS:
            return not word.isdigit()
        if word == "某":
            return True
        if not here & (k.NOUN | k.SPHERE) or here & (k.POST | k.PERSON | k.LEVEL):
            return False
        if not "\u3400" <= word[0] <= "\u9fff" or word in STOP_CHARS or word in INDEFINITE:
            return False
        return bool(here & k.SPHERE) or not here & (k.STOP | k.VERBAL)

    def _walk(self, index: int, kind: int) -> Walk | None:
        way = _Way(index, kind, self.edges.text(index), index - 1, index)
        limit = self.edges.tokens[index].end - MAX_BODY
        while way.j >= 0 and self.edges.tokens[way.j].start >= limit:
            end = self._step(way)
            if end is BREAK:
                break
            if end is NOTHING:
                return None
            if end is not None:
                return end
        return self._bare(way)

    def _bare(self, way: _Way) -> Walk | None:
        """Return a name without a place or parent; only a post or the document confirms it."""
        tokens = self.edges.tokens
        name = self.edges.source[tokens[way.good].start : tokens[way.index].end]
        if way.good < way.index and "中国特色社会主义" in name and "研究" in name:
            return Walk(way.good, "org.theory", True)
        if way.good < way.index or self.edges.len(way.index) > 1:
            return Walk(way.good, "org.bare", False)
        return None

    def _step(self, way: _Way) -> Walk | None:
        """Look at one word: end the walk, or move ``way`` on and return None."""
        j = way.j
        here, word = self.edges.kind(j), self.edges.text(j)
        end = self.anchors.anchor(j, way.index, way.kind)
        if end is not None:
            return end
        if self._any_branch(way, here, word):
            return NOTHING
        if here & k.SPHERE:
            way.go_on(j)
            return None
        if word in ("”", "）", "’"):
            return self._sign(way, word)
        if way.good == way.index and way.head in NUMBERED and self._numeral(word):
            return self._numbered(way)
        end = self._joined(way, word) or self._at_host(way, here, word)
        if end is not None:
            return end
        ordinal = self.edges.ordinal(j)
        if ordinal is not None:
            way.go_on(ordinal)
            return None
        return self._unit(way, word) or self._brand(way, here)

    def _any_branch(self, way: _Way, here: int, word: str) -> bool:
        """Whether a word makes the party unit behind it any one: 基层党支部, 强化党支部."""
        if way.j != way.index - 1 or way.head not in PARTY_UNITS:
            return False
        return word in ANY_BRANCH or bool(here & k.VERBAL and not here & k.SPHERE)

    def _sign(self, way: _Way, word: str) -> Walk | None:
        """Go over quotes and brackets; quotes begin a name where nothing stands before them."""
        opened = self.edges.opener(way.j)
        if opened is None or (word == "）" and self._only_level(opened, way.j)):
            return BREAK
        way.go_on(opened)
        before = self.edges.kind(way.j)
        if word != "）" and way.kind & k.NAMED and not before & (k.ANYPLACE | k.LEVEL | k.SPHERE):
            return Walk(opened, "org.quoted", not way.head.endswith(TEAMS))
        return None

    def _only_level(self, opened: int, closed: int) -> bool:
        """Whether a bracket holds one level, so that many bodies are meant: 县（区）纪委."""
        short = self.edges.tokens[closed].start - self.edges.tokens[opened].end < 2
        return short or (closed - opened == 2 and bool(self.edges.kind(closed - 1) & k.LEVEL))

    def _numeral(self, word: str) -> bool:
        return word.isdigit() or word in "一二三四五六七八九十"

    def _numbered(self, way: _Way) -> Walk:
        """Go over the number of a troop or a section: 交警支队|三|大队."""
        j = way.j
        while self.edges.text(j).isdigit() or self.edges.text(j) in k.NUMERALS:
            j -= 1
        way.go_on(j + 1)
        return Walk(self.ending[j].first, "org.child", True) if j in self.ending else BREAK

    def _joined(self, way: _Way, word: str) -> Walk | None:
        """Go over 和 between two fields of one body."""
        j = way.j
        if word not in ("和", "与") or way.good != j + 1 or j - 1 in self.ending:
            return None
        if not self.anchors.pairs(j - 1, way.index, word):
            return None
        return self.anchors.joined(j - 1, way.index, way.kind)

    def _at_host(self, way: _Way, here: int, word: str) -> Walk | None:
        """Join a group at another body, or an unnamed part, to its parent: 省纪委驻…纪检组."""
        j = way.j
        host = self.ending.get(j - 2)
        at_host = host is not None and self.edges.text(j - 1) == "驻"
        known = here & (k.CLOSED | k.LEVELBODY) and way.head.startswith("纪检")
        if host is not None and at_host and known:
            return Walk(host.first, "org.child", True)
        if word == "某" and way.index - j < 4 and (j - 1) in self.ending:
            return Walk(self.ending[j - 1].first, "org.child", True)
        return None

    def _unit(self, way: _Way, word: str) -> Walk | None:
        if not (word in UNIT_SUFFIXES or (word[-1] == "村" and len(word) <= 5)):
            return None
        unit = self.edges.unit_start(way.j)
        if unit is not None:
            return Walk(unit, "org.unit", True)
        if word in UNIT_ONLY and way.kind & k.ORGAN:
            return Walk(way.j, "org.own", word + way.head in OWN_BODIES)
        return None

    def _brand(self, way: _Way, here: int) -> Walk | None:
        """Take a brand or a noun into the name."""
        j = way.j
        first = self.edges.brand(j)
        inner = way.kind & k.NAMED and self.edges.text(j) in INNER and j < way.index - 1
        if first is None and (inner or self._road(j)):
            first = j  # 井冈山|红色|文化学院, 天津|微山|路|中学
        if first is None:
            return BREAK
        tight = way.head in TIGHT and way.good == way.index
        if tight and (first < j or here & (k.COMMON | k.STOP)):
            return BREAK
        way.nouns += 1
        if way.kind & k.NAMED and not here & k.GENERIC:
            named = self.firms.named(first, j, way.index)
            if named is not None:
                return named
        if way.nouns > MAX_NOUNS:
            return BREAK
        way.j = first - 1
        # A common noun stands inside only where a place or parent comes before it.
        if way.kind & k.ORGAN and not here & (k.COMMON | k.GENERIC):
            way.good = first
        return None

    def _road(self, j: int) -> bool:
        """Whether a word is the end of the name of a road or a hill."""
        return self.edges.text(j) in ROADS and self.edges.len(j - 1) > 1


__all__ = ["RETURNING", "Walk", "Walker"]
