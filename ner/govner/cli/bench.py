"""``govner bench``: how fast the parts are."""

from __future__ import annotations

import json
from itertools import islice
from typing import Annotated, Any

import typer

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
