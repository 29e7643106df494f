"""One shard of the output: written beside, renamed, and entered with its counts and its digest."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..document.files import open_output, output_path
from ..document.parquet import schema
from .boss import Outcome, Worker
from .pieces import Piece, Run, Shard

ENTRIES = ".entries"  # where each finished shard is entered until the manifest lists them all

Entry = dict[str, Any]


def make_shard(
    worker: Worker,
    shard: Shard,
    folder: Path,
    form: str,
    report: Callable[[Piece], object] = lambda piece: None,
) -> Entry:
    """Annotate a shard, write its file and enter it; ``report`` hears of each piece.

    A shard without a document has no file. What counts is the entry: a file without one is made
    again. The entry's ``rows`` and the rows of its failures are counted by input file.
    """
    name = f"part-{shard.number:06d}.{form}"
    whole, rows, failures = Outcome(), Counter[str](), []
    with output_path(folder / name) as written:
        with _Writer(written, form) as writer:
            for piece in shard.pieces():
                outcome = worker.annotate(piece)
                failures += [
                    (piece.path, rows[piece.path] + row, key, why)
                    for row, key, why in outcome.failures
                ]
                rows[piece.path] += outcome.rows
                whole.documents += outcome.documents
                whole.characters += outcome.characters
                whole.spans.update(outcome.spans)
                writer.write(outcome.payloads)
                report(piece)
        about = {"bytes": written.stat().st_size, "sha256": digest(written)}
    if not whole.documents:
        (folder / name).unlink()
        about = {"bytes": 0, "sha256": ""}
    entry = {
        "file": name if whole.documents else None,
        "documents": whole.documents,
        "characters": whole.characters,
        "spans": dict(sorted(whole.spans.items())),
        **about,
        "rows": rows,
        "failures": failures,
    }
    with open_output(folder / ENTRIES / f"{shard.number:06d}.json") as stream:
        json.dump(entry, stream, ensure_ascii=False)
    return entry


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    sha = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(2**20):
            sha.update(block)
    return sha.hexdigest()


def as_text(shard: Shard) -> str:
    """Return a shard as JSON, for engines that pass rows of plain values."""
    return json.dumps(asdict(shard))


def from_text(text: str) -> Shard:
    """Take a shard back from its JSON."""
    parts = json.loads(text)
    return Shard(parts["number"], tuple(Run(**run) for run in parts["runs"]))


class _Writer:
    """Writes the encoded results of pieces as one file."""

    def __init__(self, path: Path, form: str) -> None:
        self._parquet = form == "parquet"
        self._stream = path.open("wb")
        self._tables: list[Any] = []

    def __enter__(self) -> _Writer:
        return self

    def write(self, payloads: list[bytes]) -> None:
        """Take the results of one piece."""
        if not self._parquet:
            self._stream.writelines(payloads)
            return
        import pyarrow as pa

        self._tables += [pa.ipc.open_stream(payload).read_all() for payload in payloads]

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._stream:
            if self._parquet and kind is None:
                self._close_parquet()
            self._stream.flush()
            os.fsync(self._stream.fileno())

    def _close_parquet(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.concat_tables(self._tables or [schema().empty_table()])
        pq.write_table(table.combine_chunks(), self._stream)
