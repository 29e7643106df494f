"""People: which of the lattice's names stand where a person is named."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from . import kinds as k
from .cues import cues
from .likeness import doubt, is_dotted, is_likely, is_plain
from .namelists import NameLists

SPEAKING = cues("speaking")
# What people do, whose family names look like firms and places.
ACTS = cues("foreign_acts")
EPONYMOUS = cues("eponymous")
PLACE_ENDS = tuple("市州省县镇村区河湖海岛山港湾城堡大机地国人族军岸群方向")
DOUBLE_SURNAMES = ("欧阳", "司马", "诸葛", "上官", "皇甫")
NO_HOLDERS = ("代表", "成员", "会员", "队员", "苏丹")  # posts that may be other words
ADDRESSES = (
    *("女士", "先生", "老师", "大爷", "大妈", "师傅", "阿姨", "奶奶", "爷爷", "大哥", "大姐", "某"),
)
_TASK = re.compile(
    "(?:^|[\n 　）])(?:(?:版面|版式|美术)设计|视频制作|摄影|摄像|供图|供稿|审核|校对|制图|绘图|漫画"
    "|策划|统筹|监制|剪辑|配音|执笔|作者|文案|美编|审校|校审|值班|文字|翻译)：$"
)
# What is named after a person: 何塞·马蒂|国际机场, 王继才|班组.
NAMED_AFTER = re.compile(
    "(?:国际)?(?:机场|靶场|广场|体育场|体育馆|大街|大道|大桥|大厦)"
    "|纪念(?:馆|碑|堂|园|林|章|奖)|故居|勋章|奖(?!励|状|金)|杯(?!子)|班组|突击队|志愿者?服务队|小行星"
)


class Person(NamedTuple):
    """A possible person: place, rule, and whether others may be recognised by it."""

    start: int
    end: int
    rule: str
    strong: bool


class Name(NamedTuple):
    """A possible name with what stands around it."""

    at: int  # index of its token
    start: int
    kind: int
    word: str
    left: str
    left_kind: int
    right: str
    right_kind: int
    doubt: float


class PeopleFinder(NameLists):
    """One walk over the tokens of a document; words in lists of names become names in them."""

    def run(self) -> list[Person]:
        """Return the people, in the order of the text."""
        for index in self.names:
            rule = self._evidence(self._name(index))
            if rule:
                self.accepted[index] = rule
        self._repeated()
        self.bylines()
        self.lists()
        return [
            Person(self.tokens[i].start, self.tokens[i].end, rule, rule != "person.single")
            for i, rule in sorted(self.accepted.items())
        ]

    def _name(self, index: int) -> Name:
        word, left, right = self.word(index), self.word(index - 1), self.word(index + 1)
        left_kind = self.kind(index - 2 if left == " " else index - 1)
        start, _, kind = self.tokens[index]
        unlike = doubt(word, self.knowledge)
        return Name(index, start, kind, word, left, left_kind, right, self.kind(index + 1), unlike)

    def _evidence(self, name: Name) -> str | None:
        """Return the rule that accepts a name, or None."""
        if name.kind & k.SURE:
            return "person.slot"
        if NAMED_AFTER.match(self.text, name.start + len(name.word)):
            return None
        if len(name.word) == 2 and name.word[0] in "小老" and name.kind & k.NAME:
            return "person.familiar"
        if len(name.word) == 1 or "某" in name.word or name.word in DOUBLE_SURNAMES:
            return self._single(name)
        if name.kind & k.LEADER:
            place = self.text[name.start + len(name.word) :][:1] in tuple("区县镇乡港")  # 沙龙|区
            return "person.known" if not name.left_kind & k.NAME and not place else None
        if self._after_post(name):
            return "person.after_post"
        if name.left == "：" and name.kind & k.NAME and self._task(name.start):
            return "person.byline"
        if "·" in name.word:
            return "person.dotted" if is_dotted(name.word, self.knowledge) else None
        return self._beside(name)

    def _after_post(self, name: Name) -> bool:
        if name.left_kind & k.POST:
            return name.left != "代表" or not name.kind & k.FOREIGN
        post = self.kind(name.at - 2)
        if name.left == "的" and post & k.HEADPOST and name.doubt < 10:
            return True
        return name.left in "：/" and post & k.POST > 0

    def _task(self, start: int) -> bool:
        """Whether a task of a byline and a colon stand before: 版面设计：华羽佳."""
        return _TASK.search(self.text, max(0, start - 8), start) is not None

    def _beside(self, name: Name) -> str | None:
        """Return the rule that what stands beside a name gives."""
        foreign = name.kind & k.FOREIGN
        if name.right_kind & k.POST and name.right not in NO_HOLDERS:
            alone = name.right_kind & k.HEADPOST and name.left in "，。、；：\n“和与同对"
            return "person.before_post" if alone or not foreign else None
        long = foreign and len(name.word) > 2 and name.right != "一家"
        if name.right_kind & k.HONORIFIC and (name.doubt < 9 or long):
            return "person.honorific"
        closed = name.right == "）" and self.word(name.at + 2) in "\n。 "
        if name.left == "（" and closed and not foreign:
            return "person.byline"
        boundary = name.left in "，。“\n；：！？ 、（"
        opens = name.left_kind & (k.ANNOUNCE | k.PLACE | k.SHORT) > 0
        if foreign:
            return self._foreigner(name, boundary or opens) if len(name.word) > 2 else None
        return self._plain_name(name, boundary or opens)

    def _plain_name(self, name: Name, boundary: bool) -> str | None:
        """Return the rule for a Chinese name between common words."""
        acts = name.right_kind & (k.SPEECH | k.STOP)
        told = not name.left_kind & k.VERBAL or acts or name.right in "，。、；）"
        if name.left_kind & k.ANNOUNCE and name.doubt < 8.5 and told:
            return "person.announced"
        if name.left == "的" and self.word(name.at - 2)[-1] == "岁" and name.doubt < 10.0:
            return "person.announced"
        quoted = name.left == "”" and self.word(name.at - 2) in "。，！？…"
        bar = 13.0 if quoted else 10.0 if name.left in "，。“”\n；！？：" else 7.0
        if name.right in SPEAKING and name.doubt < bar:
            return "person.speaks"
        long = len(name.word) == 3 or (len(name.word) > 3 and name.word in self.knowledge.minority)
        if boundary and name.right_kind & k.SPEECH and name.doubt < (6.5 if long else 4.5):
            return "person.acts"
        if long and name.doubt < 6.0 and (acts or name.right in "，。、；）的 "):
            return "person.shape"
        return None

    def _foreigner(self, name: Name, boundary: bool) -> str | None:
        """Return the rule that takes a transliterated name without dots for a person."""
        if name.right[0] in PLACE_ENDS or name.right_kind & k.ANYPLACE:
            return None
        noun = not name.left_kind & (k.VERBAL | k.STOP) or name.left[-1] in "手员人家者"
        noun = noun and name.right not in EPONYMOUS
        if name.left_kind & k.ANNOUNCE and (noun or name.right_kind & k.SPEECH):
            return "person.announced"
        if boundary and name.right in SPEAKING:
            return "person.speaks"
        return "person.acts" if boundary and name.right in ACTS else None

    def _single(self, name: Name) -> str | None:
        """Return the rule for a surname alone, or a name with 某."""
        if "某" in name.word:
            return "person.mou"
        if name.word in ("任", "和", "于", "向", "同", "时", "常", "党", "区", "省", "原"):
            return None
        if name.word == "习" and name.right in ("主席", "总书记"):
            return "person.known"
        before = self.word(name.at - 1)[-1:]
        opened = name.right_kind & k.HEADPOST and before in "，。“\n；：、（和与向对"
        if name.right in ADDRESSES or opened or self.kind(name.at - 1) & k.STOP:
            return "person.single"
        return None

    def _acts(self, index: int) -> bool:
        """Whether what looks like a name of three characters stands before a verb."""
        word, right = self.word(index), self.kind(index + 1)
        likely = len(word) == 3 and is_likely(word, self.knowledge)
        return likely and bool(right & (k.SPEECH | k.VERBAL)) and self.word(index + 1) != "送"

    def _repeated(self) -> None:
        """Accept what looks like a name and comes back, though nothing announces it."""
        open_ = [
            i
            for i in self.names
            if i not in self.accepted
            and self.tokens[i].kind & k.NAME
            and not NAMED_AFTER.match(self.text, self.tokens[i].end)
        ]
        counts = Counter(self.word(i) for i in open_)
        acting = Counter(self.word(i) for i in open_ if self._acts(i))
        for index in open_:
            word = self.word(index)
            plain = is_plain(word, self.knowledge) or acting[word] > 1
            if counts[word] > 1 and len(word) > 2 and plain:
                self.accepted[index] = "person.repeated"
