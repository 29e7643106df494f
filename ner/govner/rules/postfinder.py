"""Posts in the text: which are given to somebody, and which bodies they confirm."""

from __future__ import annotations

import re

from . import kinds as k
from .bodies import Body, BodyFinder
from .cues import cues
from .knowledge import Knowledge
from .lattice import Token
from .people import Person
from .resolve import Candidate

PARTY = re.compile("(?:机关|临时|联合)?(?:党组|党委|党支部|党总支|党工委|团委)(?=.)")
TAKES = cues("takes")
MANY = cues("many")
SPEAKS = cues("speaks")
REPORTER_LEFT = cues("reporter_left")
REPORTER_RIGHT = cues("reporter_right")
ALWAYS = cues("always")


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
        self.text, self.tokens = text, tokens
        self.bodies = bodies
        self.walker = BodyFinder(text, tokens, knowledge.entries)
        self.walker.ending = {body.last: body for body in bodies}
        self.body_end = {body.end: body for body in bodies}
        self.body_start = {body.start: body for body in bodies}
        self.person_start = {person.start: person for person in people}
        self.person_end = {person.end: person for person in people}
        self.out: list[Candidate] = []
        self.posts: dict[int, int] = {}  # accepted post: start -> end
        self.led: dict[int, bool] = {}  # post start -> a person follows in its list
        self.used: set[int] = set()  # ends of bodies that a post confirmed

    def run(self) -> list[Candidate]:
        """Return the candidates of all three labels."""
        for index in range(len(self.tokens) - 1, -1, -1):
            if self.tokens[index].kind & k.POST and not self.tokens[index].kind & k.PERSON:
                self._weigh(index)
        self._people()
        self._bodies()
        return self.out

    def _word(self, index: int) -> str:
        if not 0 <= index < len(self.tokens):
            return "\n"
        token = self.tokens[index]
        return self.text[token.start : token.end]

    def _put(self, start: int, end: int, label: str, rule: str, priority: int) -> None:
        self.out.append(Candidate(start, end, label, rule, priority))

    # --- one post

    def _weigh(self, index: int) -> None:
        token = self.tokens[index]
        word = self._word(index)
        start, end, kind = token
        left = self._word(index - 1)
        party = PARTY.match(word)
        split = self._party_body(index, word) if party and len(word) > party.end() else None
        if split is not None:
            body_first, cut = split
            body_start = self.tokens[body_first].start
            start = start + cut
            word = word[cut:]
            self.body_end[start] = Body(body_start, start, "org.party", body_first, index, True)
            self.body_start[body_start] = self.body_end[start]
        if (
            word.endswith(("大使", "总领事", "临时代办", "代办", "公使", "参赞"))
            and "驻" not in word
        ):
            if self._word(index - 2) == "驻" and self.tokens[index - 1].kind & (
                k.ANYPLACE | k.CSHORT
            ):
                start = self.tokens[index - 2].start
                index -= 2
                left = self._word(index - 1)
        rule = self._rule(index, start, end, kind, word, left, split is not None)
        if rule is None:
            if split is not None:
                body = self.body_end[start]
                self._put(
                    body.start, body.end, "ORG", "org.party", 35
                ) if word == "书记" and left not in ("各",) and False else None
                del self.body_end[start]
            return
        self.posts[start] = end
        if split is not None:
            body = self.body_end[start]
            self._put(body.start, body.end, "ORG", "org.party", 20)
        self._confirm(start)
        self._put(start, end, "TITLE", rule, 30)

    def _confirm(self, start: int) -> None:
        body = self._left_body(start)
        if body is not None:
            self.used.add(body.end)

    def _left_body(self, start: int) -> Body | None:
        body = self.body_end.get(start)
        if body is None:
            at = start
            if self.text[at - 1 : at] in ("原", "前", "新", "的", "”"):
                at -= 1
            elif self.text[at - 2 : at] in ("时任", "现任", "新任", "首任", "候任", "原任", "历任"):
                at -= 2
            if self.text[at - 1 : at] == " ":
                at -= 1
            body = self.body_end.get(at)
        return body

    def _person_after(self, end: int) -> bool:
        at = end
        if at in self.person_start:
            return True
        if self.text[at : at + 1] in ("：", "/") and at + 1 in self.person_start:
            return True
        while self.text[at : at + 1] == " ":
            at += 1
        return at in self.person_start

    def _leads(self, end: int) -> bool:
        """Whether the list of posts that goes on behind ``end`` ends in a person."""
        if self._person_after(end):
            return True
        at = end
        mark = self.text[at : at + 1]
        if mark in ("、", "，", "兼", " ", "；", "和") or self.text[at : at + 2] == "、兼":
            at += 2 if self.text[at : at + 2] in ("、兼", "，兼", "兼任") else 1
            if mark == "兼" and self.text[at : at + 1] == "任":
                at += 1
            for _ in range(2):
                if at in self.posts:
                    return self.led.get(at, False)
                body = self.body_start.get(at)
                if body is not None:
                    if body.end in self.posts:
                        return self.led.get(body.end, False)
                    at = body.end
                    if self.text[at : at + 1] in ("原", "前"):
                        at += 1
                    continue
                place = self._place_at(at)
                if place is None:
                    break
                at = place
            return at in self.posts and self.led.get(at, False)
        return False

    def _place_at(self, at: int) -> int | None:
        for size in (2, 3, 4, 5, 6, 7, 8):
            if (
                at + size in self.posts
                and self.led.get(at + size)
                and not any(c in "，。、；" for c in self.text[at : at + size])
            ):
                return at + size
        return None

    def _rule(
        self, index: int, start: int, end: int, kind: int, word: str, left: str, split: bool
    ) -> str | None:
        text = self.text
        led = self._leads(end)
        self.led[start] = led
        body = self._left_body(start)
        right = (
            self.text[end : end + 2]
            if index + 1 >= len(self.tokens) or self.tokens[index + 1].start != end
            else self._word(index + 1)
        )
        left_token = self.tokens[index - 1] if index else None
        if start in self.person_end and kind & (k.HEADPOST | k.PROFESSION | k.FUSED):
            return "title.after_person"
        if led:
            direct = self._person_after(end)
            if (
                kind & k.MEMBER
                and not kind & k.HEADPOST
                and word in ("代表", "成员", "委员", "会员", "候选人", "工作人员", "干事")
                and direct
            ):
                if (
                    body is None
                    and left not in ("、", "，", "（", "大", "\n", "兼", "。", "专职")
                    and not (left_token and left_token.kind & (k.NOUN | k.ANYPLACE))
                ):
                    return None
                if word == "代表" and body is None and left not in ("大", "党"):
                    return None
                if word == "工作人员":
                    return None
            return "title.before_person"
        if (
            left == "各"
            or left.startswith("各")
            or (left in ("名", "位", "批", "任", "多名", "多位", "该") and left not in TAKES)
        ):
            if (
                left in ("名", "位")
                and self._word(index - 2) in ("一", "1")
                and kind & (k.PROFESSION | k.HEADPOST)
            ):
                return None
            if left != "任":
                return None
        if (
            kind & (k.HEADPOST | k.FUSED)
            and text[end : end + 2] in ("职务", "一职")
            and _LEAVES.search(text, max(0, start - 40), start)
        ):
            return "title.takes"
        if (
            left == "为"
            and kind & (k.HEADPOST | k.FUSED | k.MEMBER)
            and (self.tokens[index - 1].start in self.person_end or self._word(index - 2) == "）")
        ):
            return "title.takes"
        if left == "由" and kind & k.HEADPOST and right in ("任", "担任", "兼任"):
            return "title.alone"
        if word == "总书记":
            return "title.always"
        if left in TAKES or (left in ("”",) and False):
            if (
                kind & (k.HEADPOST | k.FUSED | k.MEMBER | k.PROFESSION)
                and right not in MANY
                and left not in ("为", "是", "成为", "作为", "做", "当", "兼", "身为")
            ):
                return "title.takes"
            if left in ("兼", "当") and kind & k.HEADPOST and right not in MANY:
                return "title.takes"
        if right in MANY or text[end : end + 1] in tuple("们级室国科团制岗证"):
            return None
        if word in ("记者", "本台记者"):
            if (
                left in ("本台", "截至", "对本报", "对本台")
                or text[end : end + 1].isdigit()
                or text[end : end + 2] == "发稿"
            ):
                return "title.reporter"
            if left in REPORTER_LEFT or (right in REPORTER_RIGHT and left in "，。\n“；） ："):
                return "title.reporter"
            return None
        if body is not None and kind & (k.HEADPOST | k.FUSED):
            before_takes = self._word(body.first - 1) in TAKES
            if (
                before_takes
                or right in SPEAKS
                or right in "、，。；）” \n"
                or right in ("为", "在", "对", "于", "的", "向", "和", "与", "也", "就")
                or split
            ):
                return "title.of_body"
            return "title.of_body"
        if body is not None and self._word(body.first - 1) in TAKES:
            return "title.takes"
        if left_token is not None and left_token.kind & k.COUNTRY and kind & (k.HEADPOST | k.FUSED):
            return "title.of_place"
        if (
            left_token is not None
            and left_token.kind & k.CSHORT
            and kind & (k.HEADPOST | k.FUSED)
            and word[-2:] in ("外长", "总统", "首相", "防长", "总理", "议长", "部长", "大使")
        ):
            return "title.of_place"
        if (
            left_token is not None
            and left_token.kind & k.PLACE
            and kind & k.HEADPOST
            and word[-1:] == "长"
        ):
            return "title.of_place"
        if kind & k.HEADPOST and (right in SPEAKS or right[:2] in SPEAKS) and left in "，。\n“；由":
            return "title.alone"
        if (
            kind & (k.HEADPOST | k.FUSED)
            and _TAKEN.search(text, max(0, start - 16), start)
            and right not in MANY
        ):
            return "title.takes"
        return None

    def _party_body(self, index: int, word: str) -> tuple[int, int] | None:
        """Return the first token of the body and the length of its part of the post: 镇党委|书记."""
        match = PARTY.match(word)
        if match is None or index == 0:
            return None
        if match.group().endswith("党组") or self.tokens[index - 1].end in self.body_end:
            return None
        walk = self.walker.walk(index, k.ORGAN)
        if walk is None or not walk.anchored or walk.first == index or walk.rule == "org.child":
            left = self._word(index - 1)
            if left in ("自治区", "镇", "乡", "街道"):
                return index - 1, match.end()
            return None
        return walk.first, match.end()

    # --- people and bodies

    def _people(self) -> None:
        for start, person in self.person_start.items():
            self._put(start, person.end, "PERSON", person.rule, 10 if person.strong else 25)

    def _bodies(self) -> None:
        for body in self.bodies:
            if not body.anchored:
                if body.end in self.used and self._bare_ok(body):
                    self._put(body.start, body.end, "ORG", "org.bare", 40)
                continue
            if self._event(body):
                continue
            # 特朗普政府 goes before the person whose name it bears.
            priority = 5 if body.rule in ("org.cabinet", "org.eponym") else 20
            self._put(body.start, body.end, "ORG", body.rule, priority)

    def _bare_ok(self, body: Body) -> bool:
        if body.rule in ("org.organ", "org.own", "org.brand", "org.unit"):
            return True
        return bool(self.tokens[body.last].kind & (k.BARE | k.LEVELBODY))

    def _event(self, body: Body) -> bool:
        tail = self.text[body.end : body.end + 16]
        if _PEOPLE.match(tail) or _CHANNEL.match(tail):
            return True
        return _EVENT.match(tail) is not None


