"""``govner split``: train, dev and test that do not leak."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..document import Document, read_documents, write_documents
from ..document.errors import BadInput
from ..document.files import output_folder, read_bytes
from .console import Tally, say

if TYPE_CHECKING:
    from ..dataset import Certificate, Split


def split(
    corpus: Annotated[str, typer.Argument(help="Documents (JSON Lines), or a folder of them.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The folder to write.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Draws the parts; the same seed, the same split.")] = 0,
    dev: Annotated[float, typer.Option(min=0.01, max=0.49, help="The share of dev.")] = 0.15,
    test: Annotated[float, typer.Option(min=0.01, max=0.49, help="The share of test.")] = 0.15,
    threshold: Annotated[
        float, typer.Option(min=0.2, max=1.0, help="What near copies share at least.")
    ] = 0.5,
    group_by: Annotated[
        list[str] | None,
        typer.Option(help="Keep together by this meta key (source, date), or by officials."),
    ] = None,
    disjoint: Annotated[
        list[str] | None,
        typer.Option(help="Leave training documents out that share entities of this label."),
    ] = None,
    keep: Annotated[
        Path | None, typer.Option(help="The split.json of an earlier split, to change nothing in.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="CORPUS is a split folder: certify it, write nothing.")
    ] = False,
) -> None:
    """Split documents into train, dev and test; near copies stay together.

    Example: govner split corpus/gold -o build/split && govner split build/split --check
    """
    if check:
        certificate = check_split(Path(corpus), threshold=threshold)
        typer.echo(certificate)
        raise typer.Exit(0 if certificate.clean else 1)
    if output is None:
        raise typer.BadParameter("give the folder to write with -o", param_hint="-o")
    say(
        write_split(
            corpus,
            output,
            seed=seed,
            dev=dev,
            test=test,
            threshold=threshold,
            group_by=group_by or [],
            disjoint=disjoint or [],
            keep=read_assignment(keep) if keep else None,
        )
    )


def write_split(corpus: str | Path, output: Path, *, threshold: float, **options: Any) -> str:
    """Split a corpus into a folder of three files and ``split.json``; return what was done."""
    from ..dataset import certify, split

    tally = Tally()
    documents = list(tally.count(read_documents(corpus)))
    made = split(documents, threshold=threshold, **options)
    certificate = certify(made.parts, threshold=threshold)
    with output_folder(output, mark="split.json") as folder:
        for part, members in made.parts.items():
            write_documents(folder / f"{part}.jsonl", members)
        if made.left_out:
            write_documents(folder / "left_out.jsonl", made.left_out)
        record = manifest(made, certificate, documents, threshold=threshold, **options)
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (folder / "split.json").write_text(text + "\n", encoding="utf-8")
    together = sum(len(group) for group in made.together)
    return (
        f"{certificate}\n{output}: {tally}; {together} documents kept together in "
        f"{len(made.together)} groups, {len(made.left_out)} left out"
    )


def manifest(
    made: Split,
    certificate: Certificate,
    documents: Sequence[Document],
    *,
    keep: dict[str, str] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Return what ``split.json`` says: options, parts by id, groups and certificate."""
    return {
        "corpus": corpus_hash(documents),
        **options,
        "kept_from_before": len(keep or {}),
        "parts": {part: [doc.id for doc in members] for part, members in made.parts.items()},
        "left_out": [doc.id for doc in made.left_out],
        "together": made.together,
        "certificate": certificate.to_record(),
    }


def corpus_hash(documents: Sequence[Document]) -> str:
    """Return a hash of texts and spans that does not depend on the order of the documents."""
    rows = sorted(
        json.dumps([doc.id, doc.text, [span.key for span in doc.spans]]) for doc in documents
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def read_assignment(path: Path) -> dict[str, str]:
    """Read which part each id is in from a ``split.json``; raises ``BadInput``."""
    try:
        parts = json.loads(read_bytes(path))["parts"]
        return {identifier: part for part, ids in parts.items() for identifier in ids}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "give the split.json of an earlier split"
        raise BadInput(path=path, why="it holds no split", hint=hint) from error


def check_split(folder: Path, *, threshold: float) -> Certificate:
    """Certify a folder with train, dev and test; raises ``BadInput`` where a part is missing."""
    from ..dataset import PARTS, certify

    if not folder.is_dir():
        hint = "give the folder that `govner split` wrote"
        raise BadInput(path=folder, why="it is no folder", hint=hint)
    parts = {part: list(read_documents(folder / f"{part}.jsonl")) for part in PARTS}
    return certify(parts, threshold=threshold)
