"""The benchmark on a set of patterns: every system learns them, and the table says so."""

import gzip
import io
import json
from pathlib import Path

import pytest

from govner.document.errors import BadInput
from govner.model.bench.runs import Row, read_runs, run_rows
from govner.model.bench.sets import BENCHMARKS, Benchmark, read_parts
from govner.model.bench.speed import measure_speeds
from govner.model.bench.systems import learn_crfsuite, spans_of
from govner.model.bench.table import as_markdown

from .conftest import article

CONFIGS = Path(__file__).parents[2] / "configs" / "bench"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Return a folder with ResumeNER's file names and our patterns in them."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "benchmarks").mkdir()
    for part, seeds in (("train", range(40)), ("dev", range(40, 45)), ("test", range(45, 50))):
        path = folder / "benchmarks" / f"resume.{part}.jsonl.gz"
        with gzip.open(path, "wt", encoding="utf-8") as stream:
            for document in map(article, seeds):
                label = [list(span.key) for span in document.spans]
                stream.write(json.dumps({"text": document.text, "label": label}) + "\n")
    return folder


def crfsuite_row(data, counts, made_of="first"):
    parts = read_parts(data, BENCHMARKS["resume"])

    def learn(seed, log):
        counts.append(seed)
        return learn_crfsuite(parts)

    return Row("resume", "crfsuite", learn, lambda: parts.test, seeded=False, made_of=made_of)


def run(rows, kept, seeds=(1, 2)):
    return list(run_rows(rows, seeds=seeds, kept=kept, log=io.StringIO()))


def test_crfsuite_learns_the_patterns_and_stands_in_the_table(data, tmp_path):
    runs = run([crfsuite_row(data, [])], tmp_path)
    assert [run.seed for run in runs] == [1]
    assert runs[0].f1 > 0.95
    table = as_markdown(
        runs,
        title="Figures",
        published={"resume": "BERT 95.5"},
        reach={"resume": 96.0},
        speeds={"LAC": 0.0, "jieba": 61234.0},
    ).splitlines()
    assert table[0] == "# Figures"
    line = next(line for line in table if line.startswith("| resume | crfsuite | 1 |"))
    assert f"| {100 * runs[0].f1:.1f} ± 0.0 |" in line
    assert "| resume | *published* | | | | BERT 95.5 | | | |" in table
    assert table[-2:] == ["| LAC | not installed |", "| jieba | 61,234 |"]


def test_a_result_is_kept_until_what_it_was_made_of_changes(data, tmp_path):
    counts = []
    first = run([crfsuite_row(data, counts)], tmp_path)
    again = run([crfsuite_row(data, counts)], tmp_path)
    assert again == first == read_runs(tmp_path)
    assert counts == [1]
    (tmp_path / "resume-crfsuite-1.json").write_text("{ cut off")
    assert read_runs(tmp_path) == []
    run([crfsuite_row(data, counts)], tmp_path)
    run([crfsuite_row(data, counts, made_of="second")], tmp_path)
    assert counts == [1, 1, 1]


def test_spans_that_overlap_are_trained_on_flat_and_counted_all(tmp_path):
    (tmp_path / "benchmarks").mkdir()
    row = {"text": "《省委书记》", "label": [[1, 3, "ORG"], [0, 6, "BOOK"]]}
    for part in ("train", "test"):
        path = tmp_path / "benchmarks" / f"x.{part}.jsonl.gz"
        with gzip.open(path, "wt", encoding="utf-8") as stream:
            stream.write(json.dumps(row) + "\n")
    (document,) = read_parts(tmp_path, Benchmark("x.train", "x.test")).test
    assert [span.key for span in document.spans] == [(0, 6, "BOOK")]
    assert document.meta["nested"] == [[1, 3, "ORG"]]


def test_speed_is_measured_of_what_is_installed():
    speeds = measure_speeds(["省委书记"] * 9, {"none": None, "join": "".join})
    assert speeds["none"] == 0
    assert speeds["join"] > 0


def test_a_dev_part_is_carved_from_train_where_a_set_has_none(data):
    carved = read_parts(data, Benchmark("resume.train", "resume.test", carve=10))
    assert [len(part) for part in (carved.train, carved.dev, carved.test)] == [30, 10, 5]


def test_neighbours_and_ends_of_bio_tags():
    tags = ["B-ORG", "I-ORG", "B-ORG", "O", "I-PERSON", "I-ORG"]
    spans = [span.key for span in spans_of(tags)]
    assert spans == [(0, 2, "ORG"), (2, 3, "ORG"), (4, 5, "PERSON"), (5, 6, "ORG")]


def test_a_set_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"resume\.train\.jsonl\.gz: there is no such set"):
        read_parts(tmp_path, BENCHMARKS["resume"])


@pytest.mark.parametrize("name", ["govner", "lexicon", "committee", "spacy"])
def test_the_benchmark_configs_are_complete(name):
    import spacy
    from thinc.api import Config

    config = Config().from_disk(CONFIGS / f"{name}.cfg", interpolate=False)
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    assert {key: nlp.config[key] for key in config} == dict(config)
