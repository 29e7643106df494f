# ruff: noqa: E501, SIM102
"""Bodies: from the word that ends a name leftwards to where the name begins."""

from __future__ import annotations

from typing import NamedTuple

from . import kinds as k
from .cues import cues
from .lattice import Token

MAX_BODY = 36
# Characters that cannot stand inside a brand or the name of a village.
STOP_CHARS = cues("stop_chars")
UNIT_SUFFIXES = cues("unit_suffixes")
NUMBERS = frozenset("〇零一二三四五六七八九十百千0123456789")
# What makes a body one of many when it stands directly before it.
INDEFINITE = cues("indefinite")
EVENT_WORDS = frozenset(
    ["全会", "全体", "会议", "大会", "年会", "座谈会", "常务会议", "主任会议", "常委会议", "扩大会议", "党组会议", "第一次", "第二次", "第三次", "第四次", "第五次", "第六次", "第七次", "第八次", "第九次", "第十次", "委员长会议", "委员会会议", "成员国", "峰会", "首脑会议", "外长会议", "领导人", "一次会议", "二次会议", "三次会议", "四次会议", "五次会议"]
)  # fmt: skip


class Body(NamedTuple):
    """A possible body: its place, the rule that found it, and how sure that rule is."""

    start: int
    end: int
    rule: str
    first: int  # index of its first token
    last: int  # index of its last token
    anchored: bool


