"""What newspapers and sites strew round an article: which line is what, and why it goes."""

from __future__ import annotations

import re

from .words import words

LONGEST = 160  # characters; a longer line is prose


def furniture_in(text: str) -> str:
    """Say what kind of furniture a whole line is, wherever it stands; empty for none."""
    return _match(text, _ANYWHERE)


def masthead_in(text: str) -> str:
    """Say what a line is if it stands beside other furniture above the article."""
    return _match(text, _BESIDE)


def _table(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((why, re.compile("|".join(given))) for why, given in words(name).items())


_ANYWHERE = _table("anywhere")
_BESIDE = _table("beside")


def _match(text: str, table: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    if len(text) > LONGEST:
        return ""
    return next((why for why, pattern in table if pattern.fullmatch(text)), "")
