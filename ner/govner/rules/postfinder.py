"""Posts in the text: which are given to somebody, and which bodies they confirm."""

from __future__ import annotations

import re
from typing import NamedTuple

from . import kinds as k
from .cues import cues
from .edges import Body, Edges
from .events import names_something_else
from .knowledge import Knowledge
from .lattice import Token
from .people import Person
from .resolve import Candidate
from .walks import RETURNING, Walker

PARTY = re.compile("(?:直属机关|机关|临时|联合|分)?(?:党组|党委|党支部|党总支|党工委|团委)(?=.)")
TAKES = cues("takes")
MANY = cues("many")
SPEAKS = cues("speaks")
REPORTER_LEFT = cues("reporter_left")
REPORTER_RIGHT = cues("reporter_right")
FORMER = ("时任", "现任", "新任", "首任", "候任", "原任", "历任")
ENVOYS = ("大使", "总领事", "临时代办", "代办", "公使", "参赞")
SEATS = ("代表", "成员", "委员", "会员", "候选人", "干事")
# Verbs that take any word, so that only a verb of office before them counts.
PLAIN_VERBS = ("为", "是", "成为", "作为", "做", "当", "兼", "身为")
BY_POST = ("任", "担任", "兼任", "亲自", "牵头", "主持", "带队", "负责", "挂帅", "签发", "签署")
ABROAD = ("外长", "总统", "首相", "防长", "总理", "议长", "部长", "大使")
_LEAVES = re.compile("(?:免去|辞去|免|撤销|罢免|接受|任命|去|担任)[^。；\n]{0,38}$")
_AUTHOR = re.compile("（(?:本文)?(?:作者|笔者)[^（）\n]*$")
_PARTY_UNITS = cues("party_units") - {"工会", "团委", "团支部"}
_OPENINGS = frozenset("，。；：、“”）\n由在为与和对向是 ")
_TAKEN = re.compile(
    "(?:当选|出任|担任|就任|辞去|接任|卸任|兼任|任命为|选举为|不再担任|免去|连任)"
    "[^，。；、：\n“”的]{0,14}$"
)


STATE = ("总统", "首相", "国王", "女王", "国家主席", "国务卿", "总理")
ELECTIONS = ("选举", "大选", "候选", "职位", "任期", "竞选", "制", "宝座", "府")


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


