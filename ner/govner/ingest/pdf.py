"""PDF: newspaper pages and notices; columns in reading order, furniture by its place."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import IOBase
from statistics import median
from typing import Any, cast

from ..document.errors import BadInput, MissingExtra
from .breaks import is_finished
from .furniture import furniture_in
from .imprint import imprint_in
from .layout import Box, reading_order
from .page import Line, Page, Row
from .radicals import plain
from .source import Source

MOST_PAGES = 500
_MARGIN = 0.07  # of the page's height, above and below, in which running heads stand
_TITLE, _SMALL = 1.25, 0.85  # times the body's size


def knows_pdf(source: Source, head: bytes) -> bool:
    """Whether bytes are a PDF file; the mark may stand a little way in."""
    return b"%PDF-" in head[:1024]


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed line: its characters and the edges between them, in points from the top left."""

    text: str
    box: Box
    edges: tuple[float, ...]
    size: float
    page: int
    height: float


def read_pdf(source: Source, *, beat: Callable[[], object] = bool) -> Iterator[Page]:
    """Read a PDF; its raw page is its text in reading order, a printed line a line.

    ``meta["boxes"]`` has for each printed line its place in the raw page, its sheet, its top and
    bottom, and the left edges of its characters with the right edge of the last. ``beat`` is
    called for each sheet. Raises ``BadInput`` for one that is encrypted, broken, too long, or has
    no text.
    """
    ordered: list[Printed] = []
    for sheet in _sheets(source):
        ordered += reading_order(sheet)
        beat()
    if not ordered:
        why = "it has no text, only pictures"
        raise BadInput(path=source.path, why=why, hint="recognise its characters first (OCR)")
    starts, raw = [], ""
    for line in ordered:
        starts.append(len(raw))
        raw += line.text + "\n"
    boxes = [
        {"start": start, "page": line.page, "top": line.box.top, "bottom": line.box.bottom,
         "edges": list(line.edges)}
        for line, start in zip(ordered, starts, strict=True)
    ]  # fmt: skip
    lines = tuple(_imprint_first(list(_paragraphs(ordered, starts)), ordered, starts))
    title = " ".join(line.text for line in lines if line.role == "title")
    yield Page(
        source.path, raw, lines, "pdf", {"boxes": boxes, **({"title": title} if title else {})}
    )


def _sheets(source: Source) -> Iterator[list[Printed]]:
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams
        from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    except ImportError as error:
        raise MissingExtra(what="pdfminer.six", extra="pages") from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it complains of harmless fonts
    layout = LAParams(char_margin=1.2, line_margin=0.4, boxes_flow=None)
    try:
        with source.open() as stream:
            for number, sheet in enumerate(
                extract_pages(cast(IOBase, stream), laparams=layout), start=1
            ):
                if number > MOST_PAGES:
                    why = f"it has more than {MOST_PAGES} pages"
                    raise BadInput(path=source.path, why=why, hint="split it")
                yield list(_printed(sheet, number, sheet.height))
    except (PDFEncryptionError, PDFPasswordIncorrect) as error:
        raise BadInput(
            path=source.path, why="it is encrypted", hint="remove its password"
        ) from error
    except BadInput:
        raise
    except Exception as error:  # pdfminer meets a broken file with whatever goes wrong first
        why = f"the PDF is broken ({type(error).__name__})"
        raise BadInput(path=source.path, why=why, hint="save it again") from error


def _printed(item: Any, number: int, height: float) -> Iterator[Printed]:
    from pdfminer.layout import LTChar, LTTextLine

    if isinstance(item, LTTextLine):
        characters = [c for c in item if isinstance(c, LTChar) and c.get_text()]
        while characters and characters[-1].get_text().isspace():
            characters.pop()
        while characters and characters[0].get_text().isspace():
            characters.pop(0)
        if characters:
            yield _line(characters, number, height)
    elif hasattr(item, "__iter__"):
        for inner in item:
            yield from _printed(inner, number, height)


def _line(characters: Sequence[Any], number: int, height: float) -> Printed:
    text, edges = "", []
    for character in characters:
        for part in plain(character.get_text()):  # a ligature has one box
            text += part
            edges.append(round(character.x0, 1))
    edges.append(round(characters[-1].x1, 1))
    top = round(height - max(c.y1 for c in characters), 1)
    bottom = round(height - min(c.y0 for c in characters), 1)
    size = median(c.size for c in characters)
    return Printed(text, Box(edges[0], top, edges[-1], bottom), tuple(edges), size, number, height)


def _paragraphs(ordered: Sequence[Printed], starts: Sequence[int]) -> Iterator[Line]:
    """Join printed lines into paragraphs and say what the page's geometry knows of them."""
    body = Counter(round(line.size) for line in ordered for _ in line.text).most_common(1)[0][0]
    heads = _running_heads(ordered, body)
    title = _title_size(ordered, heads, body)
    columns = _columns(ordered)
    group: list[int] = []
    between: list[list[int]] = []
    for index, line in enumerate(ordered):
        if index in heads or _is_aside(line.text):
            between.append([index])  # a paragraph goes on below what stands between its columns
        elif group and _goes_on(ordered, columns, group[-1], index):
            group.append(index)
        else:
            for part in [group, *between] if group else between:
                yield _joined(ordered, starts, part, heads, title, body)
            group, between = [index], []
    for part in [group, *between] if group else between:
        yield _joined(ordered, starts, part, heads, title, body)


