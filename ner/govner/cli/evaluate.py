"""``govner evaluate``: honest scores, and a page to look at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..document import read_documents
from ..document.errors import BadInput
from ..document.files import output_folder
from .console import Tally, progress, say
from .predict import predict, system_name
from .table import table

if TYPE_CHECKING:
    from ..evaluation import Evaluation


def evaluate(
    gold: Annotated[str, typer.Argument(help="Corrected documents (JSON Lines), or a folder.")],
    with_: Annotated[
        str,
        typer.Option("--with", metavar="rules|MODEL", help="Who predicts."),
    ] = "rules",
    predictions: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Score these predictions instead; - is a pipe."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The folder for report.json and .html.")
    ] = None,
    train: Annotated[
        str | None,
        typer.Option(help="What the model learned from: tells seen from unseen, finds leaks."),
    ] = None,
    allow_overlap: Annotated[
        bool, typer.Option("--allow-overlap", help="Evaluate though --train and GOLD overlap.")
    ] = False,
    segmenters: Annotated[
        list[str] | None,
        typer.Option("--segmenter", help="Show its ceiling, too: char, jieba, pkuseg:FOLDER."),
    ] = None,
    resamples: Annotated[int, typer.Option(min=100, help="Bootstrap draws.")] = 1000,
) -> None:
    """Score predictions against gold on character offsets: strict precision, recall and F1.

    Example: govner evaluate build/split/test.jsonl --with rules -o build/report
    """
    found, extra = run_evaluation(
        gold,
        predictions or with_,
        train=train,
        allow_overlap=allow_overlap,
        segmenters=segmenters or [],
        resamples=resamples,
    )
    typer.echo(scores_text(found))
    if output:
        write_report(found, output, extra)
        say(f"{output / 'report.html'} is the page to look at; the figures are in report.json")


def run_evaluation(
    gold: str,
    by: str,
    *,
    train: str | None = None,
    allow_overlap: bool = False,
    segmenters: list[str] | None = None,
    resamples: int = 1000,
) -> tuple[Evaluation, dict[str, Any]]:
    """Predict and score; return the evaluation and what the report says beside it.

    Raises ``BadInput`` where a near copy of a gold document stands in ``train``.
    """
    from ..evaluation import evaluate, segmenter
    from ..evaluation.segmentation import ceiling

    tally = Tally()
    documents = list(tally.count(read_documents(gold)))
    known = list(read_documents(train, labels=None)) if train else None
    extra: dict[str, Any] = {"gold": gold, "train": train}
    if known is not None:
        extra["certificate"] = check_overlap(documents, known, gold, allow=allow_overlap)
    predicted, tokenize = predict(documents, by)
    found = evaluate(
        documents,
        progress(predicted, total=len(documents)),
        system=system_name(by),
        tokenize=tokenize,
        train=known,
        resamples=resamples,
    )
    for name in segmenters or []:
        tokens = segmenter(name)
        found.ceilings[name] = ceiling(documents, [tokens(doc.text) for doc in documents])
    say(f"{gold}: {tally}, predicted by {found.system}")
    return found, extra


def check_overlap(documents: Any, known: Any, gold: str, *, allow: bool) -> dict[str, Any]:
    """Return the leakage certificate of a test; raises ``BadInput`` unless it is clean."""
    from ..dataset import certify

    certificate = certify({"train": known, "test": documents})
    if not certificate.clean and not allow:
        first = certificate.crossing[0]
        why = (
            f"{len(certificate.crossing)} of its documents are near copies of training documents "
            f"({first['right']} of {first['left']}, say)"
        )
        hint = "use another test set, or say --allow-overlap"
        raise BadInput(path=gold, why=why, hint=hint)
    return certificate.to_record()


def write_report(found: Evaluation, output: Path, extra: dict[str, Any]) -> None:
    """Write ``report.json`` and ``report.html`` into the folder ``output``, whole or not at all."""
    from ..evaluation import report_page, to_record

    record = {**to_record(found), **extra}
    page = report_page(found, gold=Path(extra["gold"]).name, certificate=extra.get("certificate"))
    with output_folder(output) as folder:
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (folder / "report.json").write_text(text + "\n", encoding="utf-8")
        (folder / "report.html").write_text(page, encoding="utf-8")


def scores_text(found: Evaluation) -> str:
    """Return the table for the terminal, and what the tokens cannot reach."""
    from ..evaluation.evaluate import labels

    rows = [("strict", label) for label in [*labels(found), "all"]]
    rows += [("nontrivial", "all"), ("place", "all"), ("label", "all")]
    names = {
        "nontrivial": "all, without the trivial",
        "place": "place only",
        "label": "label only, overlap",
    }
    head = ["", "precision", "recall", "F1", "95 % interval", "gold", "predicted", "correct"]
    lines = [_row(found, name, names.get(name[0], name[1])) for name in rows]
    return "\n".join([table(head, lines), *_ceilings(found)])


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
