"""Probabilities that mean what they say: their log odds divided by a temperature learned on dev."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.training import Example

from .sample import gold_of

Floats = npt.NDArray[np.float64]

_BINS = 10
_LEAST = 30  # right and wrong entities together, below which nothing is learned
_RANGE = (-2.0, 2.0)  # of the logarithm of the temperature
_EDGE = 1e-6


@dataclass(frozen=True)
class Calibration:
    """A temperature, and the expected calibration error on dev before and after it."""

    temperature: float
    entities: int
    before: float
    after: float


def soften(probabilities: npt.ArrayLike, temperature: float) -> Floats:
    """Divide the log odds of probabilities by the temperature."""
    sure = np.clip(np.asarray(probabilities, dtype=np.float64), _EDGE, 1.0 - _EDGE)
    return np.asarray(1.0 / (1.0 + ((1.0 - sure) / sure) ** (1.0 / temperature)))


def calibrate(probabilities: Sequence[float], right: Sequence[bool]) -> Calibration:
    """Learn the temperature under which what was right is most likely (Guo et al., 2017).

    It is 1 for fewer than thirty entities.
    """
    sure, truth = np.array(probabilities, dtype=np.float64), np.array(right, dtype=bool)
    best = 1.0
    if len(sure) >= _LEAST:
        steps = np.exp(np.linspace(*_RANGE, 401))
        best = float(min(steps, key=lambda t: _loss(soften(sure, t), truth)))
    after = expected_error(soften(sure, best), truth)
    return Calibration(round(best, 4), len(sure), expected_error(sure, truth), after)


def _loss(sure: Floats, truth: npt.NDArray[np.bool_]) -> float:
    return float(-np.log(np.maximum(np.where(truth, sure, 1.0 - sure), _EDGE)).mean())


def expected_error(probabilities: Floats, truth: npt.NDArray[np.bool_]) -> float:
    """Return how far probability and share of right ones lie apart, in ten bins of equal width."""
    if not len(probabilities):
        return 0.0
    bins = np.minimum((probabilities * _BINS).astype(np.int64), _BINS - 1)
    gaps = np.bincount(bins, weights=probabilities - truth, minlength=_BINS)
    return float(np.abs(gaps).sum() / len(probabilities))


def calibrate_pipe(nlp: Any, name: str, examples: Iterable[Example]) -> Calibration:
    """Learn the temperature of a pipe from documents whose gold is known, and set it."""
    pipe = nlp.get_pipe(name)
    pipe.cfg["temperature"] = 1.0
    sure: list[float] = []
    right: list[bool] = []
    for example in examples:
        gold = set(gold_of(example).spans)
        (found,) = pipe.predict([example.predicted])
        sure += [probability for _, _, _, probability in found]
        right += [(start, end, label) in gold for start, end, label, _ in found]
    learned = calibrate(sure, right)
    pipe.cfg["temperature"] = learned.temperature
    return learned
