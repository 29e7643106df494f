"""``govner export`` and ``govner import`` as commands."""

import json

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import parse_marked, read_documents, write_documents
from govner.document.errors import TextChanged
from govner.formats import FORMATS

run = CliRunner().invoke


@pytest.fixture
def proposed(tmp_path):
    path = tmp_path / "proposed.jsonl"
    texts = ["[省委](ORG)[书记](TITLE)[王𠮷](PERSON)出席。", "会议由[市长](TITLE)主持。"]
    write_documents(path, map(parse_marked, texts))
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_a_corpus_goes_out_and_comes_back(proposed, tmp_path, name):
    out, corrected = str(tmp_path / "out"), tmp_path / "corrected.jsonl"
    exported = run(app, ["export", str(proposed), "--to", name, "-o", out])
    assert exported.exit_code == 0, exported.output
    assert f"exported to {name}: 2 documents, 17 characters, 4 spans" in exported.stderr
    arguments = ["import", out, "--from", name, "--onto", str(proposed), "-o", str(corrected)]
    result = run(app, arguments)
    assert result.exit_code == 0, result.output
    assert ("labelling configuration:\n<View>" in exported.stderr) == (name == "labelstudio")
    if name == "labelstudio":  # predictions that nobody touched
        assert "2 not corrected, left out" in result.stderr
        return
    before, after = list(read_documents(proposed)), list(read_documents(corrected))
    assert [(d.text, d.spans) for d in after] == [(d.text, d.spans) for d in before]
    assert {d.state for d in after} == {"corrected"}


def test_a_changed_text_leaves_the_old_output_whole(proposed, tmp_path):
    out, corrected = tmp_path / "out.jsonl", tmp_path / "corrected.jsonl"
    corrected.write_text("old", "utf-8")
    run(app, ["export", str(proposed), "--to", "doccano", "-o", str(out)])
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    rows[1]["text"] = rows[1]["text"].replace("市长", "县长")
    out.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    arguments = ["import", str(out), "--from", "doccano", "--onto", str(proposed)]
    result = run(app, [*arguments, "-o", str(corrected)])
    assert isinstance(result.exception, TextChanged)
    assert corrected.read_text("utf-8") == "old"
