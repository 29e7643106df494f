"""Models of a cross-validation, each on what the others hold out."""

from pathlib import Path

import pytest

from govner.cli.stats import fold_predictions
from govner.document import Document, parse_marked
from govner.document.errors import BadConfig, BadInput
from govner.model.folds import make_folds

QUICK = Path(__file__).parents[2] / "configs" / "quick.cfg"
STORY = "今天上午，{}在全市工作会议上强调，要持续推进{}建设，不断提高服务群众的能力和水平。"


def stories(*words):
    return [Document(word, STORY.format(word, word * 8)) for word in words]


def test_folds_are_of_one_size_and_hold_every_document_once():
    documents = stories(*"甲乙丙丁戊己庚辛")
    folds = make_folds(documents, 3)
    assert sorted(place for fold in folds for place in fold) == list(range(8))
    assert sorted(map(len, folds)) == [2, 3, 3]


def test_near_copies_are_in_one_fold():
    text = "市委召开会议研究部署下一阶段重点任务，各县区主要负责同志参加会议并作交流发言。"
    documents = [*stories(*"甲乙丙丁"), Document("a", text), Document("b", "日前，" + text)]
    (home,) = [fold for fold in make_folds(documents, 3) if 4 in fold]
    assert 5 in home


def test_too_few_documents_for_the_folds_are_an_error():
    with pytest.raises(BadInput, match="2 independent"):
        make_folds(stories(*"甲乙"), 3)


@pytest.mark.slow
def test_every_document_is_seen_by_a_model_that_did_not_learn_it(tmp_path):
    """The same posts in every document: each fold's model finds those of the documents held out."""
    names = "一二三四五六七八九十百千"
    marked = [
        f"[省委](ORG)[书记](TITLE)[王{a}](PERSON)、[市长](TITLE)[李{a}](PERSON){a * 9}讲话。"
        for a in names
    ]
    gold = [parse_marked(text) for text in marked]
    found = fold_predictions(gold, QUICK, folds=2)
    assert [document.id for document in found] == [document.id for document in gold]
    right = [
        span
        for ours, theirs in zip(gold, found, strict=True)
        for span in ours.spans
        if span.label == "TITLE" and span.key in {other.key for other in theirs.spans}
    ]
    assert len(right) > 12
    assert all("probabilities" in document.meta for document in found if document.spans)
    with pytest.raises(BadConfig):
        fold_predictions(gold, tmp_path / "none.cfg", folds=2)
