"""Large inputs cut into pieces and shards, whose bounds depend on the input alone.

A piece is what one worker reads at once; a shard is a run of pieces that becomes one file. Both
are found by arithmetic, without reading the input.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..document.errors import BadInput
from ..document.jsonl import PARQUET, files_of, parse_record
from ..document.parquet import as_record, open_parquet, read_rows

Row = dict[str, Any] | Exception | None
PIECE = 64 * 1024  # bytes of input, about
SMALLEST, LARGEST = 2**20, 64 * 2**20  # bytes of input of a shard
_SHARDS = 64  # how many one aims at


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of a file that begin at byte ``start`` or later and before ``end``.

    Of Parquet, the rows ``start`` to ``end`` of row group ``group``. ``size`` is in bytes.
    """

    path: str
    start: int
    end: int
    size: int
    group: int = -1


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that follow one another: cut at ``start`` and then every ``step``."""

    path: str
    start: int
    end: int
    step: int
    size: int
    group: int = -1

    def pieces(self) -> Iterator[Piece]:
        """Give the pieces; their sizes add up to that of the run."""
        for start in range(self.start, self.end, self.step):
            end = min(start + self.step, self.end)
            yield Piece(self.path, start, end, self._size(end) - self._size(start), self.group)

    def up_to(self, room: int) -> tuple[Run, Run | None]:
        """Return the pieces that ``room`` bytes hold, one at least, and the rest."""
        units = max(1, -(-room * (self.end - self.start) // max(self.size, 1)))
        cut = self.start + -(-units // self.step) * self.step
        if cut >= self.end:
            return self, None
        size = self._size(cut)
        return replace(self, end=cut, size=size), replace(self, start=cut, size=self.size - size)

    def _size(self, end: int) -> int:
        return self.size * (end - self.start) // (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Shard:
    """Runs of pieces that become one file of the output."""

    number: int
    runs: tuple[Run, ...]

    @property
    def size(self) -> int:
        """Bytes of input."""
        return sum(run.size for run in self.runs)

    def pieces(self) -> Iterator[Piece]:
        """Give the pieces in their order."""
        for run in self.runs:
            yield from run.pieces()


def input_files(inputs: Sequence[str | Path]) -> list[Path]:
    """Return the files that paths, folders and patterns (``news/*.jsonl``) stand for, in order.

    Raises ``BadInput`` for what is not there, is empty, or is standard input, which cannot be
    read twice.
    """
    files: list[Path] = []
    for name in map(str, inputs):
        if name == "-":
            hint = "give a file, or write to a file"
            raise BadInput(path="standard input", why="cannot be read again", hint=hint)
        if not Path(name).exists() and glob.has_magic(name):
            found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - may be absolute
            if not found:
                raise BadInput(path=name, why="no file matches", hint="check the pattern")
            files += [path for path in map(Path, found) if path.is_file()]
        else:
            files += files_of(Path(name))
    for path in files:
        if not path.stat().st_size:
            raise BadInput(path=path, why="it holds no document", hint="give a JSON Lines file")
    return files


def cut_shards(files: Sequence[Path], *, size: int | None = None) -> Iterator[Shard]:
    """Cut files into shards of ``size`` bytes of input, or a size that suits the whole."""
    size = size or shard_size(sum(path.stat().st_size for path in files))
    number, room, runs = 0, size, []
    for run in (run for path in files for run in cut_runs(path)):
        rest: Run | None = run
        while rest:
            part, rest = rest.up_to(room)
            runs.append(part)
            room -= part.size
            if room <= 0:
                yield Shard(number, tuple(runs))
                number, room, runs = number + 1, size, []
    if runs:
        yield Shard(number, tuple(runs))


def shard_size(total: int) -> int:
    """Return how large shards are for an input: 1 MiB to 64 MiB, some 64 where that fits."""
    return min(max(total // _SHARDS, SMALLEST), LARGEST)


def cut_runs(path: Path) -> Iterator[Run]:
    """Give the runs of a file: itself, or the row groups of Parquet."""
    name = os.path.realpath(path)
    if path.suffix != PARQUET:
        size = path.stat().st_size
        yield Run(name, 0, size, PIECE, size)
        return
    about = open_parquet(path).metadata
    for group in range(about.num_row_groups):
        rows, size = about.row_group(group).num_rows, about.row_group(group).total_byte_size
        if rows:
            yield Run(name, 0, rows, max(1, PIECE * rows // max(size, 1)), size, group)


class PieceReader:
    """Reads the rows of pieces: a record each, the error that a row is, or None if it is blank.

    Pieces of one row group are cheap in their order, for the group stays open between them.
    """

    def __init__(self) -> None:
        self._open: tuple[str, int] | None = None
        self._rows: Iterator[dict[str, Any]] = iter(())
        self._next = 0

    def read(self, piece: Piece) -> list[Row]:
        """Return the rows of a piece in their order."""
        if piece.group < 0:
            return [_parsed(parse_record, line) if line.strip() else None for line in _lines(piece)]
        return [_parsed(as_record, row) for row in self._group(piece)]

    def _group(self, piece: Piece) -> Iterator[dict[str, Any]]:
        key = (piece.path, piece.group)
        if self._open != key or self._next > piece.start:
            self._open, self._next = key, 0
            self._rows = read_rows(Path(piece.path), group=piece.group)
        while self._next < piece.end:
            row = next(self._rows)
            self._next += 1
            if self._next > piece.start:
                yield row


def _parsed(parse: Callable[[Any], dict[str, Any]], row: Any) -> Row:
    try:
        return parse(row)
    except (ValueError, TypeError, RecursionError) as error:
        return error


def _lines(piece: Piece) -> Iterator[bytes]:
    with Path(piece.path).open("rb") as stream:
        if piece.start:
            # A line that began before belongs to the piece before; one that begins here does not.
            stream.seek(piece.start - 1)
            stream.readline()
        while stream.tell() < piece.end and (line := stream.readline()):
            yield line
