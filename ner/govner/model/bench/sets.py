"""The published sets: their files, what of them is dev, and which labels count."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...document import Document, Span
from ...document.errors import BadInput

_PLAIN = {
    "name": "PERSON",
    "position": "TITLE",
    "organization": "ORG",
    "government": "ORG",
    "company": "ORG",
}


@dataclass(frozen=True)
class Benchmark:
    """A set: its files, how many training sentences become dev where it has none, its labels.

    ``published`` are figures that others printed, ``reach`` is the F1 in percent that we want.
    """

    train: str
    test: str
    dev: str | None = None
    carve: int = 0
    labels: Mapping[str, str] | None = None
    published: str = ""
    reach: float | None = None


BENCHMARKS = {
    "resume": Benchmark(
        "resume.train",
        "resume.test",
        dev="resume.dev",
        published="Lattice LSTM 94.5, SoftLexicon 95.6, FLAT 95.5, BERT 95.5 to 95.9",
        reach=96.0,
    ),
    "cluener": Benchmark(
        "cluener2020.train",
        "cluener2020.dev",
        carve=1000,
        published="on test: BiLSTM-CRF 70.0, BERT-base 78.8, RoBERTa-wwm-large 80.4, people 63.4",
        reach=75.0,
    ),
    "cluener3": Benchmark(
        "cluener2020.train", "cluener2020.dev", carve=1000, labels=_PLAIN, reach=80.0
    ),
    "msra": Benchmark(
        "msra.train",
        "msra.test",
        carve=2000,
        published="Lattice LSTM 93.2, BERT 95.0",
        reach=93.2,
    ),
}


@dataclass(frozen=True)
class Parts:
    """The documents of a set."""

    train: Sequence[Document]
    dev: Sequence[Document]
    test: Sequence[Document]


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
