"""The same counts as nervaluate and seqeval; pins where those are wrong."""

from collections import Counter

import nervaluate
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics import sequence_labeling

from govner.document import Document, Span, parse_marked
from govner.evaluation import evaluate
from govner.evaluation.evaluate import SCHEME_ROWS

LABELS = ["ORG", "PERSON", "TITLE"]
NAMES = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
LENGTH = 40


@st.composite
def flat(draw):
    edges = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=12)))
    label = st.sampled_from(LABELS)
    return [Span(a, b, draw(label)) for a, b in zip(edges[::2], edges[1::2], strict=False)]


@st.composite
def pair(draw):
    gold = draw(flat())
    kept = [span for span in gold if draw(st.booleans())]
    others = draw(flat())
    free = [s for s in others if not any(s.overlaps(k) for k in kept)]
    return document(gold), document(kept + free)


def document(spans, name="d"):
    return Document(name, "字" * LENGTH, tuple(spans))


def nervaluate_counts(gold, predicted, *, inclusive=True, label=None):
    """Return the counts of nervaluate, whose ends are inclusive whatever its readme says."""
    if not hasattr(nervaluate, "evaluator"):
        pytest.skip(reason="an older nervaluate, for Python 3.10")

    def rows(documents):
        return [
            [{"label": s.label, "start": s.start, "end": s.end - inclusive} for s in d.spans]
            for d in documents
        ]

    found = nervaluate.Evaluator(rows(gold), rows(predicted), LABELS, loader="dict").evaluate()
    return {
        ours: tuple(
            getattr((found["entities"][label] if label else found["overall"])[theirs], name)
            for name in ("correct", "incorrect", "partial", "missed", "spurious")
        )
        for ours, theirs in NAMES.items()
    }


def our_counts(gold, predicted, label=None):
    found = evaluate(gold, predicted)
    found = found.semeval_of(label) if label else found.semeval
    return {
        name: (row.correct, row.incorrect, row.partial, row.missed, row.spurious)
        for name, row in found.items()
    }


def lone(gold, predicted):
    """Whether no span overlaps two of the other side; only there the pairing is no choice."""
    meets = Counter()
    for a in gold.spans:
        for b in predicted.spans:
            if a.overlaps(b):
                meets["gold", a] += 1
                meets["predicted", b] += 1
    return max(meets.values(), default=0) <= 1


@given(st.lists(pair(), max_size=3))
def test_semeval_classes_are_those_of_nervaluate(pairs):
    pairs = [both for both in pairs if lone(*both)]
    sides = [
        [document(d.spans, str(i)) for i, d in enumerate(side)] for side in zip(*pairs, strict=True)
    ]
    if sides:
        assert our_counts(*sides) == nervaluate_counts(*sides)


@given(pair())
def test_the_classes_of_a_label_are_those_of_nervaluate_where_no_label_is_wrong(both):
    gold, predicted = both
    apart = [s for s in predicted.spans
             if all(s.label == g.label for g in gold.spans if g.overlaps(s))]  # fmt: skip
    predicted = document(apart)
    for label in {s.label for s in (*gold.spans, *apart)} if lone(gold, predicted) else ():
        ours = our_counts([gold], [predicted], label)
        assert ours == nervaluate_counts([gold], [predicted], label=label)


@given(pair())
def test_the_classes_of_the_labels_add_up_to_the_whole(both):
    parts = [our_counts([both[0]], [both[1]], label) for label in LABELS]
    whole = our_counts([both[0]], [both[1]])
    assert whole == {
        name: tuple(map(sum, zip(*(part[name] for part in parts), strict=True))) for name in whole
    }


def test_nervaluate_counts_a_wrong_label_twice_in_the_rows_of_labels():
    """Its rows of labels do not add up: overall one is incorrect, by label missed and spurious."""
    gold, predicted = parse_marked("[省委](ORG)"), parse_marked("[省委](TITLE)")
    assert nervaluate_counts([gold], [predicted])["strict"] == (0, 1, 0, 0, 0)
    assert nervaluate_counts([gold], [predicted], label="ORG")["strict"] == (0, 0, 0, 1, 0)
    assert nervaluate_counts([gold], [predicted], label="TITLE")["strict"] == (0, 0, 0, 0, 1)
    assert our_counts([gold], [predicted], "ORG")["strict"] == (0, 1, 0, 0, 0)


