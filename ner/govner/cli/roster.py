"""``govner roster``: who holds which post where, read off annotated documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .console import progress, say


def roster(
    documents: Annotated[Path, typer.Argument(help="Annotated documents; - for a pipe.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="roster.csv, .jsonl or .parquet; - for a pipe.")
    ] = Path("-"),
) -> None:
    """Turn annotated documents into rows: person, post, body, place, event, evidence.

    Example: govner roster corpus/gold -o build/roster.csv
    """
    from ..document import read_documents
    from ..roster import read_facts, write_roster

    stream = progress(read_documents(documents))
    number = write_roster(output, (fact for document in stream for fact in read_facts(document)))
    say(f"{number:,} facts written to {output}")
