"""Documents as Parquet: the same documents, and what other people's files look like."""

import datetime

import pytest

from govner.document import parse_marked, read_documents, write_documents
from govner.document.errors import BadInput, BadLine

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
MARKED = "[省委](ORG)[书记](TITLE)[王明](PERSON)出席。"


def test_documents_come_back_as_they_went(tmp_path):
    document = parse_marked(MARKED)
    other = parse_marked("今天天气晴。𠮷")
    other.meta.update(title="天气", pages=[1, 2], credits={"记者": "王明"})
    write_documents(tmp_path / "news.parquet", [document, other])
    assert list(read_documents(tmp_path / "news.parquet")) == [document, other]
    assert list(tmp_path.iterdir()) == [tmp_path / "news.parquet"]


def test_a_folder_may_hold_both_kinds(tmp_path):
    write_documents(tmp_path / "a.parquet", [parse_marked(MARKED)])
    write_documents(tmp_path / "b.jsonl", [parse_marked("今天。")])
    assert [document.text for document in read_documents(tmp_path)] == [
        "省委书记王明出席。",
        "今天。",
    ]


def write(path, **columns):
    pq.write_table(pa.table(columns), path)
    return path


def test_other_columns_go_to_meta_and_what_is_null_is_left_out(tmp_path):
    path = write(
        tmp_path / "news.parquet",
        text=["省委书记王明", "今天"],
        date=[datetime.date(2026, 11, 23), None],
        id=pa.array([None, 7]),
        seen=[[datetime.date(2026, 1, 2)], None],
    )
    first, second = read_documents(path)
    assert (first.id, first.meta) == (
        parse_marked(first.text).id,
        {"date": "2026-11-23", "seen": ["2026-01-02"]},
    )
    assert (second.id, second.meta) == ("7", {})


@pytest.mark.parametrize(
    ("columns", "error", "why"),
    [
        ({"title": ["a"]}, BadInput, r"it has no column text \(title\)"),
        ({"text": [1]}, BadLine, "line 1: the text is a int"),
        ({"text": ["a", None]}, BadLine, "line 2: the key 'text' is missing"),
        ({"text": ["a"], "meta": ["{"]}, BadLine, "line 1: not JSON"),
        ({"text": pa.array([], pa.string())}, BadInput, "holds no document"),
    ],
)
def test_what_holds_no_documents_is_named(tmp_path, columns, error, why):
    path = write(tmp_path / "news.parquet", **columns)
    with pytest.raises(error, match=why):
        list(read_documents(path))


def test_a_file_that_only_bears_the_name_is_refused(tmp_path):
    (tmp_path / "news.parquet").write_text("text", "utf-8")
    with pytest.raises(BadInput, match="it is no Parquet"):
        list(read_documents(tmp_path / "news.parquet"))
