"""Bytes become text, whatever Chinese pages are saved in."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from govner.document.errors import BadInput
from govner.ingest import decode

NEWS = "7月13日，省市场监管局召开年中工作会议。\r\n局长贺云飞出席并讲话，副局长宁致远主持。\n"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_page_decodes_to_itself(encoding):
    assert decode(NEWS.encode(encoding)).text == NEWS


def test_traditional_chinese_in_big5():
    page = "行政院長今天上午主持會議，聽取各部會報告災後重建的進度，並指示加速辦理。" * 5
    assert decode(page.encode("big5")).text == page


def test_what_the_page_declares_is_believed_where_the_bytes_agree():
    page = "囧朱镕基㐂"
    assert decode(page.encode("gb18030"), declared="gb2312").text == page
    assert decode(page.encode("utf-8"), declared="gb2312").text == page


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_round_trips_for_any_text(text):
    assume(not text.startswith("\ufeff"))
    decoded = decode(b"\xef\xbb\xbf" + text.encode("utf-8"))
    assert (decoded.text, decoded.encoding) == (text, "utf-8")


@given(
    st.lists(st.sampled_from([*"，。省委书记王明在会上说𠮷朱镕基２０２０年\n\t abc1"]), max_size=8)
)
def test_gb18030_round_trips_below_a_sentence_that_tells_it(tail):
    page = NEWS + "".join(tail)
    assert decode(page.encode("gb18030")).text == page


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "zero bytes"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"%PDF-1.7 x", "binary"),
        (bytes(range(256)) * 4, "binary"),
        ("书记".encode() + b"\0\0", "binary"),
        (NEWS.encode("utf-16")[:-1], "broken further on"),
        (NEWS.encode() + b"\xff\xfe\xfd" + NEWS.encode("gb18030") + b"\x80\xff", "no encoding"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data, why):
    with pytest.raises(BadInput, match=why):
        decode(data, path="page.txt")
