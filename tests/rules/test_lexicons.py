"""The lexicons of bodies: one name once, in groups, and nothing the files could not mean."""

from collections import Counter
from itertools import pairwise

import pytest

from govner.document import format_marked, parse_marked
from govner.rules import propose
from govner.rules.files import LEXICONS, read_sections
from govner.rules.sections import BODIES, SECTIONS

NAMES = {
    name: [
        (section, word)
        for section, words in read_sections(LEXICONS / f"{name}.txt")
        for word in words
        if section != "generic"
    ]
    for name in BODIES
}


def test_a_body_stands_once_in_all_lexicons():
    """A name in two places would be two kinds of body, and one of them nobody would find."""
    counts = Counter(word for names in NAMES.values() for _, word in names)
    assert [word for word, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", BODIES)
def test_a_body_has_a_section_that_the_grammar_knows(name):
    assert {section for section, _ in NAMES[name]} <= set(SECTIONS)


@pytest.mark.parametrize("name", BODIES)
def test_a_name_is_two_characters_or_more_without_signs_that_end_it(name):
    """Commas, stops and quotes round a name would never be met inside one."""
    for _, word in NAMES[name]:
        assert len(word) > 1, word
        assert not set(word) & set("，。；：？！\"'[]<>#"), word


@pytest.mark.parametrize("name", [name for name in BODIES if name != "bodies"])
def test_every_line_of_names_stands_under_the_comment_of_its_group(name):
    lines = (LEXICONS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert any(line.startswith("# Facts:") for line in lines[:3])
    for before, line in pairwise(lines):
        assert not (before.startswith("[") and not line.startswith("# ")), line
        assert line == line.strip()


@pytest.mark.parametrize(
    "name",
    [
        "水利部长江水利委员会",
        "中国物流与采购联合会",
        "联合国粮食及农业组织",
        "西北农林科技大学",
        "哥伦比亚广播公司",
        "巴勒斯坦伊斯兰圣战组织",
        "同仁堂",
        "俄塔社",
    ],
)
def test_a_name_that_the_grammar_could_not_read_is_known(name):
    text = f"据{name}介绍，准备已经完成。"
    assert (1, 1 + len(name), "ORG") in {span.key for span in propose(text).spans}


@pytest.mark.parametrize(
    "marked",
    [
        "[中国人民解放军东部战区](ORG)发布公告。",
        "[联合国近东救济工程处](ORG)发表声明。",
        "[越南共产党中央政治局](ORG)召开会议。",
        "[四川大学华西医院](ORG)的医疗队到了。",
        "[党中央](ORG)、[国务院](ORG)作出部署。",
    ],
)
def test_a_known_body_directly_behind_another_one_is_its_part(marked):
    document = parse_marked(marked)
    assert format_marked(document.text, propose(document.text).spans) == marked


@pytest.mark.parametrize("place", ["嘉兴市", "嘉善县", "县", "省"])
@pytest.mark.parametrize(
    "office", ["教体局", "民宗局", "河长办", "人防办", "作家协会", "少年宫", "农科所", "拘留所"]
)
def test_the_offices_of_a_place_are_bodies(place, office):
    text = f"日前，{place}{office}召开会议。"
    end = 3 + len(place + office)
    assert (3, end, "ORG") in {span.key for span in propose(text).spans}


@pytest.mark.parametrize(
    "body",
    ["秘鲁最高法院", "荷兰议会下院", "俄国家杜马", "乌克兰总统办公室", "黎真主党", "印尼红十字会"],
)
def test_bodies_of_a_country_take_its_name(body):
    text = f"据{body}介绍，准备已经完成。"
    assert (1, 1 + len(body), "ORG") in {span.key for span in propose(text).spans}


@pytest.mark.parametrize(
    "body",
    [
        "财政部税政司",
        "教育部高校学生司",
        "浙江大学物理系",
        "武汉协和医院呼吸内科",
        "第71集团军某特战旅",
    ],
)
def test_departments_join_the_body_before_them(body):
    text = f"日前，{body}召开会议。"
    assert (3, 3 + len(body), "ORG") in {span.key for span in propose(text).spans}
