"""Two sides of one text: what pairs with what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.document import Document, Span, parse_marked
from govner.document.errors import BadInput, TextChanged
from govner.document.pairs import align, pair_documents


def pairs_of(left, right):
    a, b = parse_marked(left), parse_marked(right)
    return [
        (a.surface(x) if x else None, b.surface(y) if y else None)
        for x, y in align(a.spans, b.spans)
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (
            "[国务院](ORG)[总理](TITLE)",
            "[国务院](ORG)[总理](TITLE)",
            [("国务院", "国务院"), ("总理", "总理")],
        ),
        ("[国务院](ORG)总理", "国务院[总理](TITLE)", [("国务院", None), (None, "总理")]),
        (
            "[国务院](ORG)[总理](TITLE)",
            "[国务院总理](TITLE)",
            [("国务院", None), ("总理", "国务院总理")],
        ),
        (
            "[国务院总理](ORG)",
            "[国务院](ORG)[总理](TITLE)",
            [("国务院总理", "国务院"), (None, "总理")],
        ),
        ("[省委](ORG)书记", "[省委](TITLE)书记", [("省委", "省委")]),
        ("省委", "[省委](ORG)", [(None, "省委")]),
    ],
)
def test_spans_pair_by_place(left, right, expected):
    assert pairs_of(left, right) == expected


@st.composite
def flat(draw):
    edges = sorted(draw(st.sets(st.integers(0, 40), max_size=16)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [Span(a, b, draw(st.sampled_from(["PERSON", "TITLE", "ORG"]))) for a, b in pairs]


@given(flat(), flat())
def test_every_span_stands_in_one_pair(left, right):
    pairs = align(left, right)
    assert sorted(a for a, _ in pairs if a) == left
    assert sorted(b for _, b in pairs if b) == right
    assert all(a.overlaps(b) for a, b in pairs if a and b)
    assert sum(a == b for a, b in pairs) == len(set(left) & set(right))


@given(flat(), flat())
def test_sides_can_be_swapped_for_spans_of_equal_place(left, right):
    def same(pairs):
        return {(a.start, a.end) for a, b in pairs if a and b and a.key[:2] == b.key[:2]}

    assert same(align(left, right)) == same([(b, a) for a, b in align(right, left)])


def test_documents_pair_by_id():
    a, b = Document("1", "甲"), Document("2", "乙")
    assert list(pair_documents([b, a], [a, b])) == [(b, b), (a, a)]


@pytest.mark.parametrize(
    ("left", "right", "error", "words"),
    [
        (["1:甲"], ["2:甲"], BadInput, "the document 1 is not there"),
        (["1:甲"], ["1:甲", "1:甲"], BadInput, "stands there twice"),
        (["1:甲", "1:甲"], ["1:甲"], BadInput, "doubled id"),
        (
            ["1:省委书记"],
            ["1:省委主席"],
            TextChanged,
            "expected '书记', found '主席'",
        ),
        (["1:省委"], ["1:省"], TextChanged, "at character 1"),
    ],
)
def test_documents_that_do_not_pair_are_named(left, right, error, words):
    def make(rows):
        return [Document(*row.split(":")) for row in rows]

    with pytest.raises(error, match=words):
        list(pair_documents(make(left), make(right)))
