"""``govner bench``: how fast the parts are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .access import HomeFolder, Url, access
from .table import table

if TYPE_CHECKING:
    from ..apply.bench import Figure

bench = typer.Typer(help="Measure speed, start-up and memory.", no_args_is_help=True)


@bench.callback()
def _bench() -> None:
    """Measure speed, start-up and memory."""


@bench.command("rules")
def bench_rules(
    documents: Annotated[str, typer.Argument(help="Documents (JSON Lines), a folder, or -.")],
    limit: Annotated[int, typer.Option(min=1, help="How many documents to read at most.")] = 300,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print characters a second of the rules and of jieba's tagger, start-up time and memory.

    Example: govner bench rules corpus/gold
    """
    from ..document import read_documents
    from ..rules.bench import measure

    stream = read_documents(documents, labels=None)
    found = measure([document.text for document in islice(stream, limit)])
    typer.echo(json.dumps(found, indent=1) if as_json else figures_text(found))


@bench.command("ingest")
def bench_ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Pages, folders, archives.")
    ],
) -> None:
    """Print pages and characters a second by kind of file, near copies grouped, one process.

    Example: govner bench ingest seeds
    """
    from ..ingest.bench import measure

    rows = [
        (r.kind, f"{r.pages:,}", f"{r.characters:,}", f"{r.speed:,.1f}",
         f"{r.characters / r.seconds:,.0f}")
        for r in measure(paths)
    ]  # fmt: skip
    typer.echo(table(("kind", "pages", "characters", "pages/s", "characters/s"), rows))


@bench.command("apply")
def bench_apply(
    documents: Annotated[str, typer.Argument(help="Documents (JSON Lines), a folder, or -.")],
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="rules|MODEL", help="Who predicts; may be given again."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many documents to read at most.")] = 2000,
    many: Annotated[int, typer.Option(help="Documents for the memory; 0 leaves it out.")] = 100_000,
    requests: Annotated[int, typer.Option(help="HTTP requests; 0 leaves them out.")] = 1000,
    engines: Annotated[bool, typer.Option(help="Whether Ray and Spark are measured.")] = True,
) -> None:
    """Print characters a second of processes and engines, a worker's memory, HTTP's latency.

    Example: govner bench apply corpus/gold --with rules --with build/model
    """
    from tempfile import TemporaryDirectory

    from ..apply import bench as measure
    from ..document import read_documents

    read = list(islice(read_documents(documents, labels=None), limit))
    figures: list[Figure] = []
    with TemporaryDirectory() as name:
        for by in with_ or ["rules"]:
            folder = Path(name) / str(len(figures))
            (folder / "out").mkdir(parents=True)
            figures += measure.measure_processes(read, by, folder)
            figures += measure.measure_engines(read, by, folder) if engines else ()
            figures += measure.measure_memory(read, by, folder, count=many) if many else ()
            figures += measure.measure_http(read, by, requests=requests) if requests else ()
    typer.echo(apply_table(figures))
    typer.echo(f"measured on {sum(len(document.text) for document in read):,} characters")


@bench.command("doccano")
def bench_doccano(
    counts: Annotated[list[int] | None, typer.Argument(min=1, help="Numbers of documents.")] = None,
    edit: Annotated[
        bool,
        typer.Option("--edit", help="Time a pull after all are edited and confirmed, too; slow."),
    ] = False,
    url: Url = None,
    home: HomeFolder = None,
) -> None:
    """Print how fast documents of 500 characters with ten spans are pushed and pulled.

    In a project of its own on the server that `govner doccano up` started, deleted at the end.

    Example: govner bench doccano 1000 10000
    """
    from ..doccano import Home
    from ..doccano.bench import measure
    from ..doccano.client import Client

    place = Home.at(home)
    with Client(access(place, url), home=place) as client:
        for count in counts or [1000]:
            typer.echo(str(measure(client, count, edit=edit)))


def apply_table(figures: Iterable[Figure]) -> str:
    """Return the figures of `bench apply` as one table."""
    rows = [
        (row.what, row.by, f"{row.figure:,.{0 if row.figure >= 100 else 2}f}", row.unit)
        for row in figures
    ]
    return table(("what", "with", "figure", "unit"), rows)


def figures_text(found: dict[str, Any]) -> str:
    """Return the figures as lines."""
    memory = "not told here" if found["memory"] is None else f"{found['memory']:.0f} MiB"
    return "\n".join(
        [
            f"rules          {found['rules']:>9,.0f} characters a second, one core",
            f"jieba.posseg   {found['jieba']:>9,.0f} characters a second",
            f"ratio          {found['ratio']:>9.1f}",
            f"one line       {found['one_line']:>9.0%} of that rate on a megabyte without a break",
            f"random line    {found['random_line']:>9.0%} of it on a megabyte of random characters",
            f"start-up       {found['start_up']:>9.2f} s, a fresh process; "
            f"{found['start_up_cpu']:.2f} s of a core",
            f"memory         {memory:>9}",
            f"measured on {found['characters']:,} characters",
        ]
    )
