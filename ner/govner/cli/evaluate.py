"""``govner evaluate``: honest scores, and a page to look at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..document import Document, read_documents
from ..document.errors import BadInput
from ..document.files import output_folder, read_bytes
from .console import Tally, progress, say
from .overlap import check_overlap, training_documents
from .predict import is_file_of_predictions, predict, system_name
from .table import table

if TYPE_CHECKING:
    from ..evaluation import Evaluation


def evaluate(
    gold: Annotated[str, typer.Argument(help="Corrected documents (JSON Lines), or a folder.")],
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="rules|MODEL", help="Who predicts; repeated: several runs."),
    ] = None,
    predictions: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Score these predictions instead; - is a pipe."),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(metavar="rules|MODEL|FILE", help="A second system to stand beside it."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The folder for report.html and .json.")
    ] = None,
    train: Annotated[
        str | None,
        typer.Option(help="What was learned from: tells seen from unseen, finds leaks."),
    ] = None,
    allow_overlap: Annotated[
        bool, typer.Option("--allow-overlap", help="Evaluate though training and GOLD overlap.")
    ] = False,
    segmenters: Annotated[
        list[str] | None,
        typer.Option("--segmenter", help="Show its ceiling, too: char, jieba, pkuseg:FOLDER."),
    ] = None,
    learning: Annotated[
        Path | None, typer.Option(help="A JSON list of [documents, F1], to be plotted.")
    ] = None,
    guideline: Annotated[
        Path | None, typer.Option(help="The annotation guideline: errors name its sections.")
    ] = None,
    resamples: Annotated[int, typer.Option(min=100, help="Bootstrap draws.")] = 1000,
) -> None:
    """Score predictions against gold on character offsets: strict precision, recall and F1.

    Example: govner evaluate build/split/test.jsonl --with build/model -o build/report
    """
    run = run_evaluation(
        gold,
        [predictions] if predictions else with_ or ["rules"],
        against=against,
        train=train,
        allow_overlap=allow_overlap,
        segmenters=segmenters or [],
        guideline=guideline,
        resamples=resamples,
    )
    if output:
        write_report(run, output, learning=read_curve(learning) if learning else [])
    typer.echo(scores_text(run))
    if output:
        say(f"{output / 'report.html'} is the page to look at; the figures are in report.json")
    say(f"{gold}: {run.tally}, predicted by {run.systems}")


@dataclass(frozen=True)
class Run:
    """What was evaluated: the system, the one beside it, further runs, the certificate.

    ``tally`` counts the gold; ``systems`` names who predicted.
    """

    gold: str
    found: Evaluation
    before: Evaluation | None
    others: Sequence[Evaluation]
    certificate: dict[str, Any] | None
    tally: Tally
    systems: str


def run_evaluation(
    gold: str,
    systems: Sequence[str],
    *,
    against: str | None = None,
    train: str | None = None,
    allow_overlap: bool = False,
    segmenters: Sequence[str] = (),
    guideline: Path | None = None,
    resamples: int = 1000,
) -> Run:
    """Predict with each system and score; the first is the one that the report shows.

    Raises ``BadInput`` where a near copy of a gold document stands in ``train``, or in what the
    model's manifest says it learned from.
    """
    from ..evaluation import evaluate, segmenter
    from ..evaluation.guideline import hold
    from ..evaluation.segmentation import ceiling
    from ..review.guideline import read_guideline

    tally = Tally()
    documents = list(tally.count(read_documents(gold)))
    known = _known(systems, train)
    certificate = (
        check_overlap(documents, known, gold, allow=allow_overlap) if known is not None else None
    )

    examples = [(f"{e.section} {e.title.split(' · ')[0]}", e.document)
                for e in read_guideline(guideline)] if guideline else []  # fmt: skip

    def score(by: str) -> Evaluation:
        predicted, tokenize = predict(documents, by)
        lines = [document for _, document in examples]
        held = (
            hold(examples, predict(lines, by)[0])
            if lines and not is_file_of_predictions(by)
            else None
        )
        return evaluate(
            documents,
            progress(predicted, total=len(documents)),
            system=system_name(by),
            tokenize=tokenize,
            train=known,
            guideline=examples,
            held=held,
            resamples=resamples,
        )

    found, *others = [score(by) for by in systems]
    before = score(against) if against else None
    for name in segmenters:
        tokens = segmenter(name)
        found.ceilings[name.partition(":")[0]] = ceiling(
            documents, [tokens(doc.text) for doc in documents]
        )
    names = ", ".join(map(system_name, systems))
    return Run(Path(gold).name, found, before, others, certificate, tally, names)


def _known(systems: Sequence[str], train: str | None) -> list[Document] | None:
    if train:
        return list(read_documents(train, labels=None))
    models = [by for by in systems if by != "rules" and not is_file_of_predictions(by)]
    parts = [part for model in models if (part := training_documents(model)) is not None]
    return [document for part in parts for document in part] if parts else None


def write_report(run: Run, output: Path, *, learning: Sequence[tuple[float, float]] = ()) -> None:
    """Write ``report.json``, ``report.html`` and ``scores.txt``, all of them or none."""
    from ..evaluation import report_page, to_record

    record = to_record(run.found, before=run.before, runs=run.others)
    record = {"gold": run.gold, "certificate": run.certificate, **record}
    page = report_page(
        run.found,
        gold=run.gold,
        before=run.before,
        runs=run.others,
        certificate=run.certificate,
        learning=learning,
    )
    with output_folder(output, mark="report.json") as folder:
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (folder / "report.json").write_text(text + "\n", encoding="utf-8")
        (folder / "report.html").write_text(page, encoding="utf-8")
        table = f"{run.gold}, predicted by {run.systems}\n\n{scores_text(run)}\n"
        (folder / "scores.txt").write_text(table, encoding="utf-8")


def read_curve(path: Path) -> list[tuple[float, float]]:
    """Read a learning curve; raises ``BadInput``."""
    try:
        return [(float(number), float(f1)) for number, f1 in json.loads(read_bytes(path))]
    except (ValueError, TypeError) as error:
        hint = "give a JSON list of [documents, F1 from 0 to 1]"
        raise BadInput(path=path, why="it holds no learning curve", hint=hint) from error


def scores_text(run: Run) -> str:
    """Return the table for the terminal, what the tokens cannot reach, and the comparison."""
    from ..evaluation.evaluate import labels

    found = run.found
    rows = [("strict", label) for label in [*labels(found), "all"]]
    rows += [("nontrivial", "all"), ("place", "all"), ("label", "all")]
    names = {
        "nontrivial": "all, without the trivial",
        "place": "place only",
        "label": "label only, overlap",
    }
    head = ["", "precision", "recall", "F1", "95 % interval", "gold", "predicted", "correct"]
    lines = [_row(found, name, names.get(name[0], name[1])) for name in rows]
    return "\n".join([table(head, lines), *_ceilings(found), *_others(run)])


def _row(found: Evaluation, name: tuple[str, ...], title: str) -> list[str]:
    score, intervals = found.score(*name), found.intervals.get(name)
    figures = [f"{100 * x:.1f}" for x in (score.precision, score.recall, score.f1)]
    low, high = intervals[2] if intervals else (0.0, 0.0)
    interval = f"{100 * low:.1f} to {100 * high:.1f}" if intervals else "too few documents"
    counts = [f"{n:,}" for n in (score.gold, score.predicted, score.correct)]
    return [title, *figures, interval, *counts]


def _ceilings(found: Evaluation) -> list[str]:
    return [
        f"tokens of {name} reach "
        + ", ".join(f"{label} {within / total:.1%}" for label, (within, total) in row.items())
        + f"; {row['all'][1] - row['all'][0]:,} of {row['all'][1]:,} lost to segmentation"
        for name, row in found.ceilings.items()
        if "all" in row
    ]


def _others(run: Run) -> list[str]:
    from ..evaluation.paired import compare, spread

    lines = []
    if run.found.held:
        right, total = map(sum, zip(*run.found.held.sections.values(), strict=True))
        lines.append(f"guideline: {right} of {total} examples right")
    if run.others:
        figures = spread([run.found, *run.others])
        parts = [f"{name} {100 * m:.1f} ± {100 * sd:.1f}" for name, (m, sd) in figures.items()]
        lines.append(f"{len(run.others) + 1} runs, mean and deviation of F1: {', '.join(parts)}")
    if run.before:
        paired = compare(run.found, run.before)
        gap = paired.differences["all"]
        changes = {
            kind: sum(n for (change, _), n in paired.changes.items() if change == kind)
            for kind in ("fixed", "broken")
        }
        lines.append(
            f"against {paired.theirs}: F1 {100 * gap.f1:+.1f}, p = {gap.p:.4f}, "
            f"{changes['fixed']:,} errors fixed, {changes['broken']:,} new"
        )
    return lines
