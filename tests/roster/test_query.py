"""Questions to a roster: filters, a day, SQL, and what cannot be asked."""

from datetime import date

import pytest

from govner.document.errors import BadConfig, BadInput
from govner.roster import Fact, write_roster
from govner.roster.query import ask, parse_filters

pytest.importorskip("duckdb", reason="the extra query is not installed")

FACTS = [
    Fact("王明", "书记", "嘉善县委", "嘉善县", "appointed", "a", "2024-03-01", 0, 8, "任命王明"),
    Fact("王明", "书记", "嘉善县委", "嘉善县", "holds", "b", "2025-01-10", 2, 9, "书记王明"),
    Fact("王明", "书记", "嘉善县委", "嘉善县", "removed", "c", "2026-05-02", 1, 7, "免去王明"),
    Fact("李四", "副书记", "嘉善县委", "嘉善县", "holds", "b", "2025-01-10", 12, 19, "副书记李四"),
    Fact("李四", "局长", "", "", "holds", "d", "", 0, 5, "局长李四"),
]  # fmt: skip


@pytest.fixture(params=["roster.parquet", "roster.csv", "it's [a] roster.jsonl"])
def roster(request, tmp_path):
    path = tmp_path / request.param
    write_roster(path, FACTS)
    return path


def people(path, **question):
    with ask(path, **question) as answer:
        assert answer.columns[:2] == ("person", "post")
        return [f"{row[0]} {row[1]} {row[4]}" for row in answer.rows]


def test_filters_are_columns_with_a_star_for_anything(roster):
    assert people(roster, filters={"person": "王明"}) == [
        "王明 书记 appointed",
        "王明 书记 holds",
        "王明 书记 removed",
    ]
    assert people(roster, filters={"post": "*书记", "event": "holds"}) == [
        "王明 书记 holds",
        "李四 副书记 holds",
    ]
    assert people(roster, filters={"body": ""}) == ["李四 局长 holds"]
    assert people(roster, filters={"person": "王?"}) == []
    assert people(roster, sql="person=李四, post=局长") == ["李四 局长 holds"]


@pytest.mark.parametrize(
    ("on", "held"),
    [
        ("2024-02-29", []),
        ("2024-03-01", ["王明 书记 appointed"]),
        ("2026-05-01", ["王明 书记 holds", "李四 副书记 holds"]),
        ("2026-05-02", ["李四 副书记 holds"]),
    ],
)
def test_who_held_a_post_on_a_day(roster, on, held):
    assert people(roster, on=date.fromisoformat(on)) == held
    assert (
        people(roster, on=date.fromisoformat(on), filters={"person": "王明"})
        == held[: "王明" in "".join(held)]
    )


def test_sql_asks_the_table_and_gives_the_evidence(roster):
    sql = "SELECT person, max(date) AS last, count(*) AS n FROM roster GROUP BY person ORDER BY n"
    with ask(roster, sql=sql) as answer:
        assert answer.columns == ("person", "last", "n")
        assert list(answer.rows) == [("李四", "2025-01-10", 2), ("王明", "2026-05-02", 3)]
    with ask(
        roster, sql="SELECT evidence, start, \"end\" FROM roster WHERE document = 'c'"
    ) as answer:
        assert list(answer.rows) == [("免去王明", 1, 7)]


def test_filters_are_told_from_sql():
    assert parse_filters("person=王明") == {"person": "王明"}
    assert parse_filters("person = '王明', body=*县委") == {"person": "王明", "body": "*县委"}
    for text in ("SELECT 1", "nobody=王明", "person=王明 OR person=李四", ""):
        assert parse_filters(text) is None


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ({"sql": "SELECT nobody FROM roster"}, "nobody"),
        ({"sql": "no question"}, "syntax"),
        ({"sql": "CREATE TABLE t (a INT)"}, "it is not one SELECT"),
        ({"sql": "SELECT 1", "filters": {"person": "王明"}}, "beside other filters"),
    ],
)
def test_what_cannot_be_asked_is_told(tmp_path, question, why):
    write_roster(tmp_path / "roster.parquet", FACTS)
    with pytest.raises(BadConfig, match=why), ask(tmp_path / "roster.parquet", **question):
        pass


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("documents.jsonl", '{"text": "省委书记", "id": "a"}', "has no column person"),
        ("roster.parquet", "no parquet", "cannot be read"),
        ("roster.xml", "<a/>", r"is no \.parquet"),
        ("nowhere.csv", None, "there is no such file"),
    ],
)
def test_what_is_no_roster_is_told(tmp_path, name, text, why):
    if text:
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(BadInput, match=why), ask(tmp_path / name, filters={"person": "王明"}):
        pass
