"""A page to a document: the article in the text, everything else in ``meta`` with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..document import Document, OffsetMap, document_id
from ..document.errors import BadInput
from .breaks import joins
from .furniture import furniture_in, masthead_in
from .imprint import Imprint, imprint_in
from .page import Line, Page, Row
from .radicals import plain

_TITLE_LENGTH = 100
_NO_TITLE = "。；;，,、：:"
_DAY = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_DAMAGE = (("replacement", "\ufffd"), ("private_use", "[\ue000-\uf8ff\U000f0000-\U0010fffd]"))


@dataclass(slots=True)
class _Parts:
    """What each line of a page is: one word a line, empty for the body."""

    lines: Sequence[Line]
    why: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.why = [line.role if line.role not in _BODY_ROLES else "" for line in self.lines]

    def body(self) -> list[Line]:
        return [line for line, why in zip(self.lines, self.why, strict=True) if not why]

    def next_body(self, index: int) -> int | None:
        rest = range(index, len(self.lines))
        return next((place for place in rest if not self.why[place]), None)


_BODY_ROLES = frozenset({"heading", "paragraph"})


def clean(page: Page) -> Document:
    """Make the document of a page.

    ``meta`` has ``page``, ``encoding``, ``title``, ``date``, ``source``, ``byline`` (names),
    ``credits`` (role, names, place on the raw page), ``flags`` (damaged characters in the text, by
    kind) and ``removed``: each stretch of the page that is not in the text, with its place and
    what it is. Raises ``BadInput`` where no article is left.
    """
    parts = _Parts([_plain(line) for line in page.lines])
    known = {key: plain(v) if isinstance(v, str) else v for key, v in page.meta.items()}
    meta = _find(parts, known)
    body = parts.body()
    if not body:
        raise BadInput(path=page.path, why="it holds no article text", hint="leave it out")
    text, rows = _assemble(body)
    removed = [
        {"start": line.start, "end": line.end, "why": why, "text": line.text}
        for line, why in zip(parts.lines, parts.why, strict=True)
        if why
    ]
    meta |= {
        "page": page.path,
        "encoding": page.encoding,
        "flags": {name: n for name, marks in _DAMAGE if (n := len(re.findall(marks, text)))},
        "removed": removed,
    }
    return Document(document_id(text), text, (), meta, "raw", OffsetMap.of(rows))


def _plain(line: Line) -> Line:
    text = plain(line.text)
    return line if text == line.text else replace(line, text=text)


def _find(parts: _Parts, known: dict[str, Any]) -> dict[str, Any]:
    """Label the lines that are not body and return what they say."""
    meta = {"title": "", "date": "", "source": "", "byline": [], "credits": [], **known}
    given = [line.text for line in parts.lines if line.role == "title"]
    meta["title"] = meta["title"] or " ".join(given)
    _everywhere(parts, meta)
    _mastheads(parts, meta)
    _title(parts, meta)
    _above(parts, meta)
    _below(parts, meta)
    found = meta.pop("found_date", "")  # of the issue, or a guess: where the page says nothing
    meta["date"] = meta["date"] or found
    return meta


def _everywhere(parts: _Parts, meta: dict[str, Any]) -> None:
    """Label what is furniture or credits wherever it stands."""
    for index, line in enumerate(parts.lines):
        if parts.why[index]:
            continue
        imprint = imprint_in(line.text)
        if imprint and imprint.firm:
            _label(parts, index, imprint, meta)
        else:
            parts.why[index] = furniture_in(line.text)


def _mastheads(parts: _Parts, meta: dict[str, Any]) -> None:
    """Label mastheads above the article, where other furniture stands there too; keep their day."""
    above = _first_block(parts)
    if not any(parts.why[index] for index in above):
        return
    for index in above:
        text = parts.lines[index].text
        if not parts.why[index] and (why := _masthead(text)):
            parts.why[index] = why
            if day := _DAY.match(text):
                meta["found_date"] = "-".join(part.zfill(2) for part in day.groups())


def _first_block(parts: _Parts) -> range:
    """Return the lines above the first that is no furniture, no masthead and no imprint."""
    for index, line in enumerate(parts.lines):
        if not (parts.why[index] or _masthead(line.text) or imprint_in(line.text)):
            return range(index)
    return range(0)


def _masthead(text: str) -> str:
    return "" if imprint_in(text) else masthead_in(text)


def _title(parts: _Parts, meta: dict[str, Any]) -> None:
    index = parts.next_body(0)
    if index is None:
        return
    text = parts.lines[index].text
    if meta["title"]:
        if _same(text, meta["title"]):
            parts.why[index] = "title"
        return
    more = parts.next_body(index + 1) is not None
    if more and _is_title(text):
        parts.why[index] = "title"
        meta["title"] = text


def _is_title(text: str) -> bool:
    if len(text) > _TITLE_LENGTH or text[-1] in _NO_TITLE or "。" in text:
        return False
    return imprint_in(text) is None


def _same(left: str, right: str) -> bool:
    return "".join(left.split()) == "".join(right.split())


def _above(parts: _Parts, meta: dict[str, Any]) -> None:
    """Label the imprint between the title and the first paragraph."""
    while (index := parts.next_body(0)) is not None:
        imprint = imprint_in(parts.lines[index].text)
        if imprint is None:
            return
        _label(parts, index, imprint, meta)


def _below(parts: _Parts, meta: dict[str, Any]) -> None:
    """Label the imprint below the last paragraph; a date alone there signs a notice."""
    below: list[tuple[int, Imprint]] = []
    for index in reversed(range(len(parts.lines))):
        if not parts.why[index]:
            imprint = imprint_in(parts.lines[index].text)
            if imprint is None or imprint.bare_date:
                break
            below.append((index, imprint))
    for index, imprint in reversed(below):
        _label(parts, index, imprint, meta)
    meta["credits"] = sorted(meta["credits"], key=lambda credit: credit["start"])


def _label(parts: _Parts, index: int, imprint: Imprint, meta: dict[str, Any]) -> None:
    """Label a line as imprint and keep what it says; the first date and source stay."""
    line = parts.lines[index]
    parts.why[index] = imprint.why
    meta["date"] = meta["date"] or imprint.date
    meta["source"] = meta["source"] or imprint.source
    meta["byline"] = [*meta["byline"], *imprint.byline]
    to_raw = OffsetMap.of(line.rows)
    for credit in imprint.credits:
        start, end = to_raw.raw_span(credit.start, credit.end)
        place = {"role": credit.role, "names": [*credit.names], "start": start, "end": end}
        meta["credits"] = [*meta["credits"], place]


def _assemble(body: Sequence[Line]) -> tuple[str, list[Row]]:
    """Put the paragraphs together; what is set between them stands for no raw character."""
    text = ""
    parts: list[str] = []
    rows: list[Row] = []
    length = 0
    for line, joined in zip(body, [True, *joins(body)], strict=True):
        between = _seam(text, line.text) if joined else "\n"
        length += len(between)
        rows += [(length + start, size, raw, raw_size) for start, size, raw, raw_size in line.rows]
        text = line.text
        parts += [between, text]
        length += len(text)
    return "".join(parts), rows


def _seam(left: str, right: str) -> str:
    """Return what a mended break becomes: nothing, or a space between two Latin words."""
    latin = (
        left[-1:].isascii() and left[-1:].isalpha() and right[0].isascii() and right[0].isalpha()
    )
    return " " if latin else ""
