"""Proposals as lessons: what is sure stays, what is not is left open."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.dataset.doubt import Doubt, leave_open
from govner.document import Span, parse_marked


def opened(marked, doubt, sources=()):
    document = parse_marked(marked)
    pairs = zip(document.spans, [*sources, *[""] * len(document.spans)], strict=False)
    spans = tuple(replace(span, source=source) for span, source in pairs)
    (lesson,) = leave_open([document.with_spans(spans)], doubt)
    return lesson, [lesson.text[start:end] for start, end in lesson.meta["unknown"]]


@pytest.mark.parametrize(
    ("marked", "sources", "expected"),
    [
        ("到[市水利局](ORG)调研。", ["org.level"], []),
        ("到[市水利局](ORG)调研。", ["org.weak"], ["到市水利局调研"]),
        ("[省委](ORG)[书记](TITLE)来。", ["org.weak", "title.head"], ["省委"]),
        ("走进，[花园公司](ORG)说。", ["org.weak"], ["花园公司说"]),
    ],
)
def test_spans_of_weak_rules_are_left_open(marked, sources, expected):
    lesson, stretches = opened(marked, Doubt(frozenset(["org.weak"])), sources)
    assert stretches == expected
    assert all(span.source != "org.weak" for span in lesson.spans)


def test_what_ends_like_a_missed_name_is_left_open():
    doubt = Doubt.of([], [("红星机械厂", False), ("东风机械厂", False), ("省公安厅", True)])
    lesson, stretches = opened("他在黎明机械厂上班，[王明](PERSON)在[新华机械厂](ORG)。", doubt)
    assert stretches == ["他在黎明机械厂"]
    assert len(lesson.spans) == 2


@given(st.text("省委书记王明来到，。", max_size=40), st.sets(st.sampled_from(["书记", "王明"])))
def test_open_stretches_are_sorted_apart_and_outside_spans(text, endings):
    document = parse_marked("[头](ORG)" + text)
    (lesson,) = leave_open([document], Doubt(endings=frozenset(endings)))
    stretches = [Span(start, end, "?") for start, end in lesson.meta["unknown"]]
    assert stretches == sorted(stretches)
    assert all(not a.overlaps(b) for a in stretches for b in (*lesson.spans, *stretches) if a != b)


def test_doubt_is_learned_from_cases():
    rules = [("org.good", True)] * 20 + [("org.weak", True)] * 3 + [("org.weak", False)] * 2
    names = [("省委", True)] * 9 + [("县委", False)] + [("机械厂", False)] * 2
    assert Doubt.of(rules, names) == Doubt(frozenset(["org.weak"]), frozenset(["械厂"]))
