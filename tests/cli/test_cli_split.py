"""``govner split`` as a command."""

import json
import random

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import Document, GovnerError, read_documents, write_documents

run = CliRunner().invoke


@pytest.fixture
def corpus(tmp_path):
    draw = random.Random(1)
    texts = ["".join(chr(draw.randint(0x4E00, 0x9FA0)) for _ in range(200)) for _ in range(30)]
    path = tmp_path / "corpus.jsonl"
    write_documents(path, [Document(f"d{i}", text) for i, text in enumerate(texts)])
    return path


def test_a_split_is_written_and_certified(corpus, tmp_path):
    result = run(app, ["split", str(corpus), "-o", str(tmp_path / "split")])
    assert result.exit_code == 0
    assert "Leakage certificate: CLEAN" in result.stderr
    assert "30 documents, 6,000 characters, 0 spans" in result.stderr
    manifest = json.loads((tmp_path / "split" / "split.json").read_text("utf-8"))
    for part in ("train", "dev", "test"):
        written = [d.id for d in read_documents(tmp_path / "split" / f"{part}.jsonl")]
        assert written == manifest["parts"][part]
    checked = run(app, ["split", str(tmp_path / "split"), "--check"])
    assert checked.exit_code == 0
    assert checked.stdout.startswith("Leakage certificate: CLEAN")


def test_a_leaking_split_fails_its_check(corpus, tmp_path):
    for part in ("train", "dev", "test"):
        (tmp_path / f"{part}.jsonl").write_bytes(corpus.read_bytes())
    result = run(app, ["split", str(tmp_path), "--check"])
    assert result.exit_code == 1
    assert "LEAKING" in result.stdout


def test_an_earlier_split_is_kept(corpus, tmp_path):
    out = str(tmp_path / "split")
    run(app, ["split", str(corpus), "-o", out])
    first = json.loads((tmp_path / "split" / "split.json").read_text("utf-8"))["parts"]
    run(app, ["split", str(corpus), "-o", out, "--seed", "9", "--keep", f"{out}/split.json"])
    assert json.loads((tmp_path / "split" / "split.json").read_text("utf-8"))["parts"] == first


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["split", "CORPUS", "--check"], "is no folder"),
        (["split", "missing.jsonl", "-o", "OUT"], "no such file"),
        (["split", "CORPUS", "-o", "OUT", "--keep", "CORPUS"], "holds no split"),
    ],
)
def test_bad_input_is_one_error_and_leaves_no_output(corpus, tmp_path, arguments, words):
    places = {"CORPUS": str(corpus), "OUT": str(tmp_path / "out")}
    result = run(app, [places.get(a, a) for a in arguments])
    assert isinstance(result.exception, GovnerError)
    assert words in str(result.exception)
    assert not (tmp_path / "out").exists()
