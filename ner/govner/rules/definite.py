"""Bodies without a place that the text makes definite: 县公安局、民政局; 民政厅; 国会 abroad."""

from __future__ import annotations

from . import kinds as k
from .cues import cues
from .edges import INDEFINITE, Body
from .lattice import of_kind
from .view import View

OFFICES = cues("offices")
COORDINATE = cues("coordinate") | cues("level_offices")
ABROAD = cues("abroad")
CLAUSE = ("，", "。", "；", "\n", "“", "”", "来自", "由", "向", "到")
VILLAGE = ("村委会", "机关工委")
TYPE_VERBS = cues("type_verbs")
PLACES = ("省", "市", "县", "区", "州", "旗", "镇", "乡")
JOINTS = ("、", "和", "与", "及", "以及")
HOME = ("中国", "我国")
# What an organ alone is part of when no organ is meant: 国会选举, 内阁会议.
_NO_ORGAN = (
    *("基地", "部队", "某部", "某旅", "医院", "机场", "上将", "中将", "少将", "大校"),
    *("门口", "大院", "院", "院子", "办公楼", "楼"),
    *("选举", "大选", "会议", "制", "门", "系统", "全体"),
)
PRESSES = ("杂志社", "出版社", "日报社", "晚报社", "编辑部")
FACULTIES = ("学院", "系", "研究生院", "医学院", "法学院", "商学院", "文学院")
SCHOLARS = ("教授", "副教授", "讲师", "本科生", "研究生", "硕士生", "博士生", "学生", "教师")
HOUSE_OPENS = (
    "，",
    "。",
    "；",
    "\n",
    "、",
    "“",
    "”",
    "由",
    "和",
    "与",
    "及",
    "：",
    "是",
    "来自",
    "为",
)
_FIRST = ("org.level", "org.organ", "org.child", "org.unit", "org.known", "org.ministry")


class Definite:
    """The bodies of a document that stand without their place."""

    def __init__(self, view: View, bodies: list[Body]) -> None:
        self.view = view
        self.ending = {body.last: body for body in bodies}
        self.joined: set[int] = set()
        words = map(view.word, of_kind(view.tokens, k.COUNTRY))
        self.abroad = any(word not in HOME for word in words)

    def rule(self, body: Body) -> str | None:
        """Return the rule by which a body without an anchor is definite.

        To be asked in the order of the text, since the members of a list vouch for the next.
        """
        word = self.view.word(body.last)
        after, before = self.view.word(body.last + 1), self.view.word(body.first - 1)
        if after in _NO_ORGAN or before in TYPE_VERBS or self._one_of_many(body.first - 1):
            return None
        if body.first == body.last and word in COORDINATE and self._shares(body):
            self.joined.add(body.last)
            return "org.coordinated"
        if self._is_office(body, word):
            return "org.office"
        if body.first < body.last and self._is_house(body, word):
            return "org.bare"
        abroad = word in ABROAD and self.abroad and body.first == body.last
        if abroad and before not in ("的", "、", "使") and not self._noun(body.first - 1):
            return "org.abroad"
        return None

    def _is_office(self, body: Body, word: str) -> bool:
        """Whether a body is an office of the place the text is about: 民政厅, 该区|住建局."""
        before = body.first - 1
        if self.view.word(before) in PLACES and self.view.word(before - 1) == "该":
            return body.first == body.last and word in COORDINATE
        if body.first != body.last:
            return False
        after = self.view.word(body.last + 1)
        opens = self.view.word(before) in CLAUSE and after not in ("、", "的")
        if opens and (word in VILLAGE or (word in COORDINATE and word[-1] == "局")):
            return True
        return word in OFFICES and not self._noun(before)

    def _is_house(self, body: Body, word: str) -> bool:
        """Whether a press or a faculty is named by its field: 经济管理杂志社, 法学院2016级学生."""
        before, after = self.view.word(body.first - 1), self.view.word(body.last + 1)
        if before not in HOUSE_OPENS or self._noun(body.first - 1):
            return False
        if word in PRESSES:
            return after not in ("的", "等", "们")
        size = body.end - body.start
        return word in FACULTIES and size > 4 and (after.isdigit() or after in SCHOLARS)

    def _noun(self, index: int) -> bool:
        """Whether a word could be the beginning of a longer name."""
        kind = self.view.kind(index)
        return bool(kind & (k.NOUN | k.SPHERE | k.GENERIC) and not kind & (k.STOP | k.VERBAL))

    def _one_of_many(self, index: int) -> bool:
        word = self.view.word(index)
        some = word == "的" and self.view.word(index - 1) in ("有", "有的", "一些")
        return some or word in INDEFINITE or word[-1:] in "各每某该个家地"

    def _shares(self, body: Body) -> bool:
        """Whether the item before a body in a list is one of a place."""
        if self.view.word(body.first - 1) not in JOINTS:
            return False
        parent = self.ending.get(body.first - 2)
        if parent is None or not (parent.anchored or parent.last in self.joined):
            return False
        return parent.last in self.joined or parent.rule in _FIRST
