"""What to annotate next."""

from hypothesis import given
from hypothesis import strategies as st

from govner.document import Document, Span, parse_marked
from govner.review.queue import Candidate, rank, weigh


def test_a_document_is_weighed_by_doubt_dispute_and_novelty():
    text = "省委书记" + "字" * 96
    spans = (Span(0, 2, "ORG"), Span(2, 4, "TITLE"))
    proposed = Document("d", text, spans, {"probabilities": [0.9, 0.4]})
    found = weigh(proposed, proposed.with_spans(spans[:1]), {("ORG", "省委")})
    assert (round(found.uncertain, 6), found.disputed, found.new) == (0.7, 1.0, 1.0)


def test_without_probabilities_or_a_second_opinion_only_novelty_counts():
    found = weigh(parse_marked("[省委](ORG)" + "字" * 98))
    assert (found.uncertain, found.disputed, found.new) == (0, 0, 1.0)
    assert weigh(Document("d", "")).new == 0


def candidate(name, *figures):
    return Candidate(Document(name, name), *figures)


def test_the_figures_weigh_alike_whatever_their_scale():
    rows = [candidate("a", 0.1, 0, 0), candidate("b", 0.2, 900, 0), candidate("c", 0.3, 0, 1)]
    assert [row.document.id for row in rank(rows, 3)] == ["c", "b", "a"]


def test_near_copies_of_what_is_chosen_are_passed_over():
    rows = [candidate(name, value, 0, 0) for name, value in zip("abcd", (4, 3, 2, 1), strict=True)]

    def is_copy(document, chosen):
        return document.id == "b" and any(other.id == "a" for other in chosen)

    assert [row.document.id for row in rank(rows, 3, is_copy=is_copy)] == ["a", "c", "d"]


@given(st.lists(st.tuples(*[st.floats(0, 9)] * 3), max_size=12), st.integers(1, 12))
def test_a_document_that_leads_everywhere_comes_first(figures, number):
    rows = [candidate(str(i), *row) for i, row in enumerate(figures)]
    best = candidate("best", 10, 10, 10)
    chosen = rank([*rows, best], number)
    assert chosen[0] == best
    assert len(chosen) == min(number, len(rows) + 1)
