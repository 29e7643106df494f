"""A folder of annotated shards, made by any engine, that a killed run goes on with."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..document.errors import BadConfig, BadOutput
from ..document.files import open_output, remove_folder
from ..document.strays import held, sweep
from .boss import Setup, Team, Worker
from .identity import predictor_identity
from .pieces import Piece, Shard, cut_shards, input_files
from .shards import ENTRIES, Entry, make_shard

MANIFEST = "manifest.json"
FAILURES = "failures.csv"
ENGINES = ("local", "ray", "spark")
FORMATS = ("jsonl", "parquet")


@dataclass
class Report:
    """What a run did: the sums over its shards, and what it passed over."""

    shards: int = 0
    documents: int = 0
    characters: int = 0
    spans: Counter[str] = field(default_factory=Counter)
    failures: int = 0
    kept: int = 0  # shards that a run before had made


@dataclass(frozen=True)
class Job:
    """What an engine needs: who predicts, where to, how many at once, and where it runs."""

    setup: Setup
    folder: Path
    workers: int = 1
    address: str | None = None
    report: Callable[[Piece], object] = lambda piece: None


def annotate_folder(
    inputs: Sequence[str | Path],
    output: str | Path,
    *,
    by: str = "rules",
    rules: str | Path | None = None,
    form: str | None = None,
    workers: int = 1,
    engine: str = "local",
    address: str | None = None,
    shard_bytes: int | None = None,
    report: Callable[[Piece], object] = lambda piece: None,
) -> Report:
    """Annotate files into a folder of shards with a manifest; a run that was cut off goes on.

    The result depends on the input, the predictor and ``shard_bytes`` alone, byte for byte, not on
    the engine, the number of workers or how often it was cut off. A document that the predictor
    fails on, or that ends its process, stands in ``failures.csv`` and is passed over. ``report``
    hears of each piece that is done (of the local engine). Raises ``BadInput`` and ``BadModel``
    before anything is written, and ``BadOutput`` for a folder that holds something else.
    """
    files = input_files(inputs)
    form = _form(form, files)
    plan = {
        "govner": version("govner"),
        "predictor": predictor_identity(by, rules),
        "inputs": [_state(path) for path in files],
        "format": form,
        "shard_bytes": shard_bytes,
    }
    folder = Path(output).resolve()
    if _finished(folder, plan):
        return _sum(folder, plan)
    run = _engine(engine)
    job = Job(Setup.of(by, rules, form), folder, workers, address, report)
    shards = partial(cut_shards, files, size=shard_bytes)
    with run(job) as make, _claimed(folder, plan):
        made = sum(1 for _ in make(s for s in shards() if not _made(folder, s, report)))
        return _finish(folder, plan, sum(1 for _ in shards()), made)


Make = Callable[[Iterable[Shard]], Iterable[Entry]]


@contextmanager
def _local(job: Job) -> Iterator[Make]:
    with Team(job.setup, workers=job.workers) as team:

        def work(worker: Worker, shard: Shard) -> Entry:
            return make_shard(worker, shard, job.folder, job.setup.form, job.report)

        yield partial(team.map, work)


def _engine(name: str) -> Callable[[Job], Any]:
    if name == "local":
        return _local
    if name not in ENGINES:
        raise BadConfig(path=name, why="is no engine", hint=f"use one of {', '.join(ENGINES)}")
    from importlib import import_module

    engine: Callable[[Job], Any] = import_module(f".on_{name}", __package__).engine
    return engine


def _form(form: str | None, files: Sequence[Path]) -> str:
    form = form or (files[0].suffix[1:] if files[0].suffix[1:] in FORMATS else FORMATS[0])
    if form not in FORMATS:
        raise BadConfig(path=form, why="is no format", hint=f"use one of {', '.join(FORMATS)}")
    return form


def _state(path: Path) -> dict[str, Any]:
    about = path.stat()
    return {"path": str(path), "bytes": about.st_size, "modified": about.st_mtime_ns}


def _entry(folder: Path, number: int) -> Path:
    return folder / ENTRIES / f"{number:06d}.json"


def _made(folder: Path, shard: Shard, report: Callable[[Piece], object]) -> bool:
    """Whether a run before has made a shard, and its file is as it was."""
    path = _entry(folder, shard.number)
    if not path.exists() or not _whole(folder, json.loads(path.read_text("utf-8"))):
        return False
    for piece in shard.pieces():
        report(piece)
    return True


def _whole(folder: Path, entry: Entry) -> bool:
    file = folder / entry["file"] if entry["file"] else None
    return file is None or (file.is_file() and file.stat().st_size == entry["bytes"])


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def _finished(folder: Path, plan: dict[str, Any]) -> bool:
    there = _read(folder)
    if there is None or not there.get("complete"):
        return False
    same = {key: there.get(key) for key in plan} == plan
    return same and all(_whole(folder, shard) for shard in there["shards"])


@contextmanager
def _claimed(folder: Path, plan: dict[str, Any]) -> Iterator[None]:
    """Hold the folder for this run: what its own earlier run made stays, another's goes."""
    there = _read(folder)
    try:
        if there is None and folder.exists() and any(folder.iterdir()):
            raise FileExistsError(17, f"it is a folder with other files and no {MANIFEST}")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadOutput(path=folder, why=error.strerror or str(error)) from error
    with held(folder) as ours:
        if not ours:
            raise BadOutput(path=folder, why="another run is writing it")
        same = there is not None and {key: there.get(key) for key in plan} == plan
        if there is not None and not same and not there.get("complete"):
            what = ", ".join(key for key in plan if there.get(key) != plan[key])
            why = f"it holds an unfinished run with another {what}; delete it to start anew"
            raise BadOutput(path=folder, why=why)
        if not same:
            _clear(folder, plan)
        _sweep(folder)
        yield


