"""Posts in the text: which are given to somebody, and which bodies they confirm."""

from __future__ import annotations

from . import kinds as k
from .branches import Branches
from .confirm import Confirmation
from .edges import Body
from .knowledge import Knowledge
from .lattice import Token, of_kind
from .people import Person
from .postlists import PostLists
from .postrules import Post, PostRules
from .resolve import Candidate
from .view import View

FORMER = ("时任", "现任", "新任", "首任", "候任", "原任", "历任")
ENVOYS = (
    *("大使", "总领事", "临时代办", "代办", "公使", "参赞", "代表", "记者", "发言人", "特派员"),
    *("协调员", "武官"),
)
# Callings that a word for their field may stand before: 采购|总监.
FIELD_HEADS = (
    *(
        "工程师",
        "总监",
        "经理",
        "顾问",
        "参赞",
        "主持人",
        "演员",
        "值班员",
        "监测员",
        "医生",
        "特使",
    ),
    *("教练", "技师", "技术员", "设计师", "分析师", "主管", "厨师", "教师", "老师", "医师"),
)


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
        self.people, self.knowledge = people, knowledge
        self.view, self.posts = View(text, tokens), of_kind(tokens, k.POST)
        self.branches = Branches(text, tokens, bodies, knowledge)
        self.body_end = {body.end: body for body in bodies}
        ends = {person.start: person.end for person in people}
        self.lists = PostLists(text, ends, bodies)
        self.rules = PostRules(self.view, self.lists, ends)
        self.ends: set[int] = set()  # of accepted posts
        self.after_person: dict[int, bool] = {}  # ends of accepted posts: whether a name precedes
        self.out: list[Candidate] = []
        self.used: set[int] = set()  # ends of bodies that a post confirmed
        self.held: set[int] = set()  # those whose post a named person holds

    def run(self) -> list[Candidate]:
        """Return the candidates of all three labels."""
        for index in reversed(self.posts):
            if not self.tokens[index].kind & k.PERSON:
                self._weigh(index)
        self._enumerated()
        people = {person.start: person for person in self.people}
        for start, person in people.items():
            self._put(start, person.end, "PERSON", person.rule, 10 if person.strong else 25)
        confirmation = Confirmation(self.view, self.bodies, self.knowledge, self.used, self.held)
        self.out += confirmation.candidates()
        return self.out

    def _put(self, start: int, end: int, label: str, rule: str, priority: int) -> None:
        self.out.append(Candidate(start, end, label, rule, priority))

    def _weigh(self, index: int) -> None:
        start, end, kind = self.tokens[index]
        word = self.view.word(index)
        party = self.branches.party_body(index, word, self.body_end)
        if party is not None:
            start = party.end
            self.body_end[start] = self.lists.body_start[party.start] = party
        else:
            index -= self._modifiers(index, word)
            start = self.tokens[index].start
        word = word[start - end :] if party is not None else word
        post = self._post(index, start, end, kind, word)
        self.lists.led[start] = post.led
        rule = self.rules.rule(post)
        if rule is not None:
            self._accept(post, rule, party)
        elif party is not None:
            del self.body_end[start]

    def _accept(self, post: Post, rule: str, party: Body | None) -> None:
        self.lists.posts[post.start] = post.end
        if party is not None:
            self._put(party.start, party.end, "ORG", party.rule, 20)
        if post.body is not None:
            self.used.add(post.body.end)
            if post.led:
                self.held.add(post.body.end)
        self._put(post.start, post.end, "TITLE", rule, 30)

    def _modifiers(self, index: int, word: str) -> int:
        """Return how many tokens before a post belong to it: 驻|加沙|代表, 采购|总监."""
        if word.endswith(ENVOYS) and "驻" not in word:
            for size in (2, 3):
                between = self.tokens[index - size + 1 : index]
                if self.view.word(index - size) == "驻" and all(map(self._is_place, between)):
                    return size
        if word in FIELD_HEADS and self.lists.person_after(self.tokens[index].end):
            return int(self._is_field(index - 1))
        return 0

    def _is_place(self, token: Token) -> bool:
        return bool(token.kind & (k.ANYPLACE | k.CSHORT)) or token.kind == k.NOUN

    def _is_field(self, index: int) -> bool:
        """Whether a word is the field of the calling behind it and belongs to nothing else."""
        if index < 0:
            return False
        start, end, kind = self.tokens[index]
        other = k.PERSON | k.POST | k.STOP | k.ANYPLACE | k.GENERIC | k.LEVEL | k.CLOSED
        other |= k.ORGAN | k.NAMED | k.ANNOUNCE | k.LEVELBODY | k.WEAKPLACE
        if end - start != 2 or kind & other or not kind & (k.NOUN | k.SPHERE):
            return False
        if not all("\u3400" <= char <= "\u9fff" for char in self.text[start:end]):
            return False
        before = self.text[start - 1 : start]
        return before in "，。、；：“”（）\n 的" or start in self.body_end

    def _post(self, index: int, start: int, end: int, kind: int, word: str) -> Post:
        follows = index + 1 < len(self.tokens) and self.tokens[index + 1].start == end
        right = self.view.word(index + 1) if follows else self.text[end : end + 2]
        left, body = self.view.word(index - 1), self._left_body(start)
        return Post(index, start, end, kind, word, left, right, body, self.lists.leads(end))

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

    def _enumerated(self) -> None:
        """Accept the posts beside accepted ones in a list: 党组成员、副局长, 历任记者、主编."""
        self.ends = set(self.lists.posts.values())
        of_person = self.rules.person_end
        self.after_person = {e: s in of_person for s, e in self.lists.posts.items()}
        for index in [*self.posts, *reversed(self.posts)]:
            start, end, kind = self.tokens[index]
            if kind & k.PERSON or start in self.lists.posts or not self._listed(start, end, kind):
                continue
            self.lists.posts[start] = end
            self.ends.add(end)
            body = self.body_end.get(start)
            if body is not None:
                self.used.add(body.end)
            self._put(start, end, "TITLE", "title.list", 30)

    def _listed(self, start: int, end: int, kind: int) -> bool:
        """Whether an accepted post stands beside a post, with 、 between them."""
        text, posts = self.text, self.lists.posts
        body = self.body_end.get(start)
        first = start if body is None else body.start
        after_person = self.after_person.get(first - 1)
        if after_person and text[first - 1 : first] == "、" and kind & k.HEADPOST:
            return body is None and len(text[start:end]) > 2  # 习近平|总书记、国家主席|同
        if text[end : end + 1] not in "，。；）、（\n" and not text.startswith(("等", "职务"), end):
            return False
        if text[first - 1 : first] == "、" and first - 1 in self.ends:
            return True
        if text[end : end + 1] != "、" or not kind & (k.HEADPOST | k.FUSED | k.MEMBER):
            return False
        after = self.lists.body_start.get(end + 1)
        return end + 1 in posts or (after is not None and after.end in posts)
