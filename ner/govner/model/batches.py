"""The batcher ``govner.LikeLength.v1``: batches of examples of like length, in random order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

Batcher = Callable[[Iterable[Any]], Iterator[list[Any]]]


def make_like_length(size: int = 24, pool: int = 16) -> Batcher:
    """Return a batcher that gives ``size`` examples at a time, alike in length.

    It sorts ``pool`` batches' worth of examples at once, so that a short sentence does not wait for
    a long one, and shuffles the batches among themselves.
    """

    def batch(items: Iterable[Any]) -> Iterator[list[Any]]:
        stream = iter(items)
        while waiting := list(islice(stream, size * pool)):
            waiting.sort(key=len)
            batches = [waiting[first : first + size] for first in range(0, len(waiting), size)]
            random.shuffle(batches)
            yield from batches

    return batch
