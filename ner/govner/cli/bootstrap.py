"""``govner bootstrap``: a model from raw text, taught by what the rules propose with confidence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..document import Document, read_documents, write_documents
from .console import Tally, progress, say

if TYPE_CHECKING:
    from ..dataset.doubt import Doubt

_DEV_EVERY = 9  # one corrected document in nine is for choosing the best step
_SEED = 7
_HINTS = "components.ner.model.tok2vec.embed.hints"


def bootstrap(
    context: typer.Context,
    raw: Annotated[str, typer.Argument(help="Raw documents (JSON Lines), a folder, or -.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder to write; replaced when all is well.")
    ] = Path("build/bootstrap"),
    corpus: Annotated[str, typer.Option(help="Corrected documents; they teach, too.")] = "corpus",
    config: Annotated[str, typer.Option(help="What to train.")] = "configs/char.cfg",
    limit: Annotated[int, typer.Option(min=1, help="Raw documents to learn from at most.")] = 4000,
    composed: Annotated[int, typer.Option(min=0, help="Composed articles to add.")] = 3000,
) -> None:
    """Train on what the rules propose over raw text, on the corrected corpus and composed articles.

    Proposals of rules that people often overrule, and what ends like a name that the rules missed,
    are left open. The network does not see the rules' proposals, lest it only repeats them.
    Settings of the config can follow, as --training.max_steps 400. The lessons stay beside the
    output, in a folder named after it.

    Example: govner bootstrap build/clean.jsonl --corpus corpus/gold -o build/bootstrap
    """
    import sys

    from ..model.train import parse_overrides, train_model

    overrides = parse_overrides(context.args)
    lessons = output.with_name(output.name + "-lessons")
    corrected = list(read_documents(corpus))
    texts = islice(read_documents(raw, labels=None), limit)
    paths = write_lessons(lessons, progress(texts, total=limit), corrected, composed=composed)
    settings = {**paths, **without_hints(config), **overrides}
    trained = train_model(config, output, overrides=settings, log=sys.stderr)
    say(f"{trained.folder}: F1 {100 * trained.scores['ents_f']:.1f} on a ninth of the corpus")


def write_lessons(
    folder: Path, raw: Iterable[Document], corrected: list[Document], *, composed: int = 0
) -> dict[str, str]:
    """Write the lessons into a folder; return the settings of a config that name them."""
    from ..dataset.doubt import leave_open
    from ..rules import annotate
    from .compose import compose_articles

    doubt = corpus_doubt(corrected)
    teach = [doc for i, doc in enumerate(corrected) if i % _DEV_EVERY != _DEV_EVERY - 1]
    held = [doc for i, doc in enumerate(corrected) if i % _DEV_EVERY == _DEV_EVERY - 1]
    paths = {name: folder / f"{name}.jsonl" for name in ("train", "dev")}
    write_documents(paths["train"], teach)
    write_documents(paths["dev"], held)
    paths["composed"] = folder / "more"
    tally = Tally()
    write_documents(folder / "more" / "raw.jsonl", tally.count(leave_open(annotate(raw), doubt)))
    if composed:
        articles = compose_articles(composed, seed=_SEED)
        write_documents(folder / "more" / "composed.jsonl", articles)
    say(
        f"{folder}: {tally} from raw text, {len(teach)} corrected and {composed:,} composed "
        f"documents; left open: {len(doubt.rules)} rules, {len(doubt.endings)} endings"
    )
    return {f"paths.{name}": str(path) for name, path in paths.items()}


def without_hints(config: str) -> dict[str, bool]:
    """Return the setting that keeps the proposals from the network, where a config has it."""
    from ..model.train import load_config

    section = load_config(config, {})
    for name in _HINTS.split(".")[:-1]:
        section = section.get(name, {})
    return {_HINTS: False} if section.get("hints") else {}


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
