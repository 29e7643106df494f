"""The published sets: their files, what of them is dev, and which labels count."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from ...document import Document, Span
from ...document.errors import BadInput

_PLAIN = {
    "name": "PERSON",
    "position": "TITLE",
    "organization": "ORG",
    "government": "ORG",
    "company": "ORG",
}


_POOLS = (("cpcnews", 1), ("xwlb", 10))  # of the second, every tenth: the first's size
_SAME = 30  # characters in a row that no two articles share by chance


@dataclass(frozen=True)
class Benchmark:
    """A set: its files, how many training sentences become dev where it has none, its labels.

    ``published`` are figures that others printed, ``reach`` is the F1 in percent that we want.
    ``taught_by`` names a set of the same texts with finer labels, from which our networks learn;
    ``labels`` are put in their place afterwards. ``steps`` is how long a network trains on it,
    chosen on dev; ``settings`` are those of our config that follow from its size.
    """

    train: str
    test: str
    dev: str | None = None
    carve: int = 0
    labels: Mapping[str, str] | None = None
    taught_by: str | None = None
    published: str = ""
    reach: float | None = None
    steps: int = 1600
    settings: Mapping[str, Any] = field(default_factory=dict)


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
        steps=2800,
    ),
    "cluener3": Benchmark(
        "cluener2020.train",
        "cluener2020.dev",
        carve=1000,
        labels=_PLAIN,
        taught_by="cluener",
        reach=80.0,
        steps=2800,
    ),
    "msra": Benchmark(
        "msra.train",
        "msra.test",
        carve=2000,
        published="Lattice LSTM 93.2, BERT 95.0",
        reach=93.2,
        steps=2800,
        settings={"training.batcher.size": 32, "components.ner.model.wide.least": 2},
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


def read_raw(
    data: Path, *, most: int | None = None, apart: Iterable[str] = ()
) -> Iterator[Document]:
    """Yield raw articles of both pools, ``most`` at most, half of them from each.

    None shares thirty characters in a row with the texts to stay ``apart`` from.
    """
    known = {text[i : i + _SAME] for text in apart for i in range(len(text) - _SAME)}
    for name, step in _POOLS:
        path = data / "raw" / f"{name}.jsonl.gz"
        if not path.is_file():
            raise BadInput(path=path, why="there is no such pool", hint="give it with --data")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            fresh = (
                Document(f"{name}-{number}", text)
                for number, line in enumerate(islice(lines, 0, None, step))
                if (text := json.loads(line)["text"]).strip()
                and not any(text[i : i + _SAME] in known for i in range(len(text) - _SAME))
            )
            yield from islice(fresh, most and most // 2)


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
