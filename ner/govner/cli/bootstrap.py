"""``govner bootstrap``: a model from raw text, taught by what the rules propose with confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..document import Document, read_documents, write_documents
from .console import Tally, progress, say

if TYPE_CHECKING:
    from ..dataset.doubt import Doubt

_DEV_EVERY = 9  # one corrected document in nine is for choosing the best step


def bootstrap(
    context: typer.Context,
    raw: Annotated[str, typer.Argument(help="Raw documents (JSON Lines), a folder, or -.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder to write; replaced when all is well.")
    ] = Path("build/bootstrap"),
    corpus: Annotated[str, typer.Option(help="Corrected documents; they teach, too.")] = "corpus",
    config: Annotated[str, typer.Option(help="What to train.")] = "configs/char.cfg",
    limit: Annotated[int, typer.Option(min=1, help="Raw documents to learn from at most.")] = 4000,
    weight: Annotated[int, typer.Option(min=1, help="How often a corrected one counts.")] = 4,
) -> None:
    """Train on what the rules propose over raw text and on the corrected corpus.

    Proposals of rules that people often overrule, and what ends like a name that the rules missed,
    are left open. Settings of the config can follow, as --training.max_steps 400. The lessons stay
    beside the output, in a folder named after it.

    Example: govner bootstrap build/clean.jsonl --corpus corpus/gold -o build/bootstrap
    """
    import sys

    from ..model.train import parse_overrides, train_model

    overrides = parse_overrides(context.args)
    lessons = output.with_name(output.name + "-lessons")
    corrected = list(read_documents(corpus))
    texts = islice(read_documents(raw, labels=None), limit)
    paths = write_lessons(lessons, progress(texts, total=limit), corrected, weight=weight)
    trained = train_model(config, output, overrides={**paths, **overrides}, log=sys.stderr)
    say(f"{trained.folder}: F1 {100 * trained.scores['ents_f']:.1f} on a ninth of the corpus")


def write_lessons(
    folder: Path, raw: Iterable[Document], corrected: list[Document], *, weight: int = 4
) -> dict[str, str]:
    """Write ``train.jsonl`` and ``dev.jsonl``; return the settings that name them."""
    from ..dataset.doubt import leave_open
    from ..rules import annotate

    doubt = corpus_doubt(corrected)
    teach = [doc for i, doc in enumerate(corrected) if i % _DEV_EVERY != _DEV_EVERY - 1]
    held = [doc for i, doc in enumerate(corrected) if i % _DEV_EVERY == _DEV_EVERY - 1]
    tally = Tally()
    lessons = tally.count(leave_open(annotate(raw), doubt))
    write_documents(folder / "train.jsonl", _chain(lessons, teach, weight))
    write_documents(folder / "dev.jsonl", held)
    say(
        f"{folder}: {tally} from raw text, {len(teach)} corrected documents {weight} times; "
        f"left open: {len(doubt.rules)} rules, {len(doubt.endings)} endings"
    )
    return {"paths.train": str(folder / "train.jsonl"), "paths.dev": str(folder / "dev.jsonl")}


def corpus_doubt(corrected: list[Document]) -> Doubt:
    """Learn from the corrected corpus which rules are weak and which names they miss."""
    from ..dataset.doubt import Doubt
    from ..review import changes
    from ..rules import annotate

    items = changes(annotate(corrected), corrected, unreviewed=True).items
    return Doubt.of(
        ((change.rule, change.kind == "kept") for change in items if change.proposed),
        (
            (change.surfaces[1], change.kind == "kept")
            for change in items
            if change.corrected and change.corrected.label != "PERSON"
        ),
    )


def _chain(lessons: Iterable[Document], teach: list[Document], weight: int) -> Iterator[Document]:
    yield from lessons
    for _ in range(weight):
        yield from teach
