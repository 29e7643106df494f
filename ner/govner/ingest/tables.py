"""Tables of articles, one a row: JSON Lines and CSV with named columns."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..document.errors import BadInput, BadLine, GovnerError
from .decode import decode
from .page import Page, text_page
from .source import LARGEST, Source

# Names of columns, in the order in which they are looked for.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "正文", "内容", "文本"),
    "title": ("title", "headline", "标题", "题目"),
    "date": ("date", "time", "pubdate", "publish_time", "日期", "时间", "发布时间", "发布日期"),
    "source": ("source", "publisher", "site", "来源", "媒体", "出处"),
}
_LONGEST = 10_000_000  # bytes of one row


def knows_jsonl(source: Source, head: bytes) -> bool:
    """Whether bytes are JSON Lines: by name, or because the first line is an object with text."""
    if source.suffix in {".jsonl", ".ndjson"}:
        return True
    line = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return source.suffix in {"", ".json", ".txt"} and line.startswith((b'{"text"', b'{"id"'))


def read_jsonl(source: Source) -> Iterator[Page | GovnerError]:
    """Give a page for each row of JSON Lines, or why a row is none."""
    with source.open() as stream:
        for number, line in enumerate(iter(lambda: stream.readline(_LONGEST + 1), b""), start=1):
            if len(line) > _LONGEST:
                while not line.endswith(b"\n") and (line := stream.readline(_LONGEST)):
                    pass
                why = f"longer than {_LONGEST:,} bytes"
                yield BadLine(path=source.path, line=number, why=why)
            elif line.strip():
                yield _json_row(source, number, line)


def _json_row(source: Source, number: int, line: bytes) -> Page | GovnerError:
    try:
        row = json.loads(line.decode("utf-8-sig"))
        json.dumps(row, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        return BadLine(path=source.path, line=number, why=_reason(error))
    if not isinstance(row, dict):
        return BadLine(path=source.path, line=number, why="not an object")
    return _row(source, number, row)


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} is no UTF-8"
    if isinstance(error, UnicodeEncodeError):
        return "half a character (a lone surrogate) in it"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg} at column {error.colno})"
    return f"not JSON ({type(error).__name__})"


def knows_csv(source: Source, head: bytes) -> bool:
    """Whether bytes are a table, by the name."""
    return source.suffix in {".csv", ".tsv"}


def read_csv(source: Source) -> Iterator[Page | GovnerError]:
    """Give a page for each row of a table whose first row names the columns.

    Raises ``BadInput`` where no column holds text.
    """
    text = decode(source.bytes(most=LARGEST), path=source.path).text
    csv.field_size_limit(_LONGEST)
    delimiter = "\t" if source.suffix == ".tsv" else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if not _column(rows.fieldnames or (), "text", source.columns):
        why = f"no column of {', '.join(rows.fieldnames or ['none'])} holds text"
        raise BadInput(path=source.path, why=why, hint=f"name one {COLUMNS['text'][0]}")
    try:
        for row in rows:
            yield _row(source, rows.line_num, row)
    except csv.Error as error:
        raise BadLine(path=source.path, line=rows.line_num, why=str(error)) from error


def _row(source: Source, number: int, row: Mapping[str, Any]) -> Page | GovnerError:
    found = {name: row.get(_column(row, name, source.columns) or "") for name in COLUMNS}
    text = found.pop("text")
    if not isinstance(text, str) or not text.strip():
        return BadLine(path=source.path, line=number, why="no text in it")
    meta = {name: str(value) for name, value in found.items() if value}
    return text_page(f"{source.path}:{number}", text, encoding="utf-8", **meta)


def _column(row: Iterable[str], name: str, given: Mapping[str, str]) -> str | None:
    if name in given:
        return given[name] if given[name] in row else None
    named = {column.strip().lower(): column for column in row if column}
    return next((named[known] for known in COLUMNS[name] if known in named), None)


def parse_columns(given: Iterable[str]) -> dict[str, str]:
    """Read ``text=正文``; raises ``BadInput`` for a name that tables have not."""
    columns = {}
    for item in given:
        name, equals, column = item.partition("=")
        if name not in COLUMNS or not equals:
            why = "names no column"
            raise BadInput(path=item, why=why, hint=f"write one of {', '.join(COLUMNS)}=COLUMN")
        columns[name] = column
    return columns
