"""Annotating again in another order."""

import pytest

from govner.cli.bench_next import table_text
from govner.document import parse_marked
from govner.review.replay import Step, at_random, needed, replay

POOL = [parse_marked(f"[{a}委](ORG)在{b}") for a in "省市县区" for b in ("开会", "学习")]


def learn(documents):
    """Return a model that knows the surfaces it has seen."""
    known = {document.surface(span) for document in documents for span in document.spans}

    def annotate(raw):
        gold = {document.id: document for document in POOL}
        return [
            d.with_spans(s for s in gold[d.id].spans if gold[d.id].surface(s) in known) for d in raw
        ]

    return annotate


def score(annotate):
    return sum(len(d.spans) for d in annotate(POOL)) / len(POOL)


def unseen_first(raw, number, annotate, done):
    assert not any(document.spans for document in raw)
    order = sorted(annotate(raw), key=lambda document: len(document.spans))
    return [document.id for document in order[:number]]


def test_an_order_that_asks_for_the_new_learns_faster():
    """Four bodies, each in two sentences: asking for what is unknown shows all of them in four."""
    best = replay(POOL, learn=learn, score=score, choose=unseen_first, sizes=(1, 2, 3, 4))
    drawn = replay(POOL, learn=learn, score=score, choose=at_random(3), sizes=(1, 2, 3, 4))
    assert [step.documents for step in best] == [1, 2, 3, 4]
    assert best[0] == drawn[0]
    assert [step.f1 for step in best] == [0.25, 0.5, 0.75, 1]
    assert drawn[-1].f1 < 1
    assert [step.characters for step in best] == [5, 10, 15, 20]
    again = replay(POOL, learn=learn, score=score, choose=at_random(3), sizes=(1, 2, 3, 4))
    assert again == drawn


@pytest.mark.parametrize(
    ("f1", "expected"), [(0.5, 100), (0.6, 150), (0.7, 200), (0.75, 300), (0.9, None), (0.1, 100)]
)
def test_what_a_curve_needs_lies_between_its_points(f1, expected):
    found = needed([(100, 0.5), (200, 0.7), (300, 0.7), (400, 0.8)], f1)
    assert found == (expected if f1 != 0.75 else pytest.approx(350))


def test_the_table_says_what_is_saved():
    ours = [Step(100, 9, 0.5), Step(200, 9, 0.7), Step(300, 9, 0.9)]
    random = [Step(100, 9, 0.5), Step(200, 9, 0.6), Step(300, 9, 0.65), Step(400, 9, 0.75)]
    lines = table_text({"govner next": [ours], "random": [random]}).splitlines()
    assert lines[2:] == [
        "| 100 | 50.0 | 50.0 | 100 | 0% |",
        "| 200 | 70.0 | 60.0 | 350 | 43% |",
        "| 300 | 90.0 | 65.0 | > 400 | > 25% |",
    ]
