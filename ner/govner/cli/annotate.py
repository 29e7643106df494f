"""``govner annotate``: documents get the spans that rules or a model propose."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from ..document import Document, read_documents, write_documents
from ..document.errors import BadConfig
from .console import Tally, byte_bar, progress, say


class Engine(str, Enum):
    """What runs the workers."""

    local = "local"
    ray = "ray"
    spark = "spark"


class Format(str, Enum):
    """What shards are written as."""

    jsonl = "jsonl"
    parquet = "parquet"


def annotate(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="JSON Lines, Parquet, folders, patterns ('*.jsonl'), or -."
        ),
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", help="A file, a folder of shards, or - for a pipe.")
    ] = "-",
    with_: Annotated[
        str,
        typer.Option("--with", metavar="rules|MODEL", help="Who proposes: the rules or a model."),
    ] = "rules",
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="A TOML file with own words and switched-off rules."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="How many processes work at once.")] = 1,
    format_: Annotated[
        Format | None, typer.Option("--format", help="Of shards; that of the input if not given.")
    ] = None,
    shard_mb: Annotated[
        int | None, typer.Option(min=1, help="MiB of input for a shard; what suits if not given.")
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="What runs the workers; ray and spark need the extra.")
    ] = Engine.local,
    address: Annotated[
        str | None, typer.Option(help="A Ray cluster or a Spark master; this machine if not given.")
    ] = None,
) -> None:
    """Propose PERSON, TITLE and ORG for every document; what was there before is replaced.

    A name without an ending (or with a / behind it) is a folder: shards and a manifest. Killed and
    started again, it goes on where it was; a document that cannot be annotated is listed in
    failures.csv and passed over, and the exit code is 1.

    Example: govner annotate build/documents.jsonl -o build/proposed.jsonl
    """
    if not is_folder(output):
        if engine is not Engine.local:
            why = "a cluster writes shards"
            raise BadConfig(path=output, why=why, hint="give -o a folder, as -o out/")
        _annotate_file(inputs, output, with_, rules, workers)
        return
    from ..apply import annotate_folder
    from ..apply.pieces import cut_shards, input_files

    with byte_bar(sum(shard.size for shard in cut_shards(input_files(inputs)))) as done:
        report = annotate_folder(
            inputs,
            output,
            by=with_,
            rules=rules,
            form=format_.value if format_ else None,
            workers=workers,
            engine=engine.value,
            address=address,
            shard_bytes=shard_mb * 2**20 if shard_mb else None,
            report=lambda piece: done(piece.size),
        )
    tally = Tally(report.documents, report.characters, report.spans)
    made = f"{report.shards:,} shards" + (f", {report.kept:,} there already" if report.kept else "")
    say(f"{output}: {made}: {tally}, proposed by {with_}")
    if report.failures:
        say(f"{report.failures:,} documents were passed over; see {Path(output) / 'failures.csv'}")
        raise typer.Exit(1)


def is_folder(output: str) -> bool:
    """Whether an output is a folder of shards: it is one, or its name says so."""
    path = Path(output)
    if path.is_dir() or output.endswith(("/", os.sep)):
        return True
    return output != "-" and not path.suffix and not path.exists()


def _annotate_file(
    inputs: Sequence[str], output: str, by: str, rules: Path | None, workers: int
) -> None:
    tally = Tally()
    if workers > 1:
        from ..apply import annotate_in_order

        proposed = annotate_in_order(inputs, by=by, rules=rules, workers=workers)
    else:
        documents = chain.from_iterable(map(read_documents, _paths(inputs)))
        proposed = annotate_documents(documents, by=by, rules=rules)
    write_documents(output, tally.count(progress(proposed)))
    say(f"{output}: {tally}, proposed by {by}")


def _paths(inputs: Sequence[str]) -> Iterable[str | Path]:
    """Return standard input as it is, and the files that all else stands for."""
    if list(inputs) == ["-"]:
        return inputs
    from ..apply.pieces import input_files

    return input_files(inputs)


def annotate_documents(
    documents: Iterable[Document], *, by: str = "rules", rules: Path | None = None
) -> Iterator[Document]:
    """Return the documents with the proposals of the rules or of a model, in their order.

    ``by`` is ``rules``, the folder of a model, or an installed package; ``rules`` is a file of own
    words. Raises ``BadModel`` for what is no model and ``BadConfig`` for a file beside one.
    """
    from ..apply import load_annotator

    return load_annotator(by, rules=rules)(documents)
