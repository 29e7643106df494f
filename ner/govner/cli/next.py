"""``govner next``: which raw documents are worth annotating first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Annotated

import typer

from ..document import Document, read_documents, write_documents
from ..review.queue import Candidate, Entity, rank, weigh
from .console import Tally, progress, say
from .predict import predict


def next_(
    raw: Annotated[str, typer.Argument(help="Documents (JSON Lines), a folder, or -.")],
    number: Annotated[int, typer.Option("-n", "--number", min=1, help="How many to choose.")] = 50,
    output: Annotated[
        str, typer.Option("-o", "--output", help="Where to write; - is a pipe.")
    ] = "-",
    with_: Annotated[
        str, typer.Option("--with", metavar="MODEL|rules", help="Who proposes the spans.")
    ] = "rules",
    against: Annotated[
        str | None,
        typer.Option(metavar="rules|MODEL", help="A second opinion; the rules beside a model."),
    ] = None,
    known: Annotated[
        str | None, typer.Option(help="What is annotated already: its names are not new.")
    ] = None,
) -> None:
    """Choose the documents whose correction would teach most; they come with proposals.

    Example: govner next build/clean.jsonl -n 50 --with build/model --known corpus/gold
    """
    tally = Tally()
    documents = list(read_documents(raw, labels=None))
    second = against or ("rules" if with_ != "rules" else None)
    annotated = list(read_documents(known, labels=None)) if known else []
    chosen = choose(documents, number, by=with_, against=second, annotated=annotated)
    write_documents(output, tally.count(map(_written, chosen)))
    say(f"{output}: {tally}, chosen from {len(documents):,}")


def choose(
    documents: Sequence[Document],
    number: int,
    *,
    by: str,
    against: str | None = None,
    annotated: Sequence[Document] = (),
) -> list[Candidate]:
    """Return the documents to annotate next, none a near copy of another or of an annotated one."""
    proposed = progress(predict(documents, by)[0], total=len(documents))
    others = predict(documents, against)[0] if against else None
    return pick(proposed, others, number, annotated=annotated)


def pick(
    proposed: Iterable[Document],
    others: Iterable[Document] | None,
    number: int,
    *,
    annotated: Sequence[Document] = (),
) -> list[Candidate]:
    """Return the proposals that are worth correcting first, given a second opinion of each."""
    entities: set[Entity] = {(s.label, d.surface(s)) for d in annotated for s in d.spans}
    if others is None:
        rows = [weigh(document, None, entities) for document in proposed]
    else:
        pairs = zip(proposed, others, strict=True)
        rows = [weigh(document, other, entities) for document, other in pairs]
    return rank(rows, number, is_copy=copies_of(annotated))


def copies_of(annotated: Sequence[Document]) -> Callable[[Document, Sequence[Document]], bool]:
    """Return a test for near copies of annotated and of chosen documents."""
    from ..document.shingles import jaccard, shingles

    seen = [shingles(document.text) for document in annotated]
    count = len(seen)

    def is_copy(document: Document, chosen: Sequence[Document]) -> bool:
        while len(seen) - count < len(chosen):
            seen.append(shingles(chosen[len(seen) - count].text))
        own = shingles(document.text)
        return any(jaccard(own, other) >= 0.5 for other in seen)

    return is_copy


def _written(row: Candidate) -> Document:
    why = {name: round(getattr(row, name), 3) for name in ("uncertain", "disputed", "new")}
    return replace(row.document, meta={**row.document.meta, "next": why}, state="proposed")
