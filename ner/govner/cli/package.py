"""``govner package``: a wheel that other pipelines load."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .console import say


def package(
    model: Annotated[Path, typer.Argument(help="The folder that `govner train` wrote.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Where the wheel goes.")] = Path(
        "dist"
    ),
    name: Annotated[str, typer.Option(help="The package's name, without its language.")] = (
        "govnews_ner"
    ),
    version: Annotated[str, typer.Option(help="The package's version.")] = "0.1.0",
) -> None:
    """Package a model as a wheel that needs spaCy and nothing of this toolkit.

    Example: govner package build/model -o dist && pip install dist/zh_govnews_ner-0.1.0-*.whl
    """
    from ..model.package import package_model

    wheel = package_model(model, output, name=name, version=version)
    say(f"{wheel}: {wheel.stat().st_size / 1e6:.1f} MB")
