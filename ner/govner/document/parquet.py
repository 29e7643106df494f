"""Documents as Parquet: one document a row, with the columns of the JSON form; needs pyarrow.

``meta`` is a column of JSON text, since its keys differ from document to document. Any other
column of a file that comes from elsewhere (title, date) goes to ``meta``, as in JSON Lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import BadInput, MissingExtra
from .files import output_path

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 256  # rows in memory at once where a file is read
_ROW_GROUP = 2_000  # and where one is written
_OURS = {"text", "spans", "map"}


def read_rows(path: Path, *, group: int | None = None) -> Iterator[dict[str, Any]]:
    """Give the rows of a file, or of one row group, as pyarrow gives them.

    Raises ``BadInput`` for what is no Parquet or has no column ``text``.
    """
    file = open_parquet(path)
    groups = None if group is None else [group]
    for batch in file.iter_batches(batch_size=_BATCH, row_groups=groups):
        yield from batch.to_pylist()


def open_parquet(path: Path) -> Any:
    """Return a ``pyarrow.parquet.ParquetFile``; raises ``BadInput`` and ``MissingExtra``."""
    pa, pq = _pyarrow()
    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        why = f"it is no Parquet ({str(error).splitlines()[0]})"
        raise BadInput(path=path, why=why, hint="check the file") from error
    if "text" not in file.schema_arrow.names:
        columns = ", ".join(file.schema_arrow.names)
        raise BadInput(path=path, why=f"it has no column text ({columns})", hint="name one text")
    return file


def write_rows(path: str | Path, records: Iterable[dict[str, Any]]) -> None:
    """Write the records of documents; the file appears only when all are written."""
    _, pq = _pyarrow()
    rows = iter(records)
    with output_path(path) as written, pq.ParquetWriter(written, schema()) as writer:
        while group := list(islice(rows, _ROW_GROUP)):
            writer.write_batch(as_batch(group))


def as_batch(records: Iterable[dict[str, Any]]) -> pa.RecordBatch:
    """Return the records of documents in Arrow's form."""
    pa, _ = _pyarrow()
    rows = [{**row, "meta": json.dumps(row["meta"], ensure_ascii=False)} for row in records]
    return pa.RecordBatch.from_pylist(rows, schema=schema())


def schema() -> Any:
    """Return the columns of a document and their Arrow types."""
    pa, _ = _pyarrow()
    span = pa.struct(
        [
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("label", pa.string()),
            ("source", pa.string()),
        ]
    )
    return pa.schema(
        [
            ("id", pa.string()),
            ("text", pa.string()),
            ("spans", pa.list_(span)),
            ("meta", pa.string()),
            ("state", pa.string()),
            ("map", pa.list_(pa.list_(pa.int64()))),
        ]
    )


def as_record(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as a record for ``from_record``; ``ValueError`` where ``meta`` is no JSON."""
    record = {
        name: value if name in _OURS else _plain(value)
        for name, value in row.items()
        if value is not None
    }
    if isinstance(record.get("meta"), str):
        record["meta"] = json.loads(record["meta"])
    return record


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it: dates and decimals become text."""
    if isinstance(value, (list, dict)):
        return json.loads(json.dumps(value, ensure_ascii=False, default=str))
    return value if isinstance(value, (str, int, float)) else str(value)


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra(what="pyarrow", extra="parquet") from error
    return pa, pq
