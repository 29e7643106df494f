"""One predictor for the rules, a folder and a package."""

import pytest

from govner.apply import load_annotator
from govner.document import format_marked, parse_marked
from govner.document.errors import BadModel

from ..model.conftest import article, train_small

MARKED = "[县市场监管局](ORG)[副局长](TITLE)[张雪林](PERSON)主持会议。"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """Return the folder of a small model."""
    folder = tmp_path_factory.mktemp("apply") / "model"
    train_small([article(seed) for seed in range(40)]).to_disk(folder)
    return folder


def test_a_model_proposes_spans_with_its_name(model):
    documents = [parse_marked(MARKED).with_spans([]), parse_marked("今天天气晴。")]
    first, second = load_annotator(str(model))(documents)
    assert format_marked(first.text, first.spans) == MARKED
    assert {span.source for span in first.spans} == {"model"}
    assert (first.state, first.id) == ("proposed", documents[0].id)
    assert second.spans == ()


def test_the_rules_are_a_predictor_too():
    (document,) = load_annotator("rules")([parse_marked("省委书记王明出席会议。")])
    assert document.state == "proposed"
    assert document.spans


def test_what_is_no_model_is_named(tmp_path):
    (tmp_path / "config.cfg").write_text("no config", "utf-8")
    (tmp_path / "empty").mkdir()
    for name, message in (
        (str(tmp_path / "nowhere"), "no such folder or package"),
        ("zh_nothing_such", "no such folder or package"),
        (str(tmp_path / "empty"), "no config.cfg"),
        (str(tmp_path), "cannot be loaded|no such folder"),
    ):
        with pytest.raises(BadModel, match=message):
            load_annotator(name)
