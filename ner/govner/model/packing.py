"""Many sequences of different lengths as one array without padding, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .tags import Ints


@dataclass(frozen=True)
class Packing:
    """The order of rows in which all first rows come first, then all second rows, and so on.

    Within a step the longest sequence stands first, so that the sequences still alive in a step
    are the first ones of the step before it.

    ``rows[p]`` is the row, in the sequences one after another, that stands at packed place ``p``,
    ``reversed_rows[p]`` the one there when every sequence is read from its end; ``steps`` are the
    half-open packed places of each step; ``order`` are the sequences from the longest to the
    shortest, ``owner[p]`` is a sequence's number in that order, and ``last`` the packed place of
    each one's last row.
    """

    rows: Ints
    reversed_rows: Ints
    steps: tuple[tuple[int, int], ...]
    order: Ints
    owner: Ints
    last: Ints

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Packing:
        """Pack sequences of these lengths, each at least 1."""
        sizes = np.asarray(lengths, dtype=np.int64)
        order = np.argsort(-sizes, kind="stable")
        ordered = sizes[order]
        longest = int(ordered[0]) if len(ordered) else 0
        alive = np.searchsorted(-ordered, -np.arange(longest), side="left")
        ends = np.cumsum(alive)
        begins = ends - alive
        owner = np.arange(int(ends[-1]) if longest else 0) - np.repeat(begins, alive)
        step = np.repeat(np.arange(longest), alive)
        offsets = np.cumsum(sizes) - sizes
        return cls(
            rows=offsets[order][owner] + step,
            reversed_rows=(offsets + sizes - 1)[order][owner] - step,
            steps=tuple(zip(begins.tolist(), ends.tolist(), strict=True)),
            order=order,
            owner=owner,
            last=begins[ordered - 1] + np.arange(len(ordered)),
        )

    @property
    def before(self) -> Ints:
        """The packed place of the row before each row that is not a first one."""
        first = self.steps[0][1] if self.steps else 0
        sizes = np.array([end - begin for begin, end in self.steps])
        begins = np.array([begin for begin, _ in self.steps])
        rows = np.arange(first, len(self.rows))
        return rows - np.repeat(begins[1:] - begins[:-1], sizes[1:]) if len(rows) else rows

    def unpack_order(self) -> Ints:
        """Return the packed place of each row of the sequences one after another."""
        places = np.empty_like(self.rows)
        places[self.rows] = np.arange(len(self.rows))
        return places
