"""Strict scores on character offsets: what the tokens cannot reach counts as missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from spacy.training import Example

from .sample import gold_of

Scores = dict[str, Any]


def make_strict_scorer() -> Callable[..., Scores]:
    """Return the scorer; spaCy's own leaves out gold that no token border fits."""
    return score_strict


def score_strict(examples: Iterable[Example], **_: Any) -> Scores:
    """Return precision, recall and F1 over all spans and by label, from 0 to 1."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for example in examples:
        gold = set(gold_of(example).spans)
        found = {(e.start_char, e.end_char, e.label_) for e in example.predicted.ents}
        right.update(label for _, _, label in gold & found)
        given.update(label for _, _, label in found)
        wanted.update(label for _, _, label in gold)
    total = _rates(right.total(), given.total(), wanted.total())
    per_type = {x: _rates(right[x], given[x], wanted[x]) for x in sorted({*given, *wanted})}
    return {**{f"ents_{key}": value for key, value in total.items()}, "ents_per_type": per_type}


def _rates(right: int, given: int, wanted: int) -> dict[str, float]:
    precision = right / given if given else 0.0
    recall = right / wanted if wanted else 0.0
    both = precision + recall
    return {"p": precision, "r": recall, "f": 2 * precision * recall / both if both else 0.0}
