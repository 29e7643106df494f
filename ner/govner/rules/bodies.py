"""Bodies: known by name, or found from the word that ends a name."""

from __future__ import annotations

import re

from . import kinds as k
from .closed import Closed
from .cues import cues
from .edges import Body, Edges
from .lattice import Token
from .walks import Walker
from .words import Words

MAX_CHAIN = 80  # characters; parents and children that go on are no name any more
STOP_CHARS = cues("stop_chars")
INDEFINITE = cues("indefinite")
TIGHT = cues("tight_heads")
PLAIN = cues("plain_heads")
CENTRE_ACTS = cues("centre_acts")
LEGAL = cues("firms")
NATION_TYPES = cues("nation_types")
OWN_WORDS = cues("own_words")
PLACES = ("省", "市", "县", "区", "州", "旗", "镇", "乡")
PARTY_UNITS = cues("party_units")
NEW_RULE = ("新", "新一届", "新任", "前", "现", "本届", "临时", "过渡")
PARTS = ("处", "科", "室", "司", "部", "署")
TAIL = 4  # characters of the name of a part that can do without its parent
SETTLEMENTS = ("家属院", "社区", "村", "小区", "新村", "花园", "家园", "路", "街")
ALONE = cues("abroad") | cues("offices")
COUNTY = 10.0  # the cost of a noun that is rare enough to name a county
SECOND_NAME = 16  # characters of a second name in brackets
ACRONYM = re.compile("（[A-Z]{2,8}）")
_NAMED_UNIT = re.compile("“[^“”，。、]{1,10}(?:连|营|艇|舰|大队|中队|机组)”")
_SPOTS = re.compile("[一二三四五六七八九十][处室]")  # a number of them, or the name of one
_TROOP = re.compile("第?[一二三四五六七八九十](?:连|营|中队|大队|支队)")
SERVICES = ("空军", "海军", "陆军")


