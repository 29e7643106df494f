"""The learning curve and what it promises."""

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import parse_marked, write_documents
from govner.model.curve import Point, default_sizes, forecast, score

from .conftest import article

CONFIG = Path(__file__).parents[2] / "configs" / "char.cfg"


def law(documents, width=0.0):
    """Return a point of the curve 1 - F1 = 0.8 / sqrt(documents)."""
    f = 1 - 0.8 * documents**-0.5
    return Point(documents, f, f - width, f + width, 1)


def test_a_power_law_is_carried_on():
    found = forecast([law(n) for n in (16, 36, 64, 300)])
    assert found.documents == 400
    assert found.f == pytest.approx(0.96)
    assert (found.low, found.high) == (pytest.approx(0.96), pytest.approx(0.96))


def test_what_is_unsure_stays_unsure():
    found = forecast([law(n, width=0.02) for n in (16, 36, 64)])
    assert found.low < found.f < found.high


def test_one_number_of_documents_promises_nothing():
    assert forecast([law(16), law(16)]) is None


def test_a_curve_that_falls_promises_no_loss():
    points = [Point(10, 0.8, 0.8, 0.8, 1), Point(20, 0.7, 0.7, 0.7, 1)]
    assert forecast(points).f == pytest.approx(0.75, abs=0.01)


def test_the_score_is_strict_and_has_an_interval():
    gold = [parse_marked("[省委](ORG)[书记](TITLE)[王明](PERSON)")] * 3
    half = [doc.with_spans(doc.spans[:1]) for doc in gold]
    assert score(gold, gold) == (1.0, 1.0, 1.0)
    assert score(gold, half)[0] == 0.5
    f, low, high = score(gold, [gold[0], gold[1], half[0]])
    assert low < f < high


def test_the_parts_grow_to_the_whole():
    assert default_sizes(80) == [10, 20, 40, 80]
    assert default_sizes(5) == [2, 5]


@pytest.mark.parametrize("sizes", ["a,b", "4,400"])
def test_sizes_that_cannot_be_are_told(tmp_path, sizes):
    from govner.document import GovnerError

    write_documents(tmp_path / "d.jsonl", [article(seed) for seed in range(6)])
    command = ["learning-curve", str(CONFIG), "--sizes", sizes, "--training.max_steps", "1"]
    files = [f"--{name}={tmp_path}/d.jsonl" for name in ("train", "test")]
    result = CliRunner().invoke(app, [*command, *files, "-o", str(tmp_path / "curve")])
    assert isinstance(result.exception, GovnerError)


@pytest.mark.slow
def test_the_command_writes_points_and_a_plot(tmp_path):
    from govner.evaluation.learning import read_curve

    write_documents(tmp_path / "train.jsonl", [article(seed) for seed in range(12)])
    write_documents(tmp_path / "test.jsonl", [article(seed) for seed in range(20, 24)])
    command = ["learning-curve", str(CONFIG), "--sizes", "4,12", "-o", str(tmp_path / "curve")]
    command += [f"--{name}={tmp_path}/{name}.jsonl" for name in ("train", "test")]
    command += ["--training.max_steps", "12", "--training.eval_frequency", "6"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    curve = read_curve(tmp_path / "curve" / "curve.json")
    assert [point.documents for point in curve.points] == [4, 12]
    assert json.loads((tmp_path / "curve" / "curve.json").read_text())["forecast"]
    assert ElementTree.parse(tmp_path / "curve" / "curve.svg").getroot().tag.endswith("svg")
