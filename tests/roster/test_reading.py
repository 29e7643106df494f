"""What the roster reads off marked text: examples, then properties."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.document import OffsetMap, parse_marked, read_documents
from govner.document.errors import BadInput, BadOutput
from govner.roster import COLUMNS, Fact, read_facts, write_roster
from govner.roster.gold import read_gold, score_facts
from govner.roster.place import place_of

EXAMPLES = {
    "[嘉善县委](ORG)[常委](TITLE)、[组织部长](TITLE)[沈伟强](PERSON)出席": [
        "沈伟强 常委 嘉善县委 holds",
        "沈伟强 部长 嘉善县委组织部 holds",
    ],
    "[省委](ORG)[副书记](TITLE)、[省长](TITLE)[方大同](PERSON)主持": [
        "方大同 副书记 省委 holds",
        "方大同 省长  holds",
    ],
    "[副市长](TITLE)[张三](PERSON)、[李四](PERSON)（女）参加": [
        "张三 副市长  holds",
        "李四 副市长  holds",
    ],
    "[市财政局](ORG)[局长](TITLE)[张三](PERSON)、[副局长](TITLE)[李四](PERSON)": [
        "张三 局长 市财政局 holds",
        "李四 副局长 市财政局 holds",
    ],
    "决定任命：\n[罗  崧](PERSON)为[市教育局](ORG)[局长](TITLE)。\n决定免去：\n"
    "[阮竹](PERSON)（女，回族）的[市民政局](ORG)[局长](TITLE)职务。": [
        "罗崧 局长 市教育局 appointed",
        "阮竹 局长 市民政局 removed",
    ],
    "[王强](PERSON)同志任[县公安局](ORG)[政委](TITLE)，免去其[交警大队](ORG)[教导员](TITLE)职务": [
        "王强 政委 县公安局 appointed",
        "王强 教导员 交警大队 removed",
    ],
    "[柳青](PERSON)不再担任[市委](ORG)[副书记](TITLE)职务": ["柳青 副书记 市委 removed"],
    "[柳青](PERSON)，女，1980年生，曾任[某县委](ORG)[书记](TITLE)": ["柳青 书记 某县委 holds"],
    "[华川水务集团](ORG)召开大会，集团[党委书记](TITLE)[苟云松](PERSON)讲话": [
        "苟云松 党委书记 华川水务集团 holds"
    ],
    "（[记者](TITLE) [张三](PERSON) [通讯员](TITLE) [李四](PERSON)）": [
        "张三 记者  holds",
        "李四 通讯员  holds",
    ],
    "[县水务局](ORG)原[党组书记](TITLE)、[局长](TITLE)[缑某](PERSON)被立案审查": [
        "缑某 党组书记 县水务局 removed",
        "缑某 局长 县水务局 removed",
    ],
    "会前[县长](TITLE)[李四](PERSON)看望了前[总理](TITLE)[哈桑](PERSON)": [
        "李四 县长  holds",
        "哈桑 总理  removed",
    ],
    "新当选的[县政府](ORG)[县长](TITLE)[燕鸣](PERSON)宣誓": ["燕鸣 县长 县政府 appointed"],
    "免去[康庄](PERSON)同志[邮政局](ORG)[副局长](TITLE)职务": ["康庄 副局长 邮政局 removed"],
    "任命[王强](PERSON)为[市法院](ORG)[副院长](TITLE)、"
    "[审判委员会](ORG)[委员](TITLE)、[审判员](TITLE)": [
        "王强 副院长 市法院 appointed",
        "王强 委员 市法院审判委员会 appointed",
        "王强 审判员 市法院 appointed",
    ],
    "[市政协](ORG)[主席](TITLE)[张三](PERSON)率队视察，[副主席](TITLE)[李四](PERSON)参加": [
        "张三 主席 市政协 holds",
        "李四 副主席 市政协 holds",
    ],
    "[张三](PERSON)是[甲公司](ORG)的退休[理发师](TITLE)，也是[乙支部](ORG)的[宣传委员](TITLE)": [
        "张三 理发师 甲公司 holds",
        "张三 宣传委员 乙支部 holds",
    ],
    "[张三](PERSON)历任[甲局](ORG)[科长](TITLE)、玉屏侗族自治县[县长](TITLE)": [
        "张三 科长 甲局 holds",
        "张三 县长  holds",
    ],
    "[张三](PERSON)继续担任[甲学会](ORG)[主任](TITLE)": ["张三 主任 甲学会 holds"],
    "[秘书长](TITLE)[麦子](PERSON)，以及[钟离](PERSON)老的亲属": ["麦子 秘书长  holds"],
    "[李四](PERSON)在[甲公司](ORG)察看，公司[董事长](TITLE)兼[总经理](TITLE)[王五](PERSON)介绍": [
        "王五 董事长 甲公司 holds",
        "王五 总经理 甲公司 holds",
    ],
    "[张三](PERSON)曾两度出任[县财政局](ORG)[局长](TITLE)": ["张三 局长 县财政局 holds"],
    "[张三](PERSON)如今在一所中学当[保安](TITLE)": ["张三 保安  holds"],
    "[张三](PERSON)写道：“我想成为[连长](TITLE)那样的人”": [],
    "[张三](PERSON)原本是[甲厂](ORG)的[挡车工](TITLE)": ["张三 挡车工 甲厂 holds"],
    "提名[张三](PERSON)为[局长](TITLE)人选": [],
    "[张三](PERSON)来到[市财政局](ORG)，[局长](TITLE)介绍了情况": [],
    "[王建](PERSON)来了。[王](PERSON)[书记](TITLE)说": [],
}


@pytest.mark.parametrize("marked", EXAMPLES)
def test_facts_are_read(marked):
    facts = read_facts(parse_marked(marked))
    assert [" ".join(fact.key) for fact in facts] == EXAMPLES[marked]


def test_a_place_is_read_off_the_body_or_the_text_before_the_post():
    marked = (
        "[嘉善县委](ORG)[书记](TITLE)[张三](PERSON)，平湖市[市长](TITLE)[李四](PERSON)，"
        "决定[王五](PERSON)为黔东南州[代理州长](TITLE)"
    )
    places = [fact.place for fact in read_facts(parse_marked(marked))]
    assert places == ["嘉善县", "平湖市", "黔东南州"]


PLACES = {
    "嘉善县委": "嘉善县",
    "赣州军分区": "赣州",
    "共青团宁德市委": "宁德市",
    "通江县诺水河镇小学": "通江县诺水河镇",
    "周宁县公安局": "周宁县",
    "国家邮政局市场监管司": "",
    "市中级人民法院": "",
    "自治州政府": "",
    "中国邮政集团": "",
    "农业农村部种植业司": "",
    "日本外务省": "日本",
    "锡林郭勒盟委": "锡林郭勒盟",
    "红星村党支部": "红星村",
}


@pytest.mark.parametrize("body", PLACES)
def test_the_place_at_the_head_of_a_body(body):
    assert place_of(body) == PLACES[body]


def test_the_evidence_stands_on_the_raw_page():
    document = parse_marked("[市委](ORG)[书记](TITLE)[王明](PERSON)")
    document = replace(document, map=OffsetMap.of([(0, 3, 10, 3), (3, 3, 15, 3)]))
    (fact,) = read_facts(document)
    assert (fact.start, fact.end) == (10, 18)


PARTS = ["[市委](ORG)", "[书记](TITLE)", "[王明](PERSON)", "[李四](PERSON)", "、", "，", "任", "的",
         "免去", "同志", "\n", "。", "公司", "（女）"]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=25))
def test_every_fact_names_what_the_document_holds(parts):
    document = parse_marked("".join(parts))
    surfaces = {document.surface(span) for span in document.spans}
    for fact in read_facts(document):
        assert {fact.person, fact.post} <= surfaces
        assert fact.body in {"", *surfaces}
        assert 0 <= fact.start < fact.end <= len(document.text)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_the_table_reads_back(tmp_path, ending):
    facts = read_facts(parse_marked("[市委](ORG)[书记](TITLE)[王明](PERSON)、[李四](PERSON)"))
    path = tmp_path / f"roster.{ending}"
    assert write_roster(path, facts) == 2
    if ending == "parquet":
        rows = pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist()
    elif ending == "csv":
        rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [list(row) for row in rows] == [list(COLUMNS)] * 2
    assert [row["person"] for row in rows] == ["王明", "李四"]


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(BadOutput, match="ending"):
        write_roster(tmp_path / "roster.xlsx", [])


GOLD = Path(__file__).parents[2] / "corpus" / "roster.jsonl"


def test_scores_count_what_is_right_missed_and_wrong():
    gold = {
        "a": [
            Fact("王明", "书记", "省委", "", "holds", "a"),
            Fact("李四", "市长", "", "", "holds", "a"),
        ]
    }
    found = [
        Fact("王明", "书记", "省委", "浙江省", "holds", "a"),
        Fact("王明", "书记", "市委", "", "holds", "a"),
        Fact("王明", "书记", "市委", "", "holds", "b"),
    ]
    score = score_facts(gold, found)
    assert (score.precision, score.recall, score.f1, score.place_accuracy) == (0.5, 0.5, 0.5, 0)
    assert ([f.person for f in score.missed], [f.body for f in score.wrong]) == (["李四"], ["市委"])


@pytest.mark.parametrize(
    ("line", "why"),
    [("{", "no JSON"), ("{}", "a key is missing"), ('{"document": 1}', "a key is missing")],
)
def test_a_bad_row_is_told_with_its_line(tmp_path, line, why):
    path = tmp_path / "gold.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=rf"line 2: .*{why}"):
        read_gold(path)


def test_every_gold_row_names_what_its_document_holds():
    """A body is written in the document, or joined of two that are; so is 部长 of 组织部长."""
    documents = {document.id: document for document in read_documents(GOLD.parent / "gold")}
    gold = read_gold(GOLD)
    assert len(gold) >= 30
    for document, facts in gold.items():
        text = "".join(documents[document].text.split())
        assert len({fact.key for fact in facts}) == len(facts)
        for fact in facts:
            assert fact.person in text
            assert fact.post in text
            cuts = range(len(fact.body) + 1)
            assert any(fact.body[:cut] in text and fact.body[cut:] in text for cut in cuts)


def test_the_roster_of_the_corpus_is_read():
    """What was reached when the rows were last looked at; a change that costs facts shows here."""
    gold = read_gold(GOLD)
    documents = read_documents(GOLD.parent / "gold")
    score = score_facts(gold, (fact for document in documents for fact in read_facts(document)))
    assert score.f1 > 0.95
    assert score.place_accuracy > 0.95
