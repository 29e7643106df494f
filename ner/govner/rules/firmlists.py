"""Lists of firms and schools that a noun at the end tells: 华润、华为、康佳等企业."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import kinds as k
from .cues import cues
from .lattice import Token

NOUNS = cues("firm_nouns")
COMMON_COST = 11.5  # a word that costs less is no brand
REACH = 6  # tokens between 等 and the noun


def listed_firms(
    text: str, tokens: list[Token], words: Mapping[str, Sequence[float]]
) -> list[tuple[int, int]]:
    """Return the items of such lists that could be names, in the order of the text."""
    found: list[tuple[int, int]] = []
    others = [i for i, (at, end, _) in enumerate(tokens) if end - at == 1 and text[at] == "等"]
    for index in others:
        if not _told(text, tokens, index):
            continue
        items = _items(text, tokens, index)
        if len(items) > 1 and any(_known(text[a:b], words) for a, b in items):
            found += [item for item in items if _brand(text[item[0] : item[1]], words)]
    return sorted(found)


def _known(name: str, words: Mapping[str, Sequence[float]]) -> bool:
    """Whether an item is sure enough to vouch for its neighbours."""
    kind = int(words.get(name, (0, 0))[1])
    return bool(kind & k.CLOSED) or name.endswith(("公司", "集团", "银行", "大学", "医院", "商会"))


def _told(text: str, tokens: list[Token], index: int) -> bool:
    for start, end, _ in tokens[index + 1 : index + 1 + REACH]:
        word = text[start:end]
        if word in NOUNS:
            return True
        if word in ("，", "。", "、", "；", "的", "\n"):
            return False
    return False


def _items(text: str, tokens: list[Token], index: int) -> list[tuple[int, int]]:
    """Return the items before 等, from right to left, until something is no name."""
    items: list[tuple[int, int]] = []
    last = index
    j = index - 1
    while j >= -1:
        word = text[tokens[j].start : tokens[j].end] if j >= 0 else "\n"
        if word == "、":
            items.append((tokens[j + 1].start, tokens[last - 1].end))
            last = j
        elif j < 0 or _stops(word, tokens[j].kind):
            if last > j + 1:
                items.append((tokens[j + 1].start, tokens[last - 1].end))
            break
        j -= 1
    return items


def _stops(word: str, kind: int) -> bool:
    if not (word[0].isalnum() or word in "（）"):
        return True
    return bool(kind & (k.VERBAL | k.STOP) and not kind & (k.NOUN | k.SPHERE | k.CLOSED)) and (
        len(word) > 1 or word in "对与和在由向被给把将为是以及从到同了的"
    )


def _brand(name: str, words: Mapping[str, Sequence[float]]) -> bool:
    entry = words.get(name)
    if not 2 <= len(name) <= 12 or not any(char >= "\u3400" for char in name):
        return False
    if entry is None:
        return len(name) <= 4 or name.endswith(("公司", "集团", "银行", "大学", "学院"))
    return bool(int(entry[1]) & k.CLOSED) or (
        entry[0] > COMMON_COST
        and not int(entry[1]) & (k.ANYPLACE | k.STOP | k.POST | k.SPHERE | k.GENERIC)
    )
