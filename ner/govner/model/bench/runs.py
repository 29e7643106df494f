"""The rows of the benchmark, run one by one; what is done is kept, so that they go on later."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from ...document import Document
from ...document.files import open_output
from .systems import Learned


@dataclass(frozen=True)
class Row:
    """A system on a set: how it learns with a seed, and what it is scored on.

    ``made_of`` tells apart what must be measured again when it changes, a config's text say.
    ``labels`` are those of the set for those that the system gives, where it learned others; what
    is not named there is left out. ``also`` are rows that the same training is scored for.
    """

    benchmark: str
    system: str
    learn: Callable[[int, IO[str]], Learned]
    test: Callable[[], Sequence[Document]]
    seeded: bool = True
    made_of: str = ""
    labels: Mapping[str, str] | None = None
    also: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Run:
    """One training of one system, scored on the set's test part.

    Training in seconds of wall time and of processor time; ``speed`` in characters a second of
    processor time.
    """

    benchmark: str
    system: str
    seed: int
    precision: float
    recall: float
    f1: float
    seconds: float
    cpu_seconds: float
    speed: float
    megabytes: float
    made_of: str = ""


def run_rows(
    rows: Iterable[Row], *, seeds: Sequence[int], kept: Path, log: IO[str]
) -> Iterator[Run]:
    """Train and score each row with each seed and yield what it reached.

    What has no seed runs once. Each result is a file in ``kept``, taken from there where it was
    made of the same.
    """
    for row in rows:
        for seed in seeds if row.seeded else seeds[:1]:
            sheets = (row, *row.also)
            paths = [_path(kept, sheet, seed) for sheet in sheets]
            known = [_read_run(path) for path in paths]
            if any(run is None or run.made_of != row.made_of for run in known):
                for path, run in zip(paths, _run(row, seed, log), strict=True):
                    with open_output(path) as stream:
                        stream.write(json.dumps(asdict(run), indent=1) + "\n")
                known = [_read_run(path) for path in paths]
            yield from (run for run in known if run is not None)


def _path(kept: Path, row: Row, seed: int) -> Path:
    name = re.sub(r"[^a-z0-9]+", "-", f"{row.benchmark} {row.system} {seed}".lower())
    return kept / f"{name}.json"


def read_runs(kept: Path) -> list[Run]:
    """Return all results that a folder keeps, by the names of their files."""
    found = (_read_run(path) for path in sorted(kept.glob("*.json")))
    return [run for run in found if run is not None]


def _read_run(path: Path) -> Run | None:
    try:
        return Run(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # not there, or of another version: measured anew


def _run(row: Row, seed: int, log: IO[str]) -> Iterator[Run]:
    started, spent = time.monotonic(), time.process_time()
    learned = row.learn(seed, log)
    seconds, cpu = time.monotonic() - started, time.process_time() - spent
    try:
        for sheet in (row, *row.also):
            yield score(sheet, seed, learned, seconds=seconds, cpu_seconds=cpu)
    finally:
        learned.clean_up()


def score(row: Row, seed: int, learned: Learned, *, seconds: float, cpu_seconds: float) -> Run:
    """Score a system on the row's test documents, strictly: both ends and the label."""
    test = row.test()
    bare = [document.with_spans(()) for document in test]
    started = time.process_time()
    predicted = list(learned.predict(bare))
    spent = max(time.process_time() - started, 1e-9)
    names = row.labels
    given = {
        (d.id, span.start, span.end, names[span.label] if names else span.label)
        for d in predicted
        for span in d.spans
        if not names or span.label in names
    }
    wanted = {(d.id, *span.key) for d in test for span in d.spans}
    wanted |= {(d.id, *key) for d in test for key in d.meta.get("nested", ())}
    right = len(given & wanted)
    return Run(
        benchmark=row.benchmark,
        system=row.system,
        seed=seed,
        precision=right / max(1, len(given)),
        recall=right / max(1, len(wanted)),
        f1=2 * right / max(1, len(given) + len(wanted)),
        seconds=round(seconds, 1),
        cpu_seconds=round(cpu_seconds, 1),
        speed=round(sum(len(document.text) for document in test) / spent),
        megabytes=round(learned.megabytes, 1),
        made_of=row.made_of,
    )
