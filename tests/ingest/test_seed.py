"""The seed page, as it was received, becomes a clean document."""

from pathlib import Path

import pytest

from govner.ingest import ingest_paths

SEED = Path(__file__).parents[2] / "seeds" / "000_5c1cc155217d4c22.txt"
TITLE = (
    "浙江省市场监管系统非公党建工作现场推进会在嘉善召开 "
    "激发先锋动能,嘉善打造“个私党旗红”非公党建品牌"
)


@pytest.fixture(scope="module")
def seed():
    (document,) = ingest_paths([SEED])
    return document


def test_it_has_one_title_its_credits_and_its_byline(seed):
    assert seed.meta["title"] == TITLE
    assert seed.meta["byline"] == ["宣应", "徐超"]
    raw = SEED.read_text("utf-8")
    credits = [
        (credit["role"], credit["names"], raw[credit["start"] : credit["end"]])
        for credit in seed.meta["credits"]
    ]
    assert credits == [
        ("责任编辑", ["陆永林"], "责任编辑:陆永林"),
        ("版面设计", ["华羽佳"], "版面设计:华羽佳"),
    ]


@pytest.mark.parametrize(
    "furniture", ["钱江报系", "QJNG", "报料", "热线", "QQ", "广告", "陆永林", "宣应", TITLE]
)
def test_furniture_is_not_in_the_body(seed, furniture):
    assert furniture not in seed.text


@pytest.mark.parametrize(
    "whole",
    ["放心消费创建’培育", "个私协会党支部", "党建联抓;人才共育", "抓“小微企业、个体", "还有210余家",
     "小微企业党建联系点"],
)  # fmt: skip
def test_column_breaks_are_mended(seed, whole):
    assert whole in seed.text


def test_headings_are_paragraphs_of_their_own(seed):
    paragraphs = seed.text.split("\n")
    for heading in (
        "非公党建示范 放心消费创建",
        "探索创新路径 引领企业发展",
        "打造党建示范点 完善阵地建设",
    ):
        assert heading in paragraphs
    assert len(paragraphs) == 14


def test_nothing_of_the_page_is_lost(seed):
    """Body and removed parts, put back in their places, are the page but for white space."""
    raw = SEED.read_text("utf-8")
    found = [" "] * len(raw)
    for _, length, start, _ in seed.map.pieces:
        found[start : start + length] = raw[start : start + length]
    for part in seed.meta["removed"]:
        assert raw[part["start"] : part["end"]] == part["text"]
        found[part["start"] : part["end"]] = part["text"]
    assert "".join("".join(found).split()) == "".join(raw.split())


def test_every_stretch_reads_the_same_on_the_raw_page(seed):
    raw = SEED.read_text("utf-8")
    for start in range(0, len(seed.text), 7):
        for end in (start + 1, min(start + 40, len(seed.text))):
            raw_start, raw_end = seed.raw_span(start, end)
            on_page = raw[raw_start:raw_end]
            assert "".join(on_page.split()) == "".join(seed.text[start:end].split())
