"""The rules in a spaCy pipeline, whatever cuts its tokens."""

import logging

import pytest
import spacy
from spacy.tokens import DocBin

from govner.document.errors import BadConfig
from govner.model.segmenter import train_segmenter
from govner.rules import propose

TEXT = "嘉善县委常委、组织部长沈伟强会见了杜  宇。市公安局局长王晓明主持会议。"


def pipeline(segmenter: str = "char", **config):
    logging.getLogger("jieba").setLevel(logging.WARNING)
    tokenizer = {"tokenizer": {"segmenter": segmenter}}
    nlp = spacy.blank("zh", config={"nlp": tokenizer})
    nlp.add_pipe("govner_rules", config=config)
    return nlp


def keys(spans):
    return [(s.start_char, s.end_char, s.label_, s.id_) for s in spans]


def proposed(text=TEXT):
    return [(s.start, s.end, s.label, s.source) for s in propose(text).spans]


def test_characters_hold_every_span():
    doc = pipeline()(TEXT)
    assert keys(doc.spans["govner_rules"]) == proposed()
    assert doc.user_data["govner_rules"] == []
    assert doc.ents == ()


@pytest.mark.parametrize("segmenter", ["char", "jieba"])
def test_every_span_is_held_or_listed(segmenter):
    pytest.importorskip(segmenter if segmenter != "char" else "spacy")
    doc = pipeline(segmenter)(TEXT)
    listed = [
        (s["start"], s["end"], s["label"], s["source"]) for s in doc.user_data["govner_rules"]
    ]
    assert sorted(keys(doc.spans["govner_rules"]) + listed) == proposed()


@pytest.fixture(scope="module")
def pkuseg_model(tmp_path_factory):
    """Return the folder of a pkuseg model trained on a few segmented lines."""
    pytest.importorskip("spacy_pkuseg", reason="spacy-pkuseg is not installed")
    folder = tmp_path_factory.mktemp("pkuseg")
    lines = [
        "嘉善 县委 常委 、 组织 部长 沈伟强 会见 了 客人 。",
        "市 公安局 局长 王晓明 主持 会议 。",
    ]
    (folder / "segmented.txt").write_text("\n".join(lines * 10) + "\n", "utf-8")
    train_segmenter(folder / "segmented.txt", folder / "model", iterations=3)
    return folder / "model"


def test_a_pipeline_cut_by_pkuseg_holds_or_lists_every_span(pkuseg_model, tmp_path):
    nlp = pipeline("pkuseg", set_ents=True)
    nlp.tokenizer.initialize(pkuseg_model=str(pkuseg_model))
    doc = nlp(TEXT)
    assert len(doc) < len(TEXT)  # words, not characters
    held, listed = doc.spans["govner_rules"], doc.user_data["govner_rules"]
    assert held
    missed = [(s["start"], s["end"], s["label"], s["source"]) for s in listed]
    assert sorted(keys(held) + missed) == proposed()
    assert [(e.start_char, e.label_) for e in doc.ents] == [(s.start_char, s.label_) for s in held]
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)(TEXT)
    assert keys(again.spans["govner_rules"]) == keys(held)


def test_spans_that_tokens_cannot_hold_are_listed():
    nlp = spacy.blank("xx")  # cuts at white space: one token for the whole clause
    nlp.add_pipe("govner_rules")
    doc = nlp("市委书记王明说")
    assert keys(doc.spans["govner_rules"]) == []
    assert [(s["text"], s["source"]) for s in doc.user_data["govner_rules"]] == [
        ("市委", "org.level"),
        ("书记", "title.before_person"),
        ("王明", "person.after_post"),
    ]


def test_entities_are_set_if_asked():
    doc = pipeline(set_ents=True)(TEXT)
    assert [(e.start_char, e.end_char, e.label_) for e in doc.ents] == [
        key[:3] for key in proposed()
    ]


@pytest.mark.parametrize(
    ("overwrite", "expected"), [(False, ["市委书记"]), (True, ["市委", "书记"])]
)
def test_entities_that_stand_already_are_kept_unless_overwritten(overwrite, expected):
    nlp = pipeline(set_ents=True, overwrite_ents=overwrite)
    ruler = nlp.add_pipe("entity_ruler", first=True)
    ruler.add_patterns([{"label": "X", "pattern": [{"TEXT": c} for c in "市委书记"]}])
    assert [e.text for e in nlp("市委书记王明说").ents] == [*expected, "王明"]


def test_own_words_travel_with_the_pipeline(tmp_path):
    own = tmp_path / "my.toml"
    own.write_text('[words]\nbodies = ["浙里办专班"]\n[rules]\noff = ["org.level"]\n', "utf-8")
    nlp = pipeline(rules=str(own))
    nlp.to_disk(tmp_path / "nlp")
    own.unlink()
    doc = spacy.load(tmp_path / "nlp")("浙里办专班成立。省委发文。")
    assert [s.text for s in doc.spans["govner_rules"]] == ["浙里办专班"]


def test_a_pipeline_without_own_words_travels_too(tmp_path):
    pipeline(set_ents=True).to_disk(tmp_path)
    doc = spacy.load(tmp_path)(TEXT)
    assert keys(doc.spans["govner_rules"]) == proposed()
    assert doc.ents


def test_bytes_come_back():
    nlp = pipeline()
    doc = pipeline().from_bytes(nlp.to_bytes())(TEXT)
    assert keys(doc.spans["govner_rules"]) == proposed()


def test_a_missing_file_of_own_words_is_told(tmp_path):
    nlp = pipeline(rules=str(tmp_path / "none.toml"))
    with pytest.raises(BadConfig, match="cannot be read"):
        nlp("省委")


def test_documents_can_be_stored():
    nlp = pipeline("char")
    data = DocBin(store_user_data=True, docs=[nlp(TEXT)]).to_bytes()
    (doc,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    assert keys(doc.spans["govner_rules"]) == proposed()


def test_a_batch_gives_what_single_texts_give():
    texts = [TEXT, "", "省委书记王明。", TEXT * 3]
    nlp = pipeline()
    for text, doc in zip(texts, nlp.pipe(texts, batch_size=2), strict=True):
        assert keys(doc.spans["govner_rules"]) == proposed(text)
