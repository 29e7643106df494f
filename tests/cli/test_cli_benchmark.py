"""``govner benchmark``: which rows there are, and a table that is written from kept results."""

import gzip
import json

import pytest
from typer.testing import CliRunner

from govner.cli.benchmark_rows import make_rows
from govner.cli.main import app
from govner.document import GovnerError
from govner.model.bench.sets import read_raw

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
        "govner, words from raw text",
        "the same on train and dev",
        "spacy",
        "crfsuite",
    ]
    assert [row.seeded for row in rows[:5]] == [True] * 4 + [False]
    ablations = [row for row in rows if row.benchmark == "ablation"]
    assert len({row.made_of for row in ablations}) == len(ablations) > 5


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
    for _ in range(2):
        result = CliRunner().invoke(app, command)
        assert result.exit_code == 0, result.output
    (table,) = (tmp_path / "out").glob("*.md")
    assert "| resume | crfsuite | 1 | 100.0 | 100.0 | 100.0 ± 0.0 |" in table.read_text("utf-8")
    (record,) = (tmp_path / "out").glob("*.json")
    assert json.loads(record.read_text())["runs"][0]["f1"] == 1.0
    assert (tmp_path / "out" / "runs" / "resume-crfsuite-1.json").is_file()


@pytest.mark.parametrize("option", ["--sets=weather", "--systems=oracle"])
def test_what_there_is_none_of_is_told(data, option):
    result = CliRunner().invoke(app, ["benchmark", "--data", str(data), "--sets=resume", option])
    assert isinstance(result.exception, GovnerError)