class PostFinder:
    """Weigh the posts of a document from right to left, so that lists end in a person."""

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        bodies: list[Body],
        people: list[Person],
        knowledge: Knowledge,
    ) -> None:
        self.text, self.tokens, self.bodies = text, tokens, bodies
        self.words = knowledge.entries
        ending = {body.last: body for body in bodies}
        self.walker = Walker(Edges(text, tokens, knowledge.entries, ending))
        self.body_end = {body.end: body for body in bodies}
        self.body_start = {body.start: body for body in bodies}
        self.person_start = {person.start: person for person in people}
        self.person_end = {person.end: person for person in people}
        self.out: list[Candidate] = []
        self.posts: dict[int, int] = {}  # accepted: start -> end
        self.led: dict[int, bool] = {}  # start -> a person follows in its list
        self.used: set[int] = set()  # ends of bodies that a post confirmed
        self.held: set[int] = set()  # those whose post a named person holds

    def run(self) -> list[Candidate]:
        """Return the candidates of all three labels."""
        for index in range(len(self.tokens) - 1, -1, -1):
            kind = self.tokens[index].kind
            if kind & k.POST and not kind & k.PERSON:
                self._weigh(index)
        self._enumerated()
        for start, person in self.person_start.items():
            self._put(start, person.end, "PERSON", person.rule, 10 if person.strong else 25)
        self._bodies()
        return self.out

    def _word(self, index: int) -> str:
        if not 0 <= index < len(self.tokens):
            return "\n"
        token = self.tokens[index]
        return self.text[token.start : token.end]

    def _kind(self, index: int) -> int:
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else 0

    def _put(self, start: int, end: int, label: str, rule: str, priority: int) -> None:
        self.out.append(Candidate(start, end, label, rule, priority))

    # --- one post

    def _weigh(self, index: int) -> None:
        start, end, kind = self.tokens[index]
        word = self._word(index)
        party = self._party_body(index, word)
        if party is not None:
            word = word[party.end - start :]
            start = party.end
            self.body_end[start] = self.body_start[party.start] = party
        elif self._is_envoy(index, word):
            index -= 2
            start = self.tokens[index].start
        post = self._post(index, start, end, kind, word)
        self.led[start] = post.led
        rule = self._rule(post)
        if rule is None:
            if party is not None:
                del self.body_end[start]
            return
        self.posts[start] = end
        if party is not None:
            self._put(party.start, party.end, "ORG", party.rule, 20)
        if post.body is not None:
            self.used.add(post.body.end)
            if post.led:
                self.held.add(post.body.end)
        self._put(start, end, "TITLE", rule, 30)

    def _is_envoy(self, index: int, word: str) -> bool:
        """Whether 驻 and a country before the post belong to it: 驻爱沙尼亚大使."""
        if not word.endswith(ENVOYS) or "驻" in word or self._word(index - 2) != "驻":
            return False
        return bool(self._kind(index - 1) & (k.ANYPLACE | k.CSHORT))

    def _post(self, index: int, start: int, end: int, kind: int, word: str) -> Post:
        follows = index + 1 < len(self.tokens) and self.tokens[index + 1].start == end
        right = self._word(index + 1) if follows else self.text[end : end + 2]
        left, body = self._word(index - 1), self._left_body(start)
        return Post(index, start, end, kind, word, left, right, body, self._leads(end))

    def _party_body(self, index: int, word: str) -> Body | None:
        """Return the body that a post of the party begins with: 镇党委|书记, not 党组|书记."""
        match = PARTY.match(word)
        if match is None or index == 0 or match.end() == len(word):
            return None
        parent = self.body_end.get(self.tokens[index - 1].end)
        if parent is None and self._word(index - 1) == "机关" and "党" not in match[0]:
            parent = self.body_end.get(self.tokens[index - 1].start)
        if parent is not None and match[0].endswith("团委") and parent.anchored:
            end = self.tokens[index].start + match.end()
            return Body(parent.start, end, "org.party", parent.first, index, True)
        if parent is not None and parent.anchored and "机关" in match[0]:
            end = self.tokens[index].start + match.end()
            return Body(parent.start, end, "org.party", parent.first, index, True)
        if match[0].endswith("党组") or parent is not None:
            return None
        walk = self.walker.walk(index, k.ORGAN)
        first = walk.first if walk is not None else index
        if walk is not None and not walk.anchored and self._branch_named(first, index, match[0]):
            end = self.tokens[index].start + match.end()
            return Body(self.tokens[first].start, end, "org.party", first, index, True)
        if walk is None or not walk.anchored or first == index or walk.rule == "org.child":
            if self._word(index - 1) not in ("自治区", "镇", "乡", "街道"):
                return None
            first = index - 1
        end = self.tokens[index].start + match.end()
        return Body(self.tokens[first].start, end, "org.party", first, index, True)

    def _branch_named(self, first: int, index: int, head: str) -> bool:
        """Whether words that are no common ones name the branch of a post: 王府花园党总支|书记."""
        if first >= index or head.startswith(("机关", "临时", "联合")):
            return False
        own = self.text[self.tokens[first].start : self.tokens[index].start]
        bad = k.GENERIC | k.LEVEL | k.STOP | k.PERSON | k.POST
        if any(self._kind(i) & bad for i in range(first, index)) or own in self.words:
            return False
        return 3 < len(own) < 9 and head != "党组"

    def _left_body(self, start: int) -> Body | None:
        """Return the body that the post at ``start`` belongs to, over 原, 时任 or a space."""
        body = self.body_end.get(start)
        if body is not None:
            return body
        at = start
        if self.text[at - 1 : at] in ("原", "前", "新", "的", "”"):
            at -= 1
        elif self.text[at - 2 : at] in FORMER:
            at -= 2
        if self.text[at - 1 : at] == " ":
            at -= 1
        return self.body_end.get(at)

    # --- lists of posts

    def _person_after(self, end: int) -> bool:
        at = end
        if self.text[at : at + 1] in ("：", "/") and at + 1 in self.person_start:
            return True
        while self.text[at : at + 1] == " ":
            at += 1
        return at in self.person_start

    def _leads(self, end: int) -> bool:
        """Whether the list of posts that goes on behind ``end`` ends in a person."""
        if self._person_after(end):
            return True
        mark, pair = self.text[end : end + 1], self.text[end : end + 2]
        if mark not in ("、", "，", "兼", " ", "；", "和"):
            return False
        at = end + (2 if pair in ("、兼", "，兼", "兼任") else 1)
        for _ in range(2):
            if at in self.posts:
                return self.led.get(at, False)
            body = self.body_start.get(at)
            if body is not None and body.end in self.posts:
                return self.led.get(body.end, False)
            after = self._after_body(body) if body is not None else self._after_place(at)
            if after is None:
                return False
            at = after
        return at in self.posts and self.led.get(at, False)

    def _after_body(self, body: Body) -> int:
        return body.end + (self.text[body.end : body.end + 1] in ("原", "前"))

    def _after_place(self, at: int) -> int | None:
        """Return where a post begins behind a short place name without a sign between."""
        for end in range(at + 2, at + 9):
            if end in self.posts and self.led.get(end):
                return None if re.search("[，。、；]", self.text[at:end]) else end
        return None

    def _enumerated(self) -> None:
        """Accept what follows an accepted post by 、 at the end of a list: 党委书记、董事长."""
        ends = set(self.posts.values())
        for start, end, kind in self.tokens:
            if start in self.posts or not kind & (k.HEADPOST | k.FUSED) or kind & k.PERSON:
                continue
            if (
                self.text[start - 1 : start] == "、"
                and start - 1 in ends
                and self.text[end : end + 1] in "，。；）\n"
            ):
                self.posts[start] = end
                ends.add(end)
                self._put(start, end, "TITLE", "title.list", 30)

    # --- the rules, in the order in which they are asked

    def _rule(self, post: Post) -> str | None:
        """Return the rule that accepts a post, or None."""
        if post.start in self.person_end and post.kind & (k.HEADPOST | k.PROFESSION | k.FUSED):
            return "title.after_person"
        if post.led:
            return "title.before_person" if self._seat_is_held(post) else None
        if post.left.startswith("各") or post.left in ("名", "位", "批", "多名", "多位", "该"):
            return None
        if self._in_decree(post):
            return "title.takes"
        if post.left == "由" and post.kind & k.HEADPOST and post.right in BY_POST:
            return "title.alone"
        if post.word == "总书记":
            return "title.always"
        if (
            post.word not in SEATS
            and post.right[:1] in "）、，；"
            and _AUTHOR.search(self.text, max(0, post.start - 60), post.start)
        ):
            return "title.takes"
        if post.word in STATE and post.right[:2] not in ELECTIONS and self._has_holder(post.word):
            return "title.alone"
        return self._without_person(post)

    def _has_holder(self, word: str) -> bool:
        """Whether the document names the one who holds a highest post: 首相安倍晋三."""
        return any(
            self.text.endswith(word, 0, start) or self.text.startswith(word, person.end)
            for start, person in self.person_start.items()
        )

    def _without_person(self, post: Post) -> str | None:
        many = post.right in MANY
        office = post.left not in PLAIN_VERBS or (post.left in "兼当" and post.kind & k.HEADPOST)
        if post.left in TAKES and office and not many:
            return "title.takes"
        if many or self.text[post.end : post.end + 1] in tuple("们级室国科团制岗证"):
            return None
        if post.word in ("记者", "本台记者"):
            return "title.reporter" if self._one_reporter(post) else None
        single = post.kind & (k.HEADPOST | k.FUSED)
        if post.body is not None and single:
            return "title.of_body"
        if post.body is not None and self._word(post.body.first - 1) in TAKES:
            return "title.takes"
        if single and self._of_place(post):
            return "title.of_place"
        acts = post.right in SPEAKS or post.right[:2] in SPEAKS
        if post.kind & k.HEADPOST and acts and post.left in "，。\n“；由":
            return "title.alone"
        if single and _TAKEN.search(self.text, max(0, post.start - 16), post.start):
            return "title.takes"
        return None

    def _seat_is_held(self, post: Post) -> bool:
        """Whether a seat that many hold belongs to the person behind it: 代表 may be a verb."""
        if post.kind & k.HEADPOST or post.word not in SEATS or not self._person_after(post.end):
            return True
        if post.body is not None:
            return True
        if post.word == "代表":
            return post.left in ("大", "党")
        if post.left in ("、", "，", "（", "大", "\n", "兼", "。", "专职"):
            return True
        return bool(self._kind(post.at - 1) & (k.NOUN | k.ANYPLACE))

    def _in_decree(self, post: Post) -> bool:
        """Whether a decree gives or takes the post: 免去…局长职务, 张三为局长."""
        text, end = self.text, post.end
        office = post.kind & (k.HEADPOST | k.FUSED) and text[end : end + 2] in ("职务", "一职")
        if office and _LEAVES.search(text, max(0, post.start - 40), post.start):
            return True
        if post.left != "为" or not post.kind & (k.HEADPOST | k.FUSED | k.MEMBER):
            return False
        at = self.tokens[post.at - 1].start
        return at in self.person_end or self._word(post.at - 2) == "）"

    def _one_reporter(self, post: Post) -> bool:
        """Whether 记者 is the one who writes: 告诉记者, 记者获悉."""
        behind = self.text[post.end : post.end + 2]
        if post.left in ("本台", "截至", "对本报", "对本台", "回答本台") or behind == "发稿":
            return True
        if behind[:1].isdigit() or post.left in REPORTER_LEFT:
            return True
        return post.right in REPORTER_RIGHT and post.left in "，。\n“；） ："

    def _of_place(self, post: Post) -> bool:
        before = self._kind(post.at - 1) if post.at else 0
        if before & k.COUNTRY:
            return True
        if before & k.CSHORT and (post.word[-2:] in ABROAD or post.word[:2] in ABROAD):
            return True
        return bool(before & k.PLACE and post.kind & k.HEADPOST and post.word[-1:] == "长")

    # --- bodies

    def _bodies(self) -> None:
        whole = "\n".join(self.text[b.start : b.end] + "\n" for b in self.bodies if b.anchored)
        for body in self.bodies:
            if not body.anchored:
                if (
                    self._echoes(body, whole)
                    or self._own_branch(body)
                    or (body.end in self.used and self._bare_ok(body))
                ):
                    self._put(body.start, body.end, "ORG", "org.bare", 40)
            elif body.rule in ("org.own", "org.level") and self._in_scheme(body):
                continue
            elif not names_something_else(self.text, body.end):
                # 特朗普政府 goes before the person whose name it bears.
                first = body.rule in ("org.cabinet", "org.eponym")
                self._put(body.start, body.end, "ORG", body.rule, 5 if first else 20)

    def _confirmed(self, body: Body, whole: str) -> bool:
        if body.end in self.used and self._bare_ok(body):
            return True
        return self._echoes(body, whole) or self._own_branch(body)

    def _echoes(self, body: Body, whole: str) -> bool:
        """Whether a body stands without its parent: 计量中心 behind 北京电科院计量中心."""
        name = self.text[body.start : body.end]
        if body.first == body.last or len(name) < 4 or name + "\n" not in whole:
            return False
        return self._word(body.first - 1) in _OPENINGS

    def _own_branch(self, body: Body) -> bool:
        """Whether a party unit with a name of its own comes back: 网媒党委, 红色商圈党委."""
        head = self.tokens[body.last]
        if body.rule == "org.brand" and self.text[head.start : head.end] in RETURNING:
            return self.text.count(self.text[body.start : body.end]) > 1
        if body.first == body.last or self.text[head.start : head.end] not in _PARTY_UNITS:
            return False
        own, name = self.text[body.start : head.start], self.text[body.start : body.end]
        known = own in self.words or (len(own) == 2 and own[1] in "社级")
        return not (known and len(own) < 4) and self.text.count(name) > 1

    def _in_scheme(self, body: Body) -> bool:
        """Whether a body is one layer of a scheme and so a type: 街道党工委+社区党总支."""
        before, after = self.text[body.start - 1 : body.start], self.text[body.end : body.end + 1]
        return before in tuple("+-＋－") or after in tuple("+-＋－")

    def _bare_ok(self, body: Body) -> bool:
        begins = body.end - body.start > 3 and self._word(body.first - 1) in _OPENINGS
        if body.end in self.held and body.rule == "org.bare" and begins:
            return True
        if body.rule in ("org.organ", "org.own", "org.brand", "org.unit"):
            return True
        return bool(self.tokens[body.last].kind & (k.BARE | k.LEVELBODY))
