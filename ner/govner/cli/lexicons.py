"""The rules' lexicons as words for composition: what names bodies, places and people, and the rest.

The rooms ``rules`` and ``dataset`` do not know each other; words pass between them here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..dataset.compose import Words
from ..dataset.names import surname_weights
from ..rules.divisions import short_names
from ..rules.files import LEXICONS, read_rows, read_sections

_LEVELS = {"1": "省", "2": "市", "3": "县", "4": "镇"}
_LISTS = {
    "bodies": ("central", "ministry", "media", "company", "foreign", "school"),
    "foreign": ("country", "shortcountry", "army", "japanese"),
    "leaders": ("chinese", "foreigner"),
}
# Parts of speech of words.tsv, by the name of the section that takes them.
_PLAIN = {
    "n": "名词", "v": "动词", "vn": "动名", "i": "成语", "l": "成语", "a": "形词", "d": "副词",
}  # fmt: skip
_LEAST = 30  # rarer words of the language look like names
_FLATTEN = 0.6  # words are drawn by their frequency to this power
_MARKED = ("heads", "posts", "bodies", "leaders", "people", "foreign")
_UNPLAIN = frozenset(
    "党军国省市县区州镇乡村街局厅部委院校署所厂店队团会社司处科办室人者员长官师家姓氏"
)


def rule_words() -> Words:
    """Return the words of the rules' lexicons.

    Plain words are those that neither are nor end like a name of a body, a post or a person.
    """
    sections: dict[str, list[tuple[str, str]]] = {name: [] for name in _LEVELS.values()}
    for name, level in read_rows(LEXICONS / "divisions.tsv"):
        if len(name) > 1:
            sections[_LEVELS[level]].append((name, _short(name, level)))
    surnames = surname_weights(read_rows(LEXICONS / "surnames.tsv"))
    for file, names in _LISTS.items():
        lists = dict(read_sections(LEXICONS / f"{file}.txt"))
        sections |= {name: [(word, word) for word in lists[name]] for name in names}
        if file == "foreign":
            sections["音"] = [(c, c) for c in "".join(lists["transliteration"])]
    given = "".join(dict(read_sections(LEXICONS / "people.txt"))["given"])
    sections["surname"] = [(name, name) for name in surnames]
    return Words(sections, surnames, given, _plain_words())


def _short(name: str, level: str) -> str:
    if level == "4":
        return re.sub(r"(?<=..)(镇|乡|街道)$", "", name)
    return next(short_names(name), name)


def _plain_words() -> dict[str, dict[str, float]]:
    plain: dict[str, dict[str, float]] = {name: {} for name in _PLAIN.values()}
    marked = frozenset(_marked_words())
    for word, count, tag in read_rows(LEXICONS / "words.tsv"):
        if tag not in _PLAIN or int(count) < _LEAST or not 2 <= len(word) <= 8 or word in marked:
            continue
        if tag not in {"n", "vn"} or not (_ends_marked(word, marked) or word[-1] in _UNPLAIN):
            plain[_PLAIN[tag]][word] = int(count) ** _FLATTEN
    return plain


def _marked_words() -> Iterator[str]:
    for file in _MARKED:
        for _, words in read_sections(LEXICONS / f"{file}.txt"):
            yield from (word for word in words if len(word) < 12)


def _ends_marked(word: str, marked: frozenset[str]) -> bool:
    return any(word[cut:] in marked for cut in range(1, len(word) - 1))
