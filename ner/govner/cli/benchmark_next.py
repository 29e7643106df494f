"""The rows of the benchmark that say what a good order of annotation is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import IO

from ..model.bench.runs import Row
from ..model.bench.sets import Parts, read_parts
from ..model.bench.systems import Learned
from ..review.replay import Annotate, Choose, at_random, replay
from .bench_next import RESUME, SIZES, by_worth, learn_from

CONFIG = Path("configs/quick.cfg")
AT_RANDOM = (600, 1000)  # how many sentences the random order has
_QUICK = ((20, 40), (40, 60))


def next_rows(data: Path, *, made_of: str, quick: bool = False) -> list[Row]:
    """Return ResumeNER learned from a few sentences: chosen by `govner next`, and at random.

    All begin with the same hundred, which the seed draws, as it does the random order.
    """
    parts = cache(lambda: read_parts(data, RESUME))
    sizes, numbers = _QUICK if quick else (SIZES, AT_RANDOM)
    orders: list[tuple[str, Sequence[int], Callable[[int], Choose]]] = [
        (f"{sizes[-1]} sentences, by `govner next`", sizes, lambda seed: by_worth),
        *((f"{many:,} sentences, at random", (sizes[0], many), at_random) for many in numbers),
    ]
    return [
        Row(
            "resume, few",
            name,
            _learner(parts, steps, order),
            lambda: parts().test,
            made_of=f"{made_of} {steps}",
        )
        for name, steps, order in orders
    ]


def _learner(
    parts: Callable[[], Parts], sizes: Sequence[int], order: Callable[[int], Choose]
) -> Callable[[int, IO[str]], Learned]:
    def learn(seed: int, log: IO[str]) -> Learned:
        reached: list[Annotate] = []

        def keep(annotate: Annotate) -> float:
            reached.append(annotate)
            return 0.0  # the row is scored by the benchmark, once

        replay(
            parts().train,
            learn=lambda documents: learn_from(documents, CONFIG),
            score=keep,
            choose=order(seed),
            sizes=sizes,
            seed=seed,
        )
        return Learned(lambda documents: iter(reached[-1](list(documents))))

    return learn
