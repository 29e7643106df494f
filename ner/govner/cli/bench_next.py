"""``govner bench next``: how many sentences a good order saves against a random one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import mean
from typing import Annotated

import typer

from ..document import Document
from ..document.files import open_output
from ..model.bench.sets import Benchmark, Parts, read_parts
from ..review.replay import Annotate, Choose, Step, at_random, needed, replay
from .console import say
from .next import pick

SIZES = (100, 200, 300, 400, 500, 600)
MORE = (800, 1000, 1300, 1600)  # how far the random order may go to catch up
RESUME = Benchmark(
    "resume.train",
    "resume.test",
    "resume.dev",
    labels={"NAME": "PERSON", "TITLE": "TITLE", "ORG": "ORG"},
)


def bench_next(
    data: Annotated[Path, typer.Option(help="The folder that holds benchmarks/.")] = Path(
        "../shared/data"
    ),
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds each.")] = 2,
    config: Annotated[Path, typer.Option(help="What to train after each round.")] = Path(
        "configs/quick.cfg"
    ),
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder for next.json and next.md.")
    ] = Path("build/bench"),
) -> None:
    """Replay `govner next` on ResumeNER: choose, learn, choose again, beside a random order.

    Some ten minutes. The table says what each order reached with how many sentences, and how many
    the random one needs for the same.

    Example: govner bench next --seeds 2
    """
    parts = read_parts(data, RESUME)
    found = replay_both(parts, config, seeds=range(1, seeds + 1))
    table = table_text(found)
    with open_output(output / "next.json") as stream:
        record = {name: [list(map(asdict, run)) for run in runs] for name, runs in found.items()}
        stream.write(json.dumps(record, indent=1) + "\n")
    with open_output(output / "next.md") as stream:
        stream.write(table)
    typer.echo(table, nl=False)
    say(f"{output / 'next.md'} and next.json: {len(found)} orders, {seeds} seeds")


def replay_both(parts: Parts, config: Path, *, seeds: Sequence[int]) -> dict[str, list[list[Step]]]:
    """Return what each order reached, a list of steps a seed; both begin with the same draw."""
    found: dict[str, list[list[Step]]] = {"govner next": [], "random": []}
    for seed in seeds:
        orders: Mapping[str, tuple[Choose, tuple[int, ...]]] = {
            "govner next": (by_worth, SIZES),
            "random": (at_random(seed), (*SIZES, *MORE)),
        }
        for name, (choose, sizes) in orders.items():
            found[name].append(
                replay(
                    parts.train,
                    learn=lambda documents: learn_from(documents, config),
                    score=_scorer(parts.test),
                    choose=choose,
                    sizes=sizes,
                    seed=seed,
                )
            )
            reached = ", ".join(f"{s.documents}: {100 * s.f1:.1f}" for s in found[name][-1])
            say(f"{name}, seed {seed}: {reached}")
    return found


def by_worth(
    raw: Sequence[Document], number: int, annotate: Annotate, done: Sequence[Document]
) -> list[str]:
    """Choose as `govner next` does: what is unsure, disputed by the rules, and new."""
    from ..rules import annotate as by_rules

    chosen = pick(annotate(raw), by_rules(raw), number, annotated=done)
    return [row.document.id for row in chosen]


def learn_from(documents: Sequence[Document], config: Path) -> Annotate:
    """Train on documents and return how the model annotates others, with its probabilities."""
    from ..evaluation.pipeline import annotate
    from ..model.folds import fit

    with Path(os.devnull).open("w", encoding="utf-8") as log:
        nlp = fit(documents, documents[:2], config, log=log)
    return lambda raw: list(annotate(nlp, raw))


def _scorer(test: Sequence[Document]) -> Callable[[Annotate], float]:
    from ..evaluation import evaluate

    bare = [document.with_spans([]) for document in test]
    return lambda annotate: evaluate(test, annotate(bare), resamples=100).score("strict", "all").f1


def table_text(found: Mapping[str, Sequence[Sequence[Step]]]) -> str:
    """Return a Markdown table: F1 of both orders, and what the random one needs for the same."""
    ours, random = (_means(found[name]) for name in ("govner next", "random"))
    lines = [
        "| ResumeNER, sentences | F1, `govner next` | F1, random order | random needs | saved |",
        "|---:|---:|---:|---:|---:|",
    ]
    for (count, f1), (_, other) in zip(ours, random, strict=False):
        same = needed(random, f1)
        least, more = (same, "") if same else (random[-1][0], "> ")
        saved = f"{more}{least:,.0f} | {more}{1 - count / least:.0%}"
        lines.append(f"| {count:,.0f} | {100 * f1:.1f} | {100 * other:.1f} | {saved} |")
    return "\n".join(lines) + "\n"


def _means(runs: Sequence[Sequence[Step]]) -> list[tuple[float, float]]:
    """Return sentences and mean F1 of each step over the seeds."""
    return [
        (steps[0].documents, mean(step.f1 for step in steps)) for steps in zip(*runs, strict=True)
    ]
