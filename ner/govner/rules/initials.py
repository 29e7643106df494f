"""Bodies that a text calls by their initials: 人教社 for 人民教育出版社."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from . import kinds as k
from .edges import Body
from .lattice import Token

LONG = 6  # characters of a name that is worth shortening
ENDS = frozenset("社局院委办部厅署所台报行大盟协联")
STOPS = frozenset("的了和与在是为对有将被把也都就从到向上下中")


def initials(
    text: str, tokens: list[Token], bodies: Iterable[Body], words: Mapping[str, object]
) -> set[str]:
    """Return the short forms of long names that stand in the text outside them.

    A short form has the first characters of two or three words of the name, in their order, and
    the first or last character of its head; it is no word itself.
    """
    found: set[str] = set()
    names = {text[body.start : body.end]: body for body in bodies if body.anchored}
    for name, body in names.items():
        if len(name) < LONG:
            continue
        own = [token for token in tokens[body.first : body.last + 1] if text[token.start].isalnum()]
        if len(own) == 1:  # known by name: 人民教育出版社
            start, end, kind = own[0]
            own = [Token(i, min(i + 2, end), kind & ~k.ANYPLACE) for i in range(start, end, 2)]
        if len(own) > 2 and own[-1].end == body.end:
            found.update(
                short
                for short in set(_forms(text, own))
                if short not in words and short in text and not STOPS & set(short)
            )
    return found


def _forms(text: str, own: list[Token]) -> Iterator[str]:
    """Give the forms of the name made of the tokens ``own``, from its first word or the second."""
    head = text[own[-1].start : own[-1].end]
    firsts = [text[token.start] for token in own[:-1]]
    ends = {head[0], head[-1]} & ENDS
    for begin in (0, 1) if own[0].kind & k.ANYPLACE else (0,):
        for i in range(begin + 1, len(firsts)):
            for end in ends:
                yield firsts[begin] + firsts[i] + end
                yield from (firsts[begin] + firsts[i] + f + end for f in firsts[i + 1 :])


__all__ = ["initials"]
