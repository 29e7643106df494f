"""``govner ingest``."""

from __future__ import annotations

from typing import Annotated

import typer

from ..document import write_documents
from .console import Tally, progress, say


def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Pages, folders, or -.")],
    output: Annotated[str, typer.Option("-o", "--output", help="JSON Lines, or -.")] = "-",
) -> None:
    """Read pages as clean documents that know their place on the page.

    Example: govner ingest seeds -o build/documents.jsonl
    """
    from ..ingest import ingest_paths

    tally = Tally()
    write_documents(output, tally.count(progress(ingest_paths(paths), unit="page")))
    say(f"ingested {tally}")
