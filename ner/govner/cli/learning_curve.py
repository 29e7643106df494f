"""``govner learning-curve``: F1 against the number of corrected documents."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..document.errors import BadConfig
from ..document.files import open_output
from .console import say

if TYPE_CHECKING:
    from ..model.curve import Forecast, Point

_STYLE = """<style>
svg{font:12px sans-serif;background:#fff}.grid{stroke:#ddd}.tick,.axis{fill:#444}
.curve{fill:none;stroke:#2b6cb0;stroke-width:2}.dot{fill:#2b6cb0}.faint{opacity:.35}
.range{stroke:#2b6cb0}</style>"""


def learning_curve(
    context: typer.Context,
    config: Annotated[str, typer.Argument(help="A config, as configs/char.cfg.")],
    train: Annotated[str, typer.Option(help="Corrected documents to learn from.")] = (
        "build/split/train.jsonl"
    ),
    test: Annotated[str, typer.Option(help="Documents to score on.")] = "build/split/dev.jsonl",
    sizes: Annotated[
        str, typer.Option(help="Numbers of documents, with commas; an eighth to all by default.")
    ] = "",
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds each.")] = 1,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder for curve.json and curve.svg.")
    ] = Path("build/curve"),
) -> None:
    """Train on more and more documents and say what the next hundred would bring.

    Settings of the config can follow, as --training.max_steps 400. `govner evaluate --curve` puts
    the curve on the report page.

    Example: govner learning-curve configs/char.cfg --sizes 10,20,40,80 --seeds 2
    """
    import sys

    from ..document import read_documents
    from ..model import curve
    from ..model.train import parse_overrides

    points = []
    for point in curve.learning_curve(
        config,
        list(read_documents(train, labels=None)),
        list(read_documents(test, labels=None)),
        sizes=_numbers(sizes),
        seeds=range(1, seeds + 1),
        overrides=parse_overrides(context.args),
        log=sys.stderr,
    ):
        points.append(point)
        say(f"{point.documents} documents, seed {point.seed}: F1 {100 * point.f:.1f}")
    next_hundred = curve.forecast(points)
    _write(output, config, points, next_hundred)
    say(f"{output}/curve.json and curve.svg: {len(points)} trainings; {_sentence(next_hundred)}")


def _numbers(text: str) -> list[int]:
    try:
        return [int(part) for part in text.split(",") if part.strip()]
    except ValueError as error:
        why, hint = "these are no numbers of documents", "write --sizes 10,20,40"
        raise BadConfig(path=text, why=why, hint=hint) from error


def _sentence(found: Forecast | None) -> str:
    if found is None:
        return "two numbers of documents are needed to say what more would bring"
    low, high = 100 * found.low, 100 * found.high
    return (
        f"a power law expects F1 {100 * found.f:.1f} ({low:.1f} to {high:.1f}) "
        f"with {found.documents} documents"
    )


def _write(output: Path, config: str, points: list[Point], found: Forecast | None) -> None:
    from statistics import mean

    from ..page.svg import learning_curve as draw

    record = {
        "config": config,
        "points": [asdict(point) for point in points],
        "forecast": asdict(found) if found else None,
    }
    with open_output(output / "curve.json") as stream:
        stream.write(json.dumps(record, indent=1) + "\n")
    means = []
    for number in sorted({point.documents for point in points}):
        group = [point for point in points if point.documents == number]
        interval = (min(p.low for p in group), max(p.high for p in group))
        means.append((float(number), mean(p.f for p in group), interval))
    if found:
        means.append((float(found.documents), found.f, (found.low, found.high)))
    plot = str(draw(means, [(float(p.documents), p.f) for p in points]))
    head = plot.index(">") + 1
    opening = plot[:head].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    with open_output(output / "curve.svg") as stream:
        stream.write(opening + _STYLE + plot[head:] + "\n")
