"""``govner evaluate``: honest scores, and a page to look at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..document import Document, read_documents
from ..document.errors import BadInput
from ..document.files import output_folder
from .console import Tally, progress, say
from .overlap import check_model, check_overlap, tells_nothing, training_documents
from .predict import is_file_of_predictions, predict, system_name
from .roster import measure_roster, roster_rows
from .scores import scores_text

if TYPE_CHECKING:
    from ..evaluation import Evaluation
    from ..evaluation.guideline import Example


def evaluate(
    gold: Annotated[str, typer.Argument(help="Corrected documents (JSON Lines), or a folder.")],
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="rules|MODEL|FILE",
            help="Who predicts: rules, a model, a file; repeated: runs.",
        ),
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
    curve: Annotated[
        Path | None, typer.Option(help="What `govner learning-curve` wrote, to be plotted.")
    ] = None,
    guideline: Annotated[
        Path | None, typer.Option(help="The annotation guideline: errors name its sections.")
    ] = None,
    roster_gold: Annotated[
        Path | None, typer.Option(help="Who holds which post, as corpus/roster.jsonl: scored, too.")
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
        roster_gold=roster_gold,
        resamples=resamples,
    )
    if output:
        write_report(run, output, curve=curve)
    typer.echo(scores_text(run))
    _say_what_is_missing(gold, run.found)
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
    roster_gold: Path | None = None,
    resamples: int = 1000,
) -> Run:
    """Predict with each system and score; the first is the one that the report shows.

    Raises ``BadInput`` where a near copy of a gold document stands in ``train``, or in what the
    model's manifest says it learned from.
    """
    from ..evaluation import evaluate, segmenter
    from ..evaluation.guideline import hold
    from ..evaluation.segmentation import ceiling

    tally = Tally()
    documents = list(tally.count(read_documents(gold)))
    everybody = [*systems, against] if against else systems
    known = _known(systems, train)
    certificate = _certify(documents, everybody, gold, train=known if train else None,
                           allow=allow_overlap)  # fmt: skip

    examples = guideline_examples(guideline) if guideline else []
    rows = roster_rows(roster_gold, documents) if roster_gold else {}

    def score(by: str) -> Evaluation:
        predicted, tokenize = predict(documents, by)
        lines = [document for _, document in examples]
        held = (
            hold(examples, predict(lines, by)[0])
            if lines and not is_file_of_predictions(by)
            else None
        )
        found = evaluate(
            documents,
            progress(predicted, total=len(documents)),
            system=system_name(by),
            tokenize=tokenize,
            train=known,
            guideline=examples,
            held=held,
            resamples=resamples,
        )
        if not found.score("strict", "all").predicted:
            say(f"{by}: not one span was predicted; are these raw documents?")
        return replace(found, roster=measure_roster(rows, found)) if rows else found

    found, *others = [score(by) for by in systems]
    before = score(against) if against else None
    for model in filter(tells_nothing, _models(everybody)):
        say(f"{model}: it does not say what it learned from, or that has changed; no leak is found")
    for name in segmenters:
        tokens = segmenter(name)
        found.ceilings[name.partition(":")[0]] = ceiling(
            documents, [tokens(doc.text) for doc in documents]
        )
    names = ", ".join(map(system_name, systems))
    return Run(Path(gold).name, found, before, others, certificate, tally, names)


def _say_what_is_missing(gold: str, found: Evaluation) -> None:
    """Say so where the gold was not annotated, or not with all labels: its scores mean nothing."""
    rows = {name[1]: found.score(*name) for name in found.ledger.names("strict")}
    if not found.score("strict", "all").gold:
        say(f"{gold}: it holds not one span; were these documents corrected?")
        return
    for label, score in rows.items():
        if not score.gold:
            number = f"{score.predicted:,} were predicted"
            say(
                f"{gold}: it holds no {label}, of which {number}; was it annotated with that label?"
            )


def guideline_examples(path: Path) -> list[Example]:
    """Return the examples of a guideline, each under its section; raises ``BadInput``."""
    from ..review.guideline import read_guideline

    examples = [(example.name, example.document) for example in read_guideline(path)]
    if not examples:
        hint = "give corpus/guidelines.md, or a file like it: sections, and marked text after >"
        raise BadInput(path=path, why="it holds no example", hint=hint)
    return examples


def _known(systems: Sequence[str], train: str | None) -> list[Document] | None:
    if train:
        return list(read_documents(train, labels=None))
    parts = [part for model in _models(systems) if (part := training_documents(model)) is not None]
    return [document for part in parts for document in part] if parts else None


def _models(systems: Sequence[str]) -> list[str]:
    return [by for by in systems if by != "rules" and not is_file_of_predictions(by)]


def _certify(
    documents: Sequence[Document],
    systems: Sequence[str],
    gold: str,
    *,
    train: Sequence[Document] | None,
    allow: bool,
) -> dict[str, Any] | None:
    """Return the first certificate there is, the worst first; raises ``BadInput`` for a leak."""
    found = [check_model(documents, model, gold, allow=allow) for model in _models(systems)]
    if train is not None:
        found = [check_overlap(documents, train, gold, allow=allow), *found]
    made = [certificate for certificate in found if certificate]
    return min(made, key=lambda certificate: certificate["clean"], default=None)


def write_report(run: Run, output: Path, *, curve: Path | None = None) -> None:
    """Write ``report.json``, ``report.html`` and ``scores.txt``, all of them or none.

    ``curve`` is the file of a learning curve; raises ``BadInput`` where it holds none.
    """
    from ..evaluation import report_page, to_record
    from ..evaluation.learning import read_curve

    learning = read_curve(curve) if curve else None
    record = to_record(run.found, before=run.before, runs=run.others)
    record = {"gold": run.gold, "certificate": run.certificate, **record}
    record["learning_curve"] = asdict(learning) if learning else None
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
