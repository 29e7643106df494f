"""``govner export`` and ``govner import``."""

from __future__ import annotations

from typing import Annotated

import typer

from ..document import read_documents, write_documents
from .console import Tally, progress, say

_FORMATS = "doccano, labelstudio, brat, conll, spacy or marked."


def export(
    documents: Annotated[str, typer.Argument(help="Documents as JSON Lines, or -.")],
    to: Annotated[str, typer.Option("--to", help=_FORMATS)],
    output: Annotated[str, typer.Option("-o", "--output", help="File, or folder for brat.")],
) -> None:
    """Write documents for another tool.

    Example: govner export proposed.jsonl --to doccano -o doccano.jsonl
    """
    from ..formats import export_documents

    tally = Tally()
    export_documents(output, tally.count(progress(read_documents(documents))), to=to)
    say(f"exported to {to}: {tally}")
    if to == "labelstudio":
        from ..formats.labelstudio import CONFIG

        say(f"the project needs this labelling configuration:\n{CONFIG}")


def import_(
    file: Annotated[str, typer.Argument(help="What came back: a file, or a folder of brat.")],
    source: Annotated[str, typer.Option("--from", help=_FORMATS)],
    onto: Annotated[str, typer.Option("--onto", help="The documents that were exported.")],
    output: Annotated[str, typer.Option("-o", "--output", help="JSON Lines, or -.")] = "-",
    annotator: Annotated[str, typer.Option(help="Who made the new spans.")] = "annotator",
) -> None:
    """Put what people corrected in another tool onto the documents that were exported.

    Spans that were there before keep their source; documents that did not come back, or that
    nobody confirmed, are left out.

    Example: govner import doccano.jsonl --from doccano --onto proposed.jsonl -o corrected.jsonl
    """
    from ..formats import import_documents

    tally, exported = Tally(), Tally()
    corrected = import_documents(
        file, source=source, onto=exported.count(read_documents(onto)), annotator=annotator
    )
    write_documents(output, tally.count(progress(corrected)))
    left = exported.documents - tally.documents
    say(
        f"imported from {source}: {tally}" + (f"; {left:,} not corrected, left out" if left else "")
    )
