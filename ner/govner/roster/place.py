"""The place that a body's name begins with, or that stands before a post."""

from __future__ import annotations

import re

from ..rules.places import place_names

# Parties and organisations whose name comes before that of the place.
_BEFORE = re.compile(
    r"中共|中国共产党|共青团|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|政协|武警"
)
# A division that no lexicon has (villages, renamed towns): up to the first ending that ends a name.
_UNKNOWN = re.compile(
    r"[^\W\d_局部院会司厅委处所校军团务]{1,6}?"
    r"(?:省|自治[区州县]|市(?![场监容政])|县|州(?!市)|区|旗|镇|乡|街道|(?<!农)村|社区)"
)
# A level alone is no place (市中级人民法院, 自治州政府), nor is the country that all is in.
_NO_HEAD = re.compile(r"[省市县区州旗全各我本该]|自治|社区|中国")
_TAIL = re.compile(
    r"(?:^|[^一-龥])([一-龥]{2,6}?(?:省|自治区|市|州|县|区|旗|镇|乡|村)(?:[一-龥]{2,4}(?:镇|乡|村))?)$"
)
_LONGEST = 15
_NAME_END = re.compile(r"[省市县区州旗盟镇乡村]|街道|社区|自治区")


def place_of(body: str) -> str:
    """Return the place at the head of a body's name: 嘉善县 of 嘉善县委, 赣州 of 赣州军分区."""
    prefix = _BEFORE.match(body)
    start = prefix.end() if prefix else 0
    end = _chain(body, start)
    if prefix and prefix.group() != "中共" and not _NAME_END.search(body[start:end]):
        return ""
    return body[start:end]


def place_before(text: str) -> str:
    """Return the place directly before a post (嘉兴市 before 市长), or nothing."""
    text = text.removesuffix("原").removesuffix("前")
    for start in range(max(0, len(text) - _LONGEST), len(text) - 1):
        if _known_to_the_end(text, start):
            return text[start:]
    match = _TAIL.search(text)
    return match[1] if match else ""


def _known_to_the_end(text: str, start: int) -> bool:
    end = _known(text, start)
    while 0 < end < len(text):
        end = _known(text, end)
    return end == len(text)


def _chain(text: str, start: int) -> int:
    """Return where the places end that follow each other from ``start``.

    A short name counts only as the first one: 公安 in 周宁县公安局 is no county.
    """
    if _NO_HEAD.match(text, start):
        return start
    end = _known(text, start) or _unknown(text, start)
    while end > start:
        start = end
        end = _known(text, start)
        if not _NAME_END.search(text, start, end):
            end = _unknown(text, start)
    return start


def _known(text: str, start: int) -> int:
    """Return where the longest known place ends that begins at ``start``; 0 for none."""
    names = place_names()
    for end in range(min(len(text), start + _LONGEST), start + 1, -1):
        if text[start:end] in names:
            return end
    return 0


def _unknown(text: str, start: int) -> int:
    match = _UNKNOWN.match(text, start)
    return match.end() if match else 0
