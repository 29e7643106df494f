"""The rules that accept a post, in the order in which they are asked."""

from __future__ import annotations

import re
from typing import NamedTuple

from . import kinds as k
from .cues import cues
from .edges import Body
from .postlists import PostLists, persons_near
from .view import View

TAKES = cues("takes")
MANY = cues("many")
SPEAKS = cues("speaks")
REPORTER_LEFT = cues("reporter_left")
REPORTER_RIGHT = cues("reporter_right")
REPORTER_OPENS = cues("reporter_opens")
REPORTERS = cues("reporters")
OWN_PAPERS = ("本报", "本网", "本社", "本刊", "总台", "本台")
SEATS = ("代表", "成员", "委员", "会员", "候选人", "干事")
# Verbs that take any word, so that only a verb of office before them counts.
PLAIN_VERBS = ("为", "是", "成为", "作为", "做", "当", "兼", "身为")
BY_POST = ("任", "担任", "兼任", "亲自", "牵头", "主持", "带队", "负责", "挂帅", "签发", "签署")
ABROAD = ("外长", "总统", "首相", "防长", "总理", "议长", "部长", "大使")
STATE = ("总统", "首相", "国王", "女王", "国家主席", "国务卿", "总理")
ELECTIONS = ("选举", "大选", "候选", "职位", "任期", "竞选", "官邸", "令签", "宝座", "委员", "卫队")
SAYING = cues("speaking")
FOR_OTHERS = (
    "我",
    "全体",
    "大家",
    "各",
    "本",
    "其",
    "他",
    "我们",
    "广大",
    "所有",
    "有",
    "先后",
    "将",
    "同",
)
LEADS = ("带队", "主持", "率队", "带头", "率领", "带领", "出席", "讲话")
NO_HOLDER = ("负责制", "委员会", "轮值制", "任期", "接待日", "信箱", "热线")  # 军委主席|负责制
HEADS_OF = (
    "领导人",
    "头目",
    "领袖",
    "专家",
    "学者",
    "将军",
    "最高领导人",
)  # a title where they name the one behind them
_MANY_BEFORE = re.compile("(?:[\\d多数两几名百十]|各)[名位]$")
SENTENCE = 80  # characters, and BRACKET too: so far back a post looks for its holder
BRACKET = 40
_LEAVES = re.compile("(?:免去|辞去|免|撤销|罢免|接受|任命|去|担任)[^。；\n]{0,38}$")
_OFFICE = re.compile("(?:等)?(?:职务|一职|职级|职位)|等职")
_HEADED = re.compile("(?:^|[，。；、\\n])[^，。；\\n]{0,12}以[^，。；\\n]{0,30}$")
_SOMEBODY = re.compile(
    "(?:(?<!不)是|(?<!争)当上?|成为|转为|担任|任(?!务))了?过?(?:一[名位个])?[^，。；：、“”\\n]{0,18}$"
)
_BORN = re.compile(
    "(?:\\d年|毕业|生于[^，]{1,6}|[男女族])(?:\\d{1,2}月)?(?:出?生|[^，。\\n]{0,4})$"
)
_ON_DAY = re.compile(
    "\\d{1,2}[日号](?:在[^，。\\n]{1,12})?(?:表示|说|宣布|称|会见|访问|抵达|强调|警告|发表|证实|重申)"
)
_NUMBERED = re.compile("[\\d一二三四五六七八九十百千两]{1,4}[余多]?[名位个人](?!民)")
# What makes 记者 a part of another word or one of many.
_PRESS = re.compile(
    "[会们站团证节席林]|协会|见面|招待|发布会|问(?![他她道起及了])|提出申请|共\\d|之家|在内|手记"
)
# Holders that stand for all of their kind: 由党小组长兼任|楼长, 党员担任|网格员.
_KIND = "党员|干部|骨干|人才|能人|乡贤|成员|群众|居民|村民|志愿者|管家|致富带头人"
_OF_KIND = re.compile(
    f"(?:(?:{_KIND})[”’]?(?:均|都|轮流|分别|一并|同时)?(?:担任|兼任|当选为?|任)"
    "|(?:书记|组长|指导员|负责人|主任|总经理|代表)[”’）]?(?:均|都|轮流|分别|一并|同时)?(?:担任|兼任|当选为?))"
    "[^，。；、：\n的]{0,14}$"
)
_AUTHOR = re.compile("（(?:本文)?(?:作者|笔者)[^（）\n]*$")
_TAKEN = re.compile(
    "(?:当选|出任|担任|就任|辞去|接任|卸任|兼任|任命为|选举为|不再担任|免去|连任)"
    "[^，。；、：\n“”的]{0,14}$"
)


