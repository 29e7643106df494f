"""Matching on character offsets, and the counts drawn from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.document import Document, Span, parse_marked
from govner.document.errors import BadInput, TextChanged
from govner.evaluation import Score, evaluate, match, semeval


def kinds(gold, predicted, bounds=None):
    return [m.kind for m in match(parse_marked(gold), parse_marked(predicted), bounds)]


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ("[省委](ORG)[书记](TITLE)", "[省委](ORG)[书记](TITLE)", ["correct", "correct"]),
        ("[省委](ORG)书记", "[省委](TITLE)书记", ["label"]),
        ("[省委](ORG)书记", "[省](ORG)委书记", ["boundary"]),
        ("[省委](ORG)书记", "[省委书](TITLE)记", ["both"]),
        ("[省委](ORG)书记", "省委书记", ["missed"]),
        ("省委书记", "[省委](ORG)书记", ["spurious"]),
        ("[国务院](ORG)总理", "国务院[总理](TITLE)", ["missed", "spurious"]),
        ("[国务院](ORG)[总理](TITLE)", "[国务院总理](TITLE)", ["missed", "boundary"]),
        ("[国务院总理](TITLE)", "[国务院](ORG)[总理](TITLE)", ["spurious", "boundary"]),
    ],
)
def test_every_span_has_its_class(gold, predicted, expected):
    assert kinds(gold, predicted) == expected


def test_a_span_that_no_token_reaches_is_lost_to_segmentation():
    """Tokens 省委书|记: 省委 and 书记 cannot be tagged; the scorer of spaCy does not count them."""
    bounds = ({0, 3}, {3, 4})
    assert (
        kinds("[省委](ORG)[书记](TITLE)", "[省委书](ORG)[记](TITLE)", bounds)
        == ["segmentation"] * 2
    )
    found = evaluate(
        [parse_marked("[省委](ORG)[书记](TITLE)王")],
        [parse_marked("省委书记王")],
        tokenize=lambda text: ({0, 2, 5}, {2, 5}),
    )
    assert found.score("strict", "all") == Score(0, 2, 0)
    assert found.errors == {("segmentation", "TITLE"): 1, ("missed", "ORG"): 1}
    best = found.ceilings["system"]
    assert {name: best.score(name) for name in best.names} == {
        "ORG": Score(1, 1, 1),
        "TITLE": Score(0, 1, 0),
        "all": Score(1, 2, 1),
    }


@st.composite
def documents(draw):
    label = st.sampled_from(["PERSON", "TITLE", "ORG"])
    edges = sorted(draw(st.sets(st.integers(0, 30), max_size=12)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return Document("d", "字" * 30, tuple(Span(a, b, draw(label)) for a, b in pairs))


@given(documents(), documents())
def test_strict_counts_are_those_of_sets(gold, predicted):
    found = evaluate([gold], [predicted])
    keys = {s.key for s in gold.spans}, {s.key for s in predicted.spans}
    expected = Score(len(keys[0] & keys[1]), len(keys[0]), len(keys[1]))
    assert found.score("strict", "all") == expected


@given(documents(), documents())
def test_classes_add_up_under_every_scheme(gold, predicted):
    for row in semeval(match(gold, predicted)).values():
        assert row.possible == len(gold.spans)
        assert row.actual == len(predicted.spans)


@given(documents())
def test_gold_against_itself_is_perfect(gold):
    found = evaluate([gold], [gold])
    assert found.score("strict", "all").f1 == (1.0 if gold.spans else 0.0)
    assert not found.errors


@given(documents(), documents())
def test_slices_of_one_kind_sum_to_the_whole(gold, predicted):
    found = evaluate([gold], [predicted], train=[gold])
    for name in found.slicers:
        rows = [row for row in found.ledger.names("slice", name) if row[3] == "all"]
        assert sum((found.score(*row) for row in rows), Score()) == found.score("strict", "all")


def test_nothing_predicted_has_precision_zero_and_labels_sum_to_all():
    assert Score(0, 3, 0).precision == 0.0
    assert Score(1, 2, 2) + Score(1, 1, 1) == Score(2, 3, 3)


def test_trivial_spans_are_left_out_of_the_second_figure():
    gold = parse_marked("[习近平](PERSON)[总书记](TITLE)会见[王明](PERSON)")
    found = evaluate([gold], [parse_marked("[习近平](PERSON)[总书记](TITLE)会见王明")])
    assert found.score("strict", "all") == Score(2, 3, 2)
    assert found.score("nontrivial", "all") == Score(0, 1, 0)


def test_place_and_label_alone_count_apart():
    gold, predicted = "[省委](ORG)[书记](TITLE)", "[省委](TITLE)[书](TITLE)记"
    found = evaluate([parse_marked(gold)], [parse_marked(predicted)])
    assert found.score("strict", "all").correct == 0
    assert found.score("place", "all").correct == 1
    assert found.score("label", "all").correct == 1
    assert found.score("label", "TITLE") == Score(1, 1, 2)
    assert found.confusion == {("ORG", "TITLE"): 1, ("TITLE", "TITLE"): 1}


def test_documents_must_pair():
    with pytest.raises(BadInput, match="the output of rules"):
        evaluate([Document("1", "省委")], [], system="rules")
    with pytest.raises(TextChanged):
        evaluate([Document("1", "省委")], [Document("1", "省 委")])
