"""``govner benchmark``: which rows there are, and a table that is written from kept results."""

import gzip
import io
import json

import pytest
from typer.testing import CliRunner

from govner.cli import benchmark_next, benchmark_rows
from govner.cli.benchmark_rows import make_rows
from govner.cli.main import app
from govner.document import GovnerError, Span, parse_marked, read_documents, write_documents
from govner.model.bench.runs import run_rows
from govner.model.bench.sets import read_raw
from govner.model.bench.systems import Learned

CLAUSE = "省委书记王明主持会议。"


@pytest.fixture
def data(tmp_path):
    """Return a folder with the files of ResumeNER and raw pools, a few lines each."""
    for part in ("train", "dev", "test"):
        row = {"text": CLAUSE, "label": [[0, 2, "ORG"], [2, 4, "TITLE"], [4, 6, "NAME"]]}
        write(tmp_path / "data" / "benchmarks" / f"resume.{part}.jsonl.gz", [row] * 12)
    for pool in ("cpcnews", "xwlb"):
        texts = [f"{pool}第{n}号：{CLAUSE}" for n in range(40)]
        write(tmp_path / "data" / "raw" / f"{pool}.jsonl.gz", [{"text": text} for text in texts])
    return tmp_path / "data"


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


def test_each_set_has_its_rows(data, tmp_path):
    rows = make_rows(data, ["resume", "ablation"], tmp_path)
    names = [row.system for row in rows if row.benchmark == "resume"]
    assert names == [
        "govner",
        "govner with words from raw text",
        "the same on train and dev",
        "three of them together",
        "spacy",
        "crfsuite",
    ]
    assert [row.seeded for row in rows[:6]] == [True] * 5 + [False]
    ablations = [row for row in rows if row.benchmark == "ablation"]
    assert len({row.made_of for row in ablations}) == len(ablations) > 5


def test_an_order_of_annotation_stands_beside_a_random_one(data, tmp_path, monkeypatch):
    """What is not yet learned from is chosen by what the model made of it."""
    seen = []

    def learn_from(documents, config):
        seen.append(len(documents))
        return lambda raw: [d.with_spans([Span(0, 2, "ORG")] if len(seen) > 1 else []) for d in raw]

    rows = [{"text": c * 9, "label": [[0, 2, "ORG"]]} for c in "甲乙丙丁戊己庚辛壬癸子丑"]
    write(data / "benchmarks" / "resume.train.jsonl.gz", rows)  # no near copies are chosen
    monkeypatch.setattr(benchmark_next, "learn_from", learn_from)
    monkeypatch.setattr(benchmark_next, "SIZES", (2, 5, 9))
    monkeypatch.setattr(benchmark_next, "AT_RANDOM", (9, 11))
    rows = make_rows(data, ["next"], tmp_path)
    assert [row.system for row in rows] == [
        "9 sentences, by `govner next`",
        "9 sentences, at random",
        "11 sentences, at random",
    ]
    found = list(run_rows(rows[:1], seeds=[1], kept=tmp_path / "kept", log=io.StringIO()))
    assert seen == [2, 5, 9]
    assert [(run.precision, round(run.recall, 2)) for run in found] == [(1.0, 0.33)]


def test_one_training_is_scored_for_coarser_labels_too(data, tmp_path, monkeypatch):
    """Of CLUENER's ten labels five are PERSON, TITLE and ORG."""
    asked = []

    def learn(config, parts, *, seed, log, overrides):
        asked.append((config.stem, {span.label for doc in parts.train for span in doc.spans}))
        return Learned(lambda documents: (parts.test[0].with_spans(given) for _ in documents))

    label = [[0, 2, "government"], [2, 4, "position"], [4, 6, "game"]]
    for part, count in (("train", 1020), ("dev", 1)):
        path = data / "benchmarks" / f"cluener2020.{part}.jsonl.gz"
        write(path, [{"text": CLAUSE, "label": label}] * count)
    monkeypatch.setattr(benchmark_rows, "learn_config", learn)
    given = [Span(0, 2, "government"), Span(2, 4, "game")]  # one right, one wrong
    scores = {}
    for sets in (["cluener", "cluener3"], ["cluener3"]):
        rows = [row for row in make_rows(data, sets, tmp_path) if row.system == "govner"]
        for run in run_rows(rows, seeds=[1], kept=tmp_path / f"{len(sets)}", log=io.StringIO()):
            scores[len(sets), run.benchmark] = run.precision, run.recall
    assert scores == {
        (2, "cluener"): (1 / 2, 1 / 3),
        (2, "cluener3"): (1.0, 1 / 2),
        (1, "cluener3"): (1.0, 1 / 2),
    }
    assert asked == [("govner", {"government", "position", "game"})] * 2


