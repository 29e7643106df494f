"""Places that only a name can fill, whatever the words look like: 文明（女）, 田野同志任局长."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from . import kinds as k
from .cues import cues
from .knowledge import Knowledge
from .lattice import Token, of_kind

Stretch = tuple[int, int]

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_NATION = f"{_HAN}{{1,5}}族"
# What stands behind a name and behind nothing else; the name ends where it begins. Every choice
# begins with a plain character, so that the search finds its places without trying each.
_BRACKETS = re.compile(
    f"（(?:女|男|{_NATION}|得\\d{{1,6}}票|{_HAN}{{2,6}}，(?:女|{_NATION}))[，）]"
)
_BEHIND = re.compile(
    f"，(?:男|女|{_NATION})，"
    "|，(?:19|20)\\d\\d年(?:\\d{1,2}月)?(?:出?生|入党|参加)"
    "|同志(?![们家])|先生(?![们家])|女士(?![们家])"
)
# A decree or an election: 文明为市教育局局长, 选举文明、江海为委员.
_BECOMES = re.compile("(?:担任|兼任|出任|升任|转任|任|为|当选)(?=[^，。；、：\n]{2,30})")
_OTHER_WORDS = frozenset("担兼出升转责成作均以认改接连就分")  # whose ends 任 and 为 can be
_CALLED = re.compile(
    f"(?:名叫|[他她我师生员人工民孩子]叫|联系人：)({_HAN}{{2,4}})(?=[，。；（\n ]|$)"
)
# Who signs an agency's report or an article: 10月27日电 于子茹）, 作者国永兴 单位：.
_SIGNED = re.compile(
    f"(?:日电[ （]{{1,2}}({_HAN}{{2,3}})(?=）)|（作者：? ?({_HAN}{{2,3}}) ?单位：)"
)
_OPEN = frozenset("，。；：、\n（“ 　")
DECREES = cues("decrees")
RARE = 9.0  # a surname that costs more needs a bracket behind the name
HOLDERS = k.HEADPOST | k.FUSED | k.PROFESSION
HOLDER_ACTS = cues("holder_acts") | cues("speaking")
NO_NAMES = (
    k.PERSON | k.STOP | k.POST | k.ANYPLACE | k.WEAKPLACE | k.GENERIC | k.ANNOUNCE | k.CLOSED
    | k.ORGAN | k.LEVELBODY | k.BARE | k.LEVEL | k.LOOKALIKE
)  # fmt: skip
LENGTHS = (3, 2, 4)
_FAMILIAR = re.compile(f"[小老]{_HAN}")
NO_SURNAMES = frozenset(
    "任和于向同时常党区省原全高新老双万女单方平安连"
)  # before a post they are words
ALSO_WORDS = frozenset("于高白金马黄石江方万康毛余何任龙田双温平和安常时路曲熊汤叶米向孔段单")
ADDRESSES = cues("addresses")
CALLED = cues("called")


class Slots:
    """The places of a document that a name fills, found from what stands around them."""

    def __init__(self, text: str, tokens: list[Token], knowledge: Knowledge) -> None:
        self.text, self.tokens, self.known = text, tokens, knowledge
        self.starts = [token.start for token in tokens]

    def find(self) -> list[Stretch]:
        """Return the stretches, in the order of the text and without overlaps."""
        found = [*self._behind(), *self._becoming(), *self._called(), *self._after_posts()]
        found += [*self._addressed(), *self._familiar(), *self._signed()]
        stretches: list[Stretch] = []
        for start, end in sorted(set(found)):
            if not stretches or start >= stretches[-1][1]:
                stretches.append((start, end))
        return stretches

    def _behind(self) -> Iterator[Stretch]:
        for pattern in (_BRACKETS, _BEHIND):
            certain = pattern is _BRACKETS
            for match in pattern.finditer(self.text):
                end = match.start()
                if self.text[end - 1 : end] == " ":
                    end -= 1 if certain else 0
                    if self.text[end - 1 : end] == " ":
                        continue  # too far from the name
                stretch = self._before(end, certain=certain)
                if stretch is not None:
                    yield stretch

    def _called(self) -> Iterator[Stretch]:
        for match in _CALLED.finditer(self.text):
            plain = match[0][: -len(match[1])] in ("名叫", "他叫", "她叫", "我叫", "联系人：")
            name = match[1]
            if not self._common(name) and (plain or (self._shaped(name) and self._likely(name))):
                yield match.span(1)

    def _signed(self) -> Iterator[Stretch]:
        for match in _SIGNED.finditer(self.text):
            stretch = match.span(1) if match[1] else match.span(2)
            if self._shaped(self.text[slice(*stretch)]):
                yield stretch

    def _becoming(self) -> Iterator[Stretch]:
        """Give the names before 为 and 任 where a post ends the clause, and their neighbours."""
        for match in _BECOMES.finditer(self.text):
            start = self._verb_start(match.start())
            if self.text[start - 1 : start] in _OTHER_WORDS:
                continue
            if not self._post_ends_clause(match.end()):
                continue
            stretch = self._before(start)
            while stretch is not None:
                yield stretch
                start = stretch[0]
                listed = self.text[start - 1 : start] == "、"
                stretch = self._before(start - 1) if listed else None

    def _verb_start(self, at: int) -> int:
        """Return where 同志不再 before a verb begins."""
        for word in ("不再", "同志"):
            if self.text.endswith(word, 0, at):
                at -= len(word)
        return at

    def _after_posts(self) -> Iterator[Stretch]:
        """Give the words that stand between a post and what its holder does: 局长文明主持."""
        for index in of_kind(self.tokens[:-2], HOLDERS):
            post, word, behind = self.tokens[index : index + 3]
            if post.kind & k.PERSON or word.kind & NO_NAMES:
                continue
            name = self.text[word.start : word.end]
            acts = self.text[behind.start : behind.end] in HOLDER_ACTS
            if acts and 2 <= len(name) <= 3 and self._shaped(name) and self._likely(name):
                yield word.start, word.end

    def _addressed(self) -> Iterator[Stretch]:
        """Give surnames before a form of address: 倪|大姐, 苟|校长."""
        nothing, rarity = Token(0, 0, k.STOP), self.known.surnames.get
        for index, (start, end, kind) in enumerate(self.tokens[:-1]):
            if end - start > 2:
                continue
            char = self.text[end - 1]
            if rarity(char, 99.0) > 8.0 or char in NO_SURNAMES:
                continue
            if end - start == 2:
                if self.text[start] not in "来和向":  # 来|倪|大姐
                    continue
            elif kind & k.PERSON or not self._free(self.tokens[index - 1] if index else nothing):
                continue
            address = self.tokens[index + 1]
            called = self.text[address.start : address.end]
            if address.kind & k.HONORIFIC or called in ADDRESSES or called in CALLED:
                yield end - 1, end

    def _familiar(self) -> Iterator[Stretch]:
        """Give 小王 and 老谢 where a noun or a sign stands before and a verb behind."""
        for match in _FAMILIAR.finditer(self.text):
            start, end = match.span()
            index = bisect_right(self.starts, start) - 1
            last = index if self.tokens[index].end == end else index + 1
            if self.tokens[index].start != start or last + 1 >= len(self.tokens):
                continue
            if self.tokens[last].end != end or self.tokens[index].kind & k.PERSON:
                continue
            if self.known.surnames.get(match[0][1], 99.0) > 5.6:
                continue
            before, behind = self.tokens[index - 1], self.tokens[last + 1]
            held = before.kind & HOLDERS and index > 0
            opened = self._free(before) or before.kind & k.ORGAN or index == 0
            acts = behind.kind & (k.SPEECH | k.STOP | k.VERBAL) and match[0][1] not in ALSO_WORDS
            if held or (opened and acts):
                yield start, end

    def _free(self, token: Token) -> bool:
        """Whether a word before a surname cannot be the beginning of its name."""
        if token.kind & k.PERSON or self.text[token.start : token.end] == " ":
            return False
        sign = not "\u3400" <= self.text[token.start : token.start + 1] <= "\u9fff"
        closed = k.STOP | k.VERBAL | k.ANNOUNCE | HOLDERS | k.ANYPLACE
        return sign or bool(token.kind & closed) or token.end - token.start > 1

    def _post_ends_clause(self, at: int) -> bool:
        """Whether the clause that begins at ``at`` ends in a post: 为市教育局局长."""
        index = bisect_right(self.starts, at) - 1
        for token in self.tokens[index : index + 16]:
            after = self.text[token.end : token.end + 1]
            if after in "，。；、\n（" or self.text.startswith(("职务", "一职"), token.end):
                return bool(token.kind & k.POST) and token.start >= at
        return False

    def _before(self, end: int, *, certain: bool = False) -> Stretch | None:
        """Return the stretch of a name that ends at ``end``, if something opens it.

        What stands behind it may be so ``certain`` that it takes any word.
        """
        while self.text[end - 1 : end] == " ":
            end -= 1
        for length in LENGTHS:
            start = end - length
            if start < 0 or not self._opened(start):
                continue
            name = self.text[start:end]
            if self._shaped(name) and not self._common(name) and (certain or self._likely(name)):
                return start, end
        return None

    def _opened(self, start: int) -> bool:
        """Whether a sign, a post or a verb of a decree stands before."""
        if start == 0 or self.text[start - 1] in _OPEN:
            return True
        index = bisect_right(self.starts, start - 1) - 1
        token = self.tokens[index]
        if token.end != start:
            return self.text[start - 2 : start] in DECREES
        if token.kind & k.POST and not token.kind & k.PERSON:
            return True
        word = self.text[token.start : token.end]
        return word in DECREES or bool(token.kind & k.ANNOUNCE and not token.kind & k.VERBAL)

    def _shaped(self, name: str) -> bool:
        """Whether a name begins with a surname and is as long as names with it are."""
        if not re.fullmatch(f"{_HAN}+", name):
            return False
        double = name[:2] in self.known.surnames
        return double if len(name) == 4 else name[0] in self.known.surnames or double

    def _likely(self, name: str) -> bool:
        """Whether a name with a surname that is not too rare looks like no other word."""
        known = self.known
        if known.surnames.get(name[:2], known.surnames.get(name[0], 99.0)) > RARE:
            return False
        if name[0] == "全" or any(known.price.get(char, 99.0) > 10 for char in name[1:]):
            return False
        kind = int(known.entries.get(name, (0, 0))[1])
        given = int(known.entries.get(name[-2:], (0, 0))[1])  # 曾先后任
        return bool(kind & k.PERSON or not (kind | given) & k.STOP)

    def _common(self, name: str) -> bool:
        """Whether a stretch is a post, a noun that announces a name, a place or a group."""
        entries = self.known.entries
        kind = int(entries.get(name, (0, 0))[1]) | int(entries.get(name[:2], (0, 0))[1])
        if name[0] in "该各此这那其老女男某" or name[1:] == "老":
            return True
        other = k.POST | k.ANNOUNCE | k.GENERIC | k.LEVEL | k.HONORIFIC | k.ORGAN | k.BARE
        return bool(kind & other) and not kind & k.PERSON


def cut_at(tokens: list[Token], places: Sequence[Stretch], kind: int) -> list[Token]:
    """Return the tokens with those of ``kind`` at the places; what is cut falls into characters."""
    if not places:
        return tokens
    starts = [token.start for token in tokens]
    out: list[Token] = []
    done = 0
    for start, end in places:
        first = bisect_right(starts, start) - 1
        if first < done:
            continue
        last = first
        while tokens[last].end < end:
            last += 1
        out += tokens[done:first]
        out += [Token(i, i + 1, k.NOUN) for i in range(tokens[first].start, start)]
        out.append(Token(start, end, kind))
        out += _rest(tokens[last], end)
        done = last + 1
    return out + tokens[done:]


def _rest(token: Token, start: int) -> list[Token]:
    return [Token(i, i + 1, k.NOUN) for i in range(start, token.end)]


def fill_slots(text: str, tokens: list[Token], knowledge: Knowledge) -> list[Token]:
    """Return the tokens with a name in every place that only a name can fill."""
    return cut_at(tokens, Slots(text, tokens, knowledge).find(), k.NAME | k.SURE)
