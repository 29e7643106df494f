"""``govner compare`` as a command."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import Document, Span, write_documents

run = CliRunner().invoke
TEXT = "省委书记王明"
BEFORE = [Span(0, 2, "ORG", "org.closed"), Span(2, 4, "TITLE", "title.post")]
AFTER = [Span(0, 2, "ORG"), Span(4, 6, "PERSON")]


@pytest.fixture
def files(tmp_path):
    paths = tmp_path / "proposed.jsonl", tmp_path / "corrected.jsonl"
    for path, spans in zip(paths, (BEFORE, AFTER), strict=True):
        write_documents(path, [Document("d", TEXT, tuple(spans))])
    return [str(path) for path in paths]


def test_the_tables_show_labels_and_rules(files):
    result = run(app, ["compare", *files])
    assert result.exit_code == 0
    lines = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines() if line}
    assert lines["all"] == ["1", "0", "0", "1", "1", "50.0%", "9.5%", "to", "90.5%"]
    assert lines["org.closed"] == ["1", "0", "0", "0", "0", "100.0%", "20.7%", "to", "100.0%"]
    assert lines["PERSON"] == ["0", "0", "0", "0", "1", "–", "–"]
    assert "1 documents compared, 0 of them untouched" in result.stderr


def test_json_holds_every_change(files):
    record = json.loads(run(app, ["compare", *files, "--json"]).stdout)
    assert record["rules"]["title.post"]["deleted"] == 1
    assert record["changes"][0]["before"] == [2, 4, "TITLE", "书记"]
    assert record["missed"] == [{"label": "PERSON", "text": "王明", "count": 1}]
    assert [entry["name"] for entry in record["suggestions"]] == ["王明", "书记"]


def test_what_was_missed_is_shown_and_suggested(files, tmp_path):
    out = tmp_path / "mine.toml"
    result = run(app, ["compare", *files, "--suggest", str(out)])
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["王明", "PERSON", "1"] in lines
    assert ["王明", "persons", "put", "in", "once;"] in [line[:5] for line in lines]
    assert "2 suggestions in" in result.stderr
    text = out.read_text(encoding="utf-8")
    assert '    "王明",  # put in once; PERSON in 1 of 1 places\n' in text
    assert '    "书记",  # taken away once, marked nowhere\n' in text
    again = run(app, ["annotate", files[0], "--rules", str(out)])
    spans = json.loads(again.stdout)["spans"]
    assert [(span["start"], span["label"]) for span in spans] == [(0, "ORG"), (4, "PERSON")]


def test_a_file_can_be_piped(files):
    corrected = Path(files[1]).read_bytes()
    assert run(app, ["compare", files[0], "-"], input=corrected).exit_code == 0
