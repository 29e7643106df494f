"""``govner segmenter``: word segmenters for the configs that use one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .console import say

segmenter = typer.Typer(help="Train a word segmenter, with no download.", rich_markup_mode=None)


@segmenter.callback()
def about() -> None:
    """Train a word segmenter, with no download."""


@segmenter.command("train")
def train(
    segmented: Annotated[str, typer.Argument(help="Text with spaces between words, - for a pipe.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write.")],
    iterations: Annotated[int, typer.Option(min=1, help="Passes over the text.")] = 10,
) -> None:
    """Train a pkuseg model for configs/pkuseg.cfg from segmented text.

    Example: govner segmenter train segmented.txt -o build/pkuseg
    """
    from ..model.segmenter import train_segmenter

    lines = train_segmenter(segmented, output, iterations=iterations)
    say(f"{output}: a pkuseg model from {lines:,} lines")
