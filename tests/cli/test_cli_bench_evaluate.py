"""``govner bench evaluate`` as a command."""

from typer.testing import CliRunner

from govner.cli.main import app
from govner.evaluation import evaluate
from govner.evaluation.bench import invent

run = CliRunner().invoke


def test_the_time_of_an_evaluation_is_printed():
    result = run(app, ["bench", "evaluate", "30"])
    assert result.exit_code == 0, result.exception
    assert result.stdout.startswith("30 documents of 500 characters, 300 gold spans, ")
    assert "with the page" in result.stdout


def test_invented_predictions_hold_every_sort_of_error():
    gold, predicted = zip(*invent(200), strict=True)
    found = evaluate(gold, predicted, resamples=100)
    assert found.score("strict", "all").gold == 2000
    assert 0.8 < found.score("strict", "all").f1 < 0.95
    assert {kind for kind, _ in found.errors} == {"label", "boundary", "missed"}
    assert list(invent(2)) == list(invent(2))
