"""Uncertainty: bootstrap over documents, and approximate randomisation between two systems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .ledger import Counts, Ledger, Name
from .scores import Score

FEWEST = 5  # an interval drawn from fewer documents would only pretend
Floats = NDArray[np.float64]
Interval = tuple[float, float]
Intervals = tuple[Interval, Interval, Interval]
"""Those of precision, recall and F1."""
_CHUNK = 100


def figures(counts: Floats) -> Floats:
    """Return precision, recall and F1 for counts whose last axis is correct, gold, predicted."""
    correct, gold, predicted = counts[..., 0], counts[..., 1], counts[..., 2]
    pairs = ((correct, predicted), (correct, gold), (2 * correct, gold + predicted))
    return np.stack(
        [np.divide(top, low, out=np.zeros_like(top), where=low > 0) for top, low in pairs], axis=-1
    )


def bootstrap(
    rows: Mapping[Name, Counts], *, resamples: int = 1000, seed: int = 0
) -> dict[Name, Intervals]:
    """Return the 95 % percentile intervals of precision, recall and F1 of every row.

    Documents are drawn with replacement, the same draws for all rows; counts are summed and
    scored once a draw (Efron 1979). A row to which fewer than five documents contribute gets no
    interval.
    """
    rows = {name: row for name, row in rows.items() if _contributing(row) >= FEWEST}
    if not rows:
        return {}
    drawn = _draw_figures(np.concatenate(list(rows.values()), axis=1), resamples, seed)
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    return {
        name: tuple((float(low[i, f]), float(high[i, f])) for f in range(3))  # type: ignore[misc]
        for i, name in enumerate(rows)
    }


@dataclass(frozen=True)
class Measured:
    """Counts of a few figures over documents, with their intervals."""

    ledger: Ledger
    intervals: dict[Name, Intervals]

    @classmethod
    def of(cls, ledger: Ledger, *, resamples: int = 1000, seed: int = 0) -> Measured:
        """Add the intervals to the counts."""
        return cls(ledger, bootstrap(ledger.rows, resamples=resamples, seed=seed))

    @property
    def names(self) -> list[str]:
        """The names of the figures."""
        return [name[0] for name in self.ledger.names()]

    def score(self, name: str) -> Score:
        """Return a score by its name."""
        return self.ledger.score(name)


def difference(
    ours: Counts, theirs: Counts, *, resamples: int = 1000, seed: int = 0
) -> Interval | None:
    """Return the interval of the difference in F1 of two systems on the same documents."""
    if _contributing(ours + theirs) < FEWEST:
        return None
    drawn = _draw_figures(np.concatenate([ours, theirs], axis=1), resamples, seed)[..., 2]
    low, high = np.percentile(drawn[:, 0] - drawn[:, 1], [2.5, 97.5])
    return float(low), float(high)


def _contributing(row: Counts) -> int:
    return int((row.sum(axis=1) > 0).sum())


def _draw_figures(table: Counts, resamples: int, seed: int) -> Floats:
    """Return the figures (draws by rows by three) of resampled documents."""
    return np.concatenate(
        [figures(sums.reshape(len(sums), -1, 3)) for sums in draw(table, resamples, seed)]
    )


def draw(table: NDArray[Any], resamples: int, seed: int) -> Iterator[Floats]:
    """Yield the column sums of resampled documents, some draws at a time (draws by columns)."""
    random = np.random.default_rng(seed)
    size, counts = len(table), table.astype(np.float64)
    for start in range(0, resamples, _CHUNK):
        picks = random.integers(0, size, (min(_CHUNK, resamples - start), size))
        weights = np.array([np.bincount(pick, minlength=size) for pick in picks], np.float64)
        yield weights @ counts


def randomisation(ours: Counts, theirs: Counts, *, rounds: int = 10_000, seed: int = 0) -> float:
    """Return the p-value that two systems differ in F1 by chance, two-sided and paired.

    In each round the outputs of the two are swapped document by document with probability one
    half (Noreen 1989; Yeh 2000); the observed difference counts as one round.
    """
    random = np.random.default_rng(seed)
    total = (ours + theirs).sum(axis=0).astype(np.float64)
    observed = _difference(ours.sum(axis=0)[None].astype(np.float64), total)[0]
    difference, common = (ours - theirs) / 2.0, total / 2.0
    reached = 0
    for start in range(0, rounds, _CHUNK):
        signs = random.choice([-1.0, 1.0], (min(_CHUNK, rounds - start), len(ours)))
        swapped = common + signs @ difference
        reached += int((_difference(swapped, total) >= observed - 1e-12).sum())
    return (reached + 1) / (rounds + 1)


def _difference(ours: Floats, total: Floats) -> Floats:
    return np.abs(figures(ours)[..., 2] - figures(total - ours)[..., 2])
