"""The roster as a file: CSV, JSON Lines or Parquet, by the ending of its name."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
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
    ending = Path(path).suffix if str(path) != "-" else ".jsonl"
    if ending not in FORMATS:
        raise BadOutput(path=path, why=f"its ending is none of {', '.join(FORMATS)}")
    if ending == ".parquet":
        return _write_parquet(Path(path), facts)
    with open_output(path) as stream:
        return _write_csv(stream, facts) if ending == ".csv" else _write_jsonl(stream, facts)


def _write_csv(stream: IO[str], facts: Iterable[Fact]) -> int:
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    number = 0
    for number, fact in enumerate(facts, start=1):  # noqa: B007 - counted as they are written
        writer.writerow(fact.to_record())
    return number


def _write_jsonl(stream: IO[str], facts: Iterable[Fact]) -> int:
    number = 0
    for number, fact in enumerate(facts, start=1):  # noqa: B007 - counted as they are written
        stream.write(json.dumps(fact.to_record(), ensure_ascii=False) + "\n")
    return number


def _write_parquet(path: Path, facts: Iterable[Fact]) -> int:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra(what="pyarrow", extra="parquet") from error
    whole = {"start", "end"}
    schema = pa.schema([(name, pa.int64() if name in whole else pa.string()) for name in COLUMNS])
    number = 0
    with output_path(path) as written, pq.ParquetWriter(written, schema) as writer:
        for rows in _groups(facts):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            number += len(rows)
    return number


def _groups(facts: Iterable[Fact]) -> Iterable[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for fact in facts:
        rows.append(fact.to_record())
        if len(rows) == _ROW_GROUP:
            yield rows
            rows = []
    yield rows
