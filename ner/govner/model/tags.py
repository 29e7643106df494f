"""BIOES tags: flat spans as one tag a character, and which tag may follow which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# A span inside a piece of text: start, end (characters, half-open), label.
Stretch = tuple[int, int, str]


@dataclass(frozen=True)
class Tags:
    """The tags of some labels: ``O`` is 0, then B, I, E, S of each label in order."""

    labels: tuple[str, ...]

    def __len__(self) -> int:
        return 1 + 4 * len(self.labels)

    @property
    def may_start(self) -> Bools:
        """Whether a text may begin with the tag, of shape (tags,)."""
        return np.array([True] + [True, False, False, True] * len(self.labels))

    @property
    def may_end(self) -> Bools:
        """Whether a text may end with the tag, of shape (tags,)."""
        return np.array([True] + [False, False, True, True] * len(self.labels))

    @property
    def may_follow(self) -> Bools:
        """Whether the column's tag may follow the row's, of shape (tags, tags)."""
        allowed = np.outer(self.may_end, self.may_start)
        for first in range(1, len(self), 4):
            begin, inside, end = first, first + 1, first + 2
            allowed[[begin, begin, inside, inside], [inside, end, inside, end]] = True
        return allowed

    def encode(self, spans: Iterable[Stretch], length: int) -> Ints:
        """Return the tags of flat spans over ``length`` characters.

        Raises ``ValueError`` for a label that is not among the tags' own.
        """
        tags = np.zeros(length, dtype=np.int64)
        for start, end, label in spans:
            first = 1 + 4 * self.labels.index(label)
            tags[start:end] = first + 1
            tags[start], tags[end - 1] = first, first + 2
            if end - start == 1:
                tags[start] = first + 3
        return tags

    def agreeing(
        self, spans: Iterable[Stretch], unknown: Iterable[tuple[int, int]], length: int
    ) -> Bools:
        """Return which tags agree with what is known, of shape (characters, tags).

        Inside the ``unknown`` stretches any tag does; elsewhere just that of the spans.
        """
        mask = np.eye(len(self), dtype=bool)[self.encode(spans, length)]
        for start, end in unknown:
            mask[start:end] = True
        return mask

    def decode(self, tags: npt.ArrayLike) -> list[Stretch]:
        """Return the spans of a sequence of tags that obeys ``may_follow``."""
        spans = []
        start = 0
        row = np.asarray(tags)
        for place in np.flatnonzero(row):
            label, part = divmod(int(row[place]) - 1, 4)
            if part in (0, 3):
                start = int(place)
            if part in (2, 3):
                spans.append((start, int(place) + 1, self.labels[label]))
        return spans
