"""Tables of rows found by key: each key that training saw has a row of numbers of its own.

A hashed table gives a key that it never saw the row of others; here such a key gets zeros, which
the network can know as "unseen". Only the rows that a batch touched are computed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import srsly
from thinc.api import Optimizer, get_current_ops
from thinc.shims import Shim

from .tags import Ints

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.float32]

_AVERAGE_EVERY = 10
_EPSILON = 1e-8


class KeyTable(Shim):
    """Rows by 64-bit key; row 0 is that of every unknown key, all zeros, and is never learned.

    It learns by Adam, or, where ``rule`` is "adagrad", by Adagrad at ``rate`` times the optimizer's
    learning rate; either touches only the rows of the batch. The optimizer gives the learning rate
    and keeps the running average.
    """

    def __init__(self, width: int, *, rule: str = "adam", rate: float = 1.0) -> None:
        super().__init__(None)
        self.width = width
        self.rule = rule
        self.rate = rate
        self.keys: Keys = np.zeros(0, dtype=np.uint64)
        self.rows: Rows = np.zeros((1, width), dtype=np.float32)
        self._touched: list[tuple[Ints, Rows]] = []
        self._moments: tuple[Rows, Rows] | None = None
        self._updates = 0

    def fill(self, keys: Keys, *, spread: float = 0.0) -> None:
        """Take keys, each with a row drawn evenly from ``-spread`` to ``spread``."""
        self.keys = np.unique(keys)
        self.rows = np.zeros((len(self.keys) + 1, self.width), dtype=np.float32)
        if spread:
            draw = np.random.uniform(-spread, spread, (len(self.keys), self.width))
            self.rows[1:] = draw.astype(np.float32)

    def find(self, keys: Keys) -> Ints:
        """Return the number of each key's row, 0 where it is unknown."""
        if not len(self.keys):
            return np.zeros(keys.shape, dtype=np.int64)
        places = np.searchsorted(self.keys, keys)
        places[places == len(self.keys)] = 0
        return np.where(self.keys[places] == keys, places + 1, 0)

    def learn(self, numbers: Ints, gradient: Rows) -> None:
        """Add to the gradient of some rows, one a number; a number may come more than once."""
        self._touched.append((numbers, gradient))

    def gradient(self) -> tuple[Ints, Rows]:
        """Return the rows touched since the last update, in order, and their gradients."""
        if not self._touched:
            return np.zeros(0, dtype=np.int64), np.zeros((0, self.width), dtype=np.float32)
        numbers = np.concatenate([numbers for numbers, _ in self._touched])
        parts = np.concatenate([part for _, part in self._touched])
        unique, place = np.unique(numbers, return_inverse=True)
        total: Any = np.zeros((len(unique), self.width), dtype=np.float32)
        rows: Any = np.ascontiguousarray(parts, dtype=np.float32)
        where: Any = place.astype(np.int32)
        get_current_ops().scatter_add(total, where, rows)
        known = slice(1, None) if len(unique) and unique[0] == 0 else slice(None)
        return unique[known], total[known]

    def finish_update(self, optimizer: Optimizer) -> None:
        """Move the rows that were touched, and forget the gradient."""
        numbers, gradient = self.gradient()
        self._touched = []
        if self._moments is None:
            self._moments = (np.zeros_like(self.rows), np.zeros_like(self.rows))
        self._updates += 1
        if len(numbers):
            step = self._adagrad if self.rule == "adagrad" else self._adam
            self.rows[numbers] -= step(optimizer, numbers, _clip(gradient, optimizer.grad_clip))
        self._average(optimizer)

    def _adam(self, optimizer: Optimizer, numbers: Ints, gradient: Rows) -> Rows:
        assert self._moments is not None
        first, second = (moment[numbers] for moment in self._moments)
        first += (1 - optimizer.b1) * (gradient - first)
        second += (1 - optimizer.b2) * (gradient * gradient - second)
        self._moments[0][numbers], self._moments[1][numbers] = first, second
        fix = (1 - optimizer.b2**self._updates) ** 0.5 / (1 - optimizer.b1**self._updates)
        rate = self.rate * optimizer.learn_rate * fix
        return np.asarray(rate * first / (np.sqrt(second) + _EPSILON), dtype=np.float32)

    def _adagrad(self, optimizer: Optimizer, numbers: Ints, gradient: Rows) -> Rows:
        assert self._moments is not None
        squares = self._moments[1][numbers] + gradient * gradient
        self._moments[1][numbers] = squares
        # The start of 0.1 keeps what was seen once from a full step.
        rate = self.rate * optimizer.learn_rate
        return np.asarray(rate * gradient / np.sqrt(squares + 0.1), dtype=np.float32)

    def _average(self, optimizer: Optimizer) -> None:
        if optimizer.averages is None or self._updates % _AVERAGE_EVERY:
            return
        key: Any = (self.id, "rows")
        if key not in optimizer.averages:
            optimizer.averages[key] = self.rows.copy()  # type: ignore[assignment]
            return
        # As Thinc averages its own weights, but in strides.
        decay = min((1 + self._updates) / (10 + self._updates), 0.9999) ** _AVERAGE_EVERY
        average: Any = optimizer.averages[key]
        average *= decay
        average += (1 - decay) * self.rows

    @contextlib.contextmanager
    def use_params(self, params: Any) -> Iterator[None]:
        """Use the averaged rows for a while."""
        backup = self.rows
        self.rows = params.get((self.id, "rows"), backup)
        yield
        self.rows = backup

    def copy(self) -> KeyTable:
        """Return a table of its own with the same keys and rows."""
        copied = KeyTable(self.width, rule=self.rule, rate=self.rate)
        copied.keys, copied.rows = self.keys.copy(), self.rows.copy()
        return copied

    def to_device(self, device_type: str, device_id: int) -> None:
        """Stay where it is: the rows live in main memory."""

    def to_bytes(self) -> bytes:
        """Return keys and rows as bytes; what only training needs is left out."""
        data: bytes = srsly.msgpack_dumps({"keys": self.keys, "rows": self.rows})
        return data

    def from_bytes(self, data: bytes) -> KeyTable:
        """Take keys and rows from bytes."""
        read = srsly.msgpack_loads(data)
        self.keys, self.rows = np.array(read["keys"]), np.array(read["rows"])
        return self


def _clip(gradient: Rows, limit: float) -> Rows:
    norm = float(np.sqrt((gradient * gradient).sum())) if limit else 0.0
    return gradient * np.float32(limit / norm) if limit and norm > limit else gradient


def count_keys(batches: Iterable[Keys], *, least: int = 1) -> Keys:
    """Return the keys that come at least ``least`` times in all batches, in ascending order."""
    keys, counts = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    waiting: list[Keys] = []
    size = 0
    for batch in chain(batches, [None]):
        if batch is not None:
            waiting.append(batch.ravel())
            size += batch.size
        if size and (batch is None or size > 2_000_000):
            keys, counts = _merge(keys, counts, np.concatenate(waiting))
            waiting, size = [], 0
    return keys[counts >= least]


def _merge(keys: Keys, counts: Ints, more: Keys) -> tuple[Keys, Ints]:
    fresh, times = np.unique(more, return_counts=True)
    merged, place = np.unique(np.concatenate([keys, fresh]), return_inverse=True)
    total = np.zeros(len(merged), dtype=np.int64)
    np.add.at(total, place, np.concatenate([counts, times]))
    return merged, total
