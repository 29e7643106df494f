"""``govner explain``, ``govner rules`` and ``govner annotate --rules`` as commands."""

import json

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import parse_marked, read_documents, write_documents

run = CliRunner().invoke
TEXT = "市委书记王明学习《中央宣传部通知》。"
MARKED = "[市委](ORG)[书记](TITLE)[王明](PERSON)学习《中央宣传部通知》。"


def test_explain_says_which_rule_marked_what():
    result = run(app, ["explain", TEXT])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == TEXT
    assert [line.split()[1:4] for line in lines[2:5]] == [
        ["市委", "ORG", "org.level"],
        ["书记", "TITLE", "title.before_person"],
        ["王明", "PERSON", "person.after_post"],
    ]
    assert "中央宣传部" in result.stdout.split("Lost:")[1]


def test_explain_is_in_colour_on_a_terminal(monkeypatch):
    coloured = run(app, ["explain", TEXT], color=True).stdout
    assert "\x1b[36m\x1b[4m市委\x1b[0m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(app, ["explain", TEXT], color=True).stdout


def test_explain_as_json_holds_winners_losers_and_what_is_masked():
    record = json.loads(run(app, ["explain", "-", "--json"], input=TEXT).stdout)
    assert record["marked"] == MARKED
    assert record["spans"][0] == {
        "start": 0,
        "end": 2,
        "label": "ORG",
        "text": "市委",
        "rule": "org.level",
        "says": record["spans"][0]["says"],
    }
    assert [(loser["text"], loser["rule"]) for loser in record["losers"]] == [
        ("中央宣传部", "org.known")
    ]
    assert record["masked"] == [{"start": 8, "end": 17, "text": "《中央宣传部通知》"}]


def test_explain_of_a_text_without_names():
    assert "No rule fired." in run(app, ["explain", "今天下雨。"]).stdout


def test_rules_lists_sentences_and_examples():
    result = run(app, ["rules"])
    assert result.exit_code == 0
    assert "org.level  A level of administration" in result.stdout
    listed = json.loads(run(app, ["rules", "--json"]).stdout)
    assert all(rule["says"] and rule["matches"] and rule["leaves"] for rule in listed)


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    marked = [MARKED, "[省委](ORG)召开会议。", "省委的大楼，[丁十一](PERSON)"]
    write_documents(path, [parse_marked(text) for text in marked])
    return str(path)


def test_rules_counts_on_a_gold_file(gold):
    result = run(app, ["rules", gold])
    assert result.exit_code == 0
    rows = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines() if line}
    assert rows["org.level"] == ["3", "2", "0", "0", "1", "66.7%", "20.8%", "to", "93.8%"]
    assert rows["org.theory"] == ["0", "0", "0", "0", "0", "–", "–"]
    assert "1 of them by no rule" in result.stderr


def test_rules_as_json_has_counts(gold):
    record = {r["id"]: r for r in json.loads(run(app, ["rules", gold, "--json"]).stdout)}
    assert record["org.level"]["kept"] == 2


def test_a_rule_that_is_switched_off_proposes_nothing(gold, tmp_path):
    own, out = tmp_path / "my.toml", tmp_path / "out.jsonl"
    own.write_text('[rules]\noff = ["org.level"]\n', encoding="utf-8")
    assert run(app, ["annotate", gold, "-o", str(out), "--rules", str(own)]).exit_code == 0
    assert {s.source for doc in read_documents(out) for s in doc.spans} & {"org.level"} == set()


def test_a_fault_in_the_toml_leaves_the_output_alone(gold, tmp_path):
    own, out = tmp_path / "my.toml", tmp_path / "out.jsonl"
    own.write_text('[rules]\noff = ["org.levl"]\n', encoding="utf-8")
    result = run(app, ["annotate", gold, "-o", str(out), "--rules", str(own)])
    assert "did you mean 'org.level'?" in str(result.exception)
    assert not out.exists()
