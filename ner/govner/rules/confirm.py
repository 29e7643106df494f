"""Bodies beside posts: which of those that need a confirmation get one, and which are no bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from . import kinds as k
from .cues import cues
from .definite import COORDINATE, Definite
from .edges import Body
from .events import names_something_else
from .knowledge import Knowledge
from .resolve import Candidate
from .view import View
from .walks import RETURNING

PARTY_UNITS = cues("party_units") - {"工会", "团委", "团支部"}
TYPE_VERBS = cues("type_verbs")
OWN_WORDS = cues("own_words")
OPENINGS = frozenset("，。；：、“”）\n由在为与和对向是 ")


KINDS = ("新任", "历任", "属地", "农村", "明确", "指导")  # 属地街道党委
# Heads long enough to mean the body that bears a name elsewhere in the text.
ECHOING = ("应急分队", "调查评估组", "顾问委员会", "专家委员会", "特别委员会")
HOLDS = ("举办", "举行", "召开", "出席", "参加", "主办", "列席")
# What makes the body behind such a verb part of the name of a meeting.
_GATHERING = re.compile(
    "(?![^，。]{0,6}(?:仪式|揭牌))[^，。、；：“”（）\n的]{2,24}(?:对话会|论坛|研讨会|座谈会|大会|峰会|博览会|会议|年会)(?![室中上])"
)
# What makes the body of a unit before it a kind: 社区居委会、业主委员会和物业公司.
_AMONG = re.compile("[、和与](?:业主委员会|业委会|物业|小区|楼栋|网格)")


class Confirmation:
    """The bodies of a document, weighed once the posts that stand beside them are known.

    ``used`` holds the ends of bodies that a post belongs to, ``held`` those whose post a named
    person holds.
    """

    def __init__(
        self, view: View, bodies: list[Body], knowledge: Knowledge, used: Set[int], held: Set[int]
    ) -> None:
        self.view, self.bodies, self.words = view, bodies, knowledge.entries
        self.used, self.held = used, held
        self.definite = Definite(view, bodies)
        anchored = (view.text[b.start : b.end] + "\n" for b in bodies if b.anchored)
        self.whole = "\n".join(anchored)

    def candidates(self) -> Iterator[Candidate]:
        """Give the bodies that are certain, or that a post or the document confirms."""
        for body in self.bodies:
            if not body.anchored:
                bare = body.rule if body.rule == "org.quoted" else "org.bare"
                rule = bare if self._confirmed(body) else self.definite.rule(body)
                if rule is not None:
                    yield Candidate(body.start, body.end, "ORG", rule, 40)
            elif not self._is_type(body) and not names_something_else(self.view.text, body.end):
                # 特朗普政府 goes before the person whose name it bears.
                first = body.rule in ("org.cabinet", "org.eponym")
                yield Candidate(body.start, body.end, "ORG", body.rule, 5 if first else 20)

    def _confirmed(self, body: Body) -> bool:
        if body.end in self.used and self._bare_ok(body):
            return True
        return self._echoes(body) or self._own_branch(body) or self._named_branch(body)

    def _named_branch(self, body: Body) -> bool:
        """Whether a party unit bears a name that is no word: 锦嘉馨园党支部."""
        if self.view.word(body.last) not in PARTY_UNITS or body.last - body.first < 3:
            return False
        if self.view.word(body.first - 1) not in OPENINGS:
            return False
        return all(
            self.view.len(i) == 1
            and self.view.kind(i) & k.NOUN
            and not self.view.kind(i) & (k.VERBAL | k.STOP)
            and "\u3400" <= self.view.word(i) <= "\u9fff"
            for i in range(body.first, body.first + 3 if body.last - body.first > 3 else body.last)
        )

    def _echoes(self, body: Body) -> bool:
        """Whether a body stands without its parent: 计量中心 behind 北京电科院计量中心."""
        name = self.view.text[body.start : body.end]
        single = body.first == body.last
        if single and len(name) > 3 and name in ECHOING and name + "\n" in self.whole:
            return True
        if len(name) < (3 if single else 4) or (
            single and not (name in COORDINATE and name[-1] in "局厅办")
        ):
            return False
        if name + "\n" not in self.whole or (single and self.view.word(body.first - 1) == "、"):
            return False
        return self.view.word(body.first - 1) in OPENINGS

    def _own_branch(self, body: Body) -> bool:
        """Whether a party unit with a name of its own comes back: 网媒党委, 红色商圈党委."""
        text, head = self.view.text, self.view.word(body.last)
        if body.rule == "org.quoted":
            return text.count(text[body.start : body.end]) > 1
        if body.rule == "org.brand" and head in RETURNING:
            return text.count(text[body.start : body.end]) > 1
        if body.first == body.last or head not in PARTY_UNITS:
            return False
        own, name = text[body.start : body.end - len(head)], text[body.start : body.end]
        known = own in self.words or (len(own) == 2 and own[1] in "社级")
        return not (known and len(own) < 4) and text.count(name) > 1

    def _is_type(self, body: Body) -> bool:
        """Whether a body without a name is a kind of body here: 突出社区党委的作用."""
        before = self.view.word(body.first - 1)
        if body.rule == "org.own" and (before in TYPE_VERBS or before in KINDS):
            return True
        several = self.view.kind(body.last + 1) & k.POST and self.view.word(body.last + 2) == "们"
        if several:
            return True  # 县委|书记|们
        if before in HOLDS and _GATHERING.match(self.view.text, body.end):
            return True
        if before == "常驻" and self.view.kind(body.last + 1) & k.POST:
            return True  # 常驻|联合国|代表
        if body.rule == "org.own" and _AMONG.match(self.view.text, body.end):
            return True
        own = body.rule == "org.level" and self.view.word(body.last) in OWN_WORDS
        if own and before in ("部门", "单位", "各级", "有"):
            return True
        return body.rule in ("org.own", "org.level") and self._in_scheme(body)

    def _in_scheme(self, body: Body) -> bool:
        """Whether a body is one layer of a scheme and so a type: 街道党工委+社区党总支."""
        text = self.view.text
        before, after = text[body.start - 1 : body.start], text[body.end : body.end + 1]
        return before in tuple("+-＋－") or after in tuple("+-＋－")

    def _bare_ok(self, body: Body) -> bool:
        """Whether the body of a post is one without a place."""
        if self.view.word(body.last).endswith("领导小组"):
            return False
        organ = self.view.kind(body.last) & k.ORGAN and not self.view.kind(body.last) & k.NAMED
        short = organ and self.view.word(body.last) not in ("办公室", "办事处", "专家组")
        plant = body.first < body.last and self.view.word(body.last) == "厂"  # 焦化|厂|党委书记
        begins = body.end - body.start > (2 if short or plant else 3)
        behind_verb = self.view.kind(body.first - 1) & k.VERBAL and not self.view.kind(
            body.first - 1
        ) & (k.SPHERE | k.NOUN)
        begins = begins and bool(
            self.view.word(body.first - 1) in OPENINGS or (behind_verb and organ)
        )
        if body.end in self.held and body.rule == "org.bare" and begins:
            return True
        troop = self.view.kind(body.last) & k.PART and self.view.word(body.first - 1) in OPENINGS
        if body.end in self.held and troop:
            return True  # 三连|指导员|谷雨
        if body.rule in ("org.organ", "org.own", "org.brand", "org.unit", "org.quoted"):
            return True
        return bool(self.view.kind(body.last) & (k.BARE | k.LEVELBODY))
