"""Marked text, the one inline notation: ``[省委](ORG)[书记](TITLE)[王明](PERSON)``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .document import LABELS, Document, document_id
from .errors import BadMark, UnknownLabel
from .span import Span

_MARK = re.compile(r"\[([^\[\]]+)\]\(([^()\[\]\s]+)\)")


def parse_marked(marked: str, *, labels: Sequence[str] = LABELS) -> Document:
    r"""Read marked text strictly.

    A literal square bracket is written ``\[`` or ``\]``. Raises ``BadMark`` for an unclosed
    or stray bracket and ``UnknownLabel`` for a label that is not in ``labels``.
    """
    parts: list[str] = []
    spans: list[Span] = []
    length = position = 0
    while position < len(marked):
        if marked[position] == "\\" and marked[position + 1 : position + 2] in {"[", "]"}:
            text, step = marked[position + 1], 2
        elif marked[position] == "[":
            text, label, step = _mark_at(marked, position, labels)
            spans.append(Span(length, length + len(text), label))
        elif marked[position] == "]":
            raise BadMark(offset=position, near=_near(marked, position), why="a stray ]")
        else:
            text, step = marked[position], 1
        parts.append(text)
        length += len(text)
        position += step
    text = "".join(parts)
    return Document(document_id(text), text, tuple(spans))


def format_marked(text: str, spans: Iterable[Span]) -> str:
    """Write a text and its flat spans as marked text; the inverse of ``parse_marked``."""
    parts: list[str] = []
    position = 0
    for span in sorted(spans):
        parts.append(_escape(text[position : span.start]))
        parts.append(f"[{text[span.start : span.end]}]({span.label})")
        position = span.end
    parts.append(_escape(text[position:]))
    return "".join(parts)


def _mark_at(marked: str, position: int, labels: Sequence[str]) -> tuple[str, str, int]:
    match = _MARK.match(marked, position)
    if match is None:
        why = "a bracket that opens no mark"
        raise BadMark(offset=position, near=_near(marked, position), why=why)
    text, label = match.groups()
    if label not in labels:
        raise UnknownLabel(where=f"[{text}]({label})", label=label, known=tuple(labels))
    return text, label, match.end() - position


def _escape(text: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]")


def _near(marked: str, position: int) -> str:
    return marked[max(0, position - 5) : position + 10]
