"""Annotating again what is annotated already: how much a good order saves."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..document import Document

Annotate = Callable[[Sequence[Document]], list[Document]]
Learn = Callable[[Sequence[Document]], Annotate]
Choose = Callable[[Sequence[Document], int, Annotate, Sequence[Document]], Sequence[str]]
"""From raw documents the ids of so many, given what predicts and what is annotated already."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a model reached that learned from so many documents, with so many characters."""

    documents: int
    characters: int
    f1: float


def replay(
    pool: Sequence[Document],
    *,
    learn: Learn,
    score: Callable[[Annotate], float],
    choose: Choose,
    sizes: Sequence[int],
    seed: int = 0,
) -> list[Step]:
    """Annotate the documents of a pool in the order that ``choose`` gives, and learn from them.

    The first ``sizes[0]`` documents are drawn at random; up to each further size ``choose`` picks
    among the rest, whose gold it does not see. Raises ``ValueError`` where the pool is too small.
    """
    first = random.Random(seed).sample(range(len(pool)), sizes[0])
    done = [pool[place] for place in first]
    found = []
    for size, following in zip(sizes, [*sizes[1:], None], strict=True):
        annotate = learn(done)
        characters = sum(len(document.text) for document in done)
        found.append(Step(size, characters, score(annotate)))
        if following:
            known = {document.id for document in done}
            raw = [d.with_spans([], state="raw") for d in pool if d.id not in known]
            wanted = set(choose(raw, following - size, annotate, done))
            done += [document for document in pool if document.id in wanted]
    return found


def at_random(seed: int) -> Choose:
    """Return the order that needs no model."""
    draw = random.Random(seed)

    def choose(
        raw: Sequence[Document], number: int, annotate: Annotate, done: Sequence[Document]
    ) -> list[str]:
        return [document.id for document in draw.sample(raw, number)]

    return choose


def needed(curve: Sequence[tuple[float, float]], f1: float) -> float | None:
    """Return how much of what is counted a curve needs to reach a score, None where it does not.

    A curve holds (count, F1), sorted by count; between two points it is taken as straight.
    """
    before: tuple[float, float] | None = None
    for count, reached in curve:
        if reached >= f1:
            if before is None or reached == before[1]:
                return count
            return before[0] + (count - before[0]) * (f1 - before[1]) / (reached - before[1])
        before = (count, reached)
    return None
