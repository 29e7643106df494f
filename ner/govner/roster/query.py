"""Questions to a roster of any size, answered by DuckDB: filters, a day, or SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..document.errors import BadConfig, BadInput, MissingExtra
from .fact import COLUMNS

READERS = {".parquet": "read_parquet", ".csv": "read_csv", ".jsonl": "read_json"}
FILTERS = ("person", "post", "body", "place", "event", "document", "date")
_FILTER = re.compile(rf"\s*({'|'.join(FILTERS)})\s*=\s*([^=]*?)\s*(?:,|$)")
_BATCH = 1000
_TYPES = {name: "BIGINT" if name in {"start", "end"} else "VARCHAR" for name in COLUMNS}
_TYPED = {  # or DuckDB guesses: a column of dates is no text, and an empty text is NULL
    "read_parquet": "",
    "read_csv": f", types={_TYPES}, nullstr='\\N'",
    "read_json": f", columns={_TYPES}, format='newline_delimited'",
}
# 2026-11-23, 2026年11月23日, 2026/11/23 10:15
_DAY = (
    r"try_cast(regexp_replace(date, '^\D*(\d{4})\D+(\d{1,2})\D+(\d{1,2}).*$', '\1-\2-\3') AS DATE)"
)
# Of what is said of a person and a post up to a day, the last counts; on one day the end of it.
_LAST = f"""
SELECT * FROM (SELECT *, {_DAY} AS day FROM roster) WHERE day <= ?
QUALIFY row_number() OVER (
    PARTITION BY person, post, body
    ORDER BY day DESC, event = 'removed' DESC, document, start
) = 1
"""


@dataclass(frozen=True)
class Answer:
    """The columns and the rows that answer a question; the rows can be read once."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


@contextmanager
def ask(
    path: str | Path,
    *,
    filters: Mapping[str, str] | None = None,
    on: date | None = None,
    sql: str | None = None,
) -> Iterator[Answer]:
    """Answer a question to a roster that ``write_roster`` wrote.

    ``filters`` are columns and what stands in them, with ``*`` for anything; ``on`` asks who held
    a post on a day, by the last that was said before. ``sql`` asks the table ``roster``, or is
    filters as text (``person=王明, post=*书记``). Raises ``BadInput`` for a file that is no
    roster, ``BadConfig`` for SQL that does not run, and ``MissingExtra`` without DuckDB.
    """
    wanted = dict(filters or {})
    if sql is not None and (read := parse_filters(sql)) is not None:
        wanted, sql = {**read, **wanted}, None
    if sql is not None and (wanted or on):
        hint = "say it in the SQL, or leave out --query"
        raise BadConfig(path="--query", why="SQL stands beside other filters", hint=hint)
    question, values = (sql, []) if sql is not None else _select(wanted, on)
    with _open(path) as connection:
        columns = _run(connection, question, values)
        yield Answer(columns, _rows(connection))


def parse_filters(text: str) -> dict[str, str] | None:
    """Return the columns and values of ``person=王明, post=*书记``, or None where it is none."""
    found = {}
    position = 0
    while position < len(text):
        match = _FILTER.match(text, position)
        if match is None:
            return None
        found[match[1]] = match[2].strip("'\"")
        position = match.end()
    return found or None


def _select(filters: Mapping[str, str], on: date | None) -> tuple[str, list[Any]]:
    values: list[Any] = [on] if on else []
    source = f"({_LAST})" if on else "roster"
    tests = ["event <> 'removed'"] if on else []
    for column, value in filters.items():
        tests.append(f"{column} GLOB ?" if "*" in value else f"{column} = ?")
        values.append(_glob(value) if "*" in value else value)
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    order = "date, document, start, person, post"
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    return f"SELECT {columns} FROM {source}{where} ORDER BY {order}", values


def _glob(value: str) -> str:
    return re.sub(r"([?\[])", r"[\1]", value)


@contextmanager
def _open(path: str | Path) -> Iterator[Any]:
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtra(what="duckdb", extra="query") from error
    hint = "make one: govner roster DOCUMENTS -o roster.parquet"
    reader = READERS.get(Path(path).suffix)
    if reader is None or not Path(path).is_file():
        why = "is no .parquet, .csv or .jsonl" if reader is None else "there is no such file"
        raise BadInput(path=path, why=why, hint=hint)
    # Nothing is fetched from elsewhere, whatever a question names.
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(config=settings) as connection:
        name = re.sub(r"([*?\[])", r"[\1]", str(Path(path).resolve())).replace("'", "''")
        try:
            there = connection.execute(f"DESCRIBE FROM {reader}('{name}')").fetchall()
            if missing := [column for column in COLUMNS if column not in {row[0] for row in there}]:
                raise BadInput(path=path, why=f"has no column {missing[0]}", hint=hint)
            connection.execute(f"CREATE VIEW roster AS FROM {reader}('{name}'{_TYPED[reader]})")
        except duckdb.Error as error:
            raise BadInput(path=path, why=f"cannot be read ({_said(error)})", hint=hint) from error
        yield connection


def _run(connection: Any, question: str, values: list[Any]) -> tuple[str, ...]:
    import duckdb

    hint = f"the table is roster, its columns are {', '.join(COLUMNS)}"
    try:
        kinds = [str(part.type) for part in connection.extract_statements(question)]
        if len(kinds) != 1 or not kinds[0].endswith("SELECT"):
            raise BadConfig(path="--query", why="it is not one SELECT", hint=hint)
        connection.execute(question, values)
    except duckdb.Error as error:
        raise BadConfig(path="--query", why=_said(error), hint=hint) from error
    return tuple(column[0] for column in connection.description)


def _rows(connection: Any) -> Iterator[tuple[Any, ...]]:
    while rows := connection.fetchmany(_BATCH):
        yield from rows


def _said(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
