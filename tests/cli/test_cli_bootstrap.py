"""``govner bootstrap``: lessons from raw text and corrected documents."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from govner.cli.bootstrap import write_lessons
from govner.cli.main import app
from govner.document import parse_marked, read_documents, write_documents

CONFIG = Path(__file__).parents[2] / "configs" / "char.cfg"
CORRECTED = [
    parse_marked(f"[省委](ORG)[书记](TITLE)[王明](PERSON)出席第{n}次会议。") for n in range(18)
]
RAW = [parse_marked("省委书记李卫国在会上讲话。"), parse_marked("雨下了一整夜。")]


def test_lessons_hold_proposals_and_the_corpus(tmp_path):
    paths = write_lessons(tmp_path / "lessons", RAW, CORRECTED, composed=3)
    more = list(read_documents(paths["paths.composed"]))
    assert [doc.meta.get("source") for doc in more] == ["compose"] * 3 + [None] * 2
    proposed = more[3]
    names = [proposed.surface(span) for span in proposed.spans]
    assert names == ["省委", "书记", "李卫国"]
    assert proposed.meta["unknown"] == []
    dev = {doc.id for doc in read_documents(paths["paths.dev"])}
    assert dev == {CORRECTED[8].id, CORRECTED[17].id}
    train = {doc.id for doc in read_documents(paths["paths.train"])}
    assert train == {doc.id for doc in CORRECTED} - dev


@pytest.mark.slow
def test_a_model_comes_out(tmp_path):
    raw, corpus, out = tmp_path / "raw.jsonl", tmp_path / "corpus.jsonl", tmp_path / "model"
    write_documents(raw, RAW)
    write_documents(corpus, CORRECTED)
    command = ["bootstrap", str(raw), "-o", str(out), "--corpus", str(corpus), "--composed", "5"]
    command += ["--config", str(CONFIG), "--training.max_steps", "2"]
    command += ["--training.eval_frequency", "1"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    assert (out / "manifest.json").is_file()
    assert (tmp_path / "model-lessons" / "more" / "raw.jsonl").is_file()
