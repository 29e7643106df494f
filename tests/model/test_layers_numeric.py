"""The layers written here, against finite differences and against themselves one by one."""

import numpy as np
import pytest
import spacy
from thinc.api import fix_random_seed

from govner.model.embed import build_char_embed
from govner.model.lstm import build_bilstm_encoder


def check_gradient(model, inputs, probes=12):
    """Compare the gradient of a random projection of the output, at some places of each param."""
    draw = np.random.default_rng(0)
    outputs, backward = model(inputs, is_train=False)
    weights = [draw.normal(size=rows.shape).astype("float32") for rows in outputs]
    given = backward(weights)

    def value():
        rows = model.predict(inputs)
        return sum(
            float((w * row.astype("float64")).sum()) for w, row in zip(weights, rows, strict=True)
        )

    for name in model.param_names:
        values, gradient = model.get_param(name), model.get_grad(name)
        busy = np.argwhere(np.abs(gradient) > 1e-4)
        assert len(busy), f"{name} learns nothing"
        for place in draw.permutation(busy)[:probes]:
            assert gradient[tuple(place)] == pytest.approx(
                difference(values, tuple(place), value), rel=0.03, abs=0.005
            )
    return given, value


def difference(values, place, value, step=0.01):
    before = values[place]
    values[place] = before + step
    up = value()
    values[place] = before - step
    down = value()
    values[place] = before
    return (up - down) / (2 * step)


def test_the_gradient_of_the_lstm():
    fix_random_seed(3)
    rows = [np.random.normal(size=(size, 5)).astype("float32") for size in (3, 6, 1)]
    model = build_bilstm_encoder(width=8, depth=1)
    model.initialize(X=rows)
    given, value = check_gradient(model, rows)
    for row, gradient in zip(rows, given, strict=True):
        place = (len(row) - 1, 2)
        assert gradient[place] == pytest.approx(difference(row, place, value), rel=0.03, abs=0.005)


def test_the_lstm_reads_each_sequence_by_itself():
    fix_random_seed(3)
    rows = [np.random.normal(size=(size, 5)).astype("float32") for size in (2, 9, 4, 9)]
    model = build_bilstm_encoder(width=8, depth=2)
    model.initialize(X=rows)
    together = model.predict(rows)
    alone = [model.predict([row])[0] for row in rows]
    for left, right in zip(together, alone, strict=True):
        np.testing.assert_allclose(left, right, atol=1e-6)


def test_the_gradient_of_the_embedding():
    fix_random_seed(3)
    nlp = spacy.blank("zh")
    docs = [nlp("省委书记王明"), nlp("王")]
    model = build_char_embed(width=4, rows=50, small_width=2, trigrams=True, hints=True)
    model.initialize(X=docs)
    check_gradient(model, docs)


def test_the_embedding_of_a_character_knows_its_neighbours_only():
    fix_random_seed(3)
    nlp = spacy.blank("zh")
    model = build_char_embed(width=4, rows=500)
    model.initialize()
    first, second = model.predict([nlp("省委书记王明"), nlp("市委书记李")])
    np.testing.assert_array_equal(first[2], second[2])
    assert not np.array_equal(first[1], second[1])


def test_words_are_no_characters():
    model = build_char_embed()
    model.initialize()
    doc = spacy.tokens.Doc(spacy.blank("zh").vocab, words=["省委", "书记"])
    with pytest.raises(ValueError, match="one token a character"):
        model.predict([doc])
