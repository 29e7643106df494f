"""Words of a lexicon as an embedding: which stand where, their gradient, and the way to disk."""

import numpy as np
import pytest
import spacy
from thinc.api import fix_random_seed

from govner.document.errors import BadConfig
from govner.model.embed import build_char_embed
from govner.model.features import Reading, key_of_word, word_keys
from govner.model.lexicon import _match, build_joined_embed, build_word_embed
from govner.model.sample import piece_of

from .conftest import article, train_small

WORDS = ["省委", "书记", "省委书记", "记", "主持会议", "王"]


@pytest.fixture
def vectors(tmp_path):
    """Return the path of a file with some words, each with a vector of four numbers."""
    path = tmp_path / "vectors.npz"
    rows = np.random.default_rng(0).normal(size=(len(WORDS), 4))
    np.savez(path, words=WORDS, words_rows=rows, words_counts=np.arange(1, len(WORDS) + 1))
    return str(path)


def embedding(vectors, **settings):
    fix_random_seed(3)
    model = build_word_embed(vectors, width=4, dropout=0.0, **settings)
    model.initialize(X=[])
    return model


def test_a_word_has_the_key_that_is_looked_up_for_it():
    nlp = spacy.blank("zh")
    keys = word_keys(Reading([piece_of(nlp("省委书记")), piece_of(nlp("王"))]), 8)
    assert keys[0][4] == key_of_word("王")
    assert keys[1][2] == key_of_word("书记")
    assert keys[3][0] == key_of_word("省委书记")
    assert keys[1][3] not in {key_of_word("记王"), key_of_word("记")}


def test_words_stand_at_their_places(vectors):
    nlp = spacy.blank("zh")
    table = embedding(vectors).shims[0]
    names = {int(table.find(np.array([key_of_word(w)], dtype=np.uint64))[0]): w for w in WORDS}
    words, slots = _match(table, Reading([piece_of(nlp("王")), piece_of(nlp("省委书记"))]))
    found = {(names[int(w)], *divmod(int(s), 4)) for w, s in zip(words, slots, strict=True)}
    assert found == {
        ("王", 0, 3),
        ("省委", 1, 0), ("省委", 2, 2),
        ("书记", 3, 0), ("书记", 4, 2),
        ("记", 4, 3),
        ("省委书记", 1, 0), ("省委书记", 2, 1), ("省委书记", 3, 1), ("省委书记", 4, 2),
    }  # fmt: skip


def test_the_gradient_of_the_words_is_that_of_finite_differences(vectors):
    docs = [spacy.blank("zh")("省委书记王明"), spacy.blank("zh")("王")]
    model = embedding(vectors)
    rows, backward = model(docs, is_train=False)
    draw = np.random.default_rng(0)
    weights = [draw.normal(size=row.shape).astype("float32") for row in rows]

    def value():
        rows = model.predict(docs)
        return sum(float((w * row).sum()) for w, row in zip(weights, rows, strict=True))

    backward(weights)
    table = model.shims[0]
    numbers, gradient = table.gradient()
    assert len(numbers) == 5
    for place, number in enumerate(numbers):
        table.rows[number, 1] += 0.01
        up = value()
        table.rows[number, 1] -= 0.02
        assert gradient[place, 1] == pytest.approx((up - value()) / 0.02, rel=0.03, abs=0.005)
        table.rows[number, 1] += 0.01


def test_two_embeddings_stand_beside_each_other(vectors):
    docs = [spacy.blank("zh")("省委书记"), spacy.blank("zh")("王")]
    char = build_char_embed(width=4, small_width=2, vocabulary=True)
    both = build_joined_embed(char, build_word_embed(vectors, width=4))
    both.initialize(X=docs)
    rows = both.predict(docs)
    assert [row.shape for row in rows] == [(4, 32), (1, 32)]


def test_a_model_with_words_keeps_them_when_the_file_is_gone(vectors, tmp_path):
    from pathlib import Path

    char = {"@architectures": "govner.CharEmbed.v1", "width": 16, "vocabulary": True}
    words = {"@architectures": "govner.WordEmbed.v1", "vectors": vectors, "width": 4}
    joined = {"@architectures": "govner.JoinedEmbed.v1", "first": char, "second": words}
    nlp = train_small([article(seed) for seed in range(8)], steps=8, tok2vec={"embed": joined})
    nlp.to_disk(tmp_path / "model")
    Path(vectors).unlink()
    copy = spacy.load(tmp_path / "model")
    text = article(99).text
    scores = [n.get_pipe("ner").predict([n.make_doc(text)]) for n in (nlp, copy)]
    assert scores[0] == scores[1]


@pytest.mark.parametrize("width", [4, 5])
def test_words_that_are_not_there_are_told(tmp_path, width):
    path = tmp_path / "vectors.npz"
    np.savez(path, characters_keys=np.zeros(1), characters_rows=np.ones((1, width)))
    for given, why in ((None, "not named"), (str(path), "no words"), ("none.npz", "no file")):
        with pytest.raises(BadConfig, match=why):
            build_word_embed(given, width=4).initialize(X=[])