def _is_aside(text: str) -> bool:
    return bool(furniture_in(text) or imprint_in(text))


def _imprint_first(
    lines: Sequence[Line], ordered: Sequence[Printed], starts: Sequence[int]
) -> Iterator[Line]:
    """Put imprint that stands on top of a later column where it is looked for: below the title."""
    at = dict(zip(starts, ordered, strict=True))
    moved = [
        line
        for line in lines
        if not line.role and imprint_in(line.text) and _tops_its_column(at[line.start], ordered)
    ]
    title = max((i for i, line in enumerate(lines) if line.role == "title"), default=-1)
    if title < 0:
        moved = []
    for index, line in enumerate(lines):
        if not any(line is other for other in moved):
            yield line
        if index == title:
            yield from moved


def _tops_its_column(line: Printed, ordered: Sequence[Printed]) -> bool:
    """Whether on the first sheet nothing but headlines and imprint stands above a line."""
    return line.page == 1 and not any(
        other.page == 1
        and other.box.bottom <= line.box.top
        and min(other.box.right, line.box.right) > max(other.box.left, line.box.left)
        and other.size < _TITLE * line.size
        and not imprint_in(other.text)
        and not _in_margin(other)
        for other in ordered
    )


def _running_heads(ordered: Sequence[Printed], body: float) -> set[int]:
    """Return the lines in the margins that are small or, but for numbers, on several sheets."""
    margin = [i for i, line in enumerate(ordered) if _in_margin(line)]
    sheets: dict[str, set[int]] = {}
    for index in margin:
        sheets.setdefault(re.sub(r"\d+", "0", ordered[index].text), set()).add(ordered[index].page)
    several = {i for i in margin if len(sheets[re.sub(r"\d+", "0", ordered[i].text)]) > 1}
    small = {i for i in margin if ordered[i].size < _SMALL * body}
    return several | {i for i in small if not _is_aside(ordered[i].text)}


def _in_margin(line: Printed) -> bool:
    return line.box.top < _MARGIN * line.height or line.box.bottom > (1 - _MARGIN) * line.height


def _title_size(ordered: Sequence[Printed], heads: set[int], body: float) -> float:
    sizes = [
        line.size
        for index, line in enumerate(ordered)
        if line.page == 1
        and index not in heads
        and not (_in_margin(line) and len(line.text) < 12)
        and not furniture_in(line.text)
        and len(line.text) >= 4
    ]
    return max(sizes) if sizes and max(sizes) >= _TITLE * body else 0.0


@dataclass(frozen=True, slots=True)
class _Column:
    """The edges of a column, and whether its paragraphs are told by their indent."""

    left: float
    right: float
    indents: bool


def _columns(ordered: Sequence[Printed]) -> list[_Column]:
    """Return for each line the column it stands in: that of the lines like it."""
    sheets: dict[tuple[int, int], list[Box]] = {}
    for line in ordered:
        sheets.setdefault((line.page, round(line.size)), [])
        if not _in_margin(line):  # a masthead is no column
            sheets[line.page, round(line.size)].append(line.box)
    columns = []
    for line in ordered:
        reach = 3 * line.size
        near = [
            box
            for box in sheets[line.page, round(line.size)]
            if abs(box.left - line.box.left) < reach and box.left < line.box.right
        ] or [line.box]
        left = min(box.left for box in near)
        indents = any(box.left > left + 0.8 * line.size for box in near)
        columns.append(_Column(left, max(box.right for box in near), indents))
    return columns


def _goes_on(
    ordered: Sequence[Printed], columns: Sequence[_Column], before: int, index: int
) -> bool:
    """Whether a printed line continues the one before: same size, no indent, no short end."""
    left, line = ordered[before], ordered[index]
    if abs(left.size - line.size) > 0.1 * left.size:
        return False
    slack = 3.1 if columns[index].indents else 1.5  # a mark that may begin no line takes two along
    if left.box.right < columns[before].right - slack * left.size:
        return False
    if line.box.left > columns[index].left + 0.8 * line.size:
        return False
    if not columns[index].indents and is_finished(left.text):
        return False
    below = line.page == left.page and line.box.top > left.box.top
    return not below or line.box.top - left.box.bottom < 1.5 * line.size


def _joined(
    ordered: Sequence[Printed], starts: Sequence[int], group: Sequence[int], heads: set[int],
    title: float, body: float,
) -> Line:  # fmt: skip
    rows: list[Row] = []
    text = ""
    for index in group:
        printed = ordered[index]
        between = " " if _latin(text[-1:]) and _latin(printed.text[0]) else ""
        rows.append((len(text) + len(between), len(printed.text), starts[index], len(printed.text)))
        text += between + printed.text
    first = ordered[group[0]]
    role = ""
    if group[0] in heads:
        role = "running head"
    elif title and first.size >= 0.95 * title and first.page == 1 and not furniture_in(text):
        role = "title"
    elif first.size >= 1.1 * body and len(text) < 40 and not furniture_in(text):
        role = "heading"
    line = Line(text.strip(), tuple(rows))
    return replace(line, role=role)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
