"""Trains and scores on published sets, beside python-crfsuite and spaCy's own ``ner``."""

from __future__ import annotations

import gzip
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, pstdev
from typing import IO, Any

from ..document import Document, Span, write_documents
from ..document.errors import BadInput, MissingExtra
from .train import train_model

_PLAIN = {
    "name": "PERSON",
    "position": "TITLE",
    "organization": "ORG",
    "government": "ORG",
    "company": "ORG",
}


@dataclass(frozen=True)
class Benchmark:
    """A set: its files, how many training sentences become dev where it has none, its labels."""

    train: str
    test: str
    dev: str | None = None
    carve: int = 0
    labels: Mapping[str, str] | None = None


BENCHMARKS = {
    "resume": Benchmark("resume.train", "resume.test", dev="resume.dev"),
    "cluener": Benchmark("cluener2020.train", "cluener2020.dev", carve=1000),
    "cluener3": Benchmark("cluener2020.train", "cluener2020.dev", carve=1000, labels=_PLAIN),
    "msra": Benchmark("msra.train", "msra.test", carve=2000),
}


@dataclass(frozen=True)
class Parts:
    """The documents of a set."""

    train: Sequence[Document]
    dev: Sequence[Document]
    test: Sequence[Document]


@dataclass(frozen=True)
class Run:
    """One training of one system, scored on the set's test part."""

    benchmark: str
    system: str
    seed: int
    precision: float
    recall: float
    f1: float
    seconds: float
    speed: float
    megabytes: float


Predict = Callable[[Iterable[Document]], Iterator[Document]]


@dataclass(frozen=True)
class Trained:
    """A trained system: how it predicts, and its size on disk."""

    predict: Predict
    megabytes: float
    clean_up: Callable[[], None] = field(default=lambda: None)


def run_benchmarks(
    data: Path,
    names: Sequence[str],
    systems: Mapping[str, Path | None],
    *,
    seeds: Sequence[int],
    log: IO[str],
) -> Iterator[Run]:
    """Train every system on every set with every seed and yield what each reached.

    ``systems`` are configs by name; a system without one is python-crfsuite, which has no seed and
    runs once. Test is never selected on. Raises ``BadInput`` for a set that is not there.
    """
    for name in names:
        parts = read_parts(data, BENCHMARKS[name])
        for system, config in systems.items():
            for seed in seeds if config else seeds[:1]:
                started = time.monotonic()
                trained = _train(parts, config, seed, log)
                seconds = time.monotonic() - started
                yield _score(name, system, seed, parts.test, trained, seconds)
                trained.clean_up()


def read_parts(data: Path, benchmark: Benchmark) -> Parts:
    """Read a set; where it has no dev part the first sentences of train are taken for it."""
    train = list(_read(data, benchmark.train, benchmark.labels))
    test = list(_read(data, benchmark.test, benchmark.labels))
    if benchmark.dev:
        return Parts(train, list(_read(data, benchmark.dev, benchmark.labels)), test)
    return Parts(train[benchmark.carve :], train[: benchmark.carve], test)


def _read(data: Path, name: str, labels: Mapping[str, str] | None) -> Iterator[Document]:
    path = data / "benchmarks" / f"{name}.jsonl.gz"
    if not path.is_file():
        raise BadInput(path=path, why="there is no such set", hint="give its folder with --data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            spans = [
                Span(start, end, labels[label] if labels else label)
                for start, end, label in record["label"]
                if not labels or label in labels
            ]
            flat = _flat(spans)
            # What the tags cannot hold counts as missed all the same.
            nested = [[*span.key] for span in spans if span not in flat]
            yield Document(f"{name}-{number}", record["text"], flat, meta={"nested": nested})


def _flat(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the longest of spans that overlap, in the order of the text."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))


def _train(parts: Parts, config: Path | None, seed: int, log: IO[str]) -> Trained:
    return _train_config(parts, config, seed, log) if config else _train_crfsuite(parts)


def _train_config(parts: Parts, config: Path, seed: int, log: IO[str]) -> Trained:
    import spacy

    scratch = tempfile.TemporaryDirectory(prefix="govner-bench-")
    folder = Path(scratch.name)
    overrides: dict[str, Any] = {"system.seed": seed}
    for part in ("train", "dev"):
        write_documents(folder / f"{part}.jsonl", getattr(parts, part))
        overrides[f"paths.{part}"] = str(folder / f"{part}.jsonl")
    train_model(config, folder / "model", overrides=overrides, log=log)
    nlp = spacy.load(folder / "model")
    size = sum(path.stat().st_size for path in (folder / "model").rglob("*") if path.is_file())

    def predict(documents: Iterable[Document]) -> Iterator[Document]:
        pairs = ((document.text, document) for document in documents)
        for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=256):
            yield document.with_spans(Span(e.start_char, e.end_char, e.label_) for e in doc.ents)

    return Trained(predict, size / 1e6, scratch.cleanup)


def _train_crfsuite(parts: Parts) -> Trained:
    """Train a plain CRF over character n-grams."""
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
            yield document.with_spans(_spans(tagger.tag(_features(document.text))))

    return Trained(predict, path.stat().st_size / 1e6, scratch.cleanup)


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


def _spans(tags: Sequence[str]) -> Iterator[Span]:
    start = None
    for place, tag in enumerate([*tags, "O"]):
        if start is not None and (tag == "O" or tag[0] == "B" or tag[2:] != tags[start][2:]):
            yield Span(start, place, tags[start][2:])
            start = None
        if start is None and tag != "O":
            start = place


def _score(
    name: str, system: str, seed: int, test: Sequence[Document], trained: Trained, seconds: float
) -> Run:
    bare = [document.with_spans(()) for document in test]
    started = time.process_time()
    predicted = list(trained.predict(bare))
    spent = time.process_time() - started
    given = {(d.id, *span.key) for d in predicted for span in d.spans}
    wanted = {(d.id, *span.key) for d in test for span in d.spans}
    wanted |= {(d.id, *key) for d in test for key in d.meta.get("nested", ())}
    right = len(given & wanted)
    return Run(
        benchmark=name,
        system=system,
        seed=seed,
        precision=right / max(1, len(given)),
        recall=right / max(1, len(wanted)),
        f1=2 * right / max(1, len(given) + len(wanted)),
        seconds=round(seconds, 1),
        speed=round(sum(len(document.text) for document in test) / spent),
        megabytes=round(trained.megabytes, 1),
    )


def as_markdown(runs: Sequence[Run], *, title: str) -> str:
    """Return a table, a line a set and system: mean and spread of F1 over the seeds, and costs."""
    lines = [
        f"# {title}",
        "",
        "Strict span micro F1 on the set's test part, mean ± standard deviation over the seeds;",
        "training in seconds of wall time, prediction in characters a second of CPU time.",
        "",
        "| set | system | seeds | F1 | training | prediction | size |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, system in dict.fromkeys((run.benchmark, run.system) for run in runs):
        group = [run for run in runs if (run.benchmark, run.system) == (name, system)]
        scores = [100 * run.f1 for run in group]
        lines.append(
            f"| {name} | {system} | {len(group)} | {mean(scores):.1f} ± {pstdev(scores):.1f} "
            f"| {mean(run.seconds for run in group):.0f} s "
            f"| {mean(run.speed for run in group):,.0f}/s "
            f"| {mean(run.megabytes for run in group):.1f} MB |"
        )
    return "\n".join(lines) + "\n"
