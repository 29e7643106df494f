"""Documents as JSON Lines, one a line, with code-point offsets; or Parquet, by the name."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from .document import LABELS, STATES, Document, document_id
from .errors import BadInput, BadLine, BadSpan, OverlappingSpans, UnknownLabel
from .files import open_output
from .offsets import OffsetMap
from .parquet import as_record, read_rows, write_rows
from .span import Span

PARQUET = ".parquet"
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # as JSON may write it
_OWN_KEYS = frozenset({"id", "text", "spans", "meta", "state", "map"})


def read_documents(
    path: str | Path, *, labels: Sequence[str] | None = LABELS
) -> Iterator[Document]:
    """Read documents in the order of the file; ``-`` is standard input.

    A file is JSON Lines, or Parquet where its name ends so. A folder stands for its files of the
    two kinds in the order of their names. ``labels=None`` takes any label. Raises ``BadInput`` for
    a file that is not there, is empty or is no UTF-8, and ``BadLine``, ``BadSpan``,
    ``OverlappingSpans`` or ``UnknownLabel`` with file and line.
    """
    if str(path) == "-":
        yield from _read_stream(sys.stdin.buffer, "standard input", labels)
        return
    for file in files_of(Path(path)):
        if file.suffix == PARQUET:
            yield from _read_parquet(file, labels)
            continue
        with file.open("rb") as stream:
            yield from _read_stream(stream, str(file), labels)


def files_of(path: Path) -> list[Path]:
    """Return the files that a path stands for; raises ``BadInput`` where there is none."""
    if path.is_dir():
        files = sorted(file for ending in (".jsonl", PARQUET) for file in path.glob(f"*{ending}"))
        if not files:
            why = "the folder holds no *.jsonl and no *.parquet"
            raise BadInput(path=path, why=why, hint="give another folder")
        return files
    if not path.is_file():
        raise BadInput(path=path, why="there is no such file", hint="check the path")
    return [path]


def _read_stream(stream: BinaryIO, name: str, labels: Sequence[str] | None) -> Iterator[Document]:
    empty = True
    for number, line in enumerate(stream, start=1):
        if line.strip():
            empty = False
            yield _parse_line(line, name, number, labels)
    if empty:
        raise BadInput(path=name, why="it holds no document", hint="give a JSON Lines file")


def _read_parquet(path: Path, labels: Sequence[str] | None) -> Iterator[Document]:
    number = 0
    for number, row in enumerate(read_rows(path), start=1):
        with _located(str(path), number):
            document = from_record(as_record(row), labels=labels)
        yield document
    if not number:
        raise BadInput(path=path, why="it holds no document", hint="give a file with rows")


def _parse_line(line: bytes, name: str, number: int, labels: Sequence[str] | None) -> Document:
    with _located(name, number):
        return from_record(parse_record(line), labels=labels)


@contextmanager
def _located(name: str, number: int) -> Iterator[None]:
    """Name file and line in what is wrong with a record."""
    try:
        yield
    except UnicodeDecodeError as error:
        why = f"byte {error.start} is no UTF-8"
        raise BadLine(path=name, line=number, why=why) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadLine(path=name, line=number, why=_reason(error)) from error
    except (BadSpan, OverlappingSpans, UnknownLabel) as error:
        error.args = (f"{name}, line {number}: {error}",)
        raise


def parse_record(line: bytes) -> dict[str, Any]:
    """Return the object on a line; raises ``ValueError`` or ``TypeError`` where there is none."""
    text = line.decode("utf-8-sig")
    record = json.loads(text)
    if not isinstance(record, dict):
        raise TypeError(f"a {type(record).__name__} stands where a document should")
    if _SURROGATE.search(text):
        _check_unicode(record)
    return record


def _check_unicode(record: dict[str, Any]) -> None:
    """Raise ``ValueError`` for half a character, which no UTF-8 file can hold."""
    try:
        json.dumps(record, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        half = str(error.object)[error.start]
        raise ValueError(f"{half!r} is half a character (a lone surrogate)") from None


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "not JSON (nested too deeply)"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg} at column {error.colno})"
    if isinstance(error, KeyError):
        return f"the key {error.args[0]!r} is missing"
    return str(error)


def from_record(record: dict[str, Any], *, labels: Sequence[str] | None = LABELS) -> Document:
    """Build a document from its JSON form; keys that are not ours go to ``meta``.

    A missing id is made from the text. Raises ``KeyError``, ``TypeError`` or ``ValueError`` where
    the record has not the form, and the errors of ``Document``.
    """
    text = record["text"]
    if not isinstance(text, str):
        raise TypeError(f"the text is a {type(text).__name__}, not a string")
    identifier = str(record["id"]) if "id" in record else document_id(text)
    meta = {key: value for key, value in record.items() if key not in _OWN_KEYS}
    meta.update(record.get("meta") or {})
    state = record.get("state", "raw")
    if state not in STATES:
        raise ValueError(f"the state {state!r} is not one of {', '.join(STATES)}")
    spans = tuple(_span(item, identifier, labels) for item in record.get("spans") or ())
    pieces = record.get("map")
    return Document(identifier, text, spans, meta, state, OffsetMap.of(pieces) if pieces else None)


def _span(item: Any, document: str, labels: Sequence[str] | None) -> Span:
    if not isinstance(item, dict):
        raise TypeError(f"a span is a {type(item).__name__}, not an object")
    start, end, label = item["start"], item["end"], item["label"]
    if type(start) is not int or type(end) is not int:
        raise TypeError(f"the span ({start!r}, {end!r}) has offsets that are no whole numbers")
    if labels is not None and label not in labels:
        raise UnknownLabel(where=f"document {document}", label=str(label), known=tuple(labels))
    return Span(start, end, str(label), str(item.get("source") or ""))


def to_record(document: Document) -> dict[str, Any]:
    """Return the JSON form of a document."""
    record: dict[str, Any] = {
        "id": document.id,
        "text": document.text,
        "spans": [
            {"start": s.start, "end": s.end, "label": s.label, "source": s.source}
            for s in document.spans
        ],
        "meta": document.meta,
        "state": document.state,
    }
    if document.map is not None:
        record["map"] = [list(piece) for piece in document.map.pieces]
    return record


def write_documents(path: str | Path, documents: Iterable[Document]) -> None:
    """Write documents, one a line, in order; the file appears only when all are written.

    A name that ends in ``.parquet`` makes a Parquet file.
    """
    if Path(path).suffix == PARQUET:
        write_rows(path, map(to_record, documents))
        return
    with open_output(path) as stream:
        for document in documents:
            stream.write(json.dumps(to_record(document), ensure_ascii=False) + "\n")