def test_nervaluate_takes_neighbours_for_overlapping():
    """国务院|总理: with the half-open ends that most formats have, two neighbours meet."""
    gold, predicted = parse_marked("[国务院](ORG)总理"), parse_marked("国务院[总理](TITLE)")
    assert our_counts([gold], [predicted])["strict"] == (0, 0, 0, 1, 1)
    assert nervaluate_counts([gold], [predicted])["strict"] == (0, 0, 0, 1, 1)
    theirs = nervaluate_counts([gold], [predicted], inclusive=False)
    assert theirs["strict"] == (0, 1, 0, 0, 0)
    assert theirs["partial"] == (0, 0, 1, 0, 0)


def test_nervaluate_pairs_with_the_first_overlap_not_the_best():
    gold, predicted = parse_marked("[省委办公厅](ORG)"), parse_marked("[省委](TITLE)[办公厅](ORG)")
    assert our_counts([gold], [predicted])["type"] == (1, 0, 0, 0, 1)
    assert nervaluate_counts([gold], [predicted])["type"] == (0, 1, 0, 0, 1)


def test_half_points_survive_the_merging_of_documents():
    """Earlier releases of nervaluate lost the half point when documents were merged."""
    gold = [document([Span(0, 4, "ORG")], name) for name in "ab"]
    predicted = [document([Span(0, 3, "ORG")], name) for name in "ab"]
    row = evaluate(gold, predicted).semeval["partial"]
    assert (row.precision, row.recall, row.f1) == (0.5, 0.5, 0.5)
    assert our_counts(gold, predicted) == nervaluate_counts(gold, predicted)


def tags(doc, *, begin="B"):
    row = ["O"] * LENGTH
    for span in doc.spans:
        row[span.start : span.end] = [f"I-{span.label}"] * (span.end - span.start)
        row[span.start] = f"{begin}-{span.label}"
    return row


def seqeval_scores(gold, predicted, **options):
    rows = [tags(d, **options) for d in gold], [tags(d, **options) for d in predicted]
    return sequence_labeling.precision_recall_fscore_support(
        *rows, average="micro", zero_division=0
    )[:3]


@given(st.lists(pair(), min_size=1, max_size=3))
def test_strict_scores_are_those_of_seqeval_on_tags_with_begin(pairs):
    sides = [
        [document(d.spans, str(i)) for i, d in enumerate(side)] for side in zip(*pairs, strict=True)
    ]
    if all(any(d.spans for d in side) for side in sides):
        score = evaluate(*sides).score("strict", "all")
        expected = seqeval_scores(*sides)
        assert (score.precision, score.recall, score.f1) == pytest.approx(expected)


def test_seqeval_merges_neighbours_where_tags_have_no_begin():
    """省委|省政府 as I-ORG five times is one entity to it: two errors are one hit."""
    gold = document([Span(0, 2, "ORG"), Span(2, 5, "ORG")])
    predicted = document([Span(0, 5, "ORG")])
    assert evaluate([gold], [predicted]).score("strict", "all").f1 == 0
    assert seqeval_scores([gold], [predicted], begin="I")[2] == 1


def test_seqeval_takes_an_entity_that_never_began_for_one():
    assert sequence_labeling.f1_score([["B-ORG", "I-ORG"]], [["I-ORG", "I-ORG"]]) == 1


@given(pair())
def test_the_confusion_matrix_counts_each_pair_of_partners(both):
    found = evaluate([both[0]], [both[1]])
    rows = Counter(
        (m.gold.label if m.gold else "", m.predicted.label if m.predicted else "")
        for items in found.matches
        for m in items
    )
    assert found.confusion == rows


@given(st.lists(pair(), min_size=1, max_size=3))
def test_the_scores_that_have_intervals_are_those_of_the_schemes(pairs):
    sides = [
        [document(d.spans, str(i)) for i, d in enumerate(side)] for side in zip(*pairs, strict=True)
    ]
    found = evaluate(*sides)
    for scheme, row in SCHEME_ROWS.items():
        score, classes = found.score(*row), found.semeval[scheme]
        expected = (classes.precision, classes.recall, classes.f1)
        assert (score.precision, score.recall, score.f1) == pytest.approx(expected)
