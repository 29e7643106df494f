"""Radicals that stand for characters are put right, and no place shifts."""

import unicodedata

import pytest

from govner.ingest import clean, page_of, show, text_page
from govner.ingest.radicals import plain


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("副县⻓⻋远航", "副县长车远航"),
        ("⼤⼩⼈⺠", "大小人民"),
        ("⼾⼝", "户口"),
        ("省委书记", "省委书记"),
    ],
)
def test_a_radical_becomes_its_character(printed, meant):
    assert plain(printed) == meant


def test_every_pair_is_one_character_for_one_and_ends_at_a_plain_one():
    for code in [*range(0x2E80, 0x2FE0), *range(0xF900, 0xFAE0)]:
        character = chr(code)
        assert len(plain(character)) == 1
        assert plain(plain(character)) == plain(character)
        if 0x2F00 <= code <= 0x2FD5:
            assert not unicodedata.name(plain(character)).startswith("KANGXI")


def test_the_document_has_the_character_and_the_page_keeps_what_it_had(tmp_path):
    raw = "全⻓会议\n\n县⻓王明出席。\n责任编辑：⻢兰\n"
    path = tmp_path / "page.txt"
    path.write_text(raw, "utf-8")
    document = clean(text_page(str(path), raw))
    assert document.text == "县长王明出席。"
    assert document.meta["title"] == "全长会议"
    assert document.meta["credits"][0]["names"] == ["马兰"]
    start, end = document.raw_span(0, 2)
    assert raw[start:end] == "县⻓"
    assert "县长王明出席" in show(document, page_of(document))
