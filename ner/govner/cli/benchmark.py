"""``govner benchmark``: the component beside other systems on published sets and on our own."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..document.errors import BadConfig
from ..document.files import open_output
from .console import say

if TYPE_CHECKING:
    from ..model.bench.runs import Row

_SETS = "resume,cluener,cluener3,msra,govnews,next"
_MORE = "ablation"


def benchmark(
    data: Annotated[
        Path, typer.Option(help="The folder that holds benchmarks/, govnews/ and raw/.")
    ] = Path("../shared/data"),
    sets: Annotated[
        str,
        typer.Option(
            help="Which sets, with commas; next replays `govner next`, ablation is another."
        ),
    ] = _SETS,
    systems: Annotated[str, typer.Option(help="Which systems, with commas; all by default.")] = "",
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds each.")] = 3,
    quick: Annotated[
        bool, typer.Option("--quick", help="A few steps each, to see that all of it runs.")
    ] = False,
    train: Annotated[
        bool, typer.Option(help="Run what is not kept; without it the table tells what is.")
    ] = True,
    speed: Annotated[bool, typer.Option(help="Measure the speed of prediction, too.")] = True,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder for a dated .md and .json.")
    ] = Path("build/bench"),
) -> None:
    """Train and score on published sets and on government news; a dated table is written.

    Each result is kept in the folder: a run that was interrupted goes on where it was, and one
    whose config did not change is not repeated. Delete the folder to measure anew.

    Example: govner benchmark --sets resume --systems govner,crfsuite --seeds 1
    """
    import sys

    from ..model.bench.runs import run_rows
    from .benchmark_rows import make_rows

    kept = output / ("quick" if quick else "runs")
    rows = make_rows(data, _pick(sets, [*_SETS.split(","), _MORE]), kept, quick=quick)
    if systems:
        known = list(dict.fromkeys(row.system for row in rows))
        wanted = _pick(systems, known)
        rows = [row for row in rows if row.system in wanted]
    runs = []
    for run in run_rows(
        rows if train else (), seeds=range(1, seeds + 1), kept=kept, log=sys.stderr
    ):
        runs.append(run)
        say(f"{run.benchmark} {run.system} seed {run.seed}: F1 {100 * run.f1:.2f}")
    path = _write(output, kept, rows, _speeds(data, quick=quick) if speed else {})
    say(f"{path}.md and .json: {len(runs)} runs")


def _speeds(data: Path, *, quick: bool) -> dict[str, float]:
    from .benchmark_rows import compare_speeds

    return compare_speeds(data, quick=quick)


def _write(output: Path, kept: Path, rows: list[Row], speeds: dict[str, float]) -> Path:
    """Write what is known of these rows, now and from earlier runs."""
    from datetime import datetime, timezone

    from ..model.bench.runs import read_runs
    from ..model.bench.table import as_markdown
    from .benchmark_rows import published, reach

    order = [(sheet.benchmark, sheet.system) for row in rows for sheet in (row, *row.also)]
    runs = [run for run in read_runs(kept) if (run.benchmark, run.system) in order]
    runs.sort(key=lambda run: (order.index((run.benchmark, run.system)), run.seed))
    day = datetime.now(timezone.utc).date().isoformat()
    record = {
        "date": day,
        "machine": _machine(),
        "speeds": speeds,
        "runs": [asdict(run) for run in runs],
    }
    with open_output(output / f"{day}.json") as stream:
        stream.write(json.dumps(record, indent=2) + "\n")
    with open_output(output / f"{day}.md") as stream:
        title = f"Benchmarks, {day}, {_machine()}"
        stream.write(
            as_markdown(runs, title=title, published=published(), reach=reach(), speeds=speeds)
        )
    return output / day


def _pick(names: str, known: list[str]) -> list[str]:
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    for name in wanted:
        if name not in known:
            raise BadConfig(path=name, why="there is none", hint=f"take of {', '.join(known)}")
    return wanted


def _machine() -> str:
    import os
    from importlib.metadata import version

    libraries = ", ".join(f"{name} {version(name)}" for name in ("spacy", "thinc", "numpy"))
    cores = os.cpu_count()
    return f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, {libraries}"
