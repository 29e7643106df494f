"""``govner release``: a wheel that goes out only when the model is no worse than the last."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..document import Document, read_documents
from .console import say
from .evaluate import run_evaluation
from .overlap import read_manifest
from .scores import scores_text
from .split import corpus_hash

if TYPE_CHECKING:
    from ..evaluation.floors import Floors

SELFTESTS = 5
_VERSION_LINE = re.compile(r"^(?:Version|版本)[:：]?\s*([\d.]+)", re.MULTILINE)


def release(
    model: Annotated[Path, typer.Argument(help="The folder that `govner train` wrote.")],
    test: Annotated[
        str, typer.Option("--on", help="The pinned test documents.")
    ] = "build/split/test.jsonl",
    output: Annotated[Path, typer.Option("-o", "--output", help="Where the wheel goes.")] = Path(
        "dist"
    ),
    floors: Annotated[
        Path, typer.Option(help="The floors and the hash of the test they belong to.")
    ] = Path("configs/floors.json"),
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Lower the floors to what is reached.")
    ] = False,
    raise_floors: Annotated[
        bool, typer.Option("--raise-floors", help="Raise the floors to what is reached.")
    ] = False,
    guideline: Annotated[
        Path, typer.Option(help="The annotation guideline, for its version.")
    ] = Path("corpus/guidelines.md"),
    name: Annotated[str, typer.Option(help="The package's name, without its language.")] = (
        "govnews_ner"
    ),
    version: Annotated[str, typer.Option(help="The package's version.")] = "0.1.0",
) -> None:
    """Evaluate on the pinned test, refuse what falls below the floors, and package the rest.

    Example: govner release build/model --on build/split/test.jsonl -o dist
    """
    wheel = release_model(
        model,
        test,
        output,
        floors=floors,
        allow_regression=allow_regression,
        raise_floors=raise_floors,
        guideline=guideline,
        name=name,
        version=version,
    )
    say(f"{wheel}: {wheel.stat().st_size / 1e6:.1f} MB, with its card and self-test")


def release_model(
    model: Path,
    test: str,
    output: Path,
    *,
    floors: Path,
    guideline: Path,
    name: str,
    version: str,
    allow_regression: bool = False,
    raise_floors: bool = False,
) -> Path:
    """Return the wheel of a model that passes the gate.

    Raises ``BelowFloor`` and ``OtherCorpus`` unless regression is allowed, and ``BadInput`` where
    the test overlaps with what the model learned from.
    """
    from ..apply import load_model
    from ..evaluation.card import model_card
    from ..evaluation.floors import floors_of
    from ..model.package import package_model
    from ..model.selftest import selftest_files

    nlp = load_model(str(model))
    run = run_evaluation(test, [str(model)])
    say(scores_text(run))
    documents = list(read_documents(test))
    reached = floors_of(run.found, corpus_hash(documents))
    pin = _gate(reached, floors, allow=allow_regression, ratchet=raise_floors)
    card = model_card(
        run.found,
        name=f"{nlp.meta['lang']}_{name}",
        version=version,
        segmenter=_segmenter(nlp),
        manifest=read_manifest(model) or {},
        guideline=guideline_version(guideline),
        corpus=reached.corpus,
        certificate=run.certificate,
    )
    beside = selftest_files(nlp, _probes(documents))
    wheel = package_model(model, output, name=name, version=version, card=card, beside=beside)
    if pin:
        from ..evaluation.floors import write_floors

        write_floors(floors, pin)
        say(f"{floors}: {', '.join(f'{k} {100 * v:.2f}' for k, v in pin.f1.items())}")
    return wheel


def _gate(reached: Floors, path: Path, *, allow: bool, ratchet: bool) -> Floors | None:
    """Return the floors to write, if they change; raises where the model must not go out."""
    from ..evaluation.floors import check, read_floors

    pinned = read_floors(path)
    if pinned is None or allow:
        return reached
    check(reached, pinned, path=path)
    return reached if ratchet else None


def guideline_version(path: Path) -> str:
    """Return the version that a guideline states near its top, or nothing."""
    if not path.is_file():
        return ""
    found = _VERSION_LINE.search(path.read_text("utf-8"))
    return f"version {found[1].rstrip('.')}" if found else ""


def _segmenter(nlp: Any) -> str:
    return str(nlp.config["nlp"]["tokenizer"].get("segmenter", "spaCy's own"))


def _probes(documents: list[Document]) -> list[str]:
    """Return the first paragraphs of a few documents, for the self-test."""
    return [document.text.split("\n", 1)[0][:200] for document in documents[:SELFTESTS]]
