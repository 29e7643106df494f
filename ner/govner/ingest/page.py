"""A raw page cut into lines, each of which knows where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Row = tuple[int, int, int, int]  # start in the line, length, start on the raw page, raw length

# Everything str.splitlines breaks at, but for the separators of data files (FS, GS, RS).
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, without the white space around it.

    ``rows`` say where its characters stood: start in the line, length, start on the raw page, raw
    length; code points. ``indented`` says that white space stood before it. ``role`` is what the
    reader knows of it: ``title``, ``heading``, ``paragraph`` (whole, nothing to mend), the name of
    a piece of furniture, or nothing.
    """

    text: str
    rows: tuple[Row, ...]
    indented: bool = False
    role: str = ""

    @property
    def start(self) -> int:
        """Where it begins on the raw page."""
        return self.rows[0][2]

    @property
    def end(self) -> int:
        """Where it ends on the raw page."""
        return self.rows[-1][2] + self.rows[-1][3]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a reader gives it: its raw text, its lines in reading order, what is known of it.

    ``meta`` holds what the reader found outside the text: title, date, source.
    """

    path: str
    raw: str
    lines: tuple[Line, ...]
    encoding: str = ""
    meta: dict[str, Any] = field(default_factory=dict)


def text_page(path: str, raw: str, *, encoding: str = "", **meta: Any) -> Page:
    """Make a page of plain text: its lines that are not blank, each where it stands."""
    return Page(path, raw, tuple(_lines(raw)), encoding, meta)


def _lines(raw: str) -> Iterable[Line]:
    start = 0
    for match in [*_BREAK.finditer(raw), None]:
        end = match.start() if match else len(raw)
        text = raw[start:end].strip()
        if text:
            first = start + raw[start:end].index(text)
            row = (0, len(text), first, len(text))
            yield Line(text, (row,), indented=first > start)
        start = match.end() if match else end
