"""Party committees that a post begins with: 西塘镇党委|书记 against 党组书记."""

from __future__ import annotations

import re
from collections.abc import Mapping

from . import kinds as k
from .edges import Body, Edges
from .knowledge import Knowledge
from .lattice import Token
from .view import View
from .walks import Walk, Walker

PARTY = re.compile("(?:直属机关|机关|临时|联合|分)?(?:党组|党委|党支部|党总支|党工委|团委)(?=.)")
LEVELS = ("自治区", "镇", "乡", "街道")


class Branches:
    """Look left of a post of the party for the unit whose committee it is of."""

    def __init__(self, text: str, tokens: list[Token], bodies: list[Body], known: Knowledge):
        self.view, self.words = View(text, tokens), known.entries
        ending = {body.last: body for body in bodies}
        self.walker = Walker(Edges(text, tokens, known.entries, ending))

    def party_body(self, index: int, word: str, body_end: Mapping[int, Body]) -> Body | None:
        """Return the body that a post of the party begins with: 镇党委|书记, not 党组|书记."""
        match = PARTY.match(word)
        if match is None or index == 0 or match.end() == len(word):
            return None
        head = match[0]
        end = self.view.tokens[index].start + match.end()
        parent = body_end.get(self.view.tokens[index - 1].end)
        if parent is None and self.view.word(index - 1) == "机关" and "党" not in head:
            parent = body_end.get(self.view.tokens[index - 1].start)
        own = head.endswith("团委") or "机关" in head
        if parent is not None and own and parent.anchored:
            return Body(parent.start, end, "org.party", parent.first, index, True)
        if head.endswith("党组") or parent is not None:
            return None
        first = self._first(index, head)
        if first is None:
            return None
        return Body(self.view.tokens[first].start, end, "org.party", first, index, True)

    def _first(self, index: int, head: str) -> int | None:
        """Return the token where the name of the unit begins, if it has one."""
        walk = self.walker.walk(index, k.ORGAN)
        if walk is not None and not walk.anchored and self._named(walk.first, index, head):
            return walk.first
        if _certain(walk, index):
            return walk.first if walk is not None else None
        return index - 1 if self.view.word(index - 1) in LEVELS else None

    def _named(self, first: int, index: int, head: str) -> bool:
        """Whether words that are no common ones name the branch of a post: 王府花园党总支|书记."""
        if first >= index or head.startswith(("机关", "临时", "联合")):
            return False
        tokens = self.view.tokens
        own = self.view.text[tokens[first].start : tokens[index].start]
        bad = k.GENERIC | k.LEVEL | k.STOP | k.PERSON | k.POST
        if any(tokens[i].kind & bad for i in range(first, index)) or own in self.words:
            return False
        return 3 < len(own) < 9 and head != "党组"


def _certain(walk: Walk | None, index: int) -> bool:
    return walk is not None and walk.anchored and walk.first != index and walk.rule != "org.child"
