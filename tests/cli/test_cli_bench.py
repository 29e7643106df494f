"""``govner bench`` as a command; the figures themselves are for people to read."""

import json

import pytest
from typer.testing import CliRunner

from govner.apply.bench import Figure
from govner.cli.bench import apply_table, figures_text
from govner.cli.main import app
from govner.document import parse_marked, write_documents

FIGURES = {
    "characters": 1234, "rules": 200_000.4, "jieba": 50_000, "ratio": 4.0, "one_line": 0.95,
    "random_line": 1.02, "start_up": 0.41, "start_up_cpu": 0.31, "memory": 139.2,
}  # fmt: skip


def test_the_figures_stand_in_lines():
    lines = figures_text(FIGURES).splitlines()
    assert lines[0].split()[:2] == ["rules", "200,000"]
    assert lines[2].split() == ["ratio", "4.0"]
    assert lines[5].endswith("0.31 s of a core")
    assert lines[6].split() == ["memory", "139", "MiB"]


def test_memory_may_be_unknown():
    assert "not told here" in figures_text({**FIGURES, "memory": None})


@pytest.mark.slow
def test_the_rules_are_measured_beside_jieba(tmp_path):
    pytest.importorskip("jieba")
    path = tmp_path / "documents.jsonl"
    write_documents(path, [parse_marked("[省委](ORG)[书记](TITLE)[王明](PERSON)出席会议。")])
    result = CliRunner().invoke(app, ["bench", "rules", str(path), "--json"])
    assert result.exit_code == 0, result.exception
    found = json.loads(result.stdout)
    assert found.keys() == FIGURES.keys()
    assert found["characters"] == 11


def test_processes_and_engines_stand_in_one_table():
    lines = apply_table(
        [
            Figure("1 process", "rules", 217_000.4, "characters/s"),
            Figure("2 over 1", "rules", 1.9, "times"),
        ]
    ).splitlines()
    assert lines[2].split() == ["1", "process", "rules", "217,000", "characters/s"]
    assert lines[3].split() == ["2", "over", "1", "rules", "1.90", "times"]


@pytest.mark.slow
def test_processes_memory_and_http_are_measured(tmp_path):
    pytest.importorskip("fastapi", reason="the extra serve is not installed")
    path = tmp_path / "documents.jsonl"
    write_documents(path, [parse_marked("[省委](ORG)[书记](TITLE)[王明](PERSON)出席会议。")] * 3)
    options = ["--many", "20", "--requests", "32", "--no-engines"]
    result = CliRunner().invoke(app, ["bench", "apply", str(path), *options])
    assert result.exit_code == 0, result.exception
    for what in ("2 processes over 1", "worker after 20 documents", "HTTP, 99th percentile"):
        assert f"\n{what} " in result.stdout


def test_pages_a_second_stand_by_kind(tmp_path):
    for number in range(3):
        page = f"第{number}号会议召开\n\n省委书记王明出席会议。\n"
        (tmp_path / f"{number}.txt").write_text(page, "utf-8")
    (tmp_path / "a.jsonl").write_text('{"text": "省委书记王明出席会议。"}\n', "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4")
    result = CliRunner().invoke(app, ["bench", "ingest", str(tmp_path)])
    assert result.exit_code == 0, result.exception
    rows = [line.split() for line in result.stdout.splitlines()[2:]]
    assert [row[:3] for row in rows] == [["jsonl", "1", "11"], ["text", "3", "33"]]
