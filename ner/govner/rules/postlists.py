"""Lists of posts: whether the one that goes on behind a place ends in a person."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from .edges import Body

_PARTS = re.compile("[，。、；]")


class PostLists:
    """What has been found to the right of the post that is weighed now."""

    def __init__(self, text: str, person_start: Container[int], bodies: list[Body]) -> None:
        self.text, self.person_start = text, person_start
        self.body_start = {body.start: body for body in bodies}
        self.posts: dict[int, int] = {}  # accepted: start -> end
        self.led: dict[int, bool] = {}  # start -> a person follows in its list

    def person_after(self, end: int) -> bool:
        """Whether a person stands behind a post, over spaces or one colon."""
        at = end
        if self.text[at : at + 1] in ("：", "/") and at + 1 in self.person_start:
            return True
        while self.text[at : at + 1] == " ":
            at += 1
        return at in self.person_start

    def leads(self, end: int) -> bool:
        """Whether the list of posts that goes on behind ``end`` ends in a person."""
        if self.person_after(end):
            return True
        mark, pair = self.text[end : end + 1], self.text[end : end + 2]
        if mark not in ("、", "，", "兼", " ", "；", "和"):
            return False
        return self._next_is_led(end + (2 if pair in ("、兼", "，兼", "兼任") else 1))

    def _next_is_led(self, at: int) -> bool:
        """Whether the post that follows at ``at``, over its body or place, is led to a person."""
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
                return None if _PARTS.search(self.text, at, end) else end
        return None


def persons_near(text: str, word: str, people: Mapping[int, int]) -> bool:
    """Whether the document names the one who holds a highest post: 首相安倍晋三."""
    return any(
        text.endswith(word, 0, start) or text.startswith(word, end) for start, end in people.items()
    )
