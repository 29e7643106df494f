"""Bodies known by name: what before the name belongs to it."""

from __future__ import annotations

from . import kinds as k
from .edges import Edges

ABROAD = (
    *("党", "国会", "议院", "大学", "白宫", "五角大楼", "联邦调查局", "中央情报局", "国务院"),
)
PARTS = ("央视", "央广")  # behind 总台
# What stands beside another body and is never its part.
TOPS = (
    "中央军委",
    "国务院",
    "国办",
    "党中央",
    "全国人大",
    "全国政协",
    "国家监委",
    "中央纪委",
    "新四军",
)
REPUBLICS = ("共和国", "伊斯兰", "人民", "民主", "社会主义", "联邦", "阿拉伯", "民族", "团结")
SESSIONS = ("全国人大", "全国政协", "联大", "联合国大会")


class Closed:
    """The left edges of bodies that the lexicon has by name."""

    def __init__(self, edges: Edges) -> None:
        self.edges, self.ending = edges, edges.ending

    def known(self, index: int, kind: int) -> tuple[int, str] | None:
        """Return where a known body begins and its rule, or None where it is another word."""
        rule = "org.media" if kind & k.MEDIA else "org.known"
        word, before = self.edges.text(index), self.edges.kind(index - 1)
        if kind & k.ARMY and self.edges.text(index + 1)[0] == "工":
            return None  # 乌|军工
        behind = self.edges.text(index + 1)[0]
        if (word[-1] == "部" and behind == "长") or (word[-1] == "报" and behind in "道告"):
            return None  # 美国商务|部长, 消息报|道
        parent = self.ending.get(index - 1)
        if parent is not None and parent.anchored and self._part(word, kind):
            return parent.first, "org.child"
        if kind & k.SCHOOL and self.edges.places(index) < index:
            return self.edges.places(index), rule
        at_home = self.edges.text(index - 1) == "中国"
        if (kind & k.MEDIA or word.endswith(ABROAD)) and before & k.COUNTRY and not at_home:
            return index - 1, rule
        if kind & k.FIXED and before & k.COUNTRY and word.startswith(("全国", "国防")):
            return index - 1, rule
        firm = self.edges.text(index + 1) in ("公司", "集团", "银行", "有限公司")
        firm = firm or (word.endswith(("公司", "集团")) and not at_home)
        if kind & k.COMPANY and before & k.COUNTRY and firm:
            return index - 1, rule  # 美国|通用汽车|公司, 法国|达飞集团
        if kind & k.COMPANY and before & (k.PLACE | k.SHORT) and not before & k.COUNTRY:
            return self.edges.chain(index), rule  # 山东|兖矿集团
        if word == "国务院" and self.edges.text(index - 1) == "美":
            return self.short_country(index), rule
        if word.endswith("议院"):
            return self.short_country(index), rule
        if word.startswith(SESSIONS):
            return self.edges.session(index), rule
        return index, rule

    def ministry(self, index: int) -> tuple[int, str]:
        """Return where a ministry or an office like one begins, and by which rule."""
        first = self.edges.places(index)
        if first < index:
            return first, "org.ministry"
        first = self.short_country(index)
        if first < index:
            return first, "org.ministry"
        if self.edges.kind(index - 1) & k.LEVEL:
            return self.edges.level_start(index - 1), "org.organ"
        parent = self.ending.get(index - 1)
        if parent is not None and self._part(self.edges.text(index), k.MINISTRY):
            return parent.first, "org.child"
        return index, "org.ministry"

    def _part(self, word: str, kind: int) -> bool:
        """Whether a known body directly behind another one is its part: 解放军|驻港部队."""
        if kind & (k.MEDIA | k.COMPANY | k.ARMY):
            return word.startswith(PARTS)
        return not word.startswith(TOPS)

    def long_country(self, index: int) -> int:
        """Return where the places before an organ begin: 南非|共和国|政府, 第六届政府."""
        first = self.edges.session(index)
        if first < index and self.edges.kind(first - 1) & k.LEVEL:
            return self.edges.level_start(first - 1)
        at = index - 1
        while index - at < 4 and self.edges.text(at) in REPUBLICS:
            at -= 1
        if at < index - 1 and self.edges.kind(at) & k.COUNTRY:
            return self.edges.chain(at)
        return self.edges.places(index)

    def short_country(self, index: int) -> int:
        """Take 俄 in 俄外交部 into the name where it stands as a word of its own."""
        if index and self.edges.kind(index - 1) & k.CSHORT and self.edges.len(index - 1) == 1:
            before = self.edges.text(index - 2)
            if (
                before in "，。、；：\n“（ 和与对向据在由及"
                or self.edges.kind(index - 2) & k.STOP
                or len(before) > 1
            ):
                return index - 1
        return index
