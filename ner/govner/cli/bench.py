"""``govner bench``: how fast the parts are."""

from __future__ import annotations

import json
from itertools import islice
from typing import Annotated, Any

import typer

from .access import HomeFolder, Url, access

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
