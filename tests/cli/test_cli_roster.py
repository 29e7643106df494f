"""``govner roster`` as a command."""

import csv
import json

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import parse_marked, write_documents

run = CliRunner().invoke
MARKED = "[嘉善县委](ORG)[常委](TITLE)、[组织部长](TITLE)[沈伟强](PERSON)出席。"


@pytest.fixture
def documents(tmp_path):
    path = tmp_path / "documents.jsonl"
    write_documents(path, [parse_marked(MARKED)])
    return str(path)


def test_rows_are_written(documents, tmp_path):
    out = tmp_path / "roster.csv"
    result = run(app, ["roster", documents, "-o", str(out)])
    assert result.exit_code == 0
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert [(r["person"], r["post"], r["body"], r["place"]) for r in rows] == [
        ("沈伟强", "常委", "嘉善县委", "嘉善县"),
        ("沈伟强", "部长", "嘉善县委组织部", "嘉善县"),
    ]
    assert [(r["start"], r["end"]) for r in rows] == [("0", "14"), ("0", "14")]
    assert "2 facts written to" in result.stderr


def test_a_pipe_gets_json_lines(documents):
    result = run(app, ["roster", documents])
    assert [json.loads(line)["post"] for line in result.stdout.splitlines()] == ["常委", "部长"]


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    row = {"document": parse_marked(MARKED).id, "person": "沈伟强", "body": "嘉善县委",
           "place": "嘉善县", "event": "holds"}  # fmt: skip
    lines = [json.dumps({**row, "post": post}, ensure_ascii=False) for post in ("常委", "书记")]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_gold_gives_scores_and_errors(documents, gold, tmp_path):
    out = tmp_path / "roster.jsonl"
    options = ["--gold", gold, "--errors", "-o", str(out)]
    result = run(app, ["roster", documents, *options])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "precision   50.0%  1 of 2 facts read"
    assert [line[:1] for line in result.stdout.splitlines()[4:]] == ["-", "+"]
    assert len(out.read_text("utf-8").splitlines()) == 2


def test_gold_alone_writes_no_rows(documents, gold):
    assert "{" not in run(app, ["roster", documents, "--gold", gold]).stdout


def test_an_unknown_event_in_the_gold_is_told(documents, gold, tmp_path):
    text = (tmp_path / "gold.jsonl").read_text("utf-8").replace("holds", "hold")
    (tmp_path / "gold.jsonl").write_text(text, encoding="utf-8")
    result = run(app, ["roster", documents, "--gold", gold])
    assert "line 1: there is no event 'hold'" in str(result.exception)


@pytest.mark.parametrize(
    "question",
    [
        ["--post", "*长"],
        ["--query", "post=部长"],
        ["--query", "FROM roster WHERE body LIKE '%组织部'"],
        ["--person", "沈伟强", "--body", "*组织部", "--place", "嘉善县", "--on", "2026-11-23"],
    ],
)
def test_a_question_is_answered_with_the_evidence(documents, tmp_path, question):
    pytest.importorskip("duckdb", reason="the extra query is not installed")
    out = str(tmp_path / "roster.parquet")
    dated = parse_marked(MARKED)
    dated.meta["date"] = "2026-11-01"
    write_documents(documents, [dated])
    assert run(app, ["roster", documents, "-o", out]).exit_code == 0
    result = run(app, ["roster", out, *question])
    assert result.exit_code == 0, result.exception
    head, _, row = result.stdout.splitlines()
    assert head.split()[:2] == ["person", "post"]
    assert row.split()[:3] == ["沈伟强", "部长", "嘉善县委组织部"]
    assert row.endswith("嘉善县委常委、组织部长沈伟强")
    assert "1 rows" in result.stderr
    found = run(app, ["roster", out, *question, "-o", str(tmp_path / "found.csv")])
    assert "1 rows written" in found.stderr
    (written,) = csv.DictReader((tmp_path / "found.csv").read_text("utf-8").splitlines())
    assert (written["post"], written["start"]) == ("部长", "0")


def test_nothing_found_is_said(documents, tmp_path):
    pytest.importorskip("duckdb", reason="the extra query is not installed")
    out = str(tmp_path / "roster.jsonl")
    run(app, ["roster", documents, "-o", out])
    result = run(app, ["roster", out, "--person", "无名"])
    assert (result.stdout, result.stderr) == ("", "0 rows\n")


def test_a_roster_is_read_off_a_folder_of_shards(documents, tmp_path):
    assert run(app, ["annotate", documents, "-o", f"{tmp_path}/out"]).exit_code == 0
    result = run(app, ["roster", f"{tmp_path}/out", "-o", str(tmp_path / "roster.parquet")])
    assert "2 facts written" in result.stderr
