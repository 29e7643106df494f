"""What a person changed, and what that says about each rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.document import Document, Span, parse_marked
from govner.document.errors import BadInput, TextChanged
from govner.review import changes
from govner.review.wilson import wilson


def compared(before, after):
    """Compare two marked texts of the same document."""
    return changes([parse_marked(before)], [parse_marked(after)])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("[省委](ORG)书记", "[省委](ORG)书记", [("kept", "省委", "省委")]),
        ("[省](ORG)委书记", "[省委](ORG)书记", [("moved", "省", "省委")]),
        ("[省委](TITLE)书记", "[省委](ORG)书记", [("relabelled", "省委", "省委")]),
        ("[省](TITLE)委书记", "[省委](ORG)书记", [("relabelled", "省", "省委")]),
        ("[省委](ORG)书记", "省委书记", [("deleted", "省委", "")]),
        ("省委书记", "[省委](ORG)书记", [("added", "", "省委")]),
        ("[省委](ORG)书记", "省委[书记](TITLE)", [("deleted", "省委", ""), ("added", "", "书记")]),
        (
            "[省委书记](ORG)",
            "[省委](ORG)[书记](TITLE)",
            [("moved", "省委书记", "省委"), ("added", "", "书记")],
        ),
    ],
)
def test_each_change_has_its_kind(before, after, expected):
    assert [(c.kind, *c.surfaces) for c in compared(before, after).items] == expected


def test_rules_are_counted_by_what_became_of_their_spans():
    text = "省委书记王明，省委书记"
    rows = [(0, 2, "ORG", "org.closed"), (2, 4, "TITLE", "title.post"), (7, 9, "ORG", "org.closed")]
    before = Document("d", text, tuple(Span(*row) for row in rows))
    after = before.with_spans([Span(0, 2, "ORG"), Span(2, 4, "TITLE"), Span(4, 6, "PERSON")])
    found = changes([before], [after])
    assert found.by_rule() == {"org.closed": {"kept": 1, "deleted": 1}, "title.post": {"kept": 1}}
    assert found.by_label()["PERSON"] == {"added": 1}
    record = found.to_record()
    assert record["rules"]["org.closed"]["precision"] == 0.5
    assert record["total"]["proposed"] == 3
    assert [change["kind"] for change in record["changes"]] == ["added", "deleted"]


def test_spans_without_a_source_are_counted_together():
    assert list(compared("[省委](ORG)", "[省委](ORG)").by_rule()) == ["(none)"]


def test_documents_nobody_has_reviewed_do_not_count():
    first, second = parse_marked("[省委](ORG)"), parse_marked("[市委](ORG)")
    still = second.with_spans(second.spans, state="proposed")
    found = changes([first, second], [first, still])
    assert (found.documents, found.unreviewed, found.counts()) == (1, 1, {"kept": 1})
    assert changes([first, second], [first]).unreviewed == 1
    assert changes([first, second], [first, still], unreviewed=True).documents == 2


def test_another_text_or_an_unknown_document_is_an_error():
    with pytest.raises(BadInput, match="is not there"):
        compared("省委", "市委")
    with pytest.raises(TextChanged):
        changes([Document("1", "省委")], [Document("1", "市委")])


@pytest.mark.parametrize(
    ("hits", "total", "expected"),
    [(0, 0, (0.0, 1.0)), (3, 3, (0.4385, 1.0)), (0, 3, (0.0, 0.5615)), (81, 263, (0.2553, 0.3662))],
)
def test_wilson_intervals_are_those_of_the_literature(hits, total, expected):
    """81 of 263 is the example in Newcombe, Statistics in Medicine 17 (1998)."""
    assert wilson(hits, total) == pytest.approx(expected, abs=1e-4)


@given(st.integers(0, 200), st.integers(1, 200))
def test_wilson_intervals_hold_the_share(hits, more):
    low, high = wilson(hits, hits + more)
    assert 0 <= low <= hits / (hits + more) <= high <= 1
