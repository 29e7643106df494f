"""``govner evaluate`` as a command."""

import json

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import GovnerError, parse_marked, write_documents

run = CliRunner().invoke
GOLD = ["[省委](ORG)[书记](TITLE)[王明](PERSON)出席会议。", "[市委](ORG)[书记](TITLE)主持会议。"]
PREDICTED = ["[省委](ORG)[书记](TITLE)王明出席会议。", "[市委](ORG)[书记](TITLE)主持[会议](ORG)。"]


@pytest.fixture
def files(tmp_path):
    paths = []
    for name, texts in (("gold", GOLD), ("predicted", PREDICTED)):
        path = tmp_path / f"{name}.jsonl"
        write_documents(path, map(parse_marked, texts))
        paths.append(str(path))
    return paths


def lines(result):
    return {line.split("  ")[0]: line.split() for line in result.stdout.splitlines() if line}


def test_predictions_are_scored(files, tmp_path):
    gold, predicted = files
    result = run(app, ["evaluate", gold, "--predictions", predicted, "-o", str(tmp_path / "r")])
    assert result.exit_code == 0, result.output
    assert lines(result)["all"][1:4] == ["80.0", "80.0", "80.0"]
    assert lines(result)["PERSON"][-3:] == ["1", "0", "0"]
    report = json.loads((tmp_path / "r" / "report.json").read_text("utf-8"))
    strict = report["scores"]["strict"]["all"]
    assert (strict["correct"], strict["gold"], strict["predicted"]) == (4, 5, 5)
    assert report["errors"]["missed"]["PERSON"] == report["errors"]["spurious"]["ORG"] == 1


def test_the_rules_predict_unless_told_otherwise(files):
    result = run(app, ["evaluate", files[0]])
    assert result.exit_code == 0
    assert "predicted by rules" in result.stderr


def test_ceilings_of_segmenters_are_shown(files):
    result = run(app, ["evaluate", files[0], "--segmenter", "char"])
    assert "tokens of char reach ORG 100.0%" in result.stdout


def test_a_test_that_overlaps_the_training_documents_is_refused(files, tmp_path):
    gold, predicted = files
    arguments = ["evaluate", gold, "--predictions", predicted, "--train", gold]
    result = run(app, [*arguments, "-o", str(tmp_path / "r")])
    assert isinstance(result.exception, GovnerError)
    assert "2 of its documents are near copies" in str(result.exception)
    assert not (tmp_path / "r").exists()
    assert run(app, [*arguments, "--allow-overlap"]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--with", "no/such/model"], "is no model"),
        (["--predictions", "missing.jsonl"], "no such file"),
        (["--segmenter", "words"], "no segmenter"),
    ],
)
def test_bad_input_is_one_error(files, arguments, words):
    result = run(app, ["evaluate", files[0], *arguments])
    assert isinstance(result.exception, GovnerError)
    assert words in str(result.exception)
