"""Two systems on the same documents: what one fixed and broke, and whether that is chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, stdev

import numpy as np

from .errors import cases
from .evaluate import Evaluation, labels
from .intervals import Interval, difference, randomisation
from .ledger import ALL


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference in F1, its interval (None: too few documents), and the chance of it."""

    f1: float
    interval: Interval | None
    p: float


@dataclass(frozen=True)
class Paired:
    """``ours`` against ``theirs``: differences per label and ``all``, and changes per label."""

    ours: str
    theirs: str
    differences: dict[str, Difference]
    changes: Counter[tuple[str, str]]


def compare(found: Evaluation, before: Evaluation, *, seed: int = 0) -> Paired:
    """Compare two evaluations of the same gold documents in the same order."""
    rows = [*labels(found), ALL]
    changes = Counter((c.facets["change"], c.match.label) for c in cases(found, before))
    differences = {label: _difference(found, before, label, seed) for label in rows}
    return Paired(found.system, before.system, differences, changes)


def _difference(found: Evaluation, before: Evaluation, label: str, seed: int) -> Difference:
    name = ("strict", label)
    empty = np.zeros((len(found.gold), 3), np.int64)
    ours, theirs = (side.ledger.rows.get(name, empty) for side in (found, before))
    return Difference(
        found.score(*name).f1 - before.score(*name).f1,
        difference(ours, theirs, seed=seed),
        randomisation(ours, theirs, seed=seed),
    )


def spread(runs: Sequence[Evaluation]) -> dict[str, tuple[float, float]]:
    """Return mean and standard deviation of F1 over runs (several seeds), per label and ``all``."""
    rows = [*labels(runs[0]), ALL]
    figures = {label: [run.score("strict", label).f1 for run in runs] for label in rows}
    return {
        label: (mean(values), stdev(values) if len(values) > 1 else 0.0)
        for label, values in figures.items()
    }
