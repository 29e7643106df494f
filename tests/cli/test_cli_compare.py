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


def test_a_file_can_be_piped(files):
    corrected = Path(files[1]).read_bytes()
    assert run(app, ["compare", files[0], "-"], input=corrected).exit_code == 0
