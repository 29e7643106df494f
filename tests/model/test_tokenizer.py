"""The tokenizer with each segmenter: the text comes back, and nothing is lost on the way."""

import pickle

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.util import get_words_and_spaces

from govner.document.errors import BadInput, BadModel
from govner.model.segmenter import train_segmenter
from govner.model.tokenizer import Tokenizer, make_tokenizer

from .conftest import article, train_small

SEGMENTED = ["省委 书记 王明 主持 会议 。", "总理 李 晓红 出席 。", "会议 由 省委 召开 。"]
TEXT = "北京市委书记王明主持会议。"


@pytest.fixture(scope="module")
def pkuseg_model(tmp_path_factory):
    """Return the folder of a pkuseg model trained on a few segmented lines."""
    folder = tmp_path_factory.mktemp("pkuseg")
    lines = SEGMENTED * 10
    (folder / "segmented.txt").write_text("\n".join(lines) + "\n", "utf-8")
    assert train_segmenter(folder / "segmented.txt", folder / "model", iterations=3) == 30
    return folder / "model"


def tokens_of(segmenter, text, **options):
    tokenizer = Tokenizer(spacy.blank("zh").vocab, segmenter)
    tokenizer.initialize(**options)
    return [token.text for token in tokenizer(text)]


def test_each_segmenter_cuts_its_own_way(pkuseg_model):
    assert tokens_of("char", "省委书记") == ["省", "委", "书", "记"]
    assert tokens_of("jieba", TEXT)[:2] == ["北京市委", "书记"]
    pkuseg = tokens_of("pkuseg", "省委书记主持会议。", pkuseg_model=str(pkuseg_model))
    assert pkuseg == ["省委", "书记", "主持", "会议", "。"]


TOKENIZERS = [Tokenizer(spacy.blank("zh").vocab, segmenter) for segmenter in ("char", "jieba")]


@given(st.text(st.sampled_from("省市王。“ \u3000\n\r\x1c\xa0a1𠮷👨\u200d👩"), max_size=30))
def test_single_characters_are_tokens_as_spacy_would_align_them(text):
    doc = TOKENIZERS[0](text)
    words, spaces = get_words_and_spaces(list(text), text)
    assert [token.text for token in doc] == words
    assert [bool(token.whitespace_) for token in doc] == spaces


@settings(deadline=None)  # jieba reads its dictionary at the first call
@given(st.text(st.sampled_from("省市王。“ \u3000\n\ra1𠮷👨\u200d👩"), max_size=30))
def test_joined_tokens_give_the_text_back(text):
    for tokenizer in TOKENIZERS:
        assert tokenizer(text).text == text


@pytest.mark.parametrize("segmenter", ["char", "jieba", "pkuseg"])
def test_a_pipeline_survives_with_its_segmenter(segmenter, pkuseg_model, tmp_path):
    nlp = (
        train_small([article(seed) for seed in range(4)], steps=1, segmenter=segmenter)
        if (segmenter != "pkuseg")
        else with_pkuseg(pkuseg_model)
    )
    expected = [token.text for token in nlp(TEXT)]
    nlp.to_disk(tmp_path / "model")
    for again in (spacy.load(tmp_path / "model"), pickle.loads(pickle.dumps(nlp))):
        assert [token.text for token in again(TEXT)] == expected
    many = list(nlp.pipe([TEXT] * 4, n_process=2, batch_size=2))
    assert [[token.text for token in doc] for doc in many] == [expected] * 4


def with_pkuseg(model):
    nlp = spacy.blank("zh")
    nlp.tokenizer = make_tokenizer("pkuseg")(nlp)
    nlp.config["nlp"]["tokenizer"] = {"@tokenizers": "govner.Tokenizer.v1", "segmenter": "pkuseg"}
    nlp.tokenizer.initialize(pkuseg_model=str(model))
    return nlp


def test_pkuseg_without_a_model_says_so_and_downloads_nothing(tmp_path):
    with pytest.raises(BadModel, match="needs a folder"):
        tokens_of("pkuseg", TEXT)
    with pytest.raises(BadModel, match=r"features\.msgpack cannot be read"):
        tokens_of("pkuseg", TEXT, pkuseg_model=str(tmp_path))
    with pytest.raises(BadModel, match="not been initialised"):
        Tokenizer(spacy.blank("zh").vocab, "pkuseg")(TEXT)


def test_an_unknown_segmenter_is_named():
    with pytest.raises(ValueError, match="choose from char, jieba, pkuseg"):
        make_tokenizer("hanlp")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00", "no UTF-8"),
        ("没有空格".encode(), "no line holds two words"),
        (b"", "words"),
    ],
)
def test_text_that_is_not_segmented_is_refused(tmp_path, content, message):
    (tmp_path / "in.txt").write_bytes(content)
    with pytest.raises(BadInput, match=message):
        train_segmenter(tmp_path / "in.txt", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_words_of_jieba_are_knowledge_beside_the_characters():
    from govner.model.sample import word_kinds
    from govner.model.words import make_word_hints

    pytest.importorskip("jieba", reason="word borders need the extra jieba")
    text = "省委书记 天气晴"
    words = make_word_hints()(text).words
    assert "".join(text[start:end] for start, end, _ in words) == text.replace(" ", "")
    assert (5, 7, 1) in words
    assert word_kinds(words, len(text))[4:].tolist() == [0, 5, 6, 7]
