"""Paragraphs that a column or a page cut in mid-sentence, and headings that only look so.

A missing full stop proves nothing (headings have none), so a break is mended only on evidence:
a quotation or bracket left open, a comma at the end, closing punctuation at the start, or prose
that stops without an end before prose that has one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .page import Line

HEADING = 35  # characters; above and below the seed's headings of 13 and its shortest fragment

_PAIRS = {"“": "”", "‘": "’", "(": ")", "（": "）", "《": "》", "【": "】", "「": "」", "『": "』"}
_CLOSERS = "”’」』)）》】\"'"
_ENDS = "。！？!?；;：:…—―～~."
_RUNS_ON = "，,、"
_STARTS_INSIDE = re.compile(
    "[，,、。；;：:！？!?”’）)》】」』]|的(?!确|士)|们|等(?!级|待|到|于|额|闲)"
)
_CAPTION = re.compile(r"(?:摄|供图|图片|资料图|制图|图|报道)[)）]?$")
_OPENING = re.compile(r"本(?:报|网|刊|台)|新华社|中新社|据")
_PROSE = re.compile("[，,。；;、]")
_ITEM = re.compile(
    r"[▲△■□●○◆◇★☆※►▶·•\-*【〔]|[（(]?[一二三四五六七八九十百]{1,3}[、.．)）]|第[一二三四五六七八九十百\d]{1,4}[章节条款部分届]"
    r"|[（(]?\d{1,3}[、.．)）](?!\d)|[①-⑳㈠-㈩⑴-⒇]|图[为\d]|附[:：]|[\u4e00-\u9fff ]{1,8}[:：]"
)


def joins(lines: Sequence[Line]) -> list[bool]:
    """Say for each line but the last whether the next one continues it."""
    texts = [line.text for line in lines]
    page = "\n".join(texts)
    indents = sum(line.indented for line in lines) * 2 > len(lines)
    joined = [False] * max(0, len(lines) - 1)
    for index in reversed(range(len(joined))):
        left, right = lines[index], lines[index + 1]
        if "heading" in (left.role, right.role) or "paragraph" in (left.role, right.role):
            continue
        if indents and right.indented:
            continue
        finished = is_finished(right.text) or (index + 1 < len(joined) and joined[index + 1])
        before = texts[index - 1] if index else ""
        joined[index] = _continues(left.text, right.text, before, page, finished)
    return joined


def _continues(left: str, right: str, before: str, page: str, finished: bool) -> bool:
    if is_finished(left):
        return False
    if _STARTS_INSIDE.match(right):
        return True
    if _ITEM.match(right) or _OPENING.match(right):
        return False
    if _left_open(left) and _closes(right, _left_open(left)):
        return True
    if left[-1] in _RUNS_ON:
        return True
    if not finished or not _PROSE.search(right):
        return False
    if _is_like_heading(left, before):
        return _word_across(left, right, page)
    return bool(_PROSE.search(left)) and not _ITEM.match(left)


def is_finished(text: str) -> bool:
    """Whether a paragraph may end here; a closing mark that was opened in it may end it."""
    inner = text.rstrip(_CLOSERS + " \u3000")
    return not inner or inner[-1] in _ENDS or len(inner) < len(text) or bool(_CAPTION.search(text))


def _is_like_heading(text: str, before: str) -> bool:
    after_end = not before or is_finished(before)
    few_clauses = len(re.findall("[，,]", text)) < 2 and not re.search("[。；;]", text)
    return after_end and few_clauses and len(text) <= HEADING


def _left_open(text: str) -> str:
    """Return the closing marks that the text still waits for, outermost first."""
    waiting: list[str] = []
    for character in text:
        if character in _PAIRS:
            waiting.append(_PAIRS[character])
        elif waiting and character == waiting[-1]:
            waiting.pop()
    return "".join(waiting)


def _closes(text: str, waiting: str) -> bool:
    """Whether the text closes, before it opens the same again, what was left open."""
    closing = waiting[-1]
    opening = next(mark for mark, end in _PAIRS.items() if end == closing)
    place, again = text.find(closing), text.find(opening)
    return place >= 0 and (again < 0 or place < again)


def _word_across(left: str, right: str, page: str) -> bool:
    """Whether the characters round the break also stand together elsewhere on the page."""
    return any(
        len(piece) == 3 and piece in page
        for piece in (left[-2:] + right[:1], left[-1:] + right[:2])
    )
