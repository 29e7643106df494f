"""Marked text, for reading and for diffs: ``%% "id"``, then the text with its marks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..document import Document, format_marked, parse_marked
from ..document.errors import BadMark, NotExportable, UnknownLabel
from ..document.files import open_output
from .annotated import Annotated
from .files import bad_record, check_unicode, parse_json, read_text

_HEAD = "%% "


def write(path: str | Path, documents: Iterable[Document]) -> None:
    """Write documents; raises ``NotExportable`` where the notation cannot hold one."""
    with open_output(path) as stream:
        for document in documents:
            stream.write(f"{_HEAD}{json.dumps(document.id)}\n{_marked(document)}\n")


def _marked(document: Document) -> str:
    check_unicode(document, "marked text")
    marked = format_marked(document.text, document.spans)
    if f"\n{_HEAD}" in f"\n{marked}":
        why = f"a line begins with {_HEAD!r}"
        raise NotExportable(document=document.id, to="marked text", why=why)
    try:
        again = parse_marked(marked)
    except (BadMark, UnknownLabel):
        again = None
    if again is None or again.text != document.text or len(again.spans) != len(document.spans):
        why = "a bracket stands inside a span, or a backslash before a bracket"
        raise NotExportable(document=document.id, to="marked text", why=why)
    return marked


def read(path: str | Path) -> Iterator[Annotated]:
    """Read marked texts; raises ``BadMark`` and ``UnknownLabel`` with the place."""
    text = f"\n{read_text(path).removesuffix(chr(10))}"
    before, *blocks = text.split(f"\n{_HEAD}")
    if before.strip():
        raise bad_record(str(path), f"{_HEAD!r} and an id on its first line")
    line = 1
    for block in blocks:
        where = f"{path}, line {line}"
        head, _, marked = block.partition("\n")
        try:
            document = parse_marked(marked)
        except (BadMark, UnknownLabel) as error:
            error.args = (f"{where}: {error}",)
            raise
        yield Annotated(where, document.text, document.spans, id=str(parse_json(head, where)))
        line += block.count("\n") + 1
