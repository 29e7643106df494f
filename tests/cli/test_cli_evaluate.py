"""``govner evaluate`` as a command."""

import hashlib
import json
from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

from govner.cli.main import app
from govner.cli.overlap import check_model, tells_nothing, training_documents
from govner.dataset.sketch import sketches
from govner.document import Document, GovnerError, parse_marked, read_documents, write_documents
from govner.document.errors import BadInput, BadModel

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


def test_the_report_quotes_the_certificate(files, tmp_path):
    train = tmp_path / "train.jsonl"
    write_documents(
        train, [Document("t", "全市安全生产工作会议今天上午在行政中心召开，部署重点工作。")]
    )
    arguments = ["evaluate", files[0], "--predictions", files[1], "--train", str(train)]
    assert run(app, [*arguments, "-o", str(tmp_path / "r")]).exit_code == 0
    page = (tmp_path / "r" / "report.html").read_text("utf-8")
    assert "Leakage certificate: clean" in page
    assert "By the sketches" not in page


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


def test_a_second_system_and_further_runs_stand_in_the_report(files, tmp_path):
    gold, predicted = files
    out = tmp_path / "r"
    arguments = ["evaluate", gold, "--with", predicted, "--with", gold, "--against", gold]
    result = run(app, [*arguments, "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "2 runs, mean and deviation of F1" in result.stdout
    assert "all 90.0 ± 14.1" in result.stdout
    assert "against gold: F1 -20.0" in result.stdout
    assert "0 errors fixed, 2 new" in result.stdout
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["against"]["changes"] == [["broken", "ORG", 1], ["broken", "PERSON", 1]]
    assert report["runs"]["f1"]["all"]["mean"] == 0.9
    assert (out / "report.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_model_names_what_it_learned_from(files, tmp_path):
    gold, predicted = files
    train = tmp_path / "train.jsonl"
    train.write_bytes(Path(gold).read_bytes())
    digest = hashlib.sha256(train.read_bytes()).hexdigest()
    model = tmp_path / "model"
    model.mkdir()
    (model / "manifest.json").write_text(json.dumps({"inputs": {str(train): digest}}), "utf-8")
    assert len(training_documents(str(model))) == 2
    result = run(app, ["evaluate", gold, "--with", str(model)])
    assert "near copies of training documents" in str(result.exception)
    train.write_bytes(Path(predicted).read_bytes())
    assert training_documents(str(model)) is None
    assert training_documents(str(tmp_path)) is None


@pytest.mark.parametrize("installed", [False, True])
def test_sketches_tell_a_leak_where_the_training_files_are_gone(
    files, tmp_path, monkeypatch, installed
):
    """A model's folder, and a package in whose folder the model's folder stands."""
    name = f"zh_leaking_{installed}"
    folder = tmp_path / name / f"{name}-1.0" if installed else tmp_path / name
    folder.mkdir(parents=True)
    (tmp_path / name / "__init__.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    learned = sketches(read_documents(files[0]))
    manifest = {"inputs": {"gone.jsonl": "0"}, "train": "gone.jsonl", "learned": learned}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    model = name if installed else str(folder)
    gold = list(read_documents(files[0]))
    with pytest.raises(BadInput, match="2 of its documents are near copies"):
        check_model(gold, model, "gold", allow=False)
    assert not check_model(gold, model, "gold", allow=True)["clean"]
    other = [Document("x", "全市安全生产工作会议今天上午在行政中心召开，部署下半年的重点工作。")]
    assert check_model(other, model, "gold", allow=False)["clean"]
    manifest["learned"] = {"a": "?"}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(BadModel, match="holds no sketches"):
        check_model(gold, model, "gold", allow=False)
    (folder / "manifest.json").write_text("[", "utf-8")
    with pytest.raises(BadModel, match="does not parse"):
        check_model(gold, model, "gold", allow=False)


def test_a_model_that_does_not_say_what_it_learned_from_has_no_certificate(tmp_path):
    assert check_model([], str(tmp_path), "gold", allow=False) is None
    assert tells_nothing(str(tmp_path))


def test_raw_documents_are_no_predictions(files, tmp_path):
    raw = tmp_path / "raw.jsonl"
    write_documents(raw, (d.with_spans([]) for d in read_documents(files[0])))
    assert (
        "not one span was predicted" in run(app, ["evaluate", files[0], "--with", str(raw)]).stderr
    )


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ([], "it holds not one span; were these documents corrected?"),
        (["PERSON", "TITLE"], "it holds no ORG, of which 2 were predicted"),
    ],
)
def test_gold_that_lacks_a_label_is_told(files, tmp_path, kept, words):
    gold = tmp_path / "partly.jsonl"
    documents = list(read_documents(files[0]))
    some = [d.with_spans(s for s in d.spans if s.label in kept) for d in documents]
    write_documents(gold, some)
    result = run(app, ["evaluate", str(gold), "--with", files[0]])
    assert words in result.stderr
    assert "holds no" not in run(app, ["evaluate", files[0], "--with", str(gold)]).stderr


def test_a_guideline_without_examples_is_an_error(files, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A page\n", "utf-8")
    result = run(app, ["evaluate", files[0], "--guideline", str(page)])
    assert "it holds no example" in str(result.exception)


def test_a_pipeline_predicts_and_its_tokens_limit_it(files, tmp_path):
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "省委"}, {"label": "PERSON", "pattern": "王"}])
    nlp.to_disk(tmp_path / "model")
    result = run(app, ["evaluate", files[0], "--with", str(tmp_path / "model")])
    assert result.exit_code == 0, result.output
    assert lines(result)["all"][-3:] == ["5", "2", "1"]
    assert "0 of 5 lost to segmentation" in result.stdout


