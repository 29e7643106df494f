"""People: which of the lattice's names stand where a person is named."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from . import kinds as k
from .cues import cues
from .knowledge import Knowledge
from .lattice import Token
from .view import View

SPEAKING = cues("speaking")
PLACE_ENDS = tuple("市州省县镇村区河湖海岛山港湾城堡大机地国人族军岸群方向")
# What people do, whose family names look like firms and places.
ACTS = cues("foreign_acts")
EPONYMOUS = cues("eponymous")
_TASK = re.compile(
    "(?:^|[\n 　）])(?:(?:版面|版式|美术)设计|视频制作|摄影|摄像|供图|供稿|审核|校对|制图|绘图|漫画"
    "|策划|统筹|监制|剪辑|配音|执笔|作者|文案|美编|审校|校审|值班|文字|翻译)：$"
)


class Person(NamedTuple):
    """A possible person: place, rule, and whether others may be recognised by it."""

    start: int
    end: int
    rule: str
    strong: bool


class PeopleFinder(View):
    """One walk over the tokens of a document."""

    def __init__(self, text: str, tokens: list[Token], knowledge: Knowledge) -> None:
        super().__init__(text, tokens)
        self.knowledge = knowledge
        self.names = [i for i, token in enumerate(tokens) if token.kind & k.PERSON]
        self.accepted: dict[int, str] = {}

    def run(self) -> list[Person]:
        """Return the people, in the order of the text."""
        for index in self.names:
            rule = self._evidence(index)
            if rule:
                self.accepted[index] = rule
        self._repeated()
        self._bylines()
        self._lists()
        return [
            Person(self.tokens[i].start, self.tokens[i].end, rule, rule != "person.single")
            for i, rule in sorted(self.accepted.items())
        ]

    def _evidence(self, index: int) -> str | None:
        token = self.tokens[index]
        size = token.end - token.start
        word = self.word(index)
        left, right = self.word(index - 1), self.word(index + 1)
        left_kind, right_kind = self.kind(index - 1), self.kind(index + 1)
        if left == " ":
            left_kind = self.kind(index - 2)
        if token.kind & k.SURE:
            return "person.slot"
        if size == 2 and word[0] in "小老" and token.kind & k.NAME:
            return "person.familiar"
        if size == 1 or "某" in word or word in ("欧阳", "司马", "诸葛", "上官", "皇甫"):
            return self._single(index, word, right, right_kind)
        if token.kind & k.LEADER:
            return "person.known" if not left_kind & k.NAME else None
        if left_kind & k.POST:
            if (
                token.kind & k.FOREIGN
                and left_kind & (k.MEMBER | k.PROFESSION)
                and left in ("代表",)
            ):
                return None
            return "person.after_post"
        if left == "的" and self.kind(index - 2) & k.HEADPOST and self._doubt(word) < 10:
            return "person.after_post"
        if left in "：/" and self.kind(index - 2) & k.POST:
            return "person.after_post"
        if left == "：" and token.kind & k.NAME and self._task(token.start):
            return "person.byline"
        if "·" in word:
            return "person.dotted" if self._foreign(word) else None
        if (
            right_kind & k.POST
            and size > 1
            and right not in ("代表", "成员", "会员", "队员", "苏丹")
        ):
            if token.kind & k.FOREIGN:
                return (
                    "person.before_post"
                    if right_kind & k.HEADPOST and left in "，。、；：\n“和与同对"
                    else None
                )
            return "person.before_post"
        if right_kind & k.HONORIFIC and self._doubt(word) < 9:
            return "person.honorific"
        if (
            left == "（"
            and right == "）"
            and self.word(index + 2) in "\n。 "
            and not token.kind & k.FOREIGN
        ):
            return "person.byline"
        opens = left_kind & (k.ANNOUNCE | k.PLACE | k.SHORT)
        boundary = left in "，。“\n；：！？ 、（" or opens > 0
        if token.kind & k.FOREIGN:
            return self._foreigner(index, boundary) if size >= 3 else None
        doubt = self._doubt(word)
        announced = left_kind & k.ANNOUNCE and (
            not left_kind & k.VERBAL or right_kind & (k.SPEECH | k.STOP) or right in "，。、；）"
        )
        if announced and doubt < 8.5:
            return "person.announced"
        quoted = left == "”" and self.word(index - 2) in "。，！？…"
        bar = 13.0 if quoted else 10.0 if left in "，。“”\n；！？：" else 7.0
        if right in SPEAKING and doubt < bar:
            return "person.speaks"
        if boundary and right_kind & k.SPEECH and doubt < (6.5 if size == 3 else 4.5):
            return "person.acts"
        if (
            size == 3
            and doubt < 6.0
            and (right_kind & (k.SPEECH | k.STOP) or right in "，。、；）的 ")
        ):
            return "person.shape"
        return None

    def _task(self, start: int) -> bool:
        """Whether a task of a byline and a colon stand before: 版面设计：华羽佳."""
        return _TASK.search(self.text, max(0, start - 8), start) is not None

    def _foreigner(self, index: int, boundary: bool) -> str | None:
        """Return the rule that takes a transliterated name without dots for a person."""
        left_kind, right, right_kind = (
            self.kind(index - 1),
            self.word(index + 1),
            self.kind(index + 1),
        )
        if right[0] in PLACE_ENDS or right_kind & k.ANYPLACE:
            return None
        noun = not left_kind & (k.VERBAL | k.STOP) or self.word(index - 1)[-1] in "手员人家者"
        noun = noun and right not in EPONYMOUS
        if left_kind & k.ANNOUNCE and (noun or right_kind & k.SPEECH):
            return "person.announced"
        if boundary and right in SPEAKING:
            return "person.speaks"
        if boundary and right in ACTS:
            return "person.acts"
        return None

    def _foreign(self, word: str) -> bool:
        """Whether a name with dots is made of the characters of such names."""
        parts = word.replace("-", "·").split("·")
        letters = "".join(parts)
        known = self.knowledge.translit | self.knowledge.dotted
        fitting = sum(char in known for char in letters)
        return len(letters) >= 3 and max(map(len, parts)) > 1 and fitting >= 0.75 * len(letters)

    def _doubt(self, word: str) -> float:
        """Return how unlike a Chinese name a word looks: rare surname, odd given name."""
        known = self.knowledge
        size = 2 if word[:2] in known.surnames and len(word) > 2 else 1
        total = known.surnames.get(word[:size], 12.0)
        for char in word[size:]:
            if char in known.notgiven:
                total += 2.5 if char in known.given else 6.0
            elif char not in known.given:
                total += 2.0
        return total

    def _repeated(self) -> None:
        """Accept what looks like a name and comes back, though nothing announces it."""
        open_ = [i for i in self.names if i not in self.accepted and self.tokens[i].kind & k.NAME]
        counts = Counter(self.word(i) for i in open_)
        for index in open_:
            word = self.word(index)
            if counts[word] > 1 and len(word) == 3 and self._plain(word):
                self.accepted[index] = "person.repeated"

    def _plain(self, word: str) -> bool:
        """Whether a word is shaped like a name and not like a river, a star or a hill."""
        given = self.knowledge.given - self.knowledge.notgiven
        return (
            self._doubt(word) < 9.0
            and set(word[1:]) <= given
            and word[-1] not in "河湖江山海岛星峰溪洲川洋"
        )

    def _bylines(self) -> None:
        """Accept all names of a bracket that holds nothing else: （张三 李四 特约记者 王五）."""
        if not self.names:
            return
        for index, (start, end, _) in enumerate(self.tokens):
            if end - start != 1 or self.text[start] != "（":
                continue
            at = index + 1
            names = []
            while self.kind(at) & (k.PERSON | k.POST) or self.word(at) in (" ", "、", "：", "/"):
                if self.kind(at) & k.PERSON:
                    names.append(at)
                at += 1
                if at - index > 24:
                    break
            if names and self.word(at) in ("）", "供稿", "摄影", "整理", "摄", "文"):
                closed = self.word(at) != "）" or self.word(at + 1) in "\n。 "
                for name in names:
                    if (closed or len(names) > 1) and self.len(name) > 1:
                        self.accepted.setdefault(name, "person.byline")

    def _single(self, index: int, word: str, right: str, right_kind: int) -> str | None:
        if "某" in word:
            return "person.mou"
        if word in ("任", "和", "于", "向", "同", "时", "常", "党", "区", "省", "原"):
            return None
        if word == "习" and right in ("主席", "总书记"):
            return "person.known"
        if right in (
            "女士",
            "先生",
            "老师",
            "大爷",
            "大妈",
            "师傅",
            "阿姨",
            "奶奶",
            "爷爷",
            "大哥",
            "大姐",
            "某",
        ):
            return "person.single"
        if (
            right_kind & k.HEADPOST and self.word(index - 1)[-1:] in "，。“\n；：、（和与向对"
        ) or self.kind(index - 1) & (k.STOP):
            return "person.single"
        return None

    def _lists(self) -> None:
        """Carry acceptance along lists of names."""
        changed = True
        rounds = 0
        while changed and rounds < 30:
            changed = False
            rounds += 1
            for index in self.names:
                if index not in self.accepted:
                    continue
                for step in (1, -1):
                    other = self._neighbour(index, step)
                    if other is not None and other not in self.accepted and self.len(other) > 1:
                        self.accepted[other] = "person.list"
                        changed = True
        # A run of three names parted by 、 needs no other evidence.
        run: list[int] = []
        for index in self.names:
            if run and self._neighbour(run[-1], 1) == index:
                run.append(index)
                continue
            self._accept_run(run)
            run = [index]
        self._accept_run(run)
        self._words_in_lists()

    def _words_in_lists(self) -> None:
        """Take a word that could be a name for one at the end of a list of names: 高山参加."""
        for index in [*self.accepted]:
            at = index + 2
            if self.word(index + 1) != "、" or self.kind(at) & (k.PERSON | k.STOP | k.POST):
                continue
            word, ends = self.word(at), self.word(at + 1)
            closed = ends in "，。；、等" or self.kind(at + 1) & (k.LISTVERB | k.SPEECH)
            if closed and self._listed_word(index, word, self.kind(at)):
                start, end, _ = self.tokens[at]
                self.tokens[at] = Token(start, end, k.NAME)
                self.accepted[at] = "person.list"

    def _listed_word(self, index: int, word: str, kind: int) -> bool:
        """Whether a word behind a list of two names or more is shaped like one."""
        earlier = self._neighbour(index, -1)
        if earlier not in self.accepted or not 2 <= len(word) <= 3:
            return False
        groups = k.ANYPLACE | k.WEAKPLACE | k.GENERIC | k.ANNOUNCE | k.SPHERE | k.CLOSED
        if kind & (groups | k.ORGAN | k.LEVELBODY | k.BARE):
            return False
        return self._doubt(word) < 9.0

    def _accept_run(self, run: list[int]) -> None:
        if len(run) >= 3:
            for index in run:
                if self.len(index) > 1:
                    self.accepted.setdefault(index, "person.list")

    def _neighbour(self, index: int, step: int) -> int | None:
        """Return the name that stands beside another in a list, if one does."""
        other = index + step
        seen = 0
        while 0 <= other < len(self.tokens) and seen < 3:
            token = self.tokens[other]
            if token.kind & k.PERSON:
                return other if seen else None
            word = self.word(other)
            if (word == "）" and step == 1) or (word == "（" and step == -1):
                return None
            if word == "（" and step == 1:
                closing = self.text.find("）", token.start, token.start + 12)
                if closing < 0:
                    return None
                while other < len(self.tokens) and self.tokens[other].start <= closing:
                    other += 1
                seen += 0
                continue
            if word in ("、", " ", "/") or (word in ("和", "与") and seen == 0):
                other += step
                seen += 1
                continue
            return None
        return None