def _clear(folder: Path, plan: dict[str, Any]) -> None:
    _write(folder, {**plan, "complete": False})
    remove_folder(folder / ENTRIES)
    for path in (*folder.glob("part-*"), folder / FAILURES):
        path.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    (folder / ENTRIES).mkdir(exist_ok=True)
    for path in (*folder.glob(".*.????????"), *(folder / ENTRIES).glob(".*.????????")):
        sweep(path.with_name(path.name[1:-9]))


def _finish(folder: Path, plan: dict[str, Any], shards: int, made: int) -> Report:
    entries = [json.loads(_entry(folder, number).read_text("utf-8")) for number in range(shards)]
    failures = list(_failures(entries))
    if failures:
        with open_output(folder / FAILURES) as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerows([("file", "line", "id", "why"), *failures])
    listed = [_listed(entry) for entry in entries if entry["file"]]
    totals = {key: sum(e[key] for e in entries) for key in ("documents", "characters")}
    spans: Counter[str] = sum((Counter(entry["spans"]) for entry in entries), Counter())
    _write(
        folder,
        {
            **plan,
            "complete": True,
            **totals,
            "spans": dict(sorted(spans.items())),
            "failures": len(failures),
            "shards": listed,
        },
    )
    remove_folder(folder / ENTRIES)
    report = _sum(folder, plan)
    report.kept = shards - made
    return report


def _failures(entries: Iterable[Entry]) -> Iterator[tuple[str, int, str, str]]:
    """Give what was passed over with its line in the input file, counted from 1."""
    before: Counter[str] = Counter()
    for entry in entries:
        for path, row, key, why in entry["failures"]:
            yield path, before[path] + row + 1, key, why
        before.update(entry["rows"])


def _listed(entry: Entry) -> dict[str, Any]:
    shard = {key: entry[key] for key in ("file", "documents", "bytes", "sha256")}
    return {**shard, "failures": len(entry["failures"])}


def _sum(folder: Path, plan: dict[str, Any]) -> Report:
    there = _read(folder) or {}
    remove_folder(folder / ENTRIES)  # a run may be killed between its last two steps
    return Report(
        len(there["shards"]),
        there["documents"],
        there["characters"],
        Counter(there["spans"]),
        there["failures"],
        len(there["shards"]),
    )


def _write(folder: Path, manifest: dict[str, Any]) -> None:
    with open_output(folder / MANIFEST) as stream:
        stream.write(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