def test_a_learning_curve_is_plotted(files, tmp_path):
    curve = tmp_path / "curve.json"
    rows = [{"documents": 20, "f": 0.7}, {"documents": 10, "f": 0.5, "low": 0.4, "high": 0.6}]
    forecast = {"documents": 120, "f": 0.8, "low": 0.7, "high": 0.9}
    curve.write_text(json.dumps({"points": rows, "forecast": forecast}), "utf-8")
    arguments = ["evaluate", files[0], "-o", str(tmp_path / "r"), "--curve"]
    assert run(app, [*arguments, str(curve)]).exit_code == 0
    page = (tmp_path / "r" / "report.html").read_text("utf-8")
    assert "Learning curve" in page
    assert "expects 80.0 (70.0–90.0) with 120 documents" in page
    report = json.loads((tmp_path / "r" / "report.json").read_text("utf-8"))
    assert [point["documents"] for point in report["learning_curve"]["points"]] == [10, 20]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "holds no learning curve"),
        ('{"points": []}', "has no point"),
        ('{"points": [{"documents": 0, "f": 0.5}]}', "holds no learning curve"),
        ('{"points": [{"documents": 9, "f": 71}]}', "holds no learning curve"),
        ("[[10, 0.5]]", "holds no learning curve"),
    ],
)
def test_what_is_no_learning_curve_is_refused(files, tmp_path, text, words):
    curve = tmp_path / "curve.json"
    curve.write_text(text, "utf-8")
    result = run(app, ["evaluate", files[0], "-o", str(tmp_path / "r"), "--curve", str(curve)])
    assert isinstance(result.exception, GovnerError)
    assert words in str(result.exception)
    assert not (tmp_path / "r").exists()


def test_the_roster_is_scored_beside_the_spans(files, tmp_path):
    gold = list(read_documents(files[0]))
    row = {"person": "王明", "post": "书记", "body": "省委", "place": "", "event": "holds"}
    rows = tmp_path / "roster.jsonl"
    rows.write_text(json.dumps({"document": gold[0].id, **row}), "utf-8")
    arguments = ["evaluate", files[0], "--with", files[1], "--roster-gold", str(rows)]
    result = run(app, [*arguments, "-o", str(tmp_path / "r")])
    assert result.exit_code == 0, result.exception
    assert "roster from the gold spans: precision 100.0%, recall 100.0% of 1" in result.stdout
    assert "roster from the predicted spans: precision 0.0%, recall 0.0% of 1" in result.stdout
    report = json.loads((tmp_path / "r" / "report.json").read_text("utf-8"))
    assert report["roster"]["gold"]["f1"] == 1
    rows.write_text(json.dumps({"document": "another", **row}), "utf-8")
    result = run(app, arguments)
    assert "none of its rows is of a gold document" in str(result.exception)
