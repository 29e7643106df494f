"""What a walk to the left may end at: a parent body, a place, a level, an eponym."""

from __future__ import annotations

from typing import NamedTuple

from . import kinds as k
from .cues import cues
from .edges import Body, Edges

UNIT_SUFFIXES = cues("unit_suffixes")
UNIT_ONLY = cues("unit_only")
BRANCHES = tuple(cues("child_heads"))
OWN_BODIES = cues("own_bodies")
EPONYMS = cues("eponyms")
NATION_TYPES = cues("nation_types")
PARTY_UNITS = cues("party_units")
# Levels that may stand before a firm or a school, too.
OPEN_LEVELS = (
    *("全国", "省", "市", "县", "区", "自治区", "中央", "国家", "首都"),
    *("陆军", "海军", "空军", "火箭军", "武警"),
)
SEVERAL = ("两级", "三级", "四级", "先进", "优秀", "有关", "所属", "下属", "系统", "机关")
# Heads that no body before their place has as a part.
RULING = ("政府", "人民政府", "委", "委员会", "纪委", "政协", "人大", "法院", "检察院")
# What begins the names of societies of many countries.
WORLD = ("国际", "世界", "全球", "亚洲", "欧洲", "非洲", "中华", "亚太", "东亚", "美洲", "泛美")
SOCIETIES = (
    *("协会", "学会", "联合会", "联盟", "理事会", "基金会", "研究会", "促进会", "联谊会"),
    *("总会", "中心"),
)
COMMON_HOUSES = ("医院", "学校", "公司", "企业", "工厂", "酒店", "饭店", "幼儿园", "小学", "中学")
JOINED_SCHOOLS = ("学院", "系", "研究院", "研究所", "司")


class Walk(NamedTuple):
    """Where a walk to the left ended."""

    first: int
    rule: str
    anchored: bool


NOTHING = Walk(-1, "nothing", False)  # there is no name


