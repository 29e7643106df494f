"""Names in company: lists with 、 between them, and brackets that hold nothing but names."""

from __future__ import annotations

import re
from bisect import bisect_left

from . import kinds as k
from .knowledge import Knowledge
from .lattice import Token, of_kind
from .likeness import doubt
from .view import View

GROUPS = (
    k.ANYPLACE | k.WEAKPLACE | k.GENERIC | k.ANNOUNCE | k.SPHERE | k.CLOSED | k.ORGAN
    | k.LEVELBODY | k.BARE
)  # fmt: skip
_BRACKET = re.compile("（")
ROUNDS = 30
BYLINE = 24  # tokens


class NameLists(View):
    """The names of a document and those accepted so far, by the index of their token."""

    def __init__(self, text: str, tokens: list[Token], knowledge: Knowledge) -> None:
        super().__init__(text, tokens)
        self.knowledge = knowledge
        self.names = of_kind(tokens, k.PERSON)
        self.accepted: dict[int, str] = {}

    def bylines(self) -> None:
        """Accept all names of a bracket that holds nothing else: （张三 李四 特约记者 王五）."""
        if not self.names:
            return
        starts = [start for start, _, _ in self.tokens]
        for match in _BRACKET.finditer(self.text):
            index = bisect_left(starts, match.start())
            if index < len(starts) and self.word(index) == "（":
                self._byline(index)

    def _byline(self, index: int) -> None:
        at = index + 1
        names = []
        while self.kind(at) & (k.PERSON | k.POST) or self.word(at) in (" ", "、", "：", "/"):
            if self.kind(at) & k.PERSON:
                names.append(at)
            at += 1
            if at - index > BYLINE:
                break
        if not names or self.word(at) not in ("）", "供稿", "摄影", "整理", "摄", "文"):
            return
        closed = (
            self.word(at) != "）" or self.word(at + 1) in "\n。 " or self.word(index - 1) == "电"
        )
        for name in names:
            if (closed or len(names) > 1) and self.len(name) > 1:
                self.accepted.setdefault(name, "person.byline")

    def lists(self) -> None:
        """Carry acceptance along lists of names; words at their ends become names, too."""
        for _ in range(ROUNDS):
            known = len(self.accepted)
            for index in self.names:
                if index in self.accepted:
                    self._carry(index)
            if len(self.accepted) == known:
                break
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

    def _carry(self, index: int) -> None:
        """Accept the names on both sides of one."""
        for step in (1, -1):
            other = self._neighbour(index, step)
            if other is not None and self.len(other) > 1:
                self.accepted.setdefault(other, "person.list")

    def _accept_run(self, run: list[int]) -> None:
        if len(run) >= 3:
            for index in run:
                if self.len(index) > 1:
                    self.accepted.setdefault(index, "person.list")

    def _words_in_lists(self) -> None:
        """Take a word that could be a name for one at the end of a list of names: 高山参加."""
        for index in [*self.accepted]:
            at = index + 2
            if self.word(index + 1) != "、" or self.kind(at) & (k.PERSON | k.STOP | k.POST):
                continue
            ends = self.word(at + 1)
            closed = ends in "，。；、等" or self.kind(at + 1) & (k.LISTVERB | k.SPEECH)
            if closed and self._listed_word(index, self.word(at), self.kind(at)):
                start, end, _ = self.tokens[at]
                self.tokens[at] = Token(start, end, k.NAME)
                self.accepted[at] = "person.list"

    def _listed_word(self, index: int, word: str, kind: int) -> bool:
        """Whether a word behind a list of two names or more is shaped like one."""
        earlier = self._neighbour(index, -1)
        if earlier not in self.accepted or not 2 <= len(word) <= 3 or kind & GROUPS:
            return False
        return doubt(word, self.knowledge) < 9.0

    def _neighbour(self, index: int, step: int) -> int | None:
        """Return the name that stands beside another in a list, if one does."""
        other = index + step
        signs = 0
        while 0 <= other < len(self.tokens) and signs < 3:
            if self.kind(other) & k.PERSON:
                return other if signs else None
            word = self.word(other)
            if word == "（" and step == 1:
                other = self._behind_bracket(other)
            elif word in ("、", " ", "/") or (word in ("和", "与") and signs == 0):
                other += step
                signs += 1
            else:
                return None
        return None

    def _behind_bracket(self, index: int) -> int:
        """Return the token behind a short bracket: 张三（女，回族）|、李四."""
        start = self.tokens[index].start
        closing = self.text.find("）", start, start + 12)
        if closing < 0:
            return -1
        while index < len(self.tokens) and self.tokens[index].start <= closing:
            index += 1
        return index
