"""How much a word looks like the name of a person, judged by its characters alone."""

from __future__ import annotations

from .knowledge import Knowledge


def doubt(word: str, known: Knowledge) -> float:
    """Return how unlike a Chinese name a word looks: rare surname, odd given name."""
    if word in known.minority:
        return 4.0 if len(word) > 2 else 5.5
    size = 2 if word[:2] in known.surnames and len(word) > 2 else 1
    total = known.surnames.get(word[:size], 12.0)
    for char in word[size:].replace(" ", ""):
        if char in known.notgiven:
            total += 2.5 if char in known.given else 6.0
        elif char not in known.given:
            total += 2.0
    return total


def is_plain(word: str, known: Knowledge) -> bool:
    """Whether a word is shaped like a name and not like a river, a star or a hill."""
    if word in known.minority:
        return len(word) > 2
    given = known.given - known.notgiven
    shaped = doubt(word, known) < 9.0 and set(word[1:]) <= given
    return shaped and word[-1] not in "河湖江山海岛星峰溪洲川洋"


def is_likely(word: str, known: Knowledge) -> bool:
    """Whether a usual surname and one character of given names stand beside an odd one: 聂异华."""
    given = known.given - known.notgiven
    odd = [char for char in word[1:] if char not in given]
    if len(odd) != 1 or known.surnames.get(word[0], 99.0) > 7.0:
        return False
    return (
        odd[0] not in known.notgiven | known.verbs
        and word[-1] not in "河湖江山海岛星峰溪洲川洋滩之"
    )


def is_dotted(word: str, known: Knowledge) -> bool:
    """Whether a name with dots is made of the characters of such names."""
    parts = word.replace("-", "·").split("·")
    letters = "".join(parts)
    fitting = sum(char in known.translit or char in known.dotted for char in letters)
    return len(letters) >= 3 and max(map(len, parts)) > 1 and fitting >= 0.75 * len(letters)
