"""The benchmark on a set of patterns: every system learns them, and the table says so."""

import gzip
import io
import json
from pathlib import Path

import pytest

from govner.document.errors import BadInput
from govner.model.benchmark import BENCHMARKS, _spans, as_markdown, read_parts, run_benchmarks

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


def test_crfsuite_learns_the_patterns_and_stands_in_the_table(data):
    runs = list(
        run_benchmarks(data, ["resume"], {"crfsuite": None}, seeds=[1, 2], log=io.StringIO())
    )
    assert [run.seed for run in runs] == [1]
    assert runs[0].f1 > 0.95
    table = as_markdown(runs, title="Figures").splitlines()
    assert table[0] == "# Figures"
    assert table[-1].startswith(f"| resume | crfsuite | 1 | {100 * runs[0].f1:.1f} ± 0.0 |")


def test_a_dev_part_is_carved_from_train_where_a_set_has_none(data):
    carved = read_parts(
        data, BENCHMARKS["resume"].__class__("resume.train", "resume.test", carve=10)
    )
    assert [len(part) for part in (carved.train, carved.dev, carved.test)] == [30, 10, 5]


def test_neighbours_and_ends_of_bio_tags():
    tags = ["B-ORG", "I-ORG", "B-ORG", "O", "I-PERSON", "I-ORG"]
    spans = [span.key for span in _spans(tags)]
    assert spans == [(0, 2, "ORG"), (2, 3, "ORG"), (4, 5, "PERSON"), (5, 6, "ORG")]


def test_a_set_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"resume\.train\.jsonl\.gz: there is no such set"):
        read_parts(tmp_path, BENCHMARKS["resume"])


@pytest.mark.parametrize("name", ["govner", "spacy"])
def test_the_benchmark_configs_are_complete(name):
    import spacy
    from thinc.api import Config

    config = Config().from_disk(CONFIGS / f"{name}.cfg", interpolate=False)
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    assert {key: nlp.config[key] for key in config} == dict(config)
