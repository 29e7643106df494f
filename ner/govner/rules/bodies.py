"""Bodies: from the word that ends a name leftwards to where the name begins."""

from __future__ import annotations

from typing import NamedTuple

from . import kinds as k
from .cues import cues
from .lattice import Token

MAX_BODY = 40
MAX_CHAIN = 80  # characters; parents and children that go on are no name any more
RARE = 11.0  # a word that costs more is rare enough to be a brand
STOP_CHARS = cues("stop_chars")
UNIT_SUFFIXES = cues("unit_suffixes")
INDEFINITE = cues("indefinite")
TIGHT = cues("tight_heads")
PLAIN = cues("plain_heads")
CHILDREN = cues("child_heads")
BRANCHES = tuple(CHILDREN)
UNIT_ONLY = cues("unit_only")
FIRMS = ("公司", "集团", "银行", "合作社", "重工", "药业", "实业", "矿业", "厂")
CENTRE_ACTS = cues("centre_acts")
WEAK_HEADS = cues("weak_heads")
OWN_BODIES = cues("own_bodies")
EPONYMS = cues("eponyms")
LEGAL = cues("firms")
LEGAL_STOPS = cues("firm_stops")
BRAND_STOPS = cues("brand_stops")
NATION_TYPES = cues("nation_types")
SCHOOLS = cues("school_heads")


class Body(NamedTuple):
    """A possible body: its place, the rule that found it, and how sure that rule is."""

    start: int
    end: int
    rule: str
    first: int  # index of its first token
    last: int  # index of its last token
    anchored: bool  # False: only a post or the document can confirm it


class Walk(NamedTuple):
    """Where a walk to the left ended."""

    first: int
    rule: str
    anchored: bool


