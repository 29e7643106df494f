r"""CoNLL with BIOES tags: one character and its tag a line, a blank line after each document.

``# id = "..."`` above a document carries its id. White space and all that does not print are
escaped (``\n``, ``\u3000``), so that the text comes back whole; a backslash is ``\\``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..document import Document, Span
from ..document.errors import BadInput
from ..document.files import open_output
from .annotated import Annotated
from .files import parse_json, read_text

_SHORT = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", " ": "\\s"}
_LONG = {escape: character for character, escape in _SHORT.items()}
_HEX = re.compile(r"\\u[0-9a-f]{4}|\\U[0-9a-f]{8}")
_ID = "# id = "


def write(path: str | Path, documents: Iterable[Document]) -> None:
    """Write documents."""
    with open_output(path) as stream:
        for document in documents:
            stream.write(f"{_ID}{json.dumps(document.id)}\n")
            for character, tag in zip(document.text, bioes(document), strict=True):
                stream.write(f"{_escape(character)}\t{tag}\n")
            stream.write("\n")


def bioes(document: Document) -> list[str]:
    """Return the tag of each character: B, I, E and S with a label, and O."""
    tags = ["O"] * len(document.text)
    for span in document.spans:
        tags[span.start : span.end] = [f"I-{span.label}"] * (span.end - span.start)
        tags[span.start], tags[span.end - 1] = f"B-{span.label}", f"E-{span.label}"
        if span.end - span.start == 1:
            tags[span.start] = f"S-{span.label}"
    return tags


def _escape(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


@dataclass(slots=True)
class _Block:
    """One document while it is read."""

    where: str = ""
    id: str = ""
    characters: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    def annotated(self) -> Annotated:
        spans = tuple(spans_of(self.tags, where=self.where))
        return Annotated(self.where, "".join(self.characters), spans, id=self.id)


def read(path: str | Path) -> Iterator[Annotated]:
    """Read tags in BIOES, BMES or BIO; the first column is the character, the last the tag."""
    block = _Block()
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        where = f"{path}, line {number}"
        line = line.removesuffix("\r")
        if not line:
            if block.characters or block.id:
                yield block.annotated()
            block = _Block()
            continue
        block.where = block.where or where
        if line.startswith(_ID):
            block.id = str(parse_json(line[len(_ID) :], where))
        elif not line.startswith("# "):
            _take(block, line, where)
    if block.characters or block.id:
        yield block.annotated()


def _take(block: _Block, line: str, where: str) -> None:
    columns = line.split("\t") if "\t" in line else line.split(" ")
    character = _unescape(columns[0])
    if len(columns) < 2 or len(character) != 1:
        why = f"{line!r} is not one character and its tag"
        raise BadInput(path=where, why=why, hint="write one character a line")
    block.characters.append(character)
    block.tags.append(columns[-1])


def _unescape(token: str) -> str:
    if _HEX.fullmatch(token):
        return chr(int(token[2:], 16))
    return _LONG.get(token, token)


def spans_of(tags: Iterable[str], *, where: str = "tags") -> Iterator[Span]:
    """Read spans from tags; raises ``BadInput`` for a tag that continues nothing."""
    start, label, end = 0, "", 0
    for end, tag in enumerate([*tags, "O"]):
        kind, _, name = tag.partition("-")
        if kind in {"I", "M", "E"}:
            if name != label:
                why = f"character {end}: {tag} continues no {name}"
                raise BadInput(path=where, why=why, hint="begin each span with B or S")
        elif kind not in {"B", "S", "O"} or (kind != "O" and not name):
            why = f"character {end}: the tag {tag!r} is not known"
            raise BadInput(path=where, why=why, hint="use B, I, E, S with a label, and O")
        if kind in {"B", "S", "O"} and label:
            yield Span(start, end, label)
            label = ""
        if kind in {"B", "S"}:
            start, label = end, name
        if kind in {"E", "S"}:
            yield Span(start, end + 1, label)
            label = ""
