"""``govner train``: a model from a config."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .console import say


def train(
    context: typer.Context,
    config: Annotated[str, typer.Argument(help="A config, as configs/char.cfg.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder to write; replaced when all is well.")
    ] = Path("build/model"),
    any_label: Annotated[
        bool, typer.Option("--any-label", help="Take labels that the scheme does not have.")
    ] = False,
) -> None:
    """Train a model; settings of the config can follow it, as --training.max_steps 400.

    Writes the model, scores.json and manifest.json (inputs with their hashes, seed, versions).

    Example: govner train configs/char.cfg -o build/model --paths.train build/split/train.jsonl
    """
    import sys

    from ..document import LABELS
    from ..model.train import parse_overrides, train_model

    trained = train_model(
        config,
        output,
        overrides=parse_overrides(context.args),
        labels=None if any_label else LABELS,
        log=sys.stderr,
    )
    scores = ", ".join(
        f"{name} {100 * trained.scores[key]:.1f}"
        for name, key in (("F1", "ents_f"), ("precision", "ents_p"), ("recall", "ents_r"))
    )
    documents, characters = trained.read.pop("documents", 0), trained.read.pop("characters", 0)
    spans = ", ".join(f"{label} {n:,}" for label, n in sorted(trained.read.items()))
    say(f"read {documents:,} documents, {characters:,} characters, spans by label: {spans}")
    say(f"{trained.folder}: {scores} on dev, trained in {trained.seconds:.0f} s")
