r"""doccano's JSONL: ``{"text": ..., "label": [[start, end, "LABEL"], ...], ...metadata}``.

Seen with doccano 1.8: offsets are UTF-16 units (a project that is not in grapheme mode); metadata
must be strings under the same keys in every row; some keys are the server's own; the server
guesses encodings, so the file is ASCII; empty texts and lone surrogates kill an import.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..document import Document
from ..document.errors import NotExportable
from ..document.files import open_output
from .annotated import Annotated
from .files import bad_record, check_unicode, lines, parse_json, utf16_span
from .units import Utf16

ID = "govner_id"
META = ("title", "date", "source", "page")  # what helps a person, under keys doccano leaves alone


def write(path: str | Path, documents: Iterable[Document]) -> None:
    """Write documents for import as "JSONL" into a sequence labelling project."""
    with open_output(path) as stream:
        for document in documents:
            stream.write(json.dumps(to_row(document)) + "\n")


def to_row(document: Document) -> dict[str, Any]:
    """Return the row of a document; raises ``NotExportable``."""
    check_unicode(document, "doccano")
    if not document.text.strip():
        raise NotExportable(document=document.id, to="doccano", why="its text is empty")
    units = Utf16(document.text).units
    label = [[units(span.start), units(span.end), span.label] for span in document.spans]
    meta = {key: str(document.meta.get(key) or "") for key in META}
    return {"text": document.text, "label": label, ID: document.id, **meta}


def read(path: str | Path) -> Iterator[Annotated]:
    """Read what doccano exports as JSONL; its own ``id`` is a row number and not ours."""
    for where, line in lines(path):
        yield from_row(parse_json(line, where), where=where)


def from_row(row: Any, *, where: str) -> Annotated:
    """Read one row; raises ``BadInput`` or ``BadSpan`` with the place."""
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise bad_record(where, 'a "text"')
    labels = row.get("label", row.get("entities")) or []
    if not isinstance(labels, list):
        raise bad_record(where, 'a list under "label"')
    text = Utf16(row["text"])
    spans = tuple(_span(item, text, where) for item in labels)
    return Annotated(where, row["text"], spans, id=str(row.get(ID) or ""))


def _span(item: Any, text: Utf16, where: str) -> Any:
    if isinstance(item, dict):
        item = [item.get("start_offset"), item.get("end_offset"), item.get("label")]
    if not isinstance(item, list) or len(item) != 3:
        raise bad_record(where, "labels of the form [start, end, name]")
    return utf16_span(*item, text=text, where=where)
