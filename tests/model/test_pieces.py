"""Tags, packing and pieces: what goes in comes back."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.document import parse_marked
from govner.model.packing import Packing
from govner.model.pieces import cut, join_over
from govner.model.tags import Tags

TAGS = Tags(("ORG", "PERSON", "TITLE"))
TEXTS = st.text(
    st.sampled_from("省市长王。！？；，”“（）》… \u3000\n\r\t.a1𠮷👨\u200d👩"), max_size=60
)


def pieces_of(text, **options):
    return [text[start:end] for start, end in cut(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“好。”王明来了。", ["他说：“好。”", "王明来了。"]),
        ("来了。“好！”", ["来了。", "“好！”"]),
        ("标题\n\n正文……（完）", ["标题\n\n", "正文……", "（完）"]),
        ("省委；市委", ["省委；市委"]),
        ("", []),
    ],
)
def test_pieces_end_behind_a_sentence_and_its_quotes(text, expected):
    assert pieces_of(text) == expected


def test_a_long_sentence_is_cut_behind_a_separator():
    assert pieces_of("书记王明、局长李红、主任张华", longest=6) == [
        "书记王明、",
        "局长李红、",
        "主任张华",
    ]
    assert pieces_of("一" * 9, longest=4) == ["一一一一", "一一一一", "一"]


@given(TEXTS, st.integers(1, 20))
def test_pieces_joined_give_the_text_back(text, longest):
    pieces = pieces_of(text, longest=longest)
    assert "".join(pieces) == text
    assert all(pieces)
    runs = [len(piece) for piece in pieces if not any(c in piece for c in "。！？…\n\r.\t \u3000")]
    assert all(size <= longest for size in runs)


@given(TEXTS.filter(bool), st.data())
def test_no_piece_cuts_a_span(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    joined = join_over(cut(text, longest=3), [(start, end, "ORG")])
    assert sum(left <= start and end <= right for left, right in joined) == 1
    assert "".join(text[left:right] for left, right in joined) == text


def test_spans_become_tags_and_come_back():
    document = parse_marked("[省委](ORG)[书记](TITLE)[王](PERSON)说，[国务院总理](TITLE)。")
    spans = [(span.start, span.end, span.label) for span in document.spans]
    tags = TAGS.encode(spans, len(document.text))
    assert TAGS.decode(tags) == spans
    assert TAGS.may_start[tags[0]]
    assert TAGS.may_end[tags[-1]]
    assert all(TAGS.may_follow[a, b] for a, b in pairwise(tags))


def test_an_unknown_stretch_agrees_with_every_tag():
    mask = TAGS.agreeing([(0, 1, "ORG")], [(2, 3)], 4)
    assert mask.sum(axis=1).tolist() == [1, 1, len(TAGS), 1]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_packing_is_a_permutation_that_keeps_each_sequence_in_step(lengths):
    packing = Packing.of(lengths)
    total = sum(lengths)
    assert sorted(packing.rows) == sorted(packing.reversed_rows) == list(range(total))
    np.testing.assert_array_equal(packing.rows[packing.unpack_order()], np.arange(total))
    first = packing.steps[0][1]
    np.testing.assert_array_equal(packing.rows[packing.before], packing.rows[first:] - 1)
    ends = np.cumsum(lengths) - 1
    np.testing.assert_array_equal(packing.rows[packing.last], ends[packing.order])
