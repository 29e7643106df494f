"""``govner ingest`` and ``govner show``."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from ..document import GovnerError, read_documents, write_documents
from ..document.errors import BadInput
from ..document.files import open_output
from .console import Tally, progress, say


class OnError(str, Enum):
    """What a page that cannot be read does to the others."""

    stop = "stop"
    skip = "skip"


def ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Pages, folders, archives, or -.")
    ],
    output: Annotated[str, typer.Option("-o", "--output", help="JSON Lines, or -.")] = "-",
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=COLUMN", help="A table's column of text, title, date, source."),
    ] = None,
    on_error: Annotated[
        OnError, typer.Option(help="Whether a page that cannot be read ends the command.")
    ] = OnError.stop,
) -> None:
    """Read pages as clean documents that know their place on the page.

    Text in any encoding, HTML, PDF, DOCX, Markdown, JSON Lines, CSV, zip and WARC; the kind is
    told by content. Near copies get one group id, that of the first of them. With --on-error skip
    the rest goes on, and the exit code is 1.

    Example: govner ingest seeds -o build/documents.jsonl
    """
    from ..ingest import group_copies, ingest_paths, parse_columns

    tally = Tally()
    skipped: list[GovnerError] | None = [] if on_error is OnError.skip else None
    documents = ingest_paths(paths, columns=parse_columns(column or ()), skipped=skipped)
    grouped = group_copies(documents)
    write_documents(output, tally.count(progress(grouped, unit="page")))
    for error in skipped or ():
        say(f"skipped: {error}")
    say(f"ingested {tally}" + (f"; {len(skipped):,} skipped" if skipped else ""))
    if skipped:
        raise typer.Exit(1)


def show(
    documents: Annotated[str, typer.Argument(help="Documents as JSON Lines, or -.")],
    document: Annotated[str, typer.Argument(help="The id of one of them, or how it begins.")],
    output: Annotated[str, typer.Option("-o", "--output", help="An HTML file, or -.")] = "-",
) -> None:
    """Draw a document's raw page: removed parts grey, spans in colour.

    The page is read again from where it was ingested.

    Example: govner show build/documents.jsonl 5c1c -o build/page.html
    """
    from ..ingest import page_of
    from ..ingest import show as draw

    found = [item for item in read_documents(documents) if item.id.startswith(document)]
    if len(found) != 1:
        why = f"{len(found)} documents have an id that begins with {document}"
        raise BadInput(path=documents, why=why, hint="give the id of one")
    html = draw(found[0], page_of(found[0]))
    with open_output(output) as stream:
        stream.write(html)
    say(f"drew {found[0].id}: {len(found[0].text):,} characters, {len(found[0].spans):,} spans")