class Post(NamedTuple):
    """A possible post with what stands around it."""

    at: int  # index of its token
    start: int
    end: int
    kind: int
    word: str
    left: str
    right: str
    body: Body | None  # the body directly before it
    led: bool  # whether the list it stands in ends in a person

    @property
    def single(self) -> bool:
        """Whether one person holds it: a head, not a seat or a calling."""
        return bool(self.kind & (k.HEADPOST | k.FUSED))


class PostRules:
    """What a document says of its posts; ``people`` gives the end of each person by the start."""

    def __init__(self, view: View, lists: PostLists, people: dict[int, int]) -> None:
        self.view, self.text, self.lists, self.people = view, view.text, lists, people
        self.person_end = set(people.values())
        self.body_ends = {body.end for body in lists.body_start.values()}

    def rule(self, post: Post) -> str | None:
        """Return the rule that accepts a post, or None."""
        if _NUMBERED.match(self.text, post.end):
            return None  # 聘任高级工程师三十名
        if post.word[-1] == "工" and self.text[post.end : post.end + 1] in tuple("程作业人"):
            return None  # 线路工|程
        if post.start in self.person_end and self._follows_person(post):
            return "title.after_person"
        if post.led:
            return "title.before_person" if self._seat_is_held(post) else None
        if post.left.startswith("各") or post.left in ("名", "位", "批", "多名", "多位", "该"):
            return None
        if post.word in STATE and post.right[:2] in ELECTIONS:
            return None
        if self._in_decree(post):
            return "title.takes"
        if post.left == "由" and post.kind & k.HEADPOST and post.right in BY_POST:
            return "title.alone"
        if post.word == "总书记":
            return "title.always"
        if self._of_author(post) or self._somebody(post):
            return "title.takes"
        if self._apposed(post):
            return "title.apposed"
        if post.word in STATE and self._has_holder(post):
            return "title.alone"
        return self._without_person(post)

    def _follows_person(self, post: Post) -> bool:
        """Whether the post belongs to the name before it: 张局长, 李代表说; 代表 may be a verb."""
        if post.kind & (k.HEADPOST | k.PROFESSION | k.FUSED):
            return True
        if post.word not in ("代表", "委员", "议员") or post.end in self.lists.body_start:
            return False
        acts = self.view.kind(post.at + 1) & k.SPEECH and post.right not in FOR_OTHERS
        return bool(acts) or post.right in SAYING or post.right in ("的", "，", "。", "建议")

    def _apposed(self, post: Post) -> bool:
        """Whether the post stands behind the name of its holder: 张三（女），教授，博士生导师."""
        if (
            post.left not in ("，", "、")
            or post.kind & k.MEMBER
            or post.right[:1] not in "，、。；"
        ):
            return False
        at, index = post.start - 1, post.at - 1
        for _ in range(4):  # posts between the name and this one
            if self.text[at - 1] == "）":
                at = self.text.rfind("（", max(0, at - BRACKET), at)
            born = _BORN.search(self.text, max(0, at - 16), at)
            if self.view.word(index) == "，" and (at in self.person_end or born):
                return True
            if self.view.kind(index - 1) & k.POST == 0 or self.view.word(index - 2) not in "，、":
                return False
            index -= 2
            at = self.view.tokens[index].start
        return False

    def _somebody(self, post: Post) -> bool:
        """Whether the sentence says that the one it named is or was that: 他当过保安."""
        if post.kind & k.MEMBER or post.right[:1] not in "，。；\n":
            return False
        match = _SOMEBODY.search(self.text, max(0, post.start - 26), post.start)
        if match is None or any(word in match[0] for word in ("优秀", "忠诚", "合格", "第一")):
            return False
        since = max(0, match.start() - SENTENCE)
        since += max(self.text[since : match.start()].rfind(sign) for sign in "。；\n") + 1
        return any(end in self.person_end for end in range(since, match.start() + 1))

    def _has_holder(self, post: Post) -> bool:
        return persons_near(self.text, post.word, self.people)

    def _of_author(self, post: Post) -> bool:
        """Whether a bracket says what the author is: （作者系贵州大学教授）."""
        if post.word in (*SEATS, *HEADS_OF) or post.right[:1] not in "）、，；":
            return False
        return _AUTHOR.search(self.text, max(0, post.start - 60), post.start) is not None

    def _without_person(self, post: Post) -> str | None:
        many = post.right in MANY
        if self._of_kind(post):
            return None
        office = post.left not in PLAIN_VERBS or (post.left in "兼当" and post.kind & k.HEADPOST)
        if post.left in TAKES and office and not many:
            return "title.takes"
        if self.text.startswith(NO_HOLDER, post.end):
            return None
        if many or self.text[post.end : post.end + 1] in tuple("们级室国科团制岗证"):
            return None
        if post.word == "记者":
            return "title.reporter" if self._one_reporter(post) else None
        if post.body is not None and post.single:
            return "title.of_body"
        if post.body is not None and self.view.word(post.body.first - 1) in TAKES:
            return "title.takes"
        if post.single and self._of_place(post):
            return "title.of_place"
        if post.single and post.left != "各" and _ON_DAY.match(self.text, post.end):
            return "title.alone"
        acts = post.right in SPEAKS or post.right[:2] in SPEAKS
        if post.kind & k.HEADPOST and acts and post.left in "，。\n“；由":
            return "title.alone"
        if post.single and post.right in LEADS and self._ends_list(post):
            return "title.alone"
        if post.single and _TAKEN.search(self.text, max(0, post.start - 16), post.start):
            return "title.takes"
        return None

    def _ends_list(self, post: Post) -> bool:
        """Whether a post stands behind another and 、, whose body is named: 区委|常委、组织部长."""
        before = self.view.tokens[post.at - 2] if post.at > 2 and post.left == "、" else None
        return before is not None and before.kind & k.POST > 0 and before.start in self.body_ends

    def _of_kind(self, post: Post) -> bool:
        """Whether the post is given to all of a kind and so to nobody: 党员担任网格员."""
        match = _OF_KIND.search(self.text, max(0, post.start - 30), post.start)
        if match is None or self.text[post.end : post.end + 1] == "的":
            return False
        since = max(0, match.start() - SENTENCE)
        since += max(self.text[since : match.start()].rfind(sign) for sign in "。；\n") + 1
        return not any(end in self.person_end for end in range(since, match.start() + 1))

    def _seat_is_held(self, post: Post) -> bool:
        """Whether a seat that many hold belongs to the person behind it: 代表 may be a verb."""
        beside = self.lists.person_after(post.end)
        if post.word in HEADS_OF:
            return beside and self._alone_behind(post.end)
        if post.kind & k.HEADPOST or post.word not in SEATS or not beside:
            return True
        if post.body is not None:
            return True
        if post.word == "代表":
            return post.left in ("大", "党")
        if post.left in ("、", "，", "（", "大", "\n", "兼", "。", "专职"):
            return True
        return bool(self.view.kind(post.at - 1) & (k.NOUN | k.ANYPLACE))

    def _alone_behind(self, end: int) -> bool:
        """Whether one person stands behind ``end`` and no list of them: 学者|马丁·雅克."""
        return self.text[self.people.get(end, end) :][:1] not in ("、", "等", "和", "与")

    def _in_decree(self, post: Post) -> bool:
        """Whether a decree gives or takes the post: 免去…局长职务, 张三为局长."""
        text, end = self.text, post.end
        office = post.single and _OFFICE.match(text, end)
        if office and (
            post.body is not None or _LEAVES.search(text, max(0, post.start - 40), post.start)
        ):
            return True
        if post.right == "为" and post.left in ("以", "、") and end + 1 in self.lists.posts:
            return post.single
        if post.left == "为" and post.right[:1] == "的" and post.single:
            return _HEADED.search(text, max(0, post.start - 44), post.start - 1) is not None
        if post.left == "为" and self.view.word(post.at - 2) in ("提名", "受聘", "聘", "推举"):
            return post.single
        if post.left != "为" or not post.kind & (k.HEADPOST | k.FUSED | k.MEMBER):
            return False
        at = self.view.tokens[post.at - 1].start
        return at in self.person_end or self.view.word(post.at - 2) == "）"

    def _one_reporter(self, post: Post) -> bool:
        """Whether 记者 is the one who writes: 告诉记者, 记者获悉."""
        behind = self.text[post.end : post.end + 2]
        if _PRESS.match(self.text, post.end):
            return False
        own = self.text[post.start - 2 : post.start] in ("本台", "本报", "本网", "本社")
        if own or post.left == "截至" or behind == "发稿":
            return True
        if behind[:1].isdigit() or post.left in REPORTER_LEFT:
            return True
        opens = post.left in "，。\n“；） ：？！》" or post.left in REPORTER_OPENS
        if post.right in REPORTER_RIGHT or (post.right == "：" and post.left == "\n"):
            return opens
        acts = self.view.kind(post.at + 1) & (k.VERBAL | k.STOP) and post.right not in REPORTERS
        media = post.left in OWN_PAPERS or (post.body is not None and post.body.rule == "org.media")
        return bool(acts) and (opens or media)

    def _of_place(self, post: Post) -> bool:
        """Whether a country or a place stands before the post: 美国|总统, 浙江省|省长."""
        before = self.view.kind(post.at - 1) if post.at else 0
        place = self.view.tokens[post.at - 1].start
        if _MANY_BEFORE.search(self.text, max(0, place - 3), place):
            return False
        if before & k.COUNTRY:
            return True
        if before & k.CSHORT and (post.word[-2:] in ABROAD or post.word[:2] in ABROAD):
            return True
        return bool(before & k.PLACE and post.kind & k.HEADPOST and post.word[-1:] == "长")
