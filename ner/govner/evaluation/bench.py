"""Documents to time an evaluation with: as many and as full as asked for, with errors in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from ..document import LABELS, Document, Span

LENGTH, SPANS = 500, 10
_CHARACTERS = "省市县委书记局长王李张明华会议强调要加强和改进工作落实精神人民群众发展经济社会，、。"
_GROUPS = 8  # values of each meta key, and of the names of rules


def invent(number: int, *, seed: int = 0) -> Iterator[tuple[Document, Document]]:
    """Yield pairs of gold and predicted documents of 500 random characters with ten spans.

    Of the predictions 85 in 100 are right; the others are missed, too long or of another label.
    """
    draw = random.Random(seed)
    for place in range(number):
        text = "".join(draw.choice(_CHARACTERS) for _ in range(LENGTH))
        meta = {key: f"{key}-{draw.randrange(_GROUPS)}" for key in ("source", "column", "type")}
        gold = Document(str(place), text, tuple(_spans(draw)), meta)
        yield gold, gold.with_spans(_predict(draw, gold.spans))


def _spans(draw: random.Random) -> Iterator[Span]:
    end = 0
    for _ in range(SPANS):
        start = end + draw.randint(2, 40)
        end = start + draw.randint(2, 8)
        yield Span(start, end, draw.choice(LABELS), f"rule-{draw.randrange(_GROUPS)}")


def _predict(draw: random.Random, spans: tuple[Span, ...]) -> Iterator[Span]:
    for span in spans:
        chance = draw.random()
        if chance < 0.85:
            yield span
        elif chance < 0.9:
            yield replace(span, end=span.end + 1)
        elif chance < 0.95:
            yield replace(span, label=draw.choice(LABELS))