class BodyFinder:
    """One walk over the tokens of a document."""

    def __init__(self, text: str, tokens: list[Token], words: Words) -> None:
        self.text, self.tokens, self.words = text, tokens, words
        self.ending: dict[int, Body] = {}
        self.tails: set[str] = set()
        self.twice: dict[str, bool] = {}
        self.edges = Edges(text, tokens, words, self.ending)
        self.walker = Walker(self.edges)
        self.closed = Closed(self.edges)

    def run(self) -> list[Body]:
        """Return the bodies, the longest for each end, in the order of the text."""
        heads, person = k.CLOSED | k.ORGAN | k.NAMED | k.LEVELBODY | k.PART, k.PERSON
        centre = self.text.startswith
        for index, (start, end, kind) in enumerate(self.tokens):
            if kind & heads and not kind & person:
                body = self._at(index, kind)
                if body is not None and body.end - body.start <= MAX_CHAIN:
                    self._note_tail(body)
                    for last in range(body.first, body.last + 1):
                        self.ending.pop(last, None)
                    self.ending[body.last] = body
            elif end - start == 2 and centre("中央", start):
                if self._party_centre(index):
                    party = self.ending.pop(index - 1)
                    self.ending[index] = party._replace(
                        end=end, rule="org.child", last=index, anchored=True
                    )
                elif self._centre(index):
                    self.ending[index] = Body(start, end, "org.centre", index, index, True)
        return sorted(self._with_second_names())

    def _note_tail(self, body: Body) -> None:
        """Keep the name of a part without its parent: 草业学院 of 甘肃农业大学草业学院."""
        head = self.edges.text(body.last)
        if body.rule != "org.child" or head in PARTY_UNITS or head.endswith("领导小组"):
            return
        for last in range(body.last - 1, body.first - 1, -1):
            parent = self.ending.get(last)
            if parent is not None and parent.first == body.first:
                tail = self.text[parent.end : body.end]
                placed = self.edges.kind(last + 1) & (k.ANYPLACE | k.CLOSED)
                if len(tail) >= TAIL and tail not in self.words and not placed:
                    self.tails.add(tail)
                return

    def _with_second_names(self) -> list[Body]:
        """Join a second name in brackets: 中共江州省委党校（江州行政学院）, 全球化智库（CCG）."""
        bodies = {body.start: body for body in self.ending.values()}
        for body in list(bodies.values()):
            if self.text[body.end : body.end + 1] != "（" or not body.anchored:
                continue
            close = self.text.find("）", body.end, body.end + SECOND_NAME)
            second = bodies.get(body.end + 1)
            known = second is not None and second.end == close
            known = known and self.text[body.end + 1 : close] not in PARTY_UNITS
            if close < 0 or not (known or ACRONYM.match(self.text, body.end)):
                continue
            if known:
                del bodies[body.end + 1]
            bodies[body.start] = body._replace(end=close + 1)
        for body in list(bodies.values()):
            named = _NAMED_UNIT.match(self.text, body.end) if body.anchored else None
            if named is not None:  # 陆军某旅“大功三连”
                bodies[body.start] = body._replace(end=named.end())
        return list(bodies.values())

    def _party_centre(self, index: int) -> bool:
        """Whether 中央 ends the name of a party's centre: 老挝人民革命党中央."""
        parent = self.ending.get(index - 1)
        return parent is not None and self.text[parent.end - 1] in "党共"

    def _centre(self, index: int) -> bool:
        if (index and self.tokens[index - 1].kind & k.CLOSED) or self.edges.text(index - 1) in (
            "党",
            "国",
            "地方",
            "团",
        ):
            return False
        if (
            self.edges.text(index + 1) in ("和", "、", "与")
            and self.edges.kind(index + 2) & (k.LEVELBODY | k.FIXED)
        ) or self.edges.text(index + 2) == "自治区":
            return True
        return self.edges.text(index + 1) in CENTRE_ACTS and not self._campaign(index + 1)

    def _campaign(self, opened: int) -> bool:
        """Whether a quote opens the name of a campaign: 中央“不忘初心”主题教育."""
        if self.edges.text(opened) != "“":
            return False
        start = self.tokens[opened].start
        return "”主题教育" in self.text[start : start + 24]

    def _at(self, index: int, kind: int) -> Body | None:
        if kind & (k.FIXED | k.MEDIA | k.COMPANY | k.SCHOOL | k.ARMY):
            found = self.closed.known(index, kind)
            return None if found is None else self._body(found[0], index, found[1])
        if kind & k.MINISTRY:
            first, rule = self.closed.ministry(index)
            return self._body(first, index, rule)
        if kind & k.LEVELBODY:
            return self._body(self._level_body(index), index, "org.level")
        if kind & k.LOOKALIKE:
            return None
        if not kind & (k.ORGAN | k.NAMED):
            return self._part(index)
        return self._open(index, kind)

    def _level_body(self, index: int) -> int:
        """Return where 省委 begins, with the places before it, known or not: 澜州市委."""
        first = self.edges.places(index)
        parent = self.ending.get(first - 1)
        if parent is not None and parent.anchored:
            own = first == index and self.edges.text(index) in OWN_WORDS
            if own or (first < index and parent.rule in ("org.ministry", "org.known")):
                return parent.first
        if first < index or self.edges.text(index)[0] not in "市县区州镇乡旗":
            return first
        county = self.edges.text(index - 1) + self.edges.text(index)[0]
        if int(self.words.get(county, (0, 0))[1]) & k.PLACE:
            return self.edges.chain(index - 1)  # 范县民政局
        word = self.edges.text(index - 1)
        here = self.edges.kind(index - 1)
        if (
            self.edges.len(index - 1) == 2
            and not here & (k.STOP | k.COMMON | k.POST | k.ANNOUNCE | k.LEVEL | k.SPHERE | k.PERSON)
            and self.words.get(word, [20.0])[0] > 12.0
        ):
            return self.edges.chain(index - 1)
        if here == k.NOUN and self._county_again(index):
            return self.edges.chain(index - 1)
        stranger = self.edges.stranger(index)
        if stranger < index:
            return stranger
        start = index
        while start > 0 and index - start < 3:
            char = self.edges.text(start - 1)
            if (
                len(char) > 1
                or char in STOP_CHARS
                or not "\u3400" <= char <= "\u9fff"
                or self.edges.kind(start - 1) & (k.LEVEL | k.VERBAL)
            ):
                break
            start -= 1
        return self.edges.chain(start) if index - start >= 2 else first

    def _county_again(self, index: int) -> bool:
        """Whether a plain noun names a county that the text has twice: 石桥县, 石桥县公安局."""
        word = self.edges.text(index - 1)
        rare = len(word) == 2 and self.words.get(word, [0.0])[0] > COUNTY
        if not rare:
            return False
        county = word + self.edges.text(index)[0]
        if county not in self.twice:  # a long text is searched once for each
            self.twice[county] = self.text.count(county) > 1
        return self.twice[county]

    def _open(self, index: int, kind: int) -> Body | None:
        word = self.edges.text(index)
        if word in PLAIN:
            alone = Body(*self.tokens[index][:2], "org.bare", index, index, False)
            return self._plain(index, word) or (alone if word in ALONE else None)
        walk = self.walker.firms.legal(index) if word in LEGAL else None
        walk = walk or self.walker.walk(index, kind)
        if walk is None or not walk.anchored:
            walk = self.walker.listed(index) or walk
        if walk is None:
            return None
        if word == "指挥所" and self.edges.text(index - 1) != "某":
            return None  # 俄军|指挥所
        if word in ("厅", "科", "室") and self.edges.kind(index - 1) & k.ANYPLACE:
            return None  # 北京厅, 内蒙古科|右前旗
        if word in PARTS and (index - 1) in self.ending and walk.rule == "org.child":
            return None  # 行政学院|处
        if word in TIGHT and (
            walk.first == index or (not walk.anchored and len(word) == 1 and walk.first == index)
        ):
            return None
        if (
            word in ("部", "处", "室", "科", "司")
            and self.edges.kind(index - 1) & k.LEVEL
            and walk.first >= index - 1
        ):
            return None
        if word == "委" and not self.edges.kind(index - 1) & (
            k.ANYPLACE | k.LEVEL | k.SPHERE | k.WEAKPLACE
        ):
            return None
        anchored = walk.anchored
        if word.endswith(("领导小组", "协调小组")) and walk.rule != "org.child":
            anchored = walk.rule == "org.organ" and self.edges.kind(walk.first) & k.LEVEL > 0
        return self._body(walk.first, index, walk.rule, anchored=anchored)

    def _part(self, index: int) -> Body | None:
        """Return the part of a body that stands directly before it: 清华大学|水利|系."""
        if self.edges.text(index) == "系" and self.edges.kind(index + 1) & (k.ANYPLACE | k.CLOSED):
            return None  # the verb
        behind = self.edges.kind(index + 1)
        if _SPOTS.fullmatch(self.edges.text(index)) and behind & k.NOUN and not behind & k.POST:
            return None  # 联黎部队|一处|营地
        walk = self.walker.inside(index) or self.walker.listed(index)
        post = behind & k.POST and not behind & k.PERSON
        if walk is None and post and _TROOP.fullmatch(self.edges.text(index)):
            return Body(*self.tokens[index][:2], "org.bare", index, index, False)
        if walk is None and post:
            return self._field_part(index)
        return None if walk is None else self._body(walk.first, index, walk.rule)

    def _field_part(self, index: int) -> Body | None:
        """Return a part named by its field or number alone: 财务|股, 第六|监督检查室, 立案庭."""
        first, ordinal = index, self.edges.ordinal(index - 1)
        if ordinal is not None:
            first = ordinal
        while self.edges.kind(first - 1) & k.SPHERE and first - 1 not in self.ending:
            first -= 1
        if first == index and self.edges.len(index) < 3:
            return None
        return self._body(first, index, "org.bare", anchored=False)

    def _plain(self, index: int, word: str) -> Body | None:
        parent = self.ending.get(index - 1)
        if parent is not None and word in SERVICES and self.edges.text(index - 1).endswith("战区"):
            return self._body(parent.first, index, "org.child")
        first = self.closed.long_country(index)
        new = index - 2 if self.edges.text(index - 1) == "一届" else index - 1
        if self.edges.text(new) in NEW_RULE and self.edges.kind(new - 1) & k.COUNTRY:
            first = self.edges.chain(new)  # 日本|新|一届|政府
        if first == index and not (
            word in ("政府", "军队") and self.edges.text(index - 1) in ("新", "老", "欧")
        ):
            first = self.closed.short_country(index)
        if first != index:
            return self._body(first, index, "org.organ")
        if self.edges.kind(index - 1) & k.LEVEL and not (
            self.edges.text(index - 1) == "全国" and word in NATION_TYPES
        ):
            return self._body(self.edges.level_start(index - 1), index, "org.organ")
        if word == "政府" and self.edges.kind(index - 1) & (k.LEADER | k.FOREIGN):
            return self._body(index - 1, index, "org.cabinet")
        joined = self.edges.text(index - 1) in ("和", "、") and (index - 2) in self.ending
        joined = joined and self.ending[index - 2].anchored
        if word == "政府" and joined and self.edges.text(index - 2).endswith("委"):
            return self._body(index, index, "org.coordinated")
        return None

    def _runs_on(self, last: int) -> bool:
        """Whether the next word takes the head away: 电厂|社区, 应急管理部|门."""
        after, head = self.edges.text(last + 1), self.edges.text(last)
        if after == "门":
            return head.endswith("部")
        if after in ("工作", "大局") and head.endswith("服务中心"):
            return True
        plain = self.edges.kind(last) & k.NAMED or len(head) == 1
        return bool(plain) and after in SETTLEMENTS

    def _body(self, first: int, last: int, rule: str, *, anchored: bool = True) -> Body | None:
        if first and self.edges.text(first - 1) in ("中共", "共青团") and rule != "org.known":
            first -= 1
        if self.edges.text(first - 1) == "该" and first < last and self.edges.text(first) in PLACES:
            first, rule = first + 1, "org.office"  # 该区|住建局
        start, end = self.tokens[first].start, self.tokens[last].end
        before = self.edges.text(first - 1)
        if self._runs_on(last):
            return None
        if rule not in ("org.known", "org.media", "org.ministry"):
            placed = before == "新" and rule == "org.named" and self.edges.kind(first) & k.ANYPLACE
            if (
                (before in INDEFINITE and not placed)
                or (before and before[-1] in "各每某该")
                or before[0] == "各"
            ):
                return None
            if before == "全" and self.edges.kind(last) & k.LEVELBODY:
                return None  # 全|省政协|委员
            if before == "乡" and self.edges.text(first)[0] == "镇":
                return None
            if before in ("乡", "县", "市", "区", "省", "州") and self.edges.text(first - 2) in (
                "各",
                "各级",
                "全",
            ):
                return None
            if (
                before[-1:]
                and before[-1:] in "家个所支"
                and (len(before) > 1 or set(self.edges.text(first - 2)) & k.NUMERALS)
            ):
                return None
        elif before in ("各", "各级", "驻"):
            return None
        return Body(start, end, rule, first, last, anchored)
