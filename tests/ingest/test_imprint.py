"""Lines that say who, when and where from; and lines that only look so."""

import pytest

from govner.ingest.imprint import imprint_in


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("宣应 徐超/文", ["宣应", "徐超"]),
        ("本报记者 韦晨 通讯员 戚小满", ["韦晨", "戚小满"]),
        ("（特约记者 杜　宇）", ["杜宇"]),
        ("文/封晓　图/那松", ["封晓", "那松"]),
        ("文/本报记者 章回 图/通讯员 仲夏", ["章回", "仲夏"]),
        ("甲水报社记者 楼新 摄影报道", ["楼新"]),
        ("■秦关 汉月 本刊特约记者 沈舟", ["秦关", "汉月", "沈舟"]),
        ("（宣坪 徐越）", ["宣坪", "徐越"]),
        ("（本报记者 徐锦整理）", ["徐锦"]),
        ("记者 买买提·阿不都", ["买买提·阿不都"]),
    ],
)
def test_bylines(line, names):
    imprint = imprint_in(line)
    assert imprint is not None
    assert imprint.byline == names


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("责任编辑:陆永林", [("责任编辑", ("陆永林",))]),
        ("（责编：甘露、乙木）", [("责编", ("甘露", "乙木"))]),
        ("责任编辑：尹　响", [("责任编辑", ("尹响",))]),
        ("编辑 瞿麦　校对 牟尼", [("编辑", ("瞿麦",)), ("校对", ("牟尼",))]),
        ("编辑：申　晨　审核：霍光", [("编辑", ("申晨",)), ("审核", ("霍光",))]),
        ("（来源：某市纪委监委；责任编辑：仉宁）", [("责任编辑", ("仉宁",))]),
        ("（全媒体记者 杨蓝　责任编辑：潘薇）", [("责任编辑", ("潘薇",))]),
    ],
)
def test_credits(line, credits):
    imprint = imprint_in(line)
    assert imprint is not None
    assert [(credit.role, credit.names) for credit in imprint.credits] == credits


@pytest.mark.parametrize(
    ("line", "date", "source"),
    [
        ("2023年07月14日 08:12 来源：江州日报", "2023-07-14", "江州日报"),
        ("2022年11月18日 09:40　来源：县政府办公室　字号：大 中 小", "2022-11-18", "县政府办公室"),
        ("发布日期:2020-05-09 | 浏览次数:1307", "2020-05-09", ""),
        ("来源：国企观察网　2023-08-02 18:20", "2023-08-02", "国企观察网"),
        ("2018年11月12日 10:26　岭南外事", "2018-11-12", "岭南外事"),
        ("2023-12-22　科学周刊　记者：弓晓", "2023-12-22", "科学周刊"),
        ("2023-03-27 09:05:33|来源：滇潮网|编辑：段楼", "2023-03-27", "滇潮网"),
        ("（来源：巢湖之声）", "", "巢湖之声"),
    ],
)
def test_date_and_source(line, date, source):
    imprint = imprint_in(line)
    assert imprint is not None
    assert (imprint.date, imprint.source) == (date, source)


@pytest.mark.parametrize(
    "line",
    [
        "本报讯（记者 顾明 通讯员 沈苇）7月13日，省市场监管局召开会议。",
        "（2023年8月29日某市人大常委会第十三次会议通过）",
        "北疆卫视记者金戈 铁骑漠河报道。",
        "书记员 言午",
        "组长：张三",
        "副主任：李四、王五",
        "联系人：丛升　电话：0535-6688888",
        "（作者：王健，系某市委书记）",
        "广大患者:",
        "湖南省纪委监委供稿（作者：湘纪宣）",
        "2022年9月1日 桃源县人民政府",
    ],
)
def test_what_is_more_than_imprint_is_left_alone(line):
    assert imprint_in(line) is None