def test_where_dev_teaches_the_last_model_is_kept(data, tmp_path, monkeypatch):
    """Nothing can be chosen on dev then, so no training may end for want of patience with it."""
    settings = {}

    def learn(config, parts, *, seed, log, overrides):
        settings[config.stem, len(parts.train)] = overrides
        return Learned(lambda documents: iter(documents))

    monkeypatch.setattr(benchmark_rows, "learn_config", learn)
    monkeypatch.setattr(benchmark_rows, "_vectors", lambda *_: tmp_path / "vectors.npz")
    for row in make_rows(data, ["resume"], tmp_path)[:4]:
        row.learn(1, io.StringIO())
    taught = {name: overrides for (name, size), overrides in settings.items() if size == 24}
    assert sorted(taught) == ["committee", "lexicon"]
    for overrides in taught.values():
        assert overrides["training.eval_frequency"] == overrides["training.max_steps"] == 1600
        assert overrides["training.patience"] == 0
    assert all("training.patience" not in settings[name, 12] for name in ("govner", "lexicon"))


def test_raw_articles_stay_apart_from_what_is_scored(data):
    alike = f"cpcnews第3号：{CLAUSE}" + "又" * 30
    found = list(read_raw(data, most=8, apart=[alike, "短"]))
    assert [document.id for document in found][:5] == [
        "cpcnews-0", "cpcnews-1", "cpcnews-2", "cpcnews-3", "xwlb-0",
    ]  # fmt: skip
    long = "省" * 31
    write(data / "raw" / "cpcnews.jsonl.gz", [{"text": long}, {"text": CLAUSE}])
    assert next(read_raw(data, most=2, apart=[f"前{long}后"])).text == CLAUSE


def test_the_table_is_written_from_what_was_run(data, tmp_path):
    command = ["benchmark", "--data", str(data), "--sets", "resume", "--systems", "crfsuite"]
    command += ["--no-speed", "-o", str(tmp_path / "out")]
    for more in ([], [], ["--no-train"]):
        result = CliRunner().invoke(app, command + more)
        assert result.exit_code == 0, result.output
    (table,) = (tmp_path / "out").glob("*.md")
    assert "| resume | crfsuite | 1 | 100.0 | 100.0 | 100.0 ± 0.0 |" in table.read_text("utf-8")
    (record,) = (tmp_path / "out").glob("*.json")
    assert json.loads(record.read_text())["runs"][0]["f1"] == 1.0
    assert (tmp_path / "out" / "runs" / "resume-crfsuite-1.json").is_file()


def test_without_training_the_table_tells_what_is_kept(data, tmp_path):
    command = ["benchmark", "--data", str(data), "--sets", "resume", "--no-speed", "--no-train"]
    result = CliRunner().invoke(app, [*command, "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    (record,) = (tmp_path / "out").glob("*.json")
    assert json.loads(record.read_text())["runs"] == []


def test_the_rows_on_government_news_are_taught_what_they_say(data, tmp_path, monkeypatch):
    """No network is trained here: what each row would read is written down instead."""
    taught = {}

    def learn(config, parts, *, seed, log, overrides):
        composed = overrides.get("paths.composed")
        more = list(read_documents(composed)) if composed else []
        taught[config.stem, len(parts.train), len(more)] = overrides
        return Learned(lambda documents: (d.with_spans(()) for d in documents))

    corrected = [parse_marked(f"[省委](ORG)[书记](TITLE)[王明](PERSON)说{n}。") for n in range(27)]
    gold, corrected = corrected[:9], corrected[9:]
    for part in ("train", "dev"):
        write_documents(data / "govnews" / f"{part}.jsonl", corrected)
    write_documents(tmp_path / "gold.jsonl", gold)
    (tmp_path / "split").mkdir()
    for part in ("train", "dev"):
        write_documents(tmp_path / "split" / f"{part}.jsonl", corrected[:7])
    write_documents(tmp_path / "composed.jsonl", corrected[:5])
    monkeypatch.setattr(benchmark_rows, "learn_config", learn)
    monkeypatch.setattr(benchmark_rows, "_GOLD", tmp_path / "gold.jsonl")
    monkeypatch.setattr(benchmark_rows, "_SPLIT", tmp_path / "split")
    monkeypatch.setattr(benchmark_rows, "_COMPOSED", tmp_path / "composed.jsonl")
    rows = make_rows(data, ["govnews"], tmp_path, quick=True)
    runs = list(run_rows(rows, seeds=[1], kept=tmp_path / "kept", log=io.StringIO()))
    scores = {run.system: run.f1 for run in runs}
    assert scores["rules alone"] > 0.9
    assert scores["crfsuite"] > 0.9
    composed, raw = 20, 30 + 4  # of the second pool every tenth
    assert sorted(taught) == [
        ("char", 7, 5),
        ("char", 8, composed + raw),
        ("char", 24, composed + raw),
        ("char", 7 + 18, 5),
        ("spacy", 16, 0),
    ]
    assert taught["char", 8, composed + raw]["components.ner.model.tok2vec.embed.hints"] is False


@pytest.mark.parametrize("option", ["--sets=weather", "--systems=oracle"])
def test_what_there_is_none_of_is_told(data, option):
    result = CliRunner().invoke(app, ["benchmark", "--data", str(data), "--sets=resume", option])
    assert isinstance(result.exception, GovnerError)
