"""Any HTML gives visible lines that know their place in the source."""

import html
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.document.errors import MissingExtra
from govner.ingest import ingest_paths
from govner.ingest.markup import read_markup

_CHARACTERS = "省委书记王明，。 \n\t<>&/\"'a1𠮷\u3000"
_MARKUP = (
    "<p> </p> <br> <b> </b> <a_href='x>y'> </a> <td> <script> </script> <!-- --> &nbsp; &lt;"
    " &#20070; &x; <! </"
)
TOKENS = [*_CHARACTERS, *(token.replace("_", " ") for token in _MARKUP.split())]


@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join))
def test_every_character_of_a_line_knows_its_place(raw):
    for visible in read_markup(raw).lines:
        line = visible.line
        covered = 0
        for start, length, place, size in line.rows:
            text, source = line.text[start : start + length], raw[place : place + size]
            assert text.split() == source.split() or text == html.unescape(source)
            assert start >= covered
            covered = start + length
        assert line.text == line.text.strip() != ""
        assert covered == len(line.text)


@given(st.lists(st.text("省委书记王明<>&\"'，。𠮷é1a", min_size=1), min_size=1, max_size=5))
def test_paragraphs_come_out_as_they_were_written(paragraphs):
    raw = "".join(f"<p class='a>b'>{html.escape(p)}</p>\n" for p in paragraphs)
    assert [visible.line.text for visible in read_markup(raw).lines] == paragraphs


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ("<p>省委\n书记</p>", ["省委书记"]),
        ("<p>杜&nbsp;&nbsp;宇 王明</p>", ["杜\xa0\xa0宇 王明"]),
        ("<p>New\n  York</p>", ["New York"]),
        ("甲<br/>乙<div>丙<span>丁</span></div>戊", ["甲", "乙", "丙丁", "戊"]),
        ("<table><tr><td>局长</td><td>王明</td></tr><tr><td>书记</td></tr>", ["局长 王明", "书记"]),
        ("<p style='display:none'>暗</p><p hidden>藏</p><script>'<p>甲'</script><p>明</p>", ["明"]),
        ("1 < 2 && 3 > 2", ["1 < 2 && 3 > 2"]),
    ],
)  # fmt: skip
def test_lines_are_those_that_a_browser_shows(raw, lines):
    assert [visible.line.text for visible in read_markup(raw).lines] == lines


def test_without_trafilatura_the_sentence_says_what_to_install(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    path.write_text("<html><body><p>省委书记王明出席会议并讲话。</p></body></html>", "utf-8")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtra, match=r"pip install 'govner\[pages\]'"):
        list(ingest_paths([path]))
