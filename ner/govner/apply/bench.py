"""How fast many documents are annotated: processes, engines, HTTP, and what a worker holds."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from ..document import Document, write_documents
from .boss import Setup, Team, Worker
from .pieces import Piece, Shard, cut_shards
from .run import annotate_folder
from .shards import Entry, make_shard

CLIENTS = 32
_LIBRARIES = {"ray": "ray", "spark": "pyspark"}


class Figure(NamedTuple):
    """A row of the table: what was measured with whom, the figure and its unit."""

    what: str
    by: str
    figure: float
    unit: str


def measure_processes(documents: Sequence[Document], by: str, folder: Path) -> Iterator[Figure]:
    """Give characters a second of one and two loaded processes, their ratio, and the parent's part.

    One and two take turns over the same shards, so that what else the machine does meets both. A
    second of a core is what the workers really had, whoever else was busy.
    """
    source = folder / "in.jsonl"
    write_documents(source, documents)
    shards = list(cut_shards([source], size=1))  # small: the last ones leave few idle
    best, cores, part = {1: 0.0, 2: 0.0}, {1: 0.0, 2: 0.0}, 0.0
    with Team(Setup.of(by), workers=1) as one, Team(Setup.of(by), workers=2) as two:
        for team, workers in ((one, 1), (two, 2)):
            list(team.map(_first_piece, [shards[0]] * workers))  # all are loaded now
        for _ in range(2):
            for team, workers in ((one, 1), (two, 2)):
                begin, before = time.perf_counter(), time.process_time()
                had = team.seconds()
                done = sum(e["characters"] for e in team.map(partial(_make, folder), shards))
                wall = time.perf_counter() - begin
                best[workers] = max(best[workers], done / wall)
                cores[workers] = max(cores[workers], done / max(team.seconds() - had, 0.01))
                part = (time.process_time() - before) / wall
    yield Figure("1 process", by, best[1], "characters/s")
    yield Figure("2 processes", by, best[2], "characters/s")
    yield Figure("2 processes over 1", by, best[2] / best[1], "times")
    yield Figure("1 process", by, cores[1], "characters/s of a core")
    yield Figure("2 processes", by, cores[2], "characters/s of a core")
    yield Figure("parent of 2 processes", by, 100 * part, "% of a core")


def measure_engines(documents: Sequence[Document], by: str, folder: Path) -> Iterator[Figure]:
    """Give the rate of a whole run, start and end included, of each engine that is installed."""
    source = folder / "in.jsonl"
    write_documents(source, documents)
    characters = sum(len(document.text) for document in documents)
    local = 0.0
    for engine in ("local", "ray", "spark"):
        library = _LIBRARIES.get(engine)
        if library and find_spec(library) is None:
            continue
        begin = time.perf_counter()
        size = max(source.stat().st_size // 8, 1)
        annotate_folder(
            [source], folder / engine, by=by, workers=2, engine=engine, shard_bytes=size
        )
        wall = time.perf_counter() - begin
        local = local or wall
        yield Figure(f"{engine}, 2 workers", by, characters / wall, "characters/s")
        yield Figure(f"{engine}, more than local", by, wall - local, "s")


def measure_memory(
    documents: Iterable[Document], by: str, folder: Path, *, count: int
) -> Iterator[Figure]:
    """Give what a worker holds after a tenth of ``count`` sentences, half of them, and all."""
    source = folder / "many.jsonl"
    write_documents(source, _sentences(documents, count))
    pieces = [piece for shard in cut_shards([source]) for piece in shard.pieces()]
    marks = {len(pieces) // 10: count // 10, len(pieces) // 2: count // 2, len(pieces): count}
    worker = Worker(Setup.of(by))
    try:
        for number, piece in enumerate(pieces, start=1):
            worker.annotate(piece)
            if number in marks:
                held = worker.memory()
                yield Figure(f"worker after {marks[number]:,} documents", by, held, "MiB")
    finally:
        worker.close()


def measure_http(documents: Sequence[Document], by: str, *, requests: int) -> Iterator[Figure]:
    """Give requests a second and the latency of 32 clients, a document a request."""
    command = [sys.executable, "-m", "govner", "serve", by, "--port", "0", "--timeout", "120"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    try:
        said = server.stderr.readline()
        if "//" not in said:
            raise RuntimeError(f"the server did not start: {said}{server.stderr.read()}")
        address = said.split("//")[1].split(";")[0]
        bodies = [json.dumps({"text": document.text}).encode() for document in documents]
        with ThreadPoolExecutor(CLIENTS) as pool:
            begin = time.perf_counter()
            each = max(1, requests // CLIENTS)
            jobs = [
                pool.submit(_client, address, bodies[n:] + bodies[:n], each) for n in range(CLIENTS)
            ]
            took = sorted(second for job in jobs for second in job.result())
            wall = time.perf_counter() - begin
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate()
    length = sum(len(document.text) for document in documents) / len(documents)
    by = f"{by}, {length:.0f} characters each"
    yield Figure(f"HTTP, {CLIENTS} clients", by, len(took) / wall, "requests/s")
    yield Figure("HTTP, median", by, 1000 * took[len(took) // 2], "ms")
    yield Figure("HTTP, 99th percentile", by, 1000 * took[int(len(took) * 0.99)], "ms")


def _client(address: str, bodies: Sequence[bytes], count: int) -> list[float]:
    connection = http.client.HTTPConnection(address, timeout=120)
    took = []
    for body, _ in zip(cycle(bodies), range(count), strict=False):
        begin = time.perf_counter()
        connection.request("POST", "/annotate", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the server answered {answer.status}")
        took.append(time.perf_counter() - begin)
    connection.close()
    return took


def _first_piece(worker: Worker, shard: Shard) -> None:
    worker.annotate(next(shard.pieces()))


def _make(folder: Path, worker: Worker, shard: Shard) -> Entry:
    return make_shard(worker, shard, folder / "out", "jsonl", _unheard)


def _unheard(piece: Piece) -> None:
    pass


def _sentences(documents: Iterable[Document], count: int) -> Iterator[Document]:
    """Give as many different sentences as asked, each with a number of its own."""
    texts = [text for document in documents for text in document.text.split("。") if text.strip()]
    for number, text in zip(range(count), cycle(texts), strict=False):
        yield Document(str(number), f"{text.strip()[:40]}，第{number}号。")