class Anchors:
    """Anchors in the tokens of a document."""

    def __init__(self, edges: Edges) -> None:
        self.edges, self.ending = edges, edges.ending

    def anchor(self, j: int, index: int, kind: int) -> Walk | None:
        """Return the end of the walk from the head at ``index`` where ``j`` is an anchor."""
        here, word, head = self.edges.kind(j), self.edges.text(j), self.edges.text(index)
        if here & k.PERSON and not here & k.ANYPLACE and head in EPONYMS and len(word) > 1:
            return Walk(self.edges.chain(j), "org.eponym", True)
        if word in WORLD and head.endswith(SOCIETIES) and j < index - 1:
            return Walk(j, "org.named", True)
        body = self.ending.get(j)
        if body is not None and here & k.ARMY and head == "基地":
            return None
        if body is not None and (body.anchored or not here & k.LEVEL):
            return self._parent(body, j, index)
        if here & k.ANYPLACE:
            return self._place(j, index, kind)
        weak = here & k.WEAKPLACE and not here & (k.STOP | k.SPHERE)
        if weak and j == index - 1 and kind & k.ORGAN:
            return Walk(self.edges.chain(j), "org.organ", True)
        if word == "全国" and head in NATION_TYPES:
            return None
        if here & k.LEVEL and (kind & k.ORGAN or word in OPEN_LEVELS):
            return self._level(j, index)
        return None

    def _parent(self, body: Body, j: int, index: int) -> Walk | None:
        word, head = self.edges.text(j), self.edges.text(index)
        if not body.anchored and body.first == j == index - 1 and word + head in OWN_BODIES:
            return Walk(j, "org.own", True)
        if self.edges.kind(j) & k.PERSON:
            return None
        if j < index - 1 and self.edges.text(j + 1) in SEVERAL:
            return NOTHING
        named = body.end - body.start > 2 and head in PARTY_UNITS
        host = self.ending.get(body.first - 1)
        if host is not None and self.edges.text(body.first) == "驻":
            return Walk(host.first, "org.child", True)
        return Walk(body.first, "org.child", body.anchored or named)

    def _place(self, j: int, index: int, kind: int) -> Walk:
        head = self.edges.text(index)
        if head in COMMON_HOUSES and j == index - 1 and self.edges.text(j)[-1] in "市省":
            return NOTHING  # 成都市医院
        first, rule = self.edges.chain(j), "org.organ" if kind & k.ORGAN else "org.named"
        if head in PARTY_UNITS and self.edges.text(first - 1) in UNIT_SUFFIXES:
            unit = self.edges.unit_start(first - 1)
            if unit is not None:
                return Walk(unit, "org.unit", True)  # 天涛园社区|梅江物业党支部
        parent = self.ending.get(first - 1)
        if parent is not None and parent.anchored:
            in_it = head.endswith(BRANCHES) or self._has_places(parent, head)
            return Walk(parent.first if in_it else first, "org.child" if in_it else rule, True)
        if kind & k.NAMED and first and "公司" in head:
            brand = self._brand_before_place(first)
            if brand is not None:
                return Walk(brand or first, "org.named", True)
        return Walk(first, rule, True)

    def _level(self, j: int, index: int) -> Walk:
        word, head = self.edges.text(j), self.edges.text(index)
        if word in UNIT_ONLY or word in UNIT_SUFFIXES:
            unit = self.edges.unit_start(j)
            if unit is not None and unit < j:
                return Walk(unit, "org.unit", True)
            if word in UNIT_ONLY:
                return Walk(j, "org.own", word + head in OWN_BODIES)
        first = self.edges.level_start(j)
        host = self.ending.get(first - 2)
        if host is not None and host.anchored and self.edges.text(first - 1) == "驻":
            return Walk(host.first, "org.child", True)  # 外交部驻香港特别行政区特派员公署
        session = self.edges.ordinal(first - 1) if word == "中央" else None
        parent = self.ending.get((first if session is None else session) - 1)
        named = parent is not None and (session is not None or self._has_places(parent, head))
        if word in ("国家", "中央") and parent is not None and named:
            return Walk(parent.first, "org.child", True)  # 民盟|第十二届|中央常务委员会
        if first < j and parent is not None and self._has_places(parent, head):
            return Walk(parent.first, "org.child", True)  # 东软集团|大连地区企业党委
        return Walk(first, "org.organ", True)

    def _has_places(self, parent: Body, head: str) -> bool:
        """Whether a place behind a body begins the name of its part: 国网|吉林电力党校."""
        if head in RULING or not parent.anchored or self.edges.kind(parent.last) & k.LEVELBODY:
            return False
        return parent.rule not in ("org.own", "org.unit", "org.centre", "org.cabinet")

    def _brand_before_place(self, first: int) -> int | None:
        start = self.edges.brand(first - 1)
        if start is None or self.edges.kind(first - 1) & k.COMMON:
            return None
        word = self.edges.text(first - 1)
        if start == first - 1 and self.edges.words.get(word, [20.0, 0])[0] < 9.5:
            return None
        bad = k.COMMON | k.POST | k.ANNOUNCE | k.STOP | k.PERSON
        while (
            self.edges.kind(start - 1) & (k.NOUN | k.SPHERE)
            and not self.edges.kind(start - 1) & bad
            and self.edges.len(start - 1) > 1
        ):
            start -= 1
        return start

    def pairs(self, j: int, index: int, word: str) -> bool:
        """Whether a word before 和 or 与 is a field of the body, too: 材料科学与工程学院."""
        here = self.edges.kind(j)
        plain = here & k.NOUN and not here & (k.GENERIC | k.PERSON | k.POST | k.LEVEL)
        with_plain = word == "与" and plain and self.edges.text(index) in JOINED_SCHOOLS
        return bool(here & k.SPHERE or with_plain)

    def joined(self, j: int, index: int, kind: int) -> Walk | None:
        """Walk on over 和 between two fields where a place or a parent comes before both.

        The school of a university needs neither: 艺术与传播学院.
        """
        start = j
        if not self.edges.kind(j) & k.SPHERE:
            j -= 1
        while self.edges.kind(j) & k.SPHERE and j not in self.ending:
            end = self.anchor(j, index, kind)
            if end is not None:
                return end
            j -= 1
        end = self.anchor(j, index, kind) if j >= 0 else None
        if end is not None and end.anchored:
            return end
        return Walk(start, "org.bare", False) if self.edges.text(index) == "学院" else None
