"""What the roster reads off marked text: examples, then properties."""

import csv
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.document import OffsetMap, parse_marked
from govner.document.errors import BadOutput
from govner.roster import COLUMNS, read_facts, write_roster

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
    "提名[张三](PERSON)为[局长](TITLE)人选": [],
    "[张三](PERSON)来到[市财政局](ORG)，[局长](TITLE)介绍了情况": [],
    "[王建](PERSON)来了。[王](PERSON)[书记](TITLE)说": [],
}


@pytest.mark.parametrize("marked", EXAMPLES)
def test_facts_are_read(marked):
    facts = read_facts(parse_marked(marked))
    assert [" ".join(fact.key) for fact in facts] == EXAMPLES[marked]


def test_a_place_is_read_off_the_body_or_the_text_before_the_post():
    marked = "[嘉善县委](ORG)[书记](TITLE)[张三](PERSON)，平湖市[市长](TITLE)[李四](PERSON)"
    assert [fact.place for fact in read_facts(parse_marked(marked))] == ["嘉善县", "平湖市"]


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
