"""DOCX and Markdown: texts whose markup says what is a heading."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from ..document.errors import BadInput
from .decode import decode
from .page import Line, Page, Row
from .source import LARGEST, Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_DEEPEST = 300  # elements; Word's own documents have a dozen


def knows_docx(source: Source, head: bytes) -> bool:
    """Whether bytes are a Word document: a zip archive with its parts."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            return _BODY in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return source.suffix == ".docx"


def read_docx(source: Source) -> Iterator[Page]:
    """Read a Word document; its raw page is its text, a paragraph or table row a line.

    Raises ``BadInput`` for one that is broken, too large, or declares entities.
    """
    raw: list[str] = []
    lines: list[Line] = []
    length = 0
    for text, style in _paragraphs(_xml(source), source.path):
        stripped = text.strip()
        if stripped:
            start = length + text.index(stripped)
            row = (0, len(stripped), start, len(stripped))
            role = _style_role(style)
            lines.append(Line(stripped, (row,), text[:1].isspace(), role))
        raw.append(text + "\n")
        length += len(text) + 1
    yield Page(source.path, "".join(raw), tuple(lines), "docx")


def _xml(source: Source) -> bytes:
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            if archive.getinfo(_BODY).file_size > LARGEST:
                raise BadInput(path=source.path, why="it is too large", hint="split it")
            data = archive.open(_BODY).read(LARGEST)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, RuntimeError) as error:
        why = f"the document is broken ({error})"
        raise BadInput(path=source.path, why=why, hint="save it again") from error
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        why = "it declares entities, which no Word document does"
        raise BadInput(path=source.path, why=why, hint="leave it out")
    return data


def _paragraphs(data: bytes, path: str) -> Iterator[tuple[str, str]]:
    """Give each paragraph outside tables and each table row, with its style."""
    text: list[str] = []
    style, rows, depth = "", 0, 0
    try:
        for event, element in ElementTree.iterparse(BytesIO(data), ("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise BadInput(path=path, why="its elements are nested too deep", hint="leave it")
            tag = element.tag.removeprefix(_W)
            if event == "start":
                rows += tag == "tr"
                continue
            if tag == "t":
                text.append(element.text or "")
            elif tag in {"tab", "br", "cr"} and text:
                text.append("\t" if tag == "tab" else "\n")
            elif tag == "pStyle":
                style = element.get(f"{_W}val") or ""
            elif tag == "tc":
                text.append(" ")
            if (tag == "p" and not rows) or tag == "tr":
                for line in "".join(text).split("\n"):
                    yield line, style
                text, style = [], ""
            rows -= tag == "tr"
            if tag != "pStyle":
                element.clear()
    except ElementTree.ParseError as error:
        why = f"the document is broken ({error})"
        raise BadInput(path=path, why=why, hint="save it again") from error


def _style_role(style: str) -> str:
    name = style.lower()
    if name == "title":
        return "title"
    return "heading" if name.startswith("heading") or name in set("123456789") else "paragraph"


def knows_markdown(source: Source, head: bytes) -> bool:
    """Whether bytes are Markdown, by the name."""
    return source.suffix in {".md", ".markdown"}


_MARKS = re.compile(
    r"^#{1,6} +| +#+$|^> ?|^[-*+] +(?=\S)|!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)\s]*\)|\*\*|__|`|[\[\]]"
)


def read_markdown(source: Source) -> Iterator[Page]:
    """Read Markdown without its marks; blank lines part paragraphs, other line ends do not."""
    decoded = decode(source.bytes(), path=source.path)
    lines: list[Line] = []
    block: list[re.Match[str]] = []
    for match in re.finditer(r"[^\n]*(?:\n|\Z)", decoded.text):
        text = match[0].strip()
        starts = text.startswith(("#", ">", "- ", "* ", "+ ")) or re.match(r"\d+[.)] ", text)
        if block and (not text or starts or block[0][0].startswith("#")):
            lines += _markdown_line(block)
            block = []
        if text and not re.fullmatch(r"[-*_= ]{3,}", text):
            block.append(match)
    if block:
        lines += _markdown_line(block)
    yield Page(source.path, decoded.text, tuple(lines), decoded.encoding)


def _markdown_line(block: list[re.Match[str]]) -> Iterator[Line]:
    parts: list[str] = []
    rows: list[Row] = []
    length = 0
    for match in block:
        text = match[0].rstrip()
        position = len(text) - len(text.lstrip())
        start = match.start()
        for mark in [*_MARKS.finditer(text.lstrip()), None]:
            lead = len(text) - len(text.lstrip())
            end = lead + mark.start() if mark else len(text)
            if end > position:
                rows.append((length, end - position, start + position, end - position))
                parts.append(text[position:end])
                length += end - position
            position = lead + mark.end() if mark else end
    joined = "".join(parts)
    if joined.strip():
        role = "heading" if block[0][0].lstrip().startswith("#") else "paragraph"
        yield Line(joined, tuple(rows), role=role)
