"""``govner stats``: what a corpus holds, and what looks wrong in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..document import read_documents
from ..document.files import output_folder
from .console import Tally, progress, say
from .predict import predict, system_name

if TYPE_CHECKING:
    from ..dataset import Statistics


def stats(
    corpus: Annotated[Path, typer.Argument(help="Documents, or a folder of them (or with gold/).")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder for index.html.")],
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="rules|MODEL|FILE", help="Whom to hold the gold against."),
    ] = None,
) -> None:
    """Write a page on a corpus: counts, names, inconsistencies, doubtful documents, near copies.

    Example: govner stats corpus/ -o build/corpus
    """
    say(write_stats(corpus, output, systems=with_ or ["rules"]))


def write_stats(corpus: Path, output: Path, *, systems: list[str]) -> str:
    """Write ``index.html`` and ``stats.json`` into a folder and return what was found."""
    from ..dataset import corpus_page, stats

    folder = corpus / "gold" if (corpus / "gold").is_dir() else corpus
    tally = Tally()
    documents = list(tally.count(read_documents(folder)))
    second = {
        system_name(by): list(progress(predict(documents, by)[0], total=len(documents)))
        for by in systems
    }
    found = stats(documents, second)
    page = corpus_page(found, name=corpus.resolve().name)
    with output_folder(output, mark="stats.json") as work:
        (work / "index.html").write_text(page, encoding="utf-8")
        text = json.dumps(to_record(found), ensure_ascii=False, indent=1)
        (work / "stats.json").write_text(text + "\n", encoding="utf-8")
    return (
        f"{output / 'index.html'}: {tally}; {len(found.inconsistent)} surfaces annotated in "
        f"different ways, {len(found.copies)} near copies"
    )


def to_record(found: Statistics) -> dict[str, Any]:
    """Return ``stats.json``: counts, the commonest surfaces, and what looks wrong."""
    ids = [document.id for document in found.documents]
    return {
        "documents": len(ids),
        "characters": found.characters,
        "median_length": found.median_length,
        "spans": dict(found.spans),
        "surfaces": {label: len(surfaces) for label, surfaces in found.surfaces.items()},
        "frequent": {label: found.frequent(label) for label in found.surfaces},
        "kinds": {key: dict(counts) for key, counts in found.kinds.items()},
        "inconsistent": [
            {
                "surface": item.surface,
                "ways": dict(item.ways),
                "places": [[ids[p.document], p.start, p.end, p.label] for p in item.places],
            }
            for item in found.inconsistent
        ],
        "near_copies": [[ids[a], ids[b], share] for a, b, share in found.copies],
        "disagreements": {
            name: [[ids[row.document], round(row.share, 4), len(row.pairs)] for row in rows]
            for name, rows in found.disagreements.items()
        },
    }
