"""A worker process: it loads the predictor by its name, then annotates one piece after another.

``python -m govner.apply.worker`` speaks frames on standard input and output: a line of JSON, and
behind an answer as many bytes as it announces. A process of its own, since what kills it must not
kill the run, whatever engine that runs on.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from ..document.errors import BadConfig, BadModel, GovnerError
from ..document.parquet import as_batch
from .pieces import Piece, PieceReader, Row
from .predictor import Predictor, Record


def main() -> None:
    """Serve one boss until it goes away."""
    for stop in (signal.SIGINT, signal.SIGTERM):  # the boss decides when to end
        signal.signal(stop, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the frames
    setup = json.loads(requests.readline())
    try:
        predictor = Predictor(setup["with"], rules=setup["rules"])
    except GovnerError as error:
        send(answers, {"refused": str(error), **_reason(error)})
        return
    send(answers, {"ready": True})
    reader = PieceReader()
    for line in requests:
        request = json.loads(line)
        if "records" in request:
            found = request["records"]
        else:
            found = reader.read(Piece(**request["piece"]))
        rows: list[tuple[int, Row]] = list(enumerate(found))
        row = request.get("row")
        header, payload = attempt(
            predictor, rows if row is None else rows[row : row + 1], setup["format"]
        )
        send(answers, {**header, "rows": len(rows)}, payload)


def attempt(
    predictor: Predictor, rows: list[tuple[int, Row]], form: str
) -> tuple[dict[str, Any], bytes]:
    """Annotate rows: what is known of the results, and the results in the form of the output.

    Where the whole does not go through, row after row does; what fails alone is a failure.
    """
    failures = [(number, "", _why(row)) for number, row in rows if row is not None and _broken(row)]
    records = [(number, row) for number, row in rows if isinstance(row, dict)]
    try:
        done = list(predictor([record for _, record in records]))
        payload = encode(done, form)
    except Exception:
        done = list(_one_by_one(predictor, records, form, failures))
        payload = encode(done, form)
    header = {
        "documents": len(done),
        "characters": sum(len(record["text"]) for record in done),
        "spans": Counter(span["label"] for record in done for span in record["spans"]),
        "failures": sorted(failures),
    }
    return header, payload


def _one_by_one(
    predictor: Predictor,
    records: list[tuple[int, Record]],
    form: str,
    failures: list[tuple[int, str, str]],
) -> Iterator[Record]:
    for number, record in records:
        try:
            (done,) = predictor([record])
            encode([done], form)
        except Exception as error:
            failures.append((number, str(record.get("id", "")), _why(error)))
        else:
            yield done


def encode(records: list[Record], form: str) -> bytes:
    """Return records as JSON Lines, or as an Arrow stream for Parquet."""
    if form == "jsonl":
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        return "".join(lines).encode()
    if not records:
        return b""
    import pyarrow as pa

    batch = as_batch(records)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def send(stream: BinaryIO, header: dict[str, Any], payload: bytes = b"") -> None:
    """Write one frame."""
    stream.write(json.dumps({**header, "bytes": len(payload)}).encode() + b"\n" + payload)
    stream.flush()


def _broken(row: Row) -> bool:
    return isinstance(row, Exception)


def _why(error: Any) -> str:
    if isinstance(error, GovnerError):
        return str(error)
    if isinstance(error, KeyError):
        return f"the key {error.args[0]!r} is missing" if error.args else "a key is missing"
    said = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {said}"


def _reason(error: GovnerError) -> dict[str, str]:
    """Return the parts of an error that the boss raises again."""
    if isinstance(error, BadModel):
        return {"kind": "BadModel", "model": error.model, "why": error.why}
    if isinstance(error, BadConfig):
        return {"kind": "BadConfig", "path": error.path, "why": error.why, "hint": error.hint}
    return {}


if __name__ == "__main__":
    main()
