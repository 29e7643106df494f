"""The learning curve: what F1 becomes with more corrected documents, and what more would bring."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from ..document import Document
from ..document.errors import BadInput
from .bench.systems import predictor
from .folds import fit

_DRAWS = 2000
_DEV_EVERY = 6


@dataclass(frozen=True)
class Point:
    """One training: its number of documents, strict F1 from 0 to 1, its 95 % interval, its seed.

    The interval is that of drawing the test documents anew (percentile bootstrap).
    """

    documents: int
    f: float
    low: float
    high: float
    seed: int


@dataclass(frozen=True)
class Forecast:
    """What F1 should become with ``documents``, and its 95 % interval."""

    documents: int
    f: float
    low: float
    high: float


def learning_curve(
    config: str | Path,
    train: Sequence[Document],
    test: Sequence[Document],
    *,
    sizes: Sequence[int] = (),
    seeds: Sequence[int] = (1,),
    overrides: Mapping[str, Any] | None = None,
    log: IO[str],
) -> Iterator[Point]:
    """Train on more and more documents, the smaller parts inside the larger, and score each.

    ``sizes`` are numbers of documents; an eighth, a quarter, a half and all where there are none.
    A sixth of each part is dev, where the best step is chosen. Raises ``BadInput`` for a size that
    there are not documents for.
    """
    for seed in seeds:
        order = random.Random(seed).sample(list(train), len(train))
        for size in sizes or default_sizes(len(train)):
            if not 2 <= size <= len(train):
                why = f"a part of {size} documents was asked for, there are {len(train)}"
                raise BadInput(path="the corpus", why=why, hint="ask for 2 or more, up to all")
            part = order[:size]
            dev = part[_DEV_EVERY - 1 :: _DEV_EVERY] or part[-1:]
            settings = {**(overrides or {}), "system.seed": seed}
            inside = {document.id for document in dev}
            rest = [document for document in part if document.id not in inside]
            nlp = fit(rest, dev, config, overrides=settings, log=log)
            predicted = predictor(nlp)([document.with_spans(()) for document in test])
            f, low, high = score(test, list(predicted))
            yield Point(size, f, low, high, seed)


def default_sizes(documents: int) -> list[int]:
    """Return an eighth, a quarter, a half and all of a number of documents, 2 at least."""
    return sorted({max(2, documents // share) for share in (8, 4, 2, 1)})


def score(gold: Sequence[Document], predicted: Sequence[Document]) -> tuple[float, float, float]:
    """Return strict F1 from 0 to 1 and its 95 % interval over the documents."""
    counts = np.array(
        [
            (len({*map(_key, g.spans)} & {*map(_key, p.spans)}), len(g.spans) + len(p.spans))
            for g, p in zip(gold, predicted, strict=True)
        ],
        dtype=np.float64,
    )
    draws = np.random.default_rng(0).integers(len(counts), size=(_DRAWS, len(counts)))
    drawn = counts[draws].sum(axis=1)
    low, high = np.percentile(2 * drawn[:, 0] / np.maximum(drawn[:, 1], 1), (2.5, 97.5))
    right, given = counts.sum(axis=0)
    return float(2 * right / max(given, 1)), float(low), float(high)


def _key(span: Any) -> tuple[int, int, str]:
    key: tuple[int, int, str] = span.key
    return key


def forecast(points: Sequence[Point], *, more: int = 100) -> Forecast | None:
    """Fit a power law to the error, and read off what ``more`` documents would make of F1.

    The error is 1 - F1 = a * documents ** -b (Hestness et al., 2017); the interval comes from
    drawing each point anew within its own. None where there are not two numbers of documents.
    """
    numbers = np.array([point.documents for point in points], dtype=np.float64)
    if len(set(numbers.tolist())) < 2:
        return None
    target = int(numbers.max()) + more
    values = np.array([point.f for point in points])
    spread = np.array([(point.high - point.low) / 3.92 for point in points])
    drawn = np.random.default_rng(0).normal(values, spread, (_DRAWS, len(points)))
    reached = np.array([_extend(numbers, row, target) for row in (values, *drawn)])
    low, high = np.percentile(reached[1:], (2.5, 97.5))
    return Forecast(target, float(reached[0]), float(low), float(high))


def _extend(numbers: Any, values: Any, target: int) -> float:
    errors = np.clip(1.0 - values, 1e-4, 1.0)
    slope, height = np.polyfit(np.log(numbers), np.log(errors), 1)
    if slope > 0:  # a curve that falls is noise: more documents make nothing worse
        slope, height = 0.0, np.log(errors).mean()
    return float(1.0 - np.exp(height + slope * np.log(target)))
