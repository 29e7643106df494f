"""The roster as a file: CSV, JSON Lines or Parquet, by the ending of its name."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

from ..document.errors import BadOutput, MissingExtra
from ..document.files import open_output, output_path
from .fact import COLUMNS, Fact

FORMATS = (".csv", ".jsonl", ".parquet")
_ROW_GROUP = 10_000


def write_roster(path: str | Path, facts: Iterable[Fact]) -> int:
    """Write facts as they come and return their number; ``-`` is JSON Lines on standard output.

    Memory does not grow with the number of facts. Raises ``BadOutput`` for another ending and
    ``MissingExtra`` where Parquet is asked for without pyarrow.
    """
    rows = (tuple(fact.to_record().values()) for fact in facts)
    return write_table(path, COLUMNS, rows, whole={"start", "end"})


def write_table(
    path: str | Path,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    *,
    whole: Collection[str] | None = None,
) -> int:
    """Write rows as they come, by the ending of the name, and return their number.

    ``whole`` are the columns of whole numbers in Parquet, where all others hold text; if it is not
    given, types are those of the first rows.
    """
    ending = Path(path).suffix if str(path) != "-" else ".jsonl"
    if ending not in FORMATS:
        raise BadOutput(path=path, why=f"its ending is none of {', '.join(FORMATS)}")
    if ending == ".parquet":
        return _write_parquet(Path(path), columns, rows, whole)
    with open_output(path) as stream:
        write = _write_csv if ending == ".csv" else _write_jsonl
        return write(stream, columns, rows)


def _write_csv(stream: IO[str], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    number = 0
    for number, row in enumerate(rows, start=1):  # noqa: B007 - counted as they are written
        writer.writerow(row)
    return number


def _write_jsonl(stream: IO[str], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    number = 0
    for number, row in enumerate(rows, start=1):  # noqa: B007 - counted as they are written
        record = dict(zip(columns, row, strict=True))
        stream.write(json.dumps(record, ensure_ascii=False, default=str) + "\n")
    return number


def _write_parquet(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    whole: Collection[str] | None,
) -> int:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra(what="pyarrow", extra="parquet") from error
    stream = iter(rows)
    first = list(islice(stream, _ROW_GROUP))
    if whole is None:
        cells = zip(*first, strict=True) if first else ((),) * len(columns)
        kinds = [pa.array(cell).type for cell in cells]
    else:
        kinds = [pa.int64() if name in whole else pa.string() for name in columns]
    schema = pa.schema(list(zip(columns, kinds, strict=True)))
    number, group = 0, first
    with output_path(path) as written, pq.ParquetWriter(written, schema) as writer:
        while group:
            records = [dict(zip(columns, row, strict=True)) for row in group]
            writer.write_table(pa.Table.from_pylist(records, schema=schema))
            number += len(group)
            group = list(islice(stream, _ROW_GROUP))
    return number