class BodyFinder:
    """One walk over the tokens of a document."""

    def __init__(self, text: str, tokens: list[Token], words: dict[str, list[float]]) -> None:
        self.text, self.tokens, self.words = text, tokens, words
        self.ending: dict[int, Body] = {}  # by index of the last token
        self.brands: set[str] = set()  # of the firms that were found

    def run(self) -> list[Body]:
        """Return the bodies, the longest for each end, in the order of the text."""
        heads = k.CLOSED | k.ORGAN | k.NAMED | k.LEVELBODY
        text = self.text
        for index, (start, end, kind) in enumerate(self.tokens):
            if kind & heads and not kind & k.PERSON:
                body = self._at(index, kind)
                if body is not None and body.end - body.start <= MAX_CHAIN:
                    for last in range(body.first, body.last + 1):
                        self.ending.pop(last, None)
                    self.ending[body.last] = body
            elif text[start:end] == "中央" and self._centre(index):
                self.ending[index] = Body(start, end, "org.centre", index, index, True)
        return sorted(self.ending.values())

    def _centre(self, index: int) -> bool:
        if (
            (index
            and self.tokens[index - 1].kind & k.CLOSED)
            or self._text(index - 1) in ("党", "国", "地方", "团")
        ):
            return False
        if (
            (self._text(index + 1) in ("和", "、", "与")
            and self._kind(index + 2) & (k.LEVELBODY | k.FIXED))
            or self._text(index + 2) == "自治区"
        ):
            return True
        return self._text(index + 1) in CENTRE_ACTS

    def _at(self, index: int, kind: int) -> Body | None:
        if kind & (k.FIXED | k.MEDIA | k.COMPANY | k.SCHOOL | k.ARMY):
            return self._closed(index, kind)
        if kind & k.MINISTRY:
            return self._ministry(index)
        if kind & k.LEVELBODY:
            return self._body(self._level_body(index), index, "org.level")
        if kind & k.LOOKALIKE:
            return None
        return self._open(index, kind)

    # --- bodies known by name

    def _closed(self, index: int, kind: int) -> Body | None:
        rule = "org.media" if kind & k.MEDIA else "org.known"
        first = index
        if kind & k.SCHOOL:
            first = self._places(index)
        word = self._text(index)
        foreign = kind & k.MEDIA or word.endswith(("党", "国会", "议院", "大学"))
        if foreign and self._kind(index - 1) & k.COUNTRY and self._text(index - 1) != "中国":
            first = index - 1
        if (
            kind & k.FIXED
            and self._kind(index - 1) & k.COUNTRY
            and self._text(index).startswith(("全国", "国防"))
        ):
            first = index - 1
        return self._body(first, index, rule)

    def _ministry(self, index: int) -> Body | None:
        first = self._places(index)
        if first == index:
            first = self._short_country(index)
        if first == index and self._kind(index - 1) & k.LEVEL:
            return self._body(self._level_start(index - 1), index, "org.organ")
        if first == index and (index - 1) in self.ending and self._text(index).endswith("国资委"):
            return self._body(self.ending[index - 1].first, index, "org.child")
        return self._body(first, index, "org.ministry")

    def _short_country(self, index: int) -> int:
        """Take 俄 in 俄外交部 into the name where it stands as a word of its own."""
        if index and self._kind(index - 1) & k.CSHORT and self._len(index - 1) == 1:
            before = self._text(index - 2)
            if (
                before in "，。、；：\n“（ 和与对向据在由及"
                or self._kind(index - 2) & k.STOP
                or len(before) > 1
            ):
                return index - 1
        return index

    def _level_body(self, index: int) -> int:
        """Return where 省委 begins, with the places before it, known or not: 澜州市委."""
        first = self._places(index)
        if first < index or self._text(index)[0] not in "市县区州镇乡旗":
            return first
        word = self._text(index - 1)
        here = self._kind(index - 1)
        if self._len(index - 1) == 2 and not here & (
            k.STOP | k.COMMON | k.POST | k.ANNOUNCE | k.LEVEL | k.SPHERE | k.PERSON
        ):
            if self.words.get(word, [20.0])[0] > 12.0:
                return self._chain(index - 1)
        start = index
        while start > 0 and index - start < 3:
            char = self._text(start - 1)
            if (
                len(char) > 1
                or char in STOP_CHARS
                or not "\u3400" <= char <= "\u9fff"
                or self._kind(start - 1) & (k.LEVEL | k.VERBAL)
            ):
                break
            start -= 1
        return self._chain(start) if index - start >= 2 else first

    # --- bodies made of place, field and head

    def _open(self, index: int, kind: int) -> Body | None:
        word = self._text(index)
        if word in PLAIN:
            return self._plain(index, word)
        walk = self._legal(index) if word in LEGAL else None
        walk = walk or self.walk(index, kind)
        if walk is None:
            return None
        if word in TIGHT and (
            walk.first == index or (not walk.anchored and len(word) == 1 and walk.first == index)
        ):
            return None
        if (
            word in ("部", "处", "室", "科", "司")
            and self._kind(index - 1) & k.LEVEL
            and walk.first >= index - 1
        ):
            return None
        if word == "委" and not self._kind(index - 1) & (
            k.ANYPLACE | k.LEVEL | k.SPHERE | k.WEAKPLACE
        ):
            return None
        anchored = walk.anchored
        if word.endswith(("领导小组", "协调小组")) and walk.rule != "org.child":
            anchored = False
        return self._body(walk.first, index, walk.rule, anchored=anchored)

    def _legal(self, index: int) -> Walk | None:
        """Run back from 有限公司 to the place where the name of a firm begins."""
        j = index - 1
        limit = self.tokens[index].end - 34
        while j >= 0 and self.tokens[j].start >= limit:
            word, here = self._text(j), self._kind(j)
            if here & k.ANYPLACE and not here & k.STOP:
                return Walk(self._chain(j), "org.named", True) if j < index - 1 else None
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

    def _plain(self, index: int, word: str) -> Body | None:
        first = self._places(index)
        if first == index and not (
            word in ("政府", "军队") and self._text(index - 1) in ("新", "老", "欧")
        ):
            first = self._short_country(index)
        if first != index:
            return self._body(first, index, "org.organ")
        if self._kind(index - 1) & k.LEVEL and not (
            self._text(index - 1) == "全国" and word in NATION_TYPES
        ):
            return self._body(self._level_start(index - 1), index, "org.organ")
        if word == "政府" and self._kind(index - 1) & (k.LEADER | k.FOREIGN):
            return self._body(index - 1, index, "org.cabinet")
        if word == "政府" and self._text(index - 1) in ("和", "、") and (index - 2) in self.ending:
            if self._text(index - 2).endswith(("党委", "委")):
                return self._body(index, index, "org.coordinated")
        return None

    def walk(self, index: int, kind: int) -> Walk | None:
        """Walk left from a head; return where the body begins, by which rule, and if anchored."""
        j = index - 1
        good = index
        limit = self.tokens[index].end - MAX_BODY
        nouns = 0
        while j >= 0 and self.tokens[j].start >= limit:
            _, _, here = self.tokens[j]
            word = self._text(j)
            end = self._anchor(j, index, kind, here, word)
            if end is not None:
                return end
            if here & k.SPHERE and not (here & k.PERSON and not here & k.SPHERE):
                j -= 1
                good = j + 1
                continue
            if word in ("”", "）", "’"):
                opened = self._opener(j)
                if (
                    opened is None
                    or (word == "）"
                    and self.tokens[opened].end + 1 >= self.tokens[j].start)
                ):
                    break
                j = opened - 1
                good = opened
                if (
                    word != "）"
                    and kind & k.NAMED
                    and not self._kind(j) & (k.ANYPLACE | k.LEVEL | k.SPHERE)
                ):
                    return Walk(good, "org.quoted", True)
                continue
            if (
                good == index
                and (word.isdigit() or word in "一二三四五六七八九十")
                and self._text(index)
                in ("师", "军", "旅", "处", "科", "大队", "中队", "支队", "队", "连", "营", "团")
            ):
                while self._text(j).isdigit() or self._text(j) in k.NUMERALS:
                    j -= 1
                good = j + 1
                if j in self.ending:
                    return Walk(self.ending[j].first, "org.child", True)
                break
            if (
                word in ("和", "与")
                and good == j + 1
                and self._kind(j - 1) & k.SPHERE
                and j - 1 not in self.ending
            ):
                joined = self._joined(j - 1, index, kind)
                if joined is not None:
                    return joined
            ordinal = self._ordinal(j)
            if ordinal is not None:
                j = ordinal - 1
                good = ordinal
                continue
            unit = self._unit(j, word, kind, index)
            if unit is not None:
                return unit
            first = self._brand(j)
            if first is None or (
                self._text(index) in TIGHT
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
        if (
            good < index
            and "中国特色社会主义" in self.text[self.tokens[good].start : self.tokens[index].end]
        ):
            return Walk(good, "org.theory", True)
        if good < index or self._len(index) > 1:
            return Walk(good, "org.bare", False)
        return None

    def _anchor(self, j: int, index: int, kind: int, here: int, word: str) -> Walk | None:
        """Return the end of the walk at a parent, a place or a level."""
        if (
            here & k.PERSON
            and not here & k.ANYPLACE
            and self._text(index) in EPONYMS
            and len(word) > 1
        ):
            first = self._chain(j)
            return Walk(first, "org.eponym", True)
        body = self.ending.get(j)
        if body is not None and here & k.ARMY and self._text(index) == "基地":
            return None
        if body is not None and not body.anchored and here & k.LEVEL:
            body = None
        if body is not None:
            if here & k.PERSON:
                return None
            return Walk(body.first, "org.child", body.anchored)
        if here & k.ANYPLACE:
            first = self._chain(j)
            parent = self.ending.get(first - 1)
            if parent is not None and parent.anchored and self._text(index).endswith(BRANCHES):
                return Walk(parent.first, "org.child", True)
            if (
                kind & k.NAMED
                and first
                and self._brand_before_place(first) is not None
                and "公司" in self._text(index)
            ):
                return Walk(self._brand_before_place(first) or first, "org.named", True)
            return Walk(first, "org.organ" if kind & k.ORGAN else "org.named", True)
        if here & k.WEAKPLACE and j == index - 1 and not here & k.STOP and kind & k.ORGAN:
            return Walk(self._chain(j), "org.organ", True)
        if word == "全国" and self._text(index) in NATION_TYPES:
            return None
        if here & k.LEVEL and (
            kind & k.ORGAN or word in ("全国", "省", "市", "县", "区", "中央", "国家")
        ):
            if word in UNIT_ONLY or word in UNIT_SUFFIXES:
                unit = self._unit_start(j)
                if unit is not None and unit < j:
                    return Walk(unit, "org.unit", True)
                if word in UNIT_ONLY:
                    return Walk(j, "org.own", word + self._text(index) in OWN_BODIES)
            return Walk(self._level_start(j), "org.organ", True)
        return None

    def _joined(self, j: int, index: int, kind: int) -> Walk | None:
        """Walk on over 和 between two fields where a place or a parent comes before both."""
        while self._kind(j) & k.SPHERE and j not in self.ending:
            end = self._anchor(j, index, kind, self._kind(j), self._text(j))
            if end is not None:
                return end
            j -= 1
        end = self._anchor(j, index, kind, self._kind(j), self._text(j)) if j >= 0 else None
        return end if end is not None and end.anchored else None

    def _unit(self, j: int, word: str, kind: int, index: int) -> Walk | None:
        if not (word in UNIT_SUFFIXES or (word[-1] == "村" and len(word) <= 5)):
            return None
        unit = self._unit_start(j)
        if unit is not None:
            return Walk(unit, "org.unit", True)
        if word in UNIT_ONLY and kind & k.ORGAN:
            return Walk(j, "org.own", word + self._text(index) in OWN_BODIES)
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
            and self._text(index).endswith(FIRMS)
            and self.words.get(brand, [20.0])[0] > 13.0
        ):
            self.brands.add(brand)
        if self._kind(first - 1) & k.ANYPLACE:
            return Walk(self._chain(first - 1), "org.named", True)
        if (first - 1) in self.ending:
            return Walk(self.ending[first - 1].first, "org.child", True)
        word = self._text(j)
        cost = self.words.get(word, [20.0])[0]
        if first == j and cost < RARE and not (self._text(index) in SCHOOLS and len(word) == 2):
            return None
        weak = self._text(index) in WEAK_HEADS and ((first == j and cost < 20) or j - first > 3)
        return Walk(first, "org.brand", not weak)

    def _brand_before_place(self, first: int) -> int | None:
        start = self._brand(first - 1)
        if start is None or self._kind(first - 1) & k.COMMON:
            return None
        word = self._text(first - 1)
        if start == first - 1 and self.words.get(word, [20.0, 0])[0] < 9.5:
            return None
        while (
            self._kind(start - 1) & (k.NOUN | k.SPHERE)
            and not self._kind(start - 1) & (k.COMMON | k.POST | k.ANNOUNCE | k.STOP | k.PERSON)
            and self._len(start - 1) > 1
        ):
            start -= 1
        return start

    def _brand(self, j: int) -> int | None:
        """Return where the run of name characters that ends at ``j`` begins, if one does."""
        if j < 0:
            return None
        _, _, kind = self.tokens[j]
        word = self._text(j)
        if len(word) > 1:
            if kind & (k.POST | k.ANNOUNCE | k.GENERIC | k.PERSON & ~k.LEADER):
                return None
            if kind & k.STOP and not kind & (k.NOUN | k.SPHERE):
                return None
            return j
        first = j
        while first >= 0 and j - first < 5:
            char = self._text(first)
            if len(char) > 1 or not char.isalnum() or self._kind(first) & k.LEVEL:
                break
            if char in STOP_CHARS and not (char in BRAND_STOPS and self._inner(first)):
                break
            if char.isdigit():
                break
            first -= 1
        first += 1
        return (
            first
            if first < j or (first == j and self.text[self.tokens[j].start].isascii() and first <= j)
            else None
        )

    def _inner(self, at: int) -> bool:
        """Whether one other character and then a place stand before: 浙江|天|和."""
        before = self._text(at - 1)
        return (
            len(before) == 1
            and before not in STOP_CHARS
            and "\u3400" <= before <= "\u9fff"
            and bool(self._kind(at - 2) & k.ANYPLACE)
        )

    # --- edges

    def _places(self, index: int) -> int:
        first = index
        here = self._kind(index - 1) if index else 0
        if here & k.WEAKPLACE and not here & k.ANYPLACE and not here & k.LEVEL:
            return self._chain(index - 1)
        first = self._chain(index)
        if first == index and index and self._text(index - 1) in UNIT_SUFFIXES:
            unit = self._unit_start(index - 1)
            if unit is not None:
                return unit
        return first

    def _chain(self, first: int) -> int:
        """Take all places directly before ``first`` into the name."""
        while (
            first > 0
            and self.tokens[first - 1].kind & k.ANYPLACE
            and (first - 1) not in self.ending
        ):
            first -= 1
        if first > 1 and self._text(first - 1) == "驻":
            if self._kind(first - 2) & (k.ANYPLACE | k.CSHORT):
                return self._chain(first - 2)
            return first - 1
        return first

    def _level_start(self, j: int) -> int:
        first = j
        while (
            first > 0
            and self.tokens[first - 1].kind & (k.ANYPLACE | k.LEVEL)
            and (first - 1) not in self.ending
        ):
            first -= 1
        return first

    def _unit_start(self, j: int) -> int | None:
        """Return where the name of the village, town or district that ends at ``j`` begins."""
        word = self._text(j)
        if word not in UNIT_SUFFIXES:
            if (
                len(word) == 2
                and word[-1] == "村"
                and "\u3400" <= self._text(j - 1) <= "\u9fff"
                and self._text(j - 1) not in STOP_CHARS
            ):
                return self._chain(j - 1)
            return (
                self._chain(j)
                if len(word) >= 3 and not self._kind(j) & (k.COMMON | k.STOP)
                else None
            )
        first = j - 1
        while first >= 0 and j - first <= 4:
            token = self.tokens[first]
            size = token.end - token.start
            if token.kind & k.ANYPLACE:
                return self._chain(first)
            if size > 1:
                if (
                    first == j - 1
                    and size <= 3
                    and not token.kind & (k.STOP | k.POST | k.ANNOUNCE | k.LEVEL | k.COMMON)
                ):
                    return self._chain(first)
                if (
                    first == j - 1
                    and size == 2
                    and token.kind & k.NOUN
                    and not token.kind
                    & (k.GENERIC | k.SPHERE | k.LEVEL | k.POST | k.ANNOUNCE | k.VERBAL | k.STOP)
                ):
                    return self._chain(first)
                if (
                    first == j - 1
                    and size == 2
                    and token.kind & k.WEAKPLACE | k.PERSON
                    and not token.kind & (k.COMMON | k.STOP)
                ):
                    return self._chain(first)
                break
            char = self._text(first)
            if char in STOP_CHARS or not "\u3400" <= char <= "\u9fff" or token.kind & k.LEVEL:
                break
            first -= 1
        return self._chain(first + 1) if j - first >= 3 else None

    def _ordinal(self, j: int) -> int | None:
        """Return where 第三, 十三届, 第76 begins, if it ends at ``j``."""
        word = self._text(j)
        at = j - 1 if word == "届" else j
        digits = at
        while at >= 0 and digits - at < 8 and set(self._text(at)) <= k.NUMERALS:
            at -= 1
        if self._text(at) == "第":
            return at if at < j else None
        text = self._text(digits)
        if word != "届" and text.startswith("第") and len(text) > 1 and set(text[1:]) <= k.NUMERALS:
            return digits
        if word == "届":
            if at < digits:
                return at + 1
            if text.startswith("第") or set(text[:-1]) <= k.NUMERALS:
                return digits
        elif word.endswith("届") and len(word) > 1 and set(word[:-1]) <= k.NUMERALS | {"第"}:
            return j
        return None

    def _opener(self, j: int) -> int | None:
        want = k.CLOSERS[self._text(j)]
        for i in range(j - 1, max(j - 9, -1), -1):
            word = self._text(i)
            if word == want:
                return i
            if word in "，。；\n、":
                return None
        return None

    # --- checks

    def _body(self, first: int, last: int, rule: str, *, anchored: bool = True) -> Body | None:
        if first and self._text(first - 1) == "中共" and rule != "org.known":
            first -= 1
        start, end = self.tokens[first].start, self.tokens[last].end
        before = self._text(first - 1) if first else ""
        if rule not in ("org.known", "org.media", "org.ministry"):
            if before in INDEFINITE or (before and before[-1] in "各每某该"):
                return None
            if before in ("乡", "县", "市", "省", "州") and self._text(first - 2) in (
                "各",
                "各级",
                "全",
            ):
                return None
            if (
                before[-1:]
                and before[-1:] in "家个所名支"
                and (len(before) > 1 or set(self._text(first - 2)) & k.NUMERALS)
            ):
                return None
        elif before in ("各", "各级", "驻"):
            return None
        return Body(start, end, rule, first, last, anchored)

    def _text(self, index: int) -> str:
        if not 0 <= index < len(self.tokens):
            return "\n"
        token = self.tokens[index]
        return self.text[token.start : token.end]

    def _kind(self, index: int) -> int:
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else 0

    def _len(self, index: int) -> int:
        token = self.tokens[index]
        return token.end - token.start
