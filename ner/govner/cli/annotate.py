"""``govner annotate``: documents get the spans that rules or a model propose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from ..document import Document, read_documents, write_documents
from ..document.errors import BadConfig
from .console import Tally, progress, say


def annotate(
    documents: Annotated[str, typer.Argument(help="Documents (JSON Lines), a folder, or -.")],
    output: Annotated[
        str, typer.Option("-o", "--output", help="Where to write; - is a pipe.")
    ] = "-",
    with_: Annotated[
        str,
        typer.Option("--with", metavar="rules|MODEL", help="Who proposes: the rules or a model."),
    ] = "rules",
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="A TOML file with own words and switched-off rules."),
    ] = None,
) -> None:
    """Propose PERSON, TITLE and ORG for every document; what was there before is replaced.

    Example: govner annotate build/documents.jsonl -o build/proposed.jsonl
    """
    tally = Tally()
    proposed = annotate_documents(read_documents(documents), by=with_, rules=rules)
    write_documents(output, tally.count(progress(proposed)))
    say(f"{output}: {tally}, proposed by {with_}")


def annotate_documents(
    documents: Iterable[Document], *, by: str = "rules", rules: Path | None = None
) -> Iterator[Document]:
    """Return the documents with the proposals of the rules or of a model, in their order.

    ``by`` is ``rules``, the folder of a model, or an installed package; ``rules`` is a file of own
    words. Raises ``BadModel`` for what is no model and ``BadConfig`` for a file beside one.
    """
    from ..apply import load_annotator

    if rules is None:
        return load_annotator(by)(documents)
    if by != "rules":
        raise BadConfig(path=rules, why="own words are for the rules", hint="leave out --with")
    from ..rules import annotate as propose
    from ..rules.own import load_knowledge

    return propose(documents, knowledge=load_knowledge(rules))