class BodyFinder:
    """One walk over the tokens of a document."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.found: list[Body] = []
        self.ending: dict[int, Body] = {}  # by index of the last token

    def run(self) -> list[Body]:
        """Return the bodies, the longest for each end, in the order of the text."""
        head_kinds = k.CLOSED | k.ORGAN | k.NAMED | k.LEVELBODY
        for index, token in enumerate(self.tokens):
            if token.kind & head_kinds and not token.kind & k.PERSON:
                body = self._at(index, token)
                if body is not None:
                    self._keep(body)
        return sorted(self.ending.values())

    def _keep(self, body: Body) -> None:
        for last in [last for last in self.ending if body.first <= last <= body.last]:
            del self.ending[last]
        self.ending[body.last] = body

    def _at(self, index: int, token: Token) -> Body | None:
        kind = token.kind
        if kind & (k.FIXED | k.MEDIA | k.COMPANY | k.SCHOOL | k.ARMY):
            return self._closed(index, token)
        if kind & k.MINISTRY:
            return self._ministry(index)
        if kind & k.LEVELBODY:
            return self._level_body(index)
        if kind & k.LOOKALIKE:
            return None
        return self._open(index, token)

    # --- bodies known by name

    def _closed(self, index: int, token: Token) -> Body | None:
        kind = token.kind
        rule = "org.media" if kind & k.MEDIA else "org.known"
        first = index
        if kind & (k.SCHOOL | k.COMPANY | k.FIXED):
            first = self._child_start(index)
        if kind & (k.COMPANY | k.SCHOOL) and first == index:
            first = self._places(index) if kind & k.SCHOOL else index
        return self._body(first, index, rule, anchored=True)

    def _ministry(self, index: int) -> Body | None:
        first = self._places(index)
        if (
            first == index
            and index
            and self.tokens[index - 1].kind & k.CSHORT
            and self._len(index - 1) == 1
        ):
            before = self._text(index - 2) if index > 1 else "\n"
            if (
                before in "，。、；：\n“（ "
                or not self.tokens[index - 2].kind
                or before in ("和", "与", "对", "向", "据")
            ):
                first = index - 1
        if first == index:
            level = self._level_left(index)
            if level is not None:
                return self._body(level, index, "org.organ", anchored=True)
        return self._body(first, index, "org.ministry", anchored=True)

    def _level_body(self, index: int) -> Body | None:
        return self._body(self._places(index), index, "org.level", anchored=True)

    # --- bodies made of place, field and head

    def _open(self, index: int, token: Token) -> Body | None:
        kind = token.kind
        word = self._text(index)
        if word in ("委", "政府", "人民政府", "警方", "议会", "军") or (
            kind & k.ORGAN and len(word) == 1
        ):
            return self._tight(index, word)
        start = self._walk(index, kind)
        if start is None:
            return None
        first, rule, anchored = start
        return self._body(first, index, rule, anchored=anchored)

    def _tight(self, index: int, word: str) -> Body | None:
        """Heads so common that only a place, a level or a field directly before them counts."""
        if word in (
            "部",
            "局",
            "厅",
            "司",
            "署",
            "处",
            "科",
            "室",
            "办",
            "委",
            "团",
            "师",
            "营",
            "连",
            "旅",
        ):
            start = self._walk(index, k.ORGAN)
            if start is None or start[0] == index:
                return None
            if word == "委" and not self.tokens[index - 1].kind & (
                k.ANYPLACE | k.WEAKPLACE | k.LEVEL | k.SPHERE
            ):
                return None
            return self._body(start[0], index, start[1], anchored=start[2])
        first = self._places(index)
        if (
            first == index
            and index
            and self.tokens[index - 1].kind & k.CSHORT
            and self._len(index - 1) == 1
        ):
            if word in ("政府", "议会", "警方"):
                first = index - 1
        if first == index:
            level = self._level_left(index)
            if level is not None:
                return self._body(level, index, "org.organ", anchored=True)
            child = self._child_start(index)
            if child != index and word not in ("警方", "军", "政府"):
                return self._body(child, index, "org.child", anchored=True)
            if word == "政府" and index and self.tokens[index - 1].kind & k.LEADER:
                return self._body(index - 1, index, "org.cabinet", anchored=True)
            if (
                word == "政府"
                and self._text(index - 1) in ("和", "、")
                and (index - 2) in self.ending
                and self._text(index - 2).endswith(("党委", "委"))
            ):
                return self._body(index, index, "org.coordinated", anchored=True)
            return None
        return self._body(first, index, "org.organ", anchored=True)

    def _walk(self, index: int, kind: int) -> tuple[int, str, bool] | None:
        """Walk left from a head; return where the body begins, by which rule, and if anchored."""
        tokens = self.tokens
        j = index - 1
        modifiers = 0
        generic = 0
        last_good = index
        while j >= 0 and self.tokens[index].end - tokens[j].start <= MAX_BODY:
            token = tokens[j]
            word = self._text(j)
            if j in self.ending:
                body = self.ending[j]
                if self._may_own(body, index):
                    return body.first, "org.child", True
                break
            if word in ("”", "）"):
                opened = self._opener(j)
                if opened is None:
                    break
                j = opened - 1
                last_good = opened
                modifiers += 1
                continue
            if (
                token.kind & (k.PERSON & ~k.LEADER)
                and len(word) > 1
                and not token.kind & k.ANYPLACE
            ):
                break
            if token.kind & k.ANYPLACE or (
                token.kind & k.WEAKPLACE and (kind & k.ORGAN or j == index - 1)
            ):
                return self._place_chain(j), self._rule(kind), True
            if token.kind & k.LEVEL and (
                kind & k.ORGAN or word in ("全国", "省", "市", "县", "中央", "国家", "区")
            ):
                return self._level_start(j), "org.organ", True
            if word == "届":
                j = self._ordinal_start(j)
                last_good = j + 1
                modifiers += 1
                continue
            if word == "第" or word in NUMBERS or (word.startswith("第") and len(word) <= 3):
                if (
                    self._text(j - 1) == "第"
                    or word.startswith("第")
                    or (
                        word in NUMBERS
                        and modifiers == 0
                        and kind & k.NAMED
                        and self._len(index) > 1
                    )
                ):
                    j -= 1
                    if word != "第" and word in NUMBERS:
                        continue
                    last_good = j + 1
                    modifiers += 1
                    continue
                break
            if token.kind & k.SPHERE:
                j -= 1
                last_good = j + 1
                modifiers += 1
                continue
            if word in UNIT_SUFFIXES or (
                word[-1] in "村" and len(word) <= 4 and token.kind & k.NOUN
            ):
                unit = self._unit_start(j)
                if unit is not None:
                    return unit, "org.unit", True
                if word in ("村", "社区") and kind & k.ORGAN:
                    return j, "org.organ", True
                break
            brand = self._brand(j, kind)
            if brand is not None:
                first = brand
                if kind & k.ORGAN:
                    generic += 1
                    if generic > 2 or (brand == j and token.kind & k.COMMON):
                        break
                    j = first - 1
                    last_good = first
                    modifiers += 1
                    continue
                # A brand ends the name of an enterprise unless a place stands before it.
                chain = first - 1
                while chain >= 0 and tokens[chain].kind & k.ANYPLACE:
                    chain -= 1
                if chain + 1 < first:
                    return self._place_chain(first - 1), "org.named", True
                if (first - 1) in self.ending and self._may_own(self.ending[first - 1], index):
                    return self.ending[first - 1].first, "org.child", True
                if token.kind & k.COMMON or token.kind & k.GENERIC:
                    j = first - 1
                    generic += 1
                    if generic > 2:
                        break
                    continue
                return first, "org.brand", True
            break
        if modifiers or self._len(index) > 1:
            return last_good, "org.bare", False
        return None

    def _rule(self, kind: int) -> str:
        return "org.organ" if kind & k.ORGAN else "org.named"

    def _brand(self, j: int, kind: int) -> int | None:
        """Return where the run of name characters that ends at ``j`` begins, if one does."""
        token = self.tokens[j]
        word = self._text(j)
        if len(word) > 1:
            if token.kind & (k.POST | k.ANNOUNCE | k.PUNCT) and not token.kind & k.SPHERE:
                return None
            if token.kind & k.STOP and not token.kind & k.NOUN:
                return None
            if word.isascii():
                return j
            return j if token.kind & k.NOUN or not token.kind & k.STOP else None
        first = j
        while first >= 0 and j - first < 5:
            char = self._text(first)
            if (
                len(char) > 1
                or char in STOP_CHARS
                or not (char.isalnum())
                or self.tokens[first].kind & (k.LEVEL)
            ):
                break
            if char in NUMBERS and not char.isascii() and first == j:
                break
            first -= 1
        return first + 1 if first < j else None

    # --- edges

    def _places(self, index: int) -> int:
        first = index
        while first > 0 and self.tokens[first - 1].kind & (k.ANYPLACE | k.WEAKPLACE):
            if (
                self.tokens[first - 1].kind & k.WEAKPLACE
                and not self.tokens[first - 1].kind & k.ANYPLACE
                and first != index
            ):
                break
            first -= 1
        if first == index and index and self._text(index - 1) in UNIT_SUFFIXES:
            unit = self._unit_start(index - 1)
            if unit is not None:
                return self._place_chain(unit)
        return first

    def _place_chain(self, first: int) -> int:
        while first > 0 and self.tokens[first - 1].kind & k.ANYPLACE:
            first -= 1
        if first > 0 and self._text(first) in ("驻",):
            return first
        return first

    def _level_left(self, index: int) -> int | None:
        if index and self.tokens[index - 1].kind & k.LEVEL:
            return self._level_start(index - 1)
        return None

    def _level_start(self, j: int) -> int:
        word = self._text(j)
        if word in UNIT_SUFFIXES or word in ("镇", "乡", "村", "街道", "社区"):
            unit = self._unit_start(j)
            if unit is not None:
                return unit
        first = j
        while first > 0 and self.tokens[first - 1].kind & (k.ANYPLACE | k.LEVEL | k.WEAKPLACE):
            first -= 1
        return first

    def _unit_start(self, j: int) -> int | None:
        """Return where the name of the village, town or district that ends at ``j`` begins."""
        word = self._text(j)
        if len(word) > 1 and word not in ("社区", "街道", "园区", "小区", "新区"):
            return self._place_chain(j)
        first = j - 1
        size = 0
        while first >= 0 and size < 4:
            char = self._text(first)
            token = self.tokens[first]
            if token.kind & k.ANYPLACE:
                return self._place_chain(first)
            if len(char) > 1:
                if (
                    size == 0
                    and len(char) <= 3
                    and not (token.kind & (k.STOP | k.POST | k.ANNOUNCE | k.LEVEL))
                    and not token.kind & k.COMMON
                ):
                    return self._place_chain(first)
                break
            if char in STOP_CHARS or not "\u3400" <= char <= "\u9fff" or token.kind & k.LEVEL:
                break
            first -= 1
            size += 1
        return (
            self._place_chain(first + 1)
            if size >= 1 and (size > 1 or (first >= 0 and self.tokens[first].kind & k.ANYPLACE))
            else None
        )

    def _ordinal_start(self, j: int) -> int:
        j -= 1
        while j >= 0 and (
            self._text(j) in NUMBERS or self._text(j) == "第" or set(self._text(j)) <= NUMBERS
        ):
            j -= 1
        return j

    def _opener(self, j: int) -> int | None:
        want = k.CLOSERS[self._text(j)]
        for i in range(j - 1, max(j - 9, -1), -1):
            if self._text(i) == want:
                return i
            if self._text(i) in "，。；\n、":
                return None
        return None

    def _child_start(self, index: int) -> int:
        body = self.ending.get(index - 1)
        if body is not None and self._may_own(body, index):
            return body.first
        return index

    def _may_own(self, body: Body, index: int) -> bool:
        """Whether a body directly before a head is its parent, not a neighbour in a list."""
        kind = self.tokens[index].kind
        if kind & (k.FIXED | k.MEDIA | k.COMPANY | k.ARMY):
            return False
        word = self._text(index)
        if word in ("军", "政府", "警方", "委", "人民政府"):
            return False
        return True

    # --- checks

    def _body(self, first: int, last: int, rule: str, *, anchored: bool) -> Body | None:
        start, end = self.tokens[first].start, self.tokens[last].end
        while first < last and not self.text[start : start + 1].strip("，、；：。 "):
            first += 1
            start = self.tokens[first].start
        before = self._text(first - 1) if first else ""
        if before in INDEFINITE and rule not in ("org.known", "org.media", "org.ministry"):
            return None
        if (before and before[-1] in "各每某该") or (
            before[-1:] in ("家", "个", "所")
            and first > 1
            and self._text(first - 2)[-1:] in NUMBERS | {"几", "多", "余"}
        ):
            return None
        return Body(start, end, rule, first, last, anchored)

    def _text(self, index: int) -> str:
        token = self.tokens[index]
        return self.text[token.start : token.end]

    def _len(self, index: int) -> int:
        token = self.tokens[index]
        return token.end - token.start