_LEAVES = re.compile("(?:免去|辞去|免|撤销|罢免|接受|任命|去|担任)[^。；\n]{0,38}$")
_TAKEN = re.compile(
    "(?:当选|出任|担任|就任|辞去|接任|卸任|兼任|任命为|选举为|不再担任|免去|连任)[^，。；、：\n“”的]{0,14}$"
)
_NUM = "[〇零一二三四五六七八九十百\\d]{1,8}"
# Members of a body (中国共产党人), and what a newsroom or a firm runs (人民日报客户端).
_PEOPLE = re.compile("人(?![民员士大事才力类口数群物工生居财文])")
_CHANNEL = re.compile(
    "(?:新闻)?(?:客户端|微博|微信|公众号|视频号|官网|网站首页|APP|头条号|抖音号|组织法|机构改革方案|组织条例)"
)
_EVENT = re.compile(
    f"(?:第?{_NUM}届)?(?:第?{_NUM}次)?(?:(?:全体|常务|常委|扩大|党组|主任|理事会|专题|全国|工作|成员国|元首|外长|领导人|首脑|非正式|党的建设|年度|民主生活|理论学习中心组|特别)*)"
    "(?:会议|全会|大会|年会|座谈会|峰会|办公会|代表大会|会晤|学习会|论坛|会$)|(?:第?"
    + _NUM
    + "届)?第"
    + _NUM
    + "次|系统(?![性化])|章程|条例|杯"
)
