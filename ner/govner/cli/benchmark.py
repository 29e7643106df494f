"""``govner benchmark``: the component beside other systems on published sets."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from ..document.errors import BadConfig
from ..document.files import open_output
from .console import say

_SYSTEMS = {
    "govner": Path("configs/bench/govner.cfg"),
    "spacy": Path("configs/bench/spacy.cfg"),
    "crfsuite": None,
}


def benchmark(
    data: Annotated[Path, typer.Option(help="The folder that holds benchmarks/.")] = Path(
        "../shared/data"
    ),
    sets: Annotated[str, typer.Option(help="Which sets, with commas.")] = "resume,cluener,cluener3",
    systems: Annotated[str, typer.Option(help="Which systems, with commas.")] = (
        "govner,spacy,crfsuite"
    ),
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds each.")] = 3,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder for a dated .md and .json.")
    ] = Path("build/bench"),
) -> None:
    """Train and score on published sets; a dated table and its figures are written.

    Example: govner benchmark --sets resume --systems govner,crfsuite --seeds 1
    """
    import sys
    from datetime import datetime, timezone

    from ..model.benchmark import BENCHMARKS, as_markdown, run_benchmarks

    chosen = _pick(systems, _SYSTEMS)
    runs = []
    for run in run_benchmarks(
        data,
        list(_pick(sets, BENCHMARKS)),
        chosen,
        seeds=range(1, seeds + 1),
        log=sys.stderr,
    ):
        runs.append(run)
        say(f"{run.benchmark} {run.system} seed {run.seed}: F1 {100 * run.f1:.2f}")
    day = datetime.now(timezone.utc).date().isoformat()
    record = {"date": day, "machine": _machine(), "runs": [asdict(run) for run in runs]}
    with open_output(output / f"{day}.json") as stream:
        stream.write(json.dumps(record, indent=2) + "\n")
    with open_output(output / f"{day}.md") as stream:
        stream.write(as_markdown(runs, title=f"Benchmarks, {day}, {_machine()}"))
    say(f"{output / day}.md and .json: {len(runs)} runs")


def _pick(names: str, known: dict[str, Any]) -> dict[str, Any]:
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    for name in wanted:
        if name not in known:
            raise BadConfig(path=name, why="there is none", hint=f"take of {', '.join(known)}")
    return {name: known[name] for name in wanted}


def _machine() -> str:
    import os
    from importlib.metadata import version

    libraries = ", ".join(f"{name} {version(name)}" for name in ("spacy", "thinc", "numpy"))
    cores = os.cpu_count()
    return f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, {libraries}"
