"""A linear-chain conditional random field: loss with gradient, marginals, Viterbi.

Everything works on packed rows (see ``packing``) of shape (rows, tags), in log space and double
precision, all sequences of a batch at once. Lafferty, McCallum and Pereira, 2001.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .packing import Packing
from .tags import Bools, Ints, Tags

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Potentials:
    """Scores of the moves: (tags, tags) from row to column, and (tags,) for start and end.

    What the tags forbid is minus infinity.
    """

    moves: Floats
    start: Floats
    end: Floats

    @classmethod
    def of(cls, tags: Tags, moves: Any, start: Any, end: Any) -> Potentials:
        """Take learned scores where the tags allow the move."""
        return cls(
            np.where(tags.may_follow, moves, -np.inf).astype(np.float64),
            np.where(tags.may_start, start, -np.inf).astype(np.float64),
            np.where(tags.may_end, end, -np.inf).astype(np.float64),
        )


@dataclass(frozen=True)
class Lattice:
    """All taggings of a batch: log sums of the ways to (``ahead``) and from (``behind``) a tag.

    ``ahead`` includes the row's own emission, ``behind`` does not. ``total`` is the log partition
    of each sequence, in packing order.
    """

    emissions: Floats
    potentials: Potentials
    packing: Packing
    ahead: Floats
    behind: Floats
    total: Floats

    @classmethod
    def of(cls, emissions: npt.NDArray[Any], potentials: Potentials, packing: Packing) -> Lattice:
        """Run forward and backward over packed emissions."""
        rows = emissions.astype(np.float64)
        with np.errstate(divide="ignore"):
            ahead = _forward(rows, potentials, packing)
            behind = _backward(rows, potentials, packing)
            total = _log_sum(ahead[packing.last] + potentials.end)
        return cls(rows, potentials, packing, ahead, behind, total)

    def marginals(self) -> Floats:
        """Return the probability of each tag at each packed row."""
        probabilities: Floats = np.exp(
            self.ahead + self.behind - self.total[self.packing.owner, None]
        )
        return probabilities

    def expected_moves(self) -> Floats:
        """Return how often each move is expected over the whole batch, of shape (tags, tags)."""
        first = self.packing.steps[0][1] if self.packing.steps else 0
        before = self.ahead[self.packing.before]
        after = (self.emissions + self.behind)[first:]
        high, low = _top(before), _top(after)
        scale = np.exp(high + low - self.total[self.packing.owner[first:], None])
        pairs = (np.exp(before - high) * scale).T @ np.exp(after - low)
        moves: Floats = pairs * np.exp(self.potentials.moves)
        return moves

    def best(self) -> Ints:
        """Return the most probable tags (Viterbi), one a packed row."""
        packing, potentials = self.packing, self.potentials
        scores = self.emissions.copy()
        scores[: packing.steps[0][1]] += potentials.start
        for (past, _), (begin, end) in zip(packing.steps, packing.steps[1:], strict=False):
            # Ways of shape (from, sequences, to): the maximum runs over whole blocks.
            before = scores[past : past + end - begin].T
            scores[begin:end] += (before[:, :, None] + potentials.moves[:, None, :]).max(axis=0)
        return self._trace(scores)

    def _trace(self, scores: Floats) -> Ints:
        packing = self.packing
        tags = np.zeros(len(scores), dtype=np.int64)
        tags[packing.last] = (scores[packing.last] + self.potentials.end).argmax(axis=1)
        into = np.ascontiguousarray(self.potentials.moves.T)
        for (past, _), (begin, end) in zip(
            packing.steps[-2::-1], packing.steps[:0:-1], strict=False
        ):
            before = slice(past, past + end - begin)
            tags[before] = (scores[before] + into[tags[begin:end]]).argmax(axis=1)
        return tags

    def stretch_probabilities(self, places: Ints, tags: Ints, firsts: Ints, ends: Ints) -> Floats:
        """Return for stretches of sequences the probabilities that they have exactly these tags.

        ``places`` are the packed rows of all sequences, one after another, and ``tags`` a tagging
        of them; a stretch goes from ``firsts`` to before ``ends`` in that order. The rest of its
        sequence is free.
        """
        rows = self.emissions[places, tags]
        rows[1:] += self.potentials.moves[tags[:-1], tags[1:]]
        sums = np.cumsum(rows)
        begin, end = places[firsts], places[ends - 1]
        way = self.ahead[begin, tags[firsts]] + self.behind[end, tags[ends - 1]]
        way += sums[ends - 1] - sums[firsts]
        return np.asarray(np.exp(np.minimum(0.0, way - self.total[self.packing.owner[begin]])))


@dataclass(frozen=True)
class Gradient:
    """The gradient of the loss by emissions (packed) and by the potentials."""

    emissions: Floats
    moves: Floats
    start: Floats
    end: Floats


def crf_loss(
    emissions: npt.NDArray[Any], agreeing: Bools, potentials: Potentials, packing: Packing
) -> tuple[float, Gradient]:
    """Return the summed negative log likelihood of all taggings that agree, and its gradient.

    ``agreeing`` (rows, tags) marks the tags that agree with what is known; where it leaves one tag
    a row this is the usual loss, else that of a partially observed sequence (Tsuboi et al., 2008).
    """
    free = Lattice.of(emissions, potentials, packing)
    if (agreeing.sum(axis=1) == 1).all():
        return _full_loss(free, agreeing.argmax(axis=1))
    known = Lattice.of(np.where(agreeing, emissions, -np.inf), potentials, packing)
    expected, observed = free.marginals(), known.marginals()
    rows = expected - observed
    moves = np.where(
        np.isfinite(potentials.moves), free.expected_moves() - known.expected_moves(), 0.0
    )
    first = packing.steps[0][1]
    gradient = Gradient(rows, moves, rows[:first].sum(axis=0), rows[packing.last].sum(axis=0))
    return float((free.total - known.total).sum()), gradient


def _full_loss(free: Lattice, gold: Ints) -> tuple[float, Gradient]:
    """Return the loss where every tag is known: one way, no second lattice."""
    packing, potentials = free.packing, free.potentials
    first, places = packing.steps[0][1], np.arange(len(gold))
    came, went = gold[packing.before], gold[first:]
    way = free.emissions[places, gold].sum() + potentials.moves[came, went].sum()
    way += potentials.start[gold[:first]].sum() + potentials.end[gold[packing.last]].sum()
    moves = np.where(np.isfinite(potentials.moves), free.expected_moves(), 0.0)
    np.subtract.at(moves, (came, went), 1.0)
    rows = free.marginals()
    rows[places, gold] -= 1.0
    gradient = Gradient(rows, moves, rows[:first].sum(axis=0), rows[packing.last].sum(axis=0))
    return float(free.total.sum() - way), gradient


def _forward(rows: Floats, potentials: Potentials, packing: Packing) -> Floats:
    ahead = rows.copy()
    ahead[: packing.steps[0][1]] += potentials.start
    moves = np.exp(potentials.moves)
    for (past, _), (begin, end) in zip(packing.steps, packing.steps[1:], strict=False):
        ahead[begin:end] += _through(ahead[past : past + end - begin], moves)
    return ahead


def _backward(rows: Floats, potentials: Potentials, packing: Packing) -> Floats:
    behind = np.empty_like(rows)
    behind[packing.last] = potentials.end
    moves = np.exp(potentials.moves).T
    for (past, _), (begin, end) in zip(packing.steps[-2::-1], packing.steps[:0:-1], strict=False):
        behind[past : past + end - begin] = _through(rows[begin:end] + behind[begin:end], moves)
    return behind


def _through(scores: Floats, moves: Floats) -> Floats:
    top = _top(scores)
    out: Floats = np.log(np.exp(scores - top) @ moves) + top
    return out


def _top(scores: Floats) -> Floats:
    top: Floats = scores.max(axis=1, keepdims=True)
    return top


def _log_sum(scores: Floats) -> Floats:
    top = _top(scores)
    out: Floats = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
    return out
