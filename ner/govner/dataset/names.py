"""Invented names of Chinese people, with the forms in which texts name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from .grammar import Maker, Value

# Frequencies are drawn to this power, so that rare surnames are met often enough to be learned.
_FLATTEN = 0.75
# Shares in 100: one-character given names, and two-character ones that are an ordinary word.
_ONE, _WORD = 22, 6
_COMMON, _COMMON_SHARE = 160, 60


def name_makers(
    surnames: Mapping[str, float], given: Sequence[str], words: Sequence[str] = ()
) -> dict[str, Maker]:
    """Return the makers of people: the sections ``person``, ``spaced`` and ``nameless``.

    ``surnames`` holds frequencies, ``given`` the characters of given names, the commonest first,
    ``words`` ordinary words of two characters that may be a given name. A person's forms are
    ``family``, ``given`` and ``doubled`` (a pet name).
    """
    families = list(surnames)
    weights = [max(surnames[name], 0.3) ** _FLATTEN for name in families]
    given = list(given)
    words = list(words)

    def invent(random: Random) -> tuple[str, str]:
        family = random.choices(families, weights)[0]
        return family, _given(random, given, words)

    def person(random: Random) -> Value:
        family, name = invent(random)
        return Value(_mark(family + name), _forms(family, name))

    def spaced(random: Random) -> Value:
        family, name = invent(random)
        gap = random.choice(["　", "　", "  ", " "])
        full = family + gap + name if len(family + name) == 2 else family + name
        return Value(_mark(full), _forms(family, name))

    def nameless(random: Random) -> Value:
        family, name = invent(random)
        tail = random.choice(["某", "某", "某某", "某某", "某" + name[-1], name[0] + "某", "某甲"])
        return Value(_mark(family + tail), _forms(family, tail))

    return {"person": person, "spaced": spaced, "nameless": nameless}


def _given(random: Random, given: Sequence[str], words: Sequence[str]) -> str:
    if words and random.randrange(100) < _WORD:
        return random.choice(words)
    first = _character(random, given)
    return first if random.randrange(100) < _ONE else first + _character(random, given)


def _character(random: Random, given: Sequence[str]) -> str:
    common = given[:_COMMON]
    return random.choice(common if random.randrange(100) < _COMMON_SHARE else given)


def _forms(family: str, name: str) -> dict[str, str]:
    return {
        "family": _mark(family),
        "given": _mark(name),
        "doubled": _mark(name[-1] * 2),
        "little": _mark("小" + name[-1]),
    }


def _mark(text: str) -> str:
    return f"[{text}](PERSON)"


def surname_weights(rows: Iterable[Sequence[str]]) -> dict[str, float]:
    """Read rows of surname and frequency."""
    return {row[0]: float(row[1]) for row in rows}
