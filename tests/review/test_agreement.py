"""Two annotators: the figures against other people's formulas, and what is merged of their work."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from govner.document import Document, GovnerError, Span, parse_marked
from govner.review.adjudication import READINGS, adjudicate
from govner.review.agreement import agreement, clusters, kappa


def done(marked, source="rule"):
    document = parse_marked(marked)
    spans = [Span(*span.key, source) for span in document.spans]
    return document.with_spans(spans, state="corrected")


ANNA = "[市政府](ORG)[党组成员](TITLE)、[西塘镇](ORG)[镇长](TITLE)[李四](PERSON)"
BO = "[市政府党组](ORG)[成员](TITLE)、西塘镇[镇长](TITLE)[李四](TITLE)"


def test_spans_that_both_have_and_those_that_one_has_are_counted():
    found = agreement([done(ANNA)], [done(BO)])
    counts = {name: (n.both, n.first, n.second) for name, n in found.spans.items()}
    assert counts == {"PERSON": (0, 1, 0), "TITLE": (1, 1, 2), "ORG": (0, 2, 1), "all": (1, 4, 3)}
    assert found.spans["all"].f1 == pytest.approx(2 / 9)
    assert (found.documents, found.alike, found.left_out) == (1, 0, 0)


def test_each_disagreement_has_a_kind_and_both_labels():
    items = agreement([done(ANNA)], [done(BO)]).items
    assert [(i.kind, i.labels, i.surfaces()) for i in items] == [
        ("border", ("ORG", "ORG"), ("市政府", "市政府党组")),
        ("border", ("TITLE", "TITLE"), ("党组成员", "成员")),
        ("only one", ("ORG", "–"), ("西塘镇", "–")),
        ("label", ("PERSON", "TITLE"), ("李四", "李四")),
    ]


def test_disagreements_of_one_kind_stand_together():
    items = agreement([done(ANNA + "\n" + ANNA)], [done(BO + "\n" + ANNA)]).items
    groups = clusters(items, ["T6", "T6", "O8", ""])
    assert [(g.kind, g.labels, g.section, len(g.items)) for g in groups] == [
        ("border", ("ORG", "ORG"), "T6", 1),
        ("border", ("TITLE", "TITLE"), "T6", 1),
        ("label", ("PERSON", "TITLE"), "", 1),
        ("only one", ("ORG", "–"), "O8", 1),
    ]


def test_what_nobody_confirmed_does_not_count():
    untouched = done(ANNA).with_spans((), state="proposed")
    found = agreement([done(ANNA)], [untouched])
    assert (found.documents, found.left_out) == (0, 1)
    assert found.spans["all"].f1 is None
    assert found.kappas["all"] is None


def test_who_clicks_through_agrees_wholly_with_the_proposals():
    proposed = done(ANNA).with_spans(done(ANNA).spans, state="proposed")
    assert agreement([done(ANNA)], [proposed], proposals=True).spans["all"].f1 == 1
    assert agreement([done(BO)], [proposed], proposals=True).alike == 0


def test_another_text_under_the_same_id_is_refused():
    other = Document(done(ANNA).id, "另一篇", state="corrected")
    with pytest.raises(GovnerError, match="the text is not the one exported"):
        agreement([done(ANNA)], [other])


labels = st.sampled_from(["–", "PERSON", "TITLE", "ORG"])


@given(st.lists(st.tuples(labels, labels), min_size=1))
def test_kappa_is_agreement_beyond_chance(pairs):
    left, right = zip(*pairs, strict=True)
    found = kappa(Counter(pairs))
    if len({*left, *right}) == 1:
        assert found is None
        return
    same = sum(one == other for one, other in pairs) / len(pairs)
    chance = sum(left.count(x) * right.count(x) for x in {*left}) / len(pairs) ** 2
    assert found == pytest.approx((same - chance) / (1 - chance))


def test_kappa_of_a_label_is_that_of_its_characters_against_the_rest():
    found = agreement([done(ANNA)], [done(BO)])
    mark = {
        name: [any(s.start <= i < s.end and s.label == "ORG" for s in done(text).spans)
               for i in range(len(done(text).text))]
        for name, text in (("anna", ANNA), ("bo", BO))
    }  # fmt: skip
    assert found.kappas["ORG"] == pytest.approx(cohen_kappa_score(mark["anna"], mark["bo"]))


def test_what_agrees_is_gold_and_the_rest_carries_both_readings():
    same = "[省委](ORG)[书记](TITLE)"
    found = adjudicate([done(ANNA), done(same)], [done(BO), done(same, "bo")], names=("anna", "bo"))
    (gold,) = found.agreed
    assert gold.state == "corrected"
    assert [(gold.surface(s), s.source) for s in gold.spans] == [
        ("省委", "agreed"),
        ("书记", "agreed"),
    ]
    (open_,) = found.disputed
    assert open_.state == "proposed"
    assert [open_.surface(s) for s in open_.spans] == ["镇长"]
    assert [note["at"] for note in open_.meta[READINGS]] == [0, 8, 13]
    assert open_.meta[READINGS][0]["text"] == (
        "1. …▸…◂、西塘镇镇长李四… "
        "anna: [市政府](ORG)[党组成员](TITLE) | bo: [市政府党组](ORG)[成员](TITLE)"
    )
    assert found.places == 3


def test_adjudicating_an_annotator_with_themselves_disputes_nothing():
    work = [done(ANNA), done("[省委](ORG)[书记](TITLE)")]
    found = adjudicate(work, work)
    assert found.disputed == ()
    assert [d.spans for d in found.agreed] == [d.spans for d in work]


def test_a_doubled_document_is_refused():
    with pytest.raises(GovnerError, match=r"the first file: the id .* stands there twice"):
        agreement([done(ANNA), done(BO)], [done(ANNA)])
