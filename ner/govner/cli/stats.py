"""``govner stats``: what a corpus holds, and what looks wrong in it."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..document import Document, format_marked, read_documents
from ..document.errors import BadInput
from ..document.files import output_folder
from .console import Tally, progress, say
from .predict import predict, system_name

if TYPE_CHECKING:
    from ..dataset import Statistics
    from ..dataset.settled import Settled

FOLDS = 5
ENOUGH = 20  # documents from which on a model learns something


def stats(
    corpus: Annotated[Path, typer.Argument(help="Documents, or a folder of them (or with gold/).")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder for index.html.")],
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="rules|MODEL|FILE", help="Whom to hold the gold against."),
    ] = None,
    folds: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Train so many models, each on all but one part; 0: none.  "
            "[default: 5 from 20 documents on]",
        ),
    ] = None,
    config: Annotated[Path, typer.Option(help="What to train: by default small and quick.")] = Path(
        "configs/quick.cfg"
    ),
    guideline: Annotated[
        Path | None,
        typer.Option(
            help="Its examples are held against the gold.  [default: CORPUS/guidelines.md]"
        ),
    ] = None,
) -> None:
    """Write a page on a corpus: counts, names, inconsistencies, doubtful documents, near copies.

    Small models annotate what they have not seen (about a minute for a hundred articles), and
    documents come first where these and the rules contradict the gold alike.

    Example: govner stats corpus/ -o build/corpus
    """
    say(
        write_stats(
            corpus,
            output,
            systems=with_ or ["rules"],
            folds=folds,
            config=config,
            guideline=guideline,
        )
    )


def write_stats(
    corpus: Path,
    output: Path,
    *,
    systems: list[str],
    folds: int | None = None,
    config: Path = Path("configs/quick.cfg"),
    guideline: Path | None = None,
) -> str:
    """Write ``index.html`` and ``stats.json`` into a folder and return what was found.

    Without ``guideline`` that of the corpus is taken, ``guidelines.md``, if there is one; without
    ``folds`` five models are trained if the corpus is large enough and the config is there.
    """
    from ..dataset import corpus_page, stats

    folder = corpus / "gold" if (corpus / "gold").is_dir() else corpus
    tally = Tally()
    documents = list(tally.count(read_documents(folder)))
    untrained = ""
    if folds is None:
        folds, untrained = _default_folds(len(documents), config)
    if folds == 1:
        hint = "say --folds 5, or leave it out"
        raise BadInput(path="--folds 1", why="one part leaves nothing to learn from", hint=hint)
    second = {
        system_name(by): list(progress(predict(documents, by)[0], total=len(documents)))
        for by in systems
    }
    if folds:
        second[f"{folds}-fold models"] = fold_predictions(documents, config, folds=folds)
    own = corpus / "guidelines.md"
    path = guideline or (own if own.is_file() else None)
    found = stats(documents, second, settled=hold_guideline(path, documents) if path else ())
    page = corpus_page(found, name=corpus.resolve().name)
    with output_folder(output, mark="stats.json") as work:
        (work / "index.html").write_text(page, encoding="utf-8")
        text = json.dumps(to_record(found), ensure_ascii=False, indent=1)
        (work / "stats.json").write_text(text + "\n", encoding="utf-8")
    return (
        f"{output / 'index.html'}: {tally}; {len(found.inconsistent)} surfaces annotated in "
        f"different ways, {len(found.copies)} near copies{untrained}"
    )


def _default_folds(documents: int, config: Path) -> tuple[int, str]:
    """Return how many models to train, and what to say where it is none."""
    if documents < ENOUGH:
        return 0, f"; {documents} documents are too few to train models that doubt them"
    if not config.is_file():
        return 0, f"; {config} is not here, so no models doubted the gold, see --config"
    return FOLDS, ""


def hold_guideline(path: Path, documents: Sequence[Document]) -> list[Settled]:
    """Look for every example of a guideline in the gold, section by section."""
    from ..dataset.settled import Settled, excerpt
    from ..review.guideline import occurrences, read_guideline

    examples = read_guideline(path)
    sections = Counter(example.name for example in examples)
    found = {name: Settled(name, number) for name, number in sections.items()}
    for place in occurrences(documents, examples):
        example = place.example
        row = replace(found[example.name], places=found[example.name].places + 1)
        if not place.agrees:
            end = place.start + len(example.document.text)
            row.against.append(
                (example.document, excerpt(place.document, place.start, end), place.document.id)
            )
        found[example.name] = row
    return list(found.values())


def fold_predictions(documents: Sequence[Document], config: Path, *, folds: int) -> list[Document]:
    """Return the documents as models see them that have not learned from them, in their order."""
    from ..evaluation.pipeline import annotate
    from ..model.folds import fold_models

    found: dict[str, Document] = {}
    with Path(os.devnull).open("w", encoding="utf-8") as log:
        made = fold_models(documents, config, folds=folds, log=log)
        for nlp, held_out in progress(made, total=folds, unit="fold"):
            found.update((document.id, document) for document in annotate(nlp, held_out))
    return [found[document.id] for document in documents]


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
        "guideline": {
            row.section: {
                "examples": row.examples,
                "places": row.places,
                "against": [
                    [
                        format_marked(expected.text, expected.spans),
                        format_marked(place.text, place.spans),
                        document,
                    ]
                    for expected, place, document in row.against
                ],
            }
            for row in found.settled
        },
        "disagreements": {
            name: [[ids[row.document], round(row.share, 4), len(row.pairs)] for row in rows]
            for name, rows in found.disagreements.items()
        },
    }
