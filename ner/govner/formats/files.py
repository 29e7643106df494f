"""Lines and JSON of other tools' files, with errors that name the place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..document import Document, Span
from ..document.errors import BadInput, BadSpan, NotExportable
from ..document.files import read_bytes
from .units import Utf16


def read_text(path: str | Path) -> str:
    """Read a UTF-8 file, a byte order mark or none, line ends as they are."""
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        why = f"not UTF-8 at byte {error.start}"
        raise BadInput(path=path, why=why, hint="export it again as UTF-8") from error
    if not text.strip():
        raise BadInput(path=path, why="it holds no document", hint="export it again")
    return text


def lines(path: str | Path) -> Iterator[tuple[str, str]]:
    r"""Give the lines that are not blank, each with its place; only ``\n`` ends a line."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield f"{path}, line {number}", line


def parse_json(text: str, where: str) -> Any:
    """Read JSON; raises ``BadInput`` with the place."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        why = "not JSON"
        if isinstance(error, json.JSONDecodeError):
            why = f"not JSON ({error.msg} at column {error.colno})"
        raise BadInput(path=where, why=why, hint="export it again") from error


def bad_record(where: str, expected: str) -> BadInput:
    """Make the error for a record that has not its format's form."""
    return BadInput(path=where, why=f"the record has not {expected}", hint="export it again")


def utf16_span(start: Any, end: Any, label: Any, *, text: Utf16, where: str) -> Span:
    """Make a span of UTF-16 offsets; raises ``BadInput`` or ``BadSpan`` with the place."""
    if type(start) is not int or type(end) is not int or not isinstance(label, str):
        raise bad_record(where, "spans of two whole numbers and a label")
    try:
        return Span(text.points(start), text.points(end), label)
    except ValueError as error:
        raise BadSpan(document=where, span=Span(start, end, label), why=f"({error})") from error


def check_unicode(document: Document, to: str) -> None:
    """Raise ``NotExportable`` for a lone surrogate, which no UTF-8 file can hold."""
    try:
        document.text.encode("utf-8")
    except UnicodeEncodeError as error:
        why = f"character {error.start} is half a character (a lone surrogate)"
        raise NotExportable(document=document.id, to=to, why=why) from error
