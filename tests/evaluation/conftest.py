"""Two systems on a dozen small documents."""

import pytest

from govner.document import parse_marked
from govner.evaluation import evaluate

GOLD = [
    f"[{city}市委](ORG)[书记](TITLE)[王{name}](PERSON)主持会议，[{city}市政府](ORG)[市长](TITLE)出席。"
    for city, name in zip("甲乙丙丁戊己庚辛壬癸子丑", "一二三四五六七八九十百千", strict=True)
]


def damage(texts, *changes):
    """Replace marks in some documents: (every how many-th, old, new)."""
    damaged = []
    for place, text in enumerate(texts):
        for step, old, new in changes:
            if place % step == 0:
                text = text.replace(old, new)
        damaged.append(parse_marked(text))
    return damaged


@pytest.fixture
def gold():
    return damage(GOLD)


@pytest.fixture
def found(gold):
    predicted = damage(
        GOLD,
        (3, "[书记](TITLE)", "[书记](ORG)"),
        (4, "[市长](TITLE)出", "[市长出](TITLE)"),
        (5, "主持会议", "主持[会议](ORG)"),
    )
    predicted = [
        doc.with_spans(span for i, span in enumerate(doc.spans) if (place + i) % 7)
        for place, doc in enumerate(predicted)
    ]
    return evaluate(gold, predicted, system="new", train=gold[:4])


@pytest.fixture
def before(gold):
    return evaluate(gold, damage(GOLD, (2, "[市长](TITLE)出", "[市长出](TITLE)")), system="old")
