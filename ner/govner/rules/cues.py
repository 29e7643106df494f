"""The small closed sets that the grammar asks for, read from ``lexicons/cues.txt``."""

from __future__ import annotations

from functools import lru_cache

from .files import LEXICONS, read_sections


@lru_cache(maxsize=1)
def _all() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_sections(LEXICONS / "cues.txt")}


def cues(name: str) -> frozenset[str]:
    """Return the words of one section."""
    return _all()[name]
