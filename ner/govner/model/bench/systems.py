"""The systems that are compared: one from a config, and a plain CRF over character n-grams."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ...document import Document, Span, write_documents
from ...document.errors import MissingExtra
from ..train import train_model
from .sets import Parts

Predict = Callable[[Iterable[Document]], Iterator[Document]]


@dataclass(frozen=True)
class Learned:
    """A trained system: how it predicts, and its size on disk."""

    predict: Predict
    megabytes: float = 0.0
    clean_up: Callable[[], None] = field(default=lambda: None)


def learn_config(
    config: Path,
    parts: Parts,
    *,
    seed: int,
    log: IO[str],
    overrides: Mapping[str, Any] | None = None,
) -> Learned:
    """Train a config on train, choose on dev."""
    import spacy

    scratch = tempfile.TemporaryDirectory(prefix="govner-bench-")
    folder = Path(scratch.name)
    settings: dict[str, Any] = {**(overrides or {}), "system.seed": seed}
    for part in ("train", "dev"):
        write_documents(folder / f"{part}.jsonl", getattr(parts, part))
        settings[f"paths.{part}"] = str(folder / f"{part}.jsonl")
    train_model(config, folder / "model", overrides=settings, log=log)
    nlp = spacy.load(folder / "model")
    return Learned(predictor(nlp), _megabytes(folder / "model"), scratch.cleanup)


def predictor(nlp: Any) -> Predict:
    """Return how a pipeline predicts documents."""

    def predict(documents: Iterable[Document]) -> Iterator[Document]:
        pairs = ((document.text, document) for document in documents)
        for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=256):
            yield document.with_spans(Span(e.start_char, e.end_char, e.label_) for e in doc.ents)

    return predict


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def learn_crfsuite(parts: Parts) -> Learned:
    """Train a plain CRF on train and dev; raises ``MissingExtra`` without python-crfsuite."""
    try:
        import pycrfsuite
    except ImportError as error:
        raise MissingExtra(what="python-crfsuite", extra="bench") from error
    scratch = tempfile.TemporaryDirectory(prefix="govner-bench-")
    path = Path(scratch.name) / "crf"
    trainer = pycrfsuite.Trainer(verbose=False)
    for document in (*parts.train, *parts.dev):
        trainer.append(_features(document.text), _bio(document))
    trainer.set_params({"c1": 0.1, "c2": 0.05, "max_iterations": 100})
    trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))

    def predict(documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            yield document.with_spans(spans_of(tagger.tag(_features(document.text))))

    return Learned(predict, path.stat().st_size / 1e6, scratch.cleanup)


def _features(text: str) -> list[list[str]]:
    padded = f"  {text}  "
    rows = []
    for place in range(2, len(padded) - 2):
        near = padded[place - 2 : place + 3]
        singles = [f"{shift}={character}" for shift, character in enumerate(near)]
        pairs = [f"{shift}:{near[shift : shift + 2]}" for shift in range(4)]
        triples = [f"{shift}/{near[shift : shift + 3]}" for shift in range(3)]
        rows.append([*singles, *pairs, *triples])
    return rows


def _bio(document: Document) -> list[str]:
    tags = ["O"] * len(document.text)
    for span in document.spans:
        tags[span.start : span.end] = [f"I-{span.label}"] * (span.end - span.start)
        tags[span.start] = f"B-{span.label}"
    return tags


def spans_of(tags: Sequence[str]) -> Iterator[Span]:
    """Yield the spans of BIO tags; a tag that cannot go on begins anew."""
    start = None
    for place, tag in enumerate([*tags, "O"]):
        if start is not None and (tag == "O" or tag[0] == "B" or tag[2:] != tags[start][2:]):
            yield Span(start, place, tags[start][2:])
            start = None
        if start is None and tag != "O":
            start = place
