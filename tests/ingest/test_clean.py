"""Pages become documents: the article stays, the rest is kept aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.document import document_id
from govner.document.errors import BadInput
from govner.ingest import clean, text_page

FIRST = "本报讯（记者 顾明 通讯员 沈苇）7月13日，省市场监管局召开会议。局长贺云出席。"
SECOND = "会议指出，要抓好落实。"


def page(*lines, path="page.txt"):
    return text_page(path, "\n".join(lines), encoding="utf-8")


def test_a_page_of_a_site():
    """Title, date and source, and the editor go to meta; the byline in the paragraph stays."""
    document = clean(
        page("省局召开年中工作会", "", "2023年07月14日 08:12 来源：江州日报", "", f"　　{FIRST}",
             f"　　{SECOND}", "（责任编辑：岳清）")
    )  # fmt: skip
    assert document.text == f"{FIRST}\n{SECOND}"
    assert document.id == document_id(document.text)
    assert document.meta["title"] == "省局召开年中工作会"
    assert (document.meta["date"], document.meta["source"]) == ("2023-07-14", "江州日报")
    assert [c["names"] for c in document.meta["credits"]] == [["岳清"]]
    assert [r["why"] for r in document.meta["removed"]] == ["title", "date", "credits"]


@pytest.mark.parametrize(
    "page_lines",
    [
        ["张三任市长", FIRST, "组长：张三", "副组长：李四，王五", "成员：赵六", SECOND],
        ["任免名单", "（2023年8月29日市人大常委会会议通过）", "任命：", "张三为副市长；",
         "李四为局长。", "市人大常委会", "2023年8月30日"],
        ["通知", "各乡镇人民政府：", "一、加强领导，落实责任", FIRST, "特此通知", "某县政府"],
        ["纪实", FIRST, "“开饭喽！”", "他说，“好", "的开始”是他们的", SECOND],
    ],
)  # fmt: skip
def test_ordinary_lines_stay_paragraphs_of_the_body(page_lines):
    document = clean(page(*page_lines))
    assert document.meta["title"] == page_lines[0]
    if "纪实" not in page_lines:
        assert document.text.split("\n") == page_lines[1:]


def test_a_page_without_a_title_has_none():
    document = clean(page(FIRST, SECOND))
    assert (document.meta["title"], document.text) == ("", f"{FIRST}\n{SECOND}")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("他强调,要抓好落实,要放心消", "费创建,把工作做好,把责任落实到每一个岗位。"),
        ("抓“小微企", "业”党建。"),
        ("出席会议的有市委书记王明、", "市长李华。"),
        ("会议强调", "，要抓落实。"),
        ("副局长张林说道，去年以来，全市上下一心，新建站点还", "有210余家，分布在各县。"),
    ],
)  # fmt: skip
def test_a_break_in_mid_sentence_is_mended(left, right):
    document = clean(page("标题", FIRST, "", left, "", right))
    assert document.text == f"{FIRST}\n{left}{right}"


@pytest.mark.parametrize(
    "lines",
    [
        [FIRST, "放心消费创建", "会上,张林首先致辞,李华主持会议。"],
        [FIRST, "抓党建，促发展", SECOND],
        [FIRST, "图为会议现场。王明 摄", "会后，代表们参观了展览，听取了介绍。"],
        ["他说，要把责任扛起来，把工作抓实，把队伍带好，让群众满意", "一、加强领导，落实责任。"],
        ["任命：", "张三为市水利局局长；", "李四为市科技局局长，", "王五为市教育局局长。"][:2],
    ],
)
def test_a_paragraph_that_only_lacks_its_full_stop_stays(lines):
    assert clean(page("标题", *lines)).text == "\n".join(lines)


def test_furniture_in_the_middle_goes_and_the_sentence_is_whole():
    left, right = "建立“市场监管局党委+个私", "协会党支部”工作体系。"
    document = clean(page("标题", FIRST, left, "- 3 -", "新闻热线：82600000", right))
    assert document.text == f"{FIRST}\n{left}{right}"
    start = document.text.index("个私协会")
    raw_start, raw_end = document.raw_span(start, start + 4)
    assert (raw_start, raw_end - raw_start) == (56, 25)


def test_latin_words_keep_a_space_over_a_mended_break():
    assert clean(page("标题", FIRST, "公司（China", "Mobile）成立。")).text.endswith(
        "China Mobile）成立。"
    )


def test_damage_is_flagged():
    document = clean(page("标题", "\ue123书记王\ufffd\ufffd出席。"))
    assert document.meta["flags"] == {"replacement": 2, "private_use": 1}


@pytest.mark.parametrize(
    "lines", [["", " "], ["责任编辑：王明"], ["版权所有 未经授权不得转载", "第3版"]]
)
def test_a_page_without_an_article_is_refused(lines):
    with pytest.raises(BadInput, match="no article"):
        clean(page(*lines))


ALPHABET = "省委书记王明，、。：；“”（）()《》 　\t\r𠮷é\u0301👩‍👩‍👧123ab：/-责任编辑记者来源版"
WORDS = st.lists(st.sampled_from([*ALPHABET]), max_size=25).map("".join)
PAGES = st.lists(WORDS, max_size=12).map("\n".join)


@given(PAGES)
def test_the_map_inverts_and_nothing_is_lost(raw):
    """For any page: each character knows its place, and what is not body is in ``removed``."""
    try:
        document = clean(text_page("p", raw))
    except BadInput:
        return
    kept = [False] * len(raw)
    for start, length, raw_start, raw_length in document.map.pieces:
        assert document.text[start : start + length] == raw[raw_start : raw_start + raw_length]
        kept[raw_start : raw_start + raw_length] = [True] * raw_length
    for part in document.meta["removed"]:
        assert raw[part["start"] : part["end"]] == part["text"]
        assert not any(kept[part["start"] : part["end"]])
        kept[part["start"] : part["end"]] = [True] * len(part["text"])
    assert not "".join(c for c, k in zip(raw, kept, strict=True) if not k).strip()


SENTENCES = st.lists(
    st.text("省委书记王明在会上说，和“好”。", min_size=3, max_size=40).map(lambda s: f"他{s}。"),
    min_size=1,
    max_size=6,
)


@given(SENTENCES)
def test_a_clean_text_stays_as_it_is(paragraphs):
    once = clean(text_page("p", "\n\n".join(paragraphs)))
    assert once.text == "\n".join(paragraphs)
    assert clean(text_page("p", once.text)).text == once.text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("扫码阅读全文", "navigation"),
        ("调整字体", "navigation"),
        ("首页 - 新闻动态", "navigation"),
        ("此前报道：市委召开全会 部署下半年工作", "navigation"),
        ("（原题为《市委召开全会》）", "original title"),
        ("原标题：市委召开全会 部署下半年工作", "original title"),
        ("(本文来自江州新闻，更多原创资讯请下载“江州新闻”APP)", "copyright"),
        ("（责任编辑： HN666）", "credits"),
        ("采写：江州日报见习记者 林子青", "credits"),
        ("来源于：东区办事处", "source"),
    ],
)
def test_what_sites_add_below_an_article_is_kept_aside(line, why):
    document = clean(page("省局召开会议", FIRST, SECOND, line))
    assert document.text == f"{FIRST}\n{SECOND}"
    assert document.meta["removed"][-1]["why"] == why
    prose = clean(page("省局召开会议", FIRST, SECOND, f"他说，{line}是常见的。")).text
    assert prose.endswith("是常见的。")
