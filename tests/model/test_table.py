"""Rows by key, the wide scores and batches of like length."""

import numpy as np
import pytest
import spacy
from thinc.api import Adam, fix_random_seed

from govner.model.batches import make_like_length
from govner.model.embed import build_char_embed
from govner.model.table import KeyTable, count_keys
from govner.model.vectors import take_vectors
from govner.model.wide import build_wide_scores


def keys(*values):
    return np.array(values, dtype=np.uint64)


def table_of(*values, width=2, spread=0.5, **settings):
    table = KeyTable(width, **settings)
    table.fill(keys(*values), spread=spread)
    return table


def test_a_key_has_its_own_row_and_an_unknown_one_zeros():
    table = table_of(7, 3, 9)
    assert table.find(keys(3, 9, 4, 7, 100)).tolist() == [1, 3, 0, 2, 0]
    assert not table.rows[0].any()
    assert KeyTable(2).find(keys(1, 2)).tolist() == [0, 0]


@pytest.mark.parametrize("rule", ["adam", "adagrad"])
def test_only_what_was_touched_moves_against_its_gradient(rule):
    table = table_of(3, 7, 9, rule=rule)
    before = table.rows.copy()
    table.learn(np.array([2, 0, 2]), np.array([[1, -1], [5, 5], [1, 0]], dtype=np.float32))
    numbers, gradient = table.gradient()
    assert numbers.tolist() == [2]
    np.testing.assert_array_equal(gradient, [[2, -1]])
    table.finish_update(Adam(0.01))
    moved = table.rows - before
    assert moved[2, 0] < 0 < moved[2, 1]
    assert not moved[[0, 1, 3]].any()
    assert not len(table.gradient()[0])


def test_averaged_rows_are_used_for_a_while():
    table, optimizer = table_of(3, 7), Adam(0.1, use_averages=True)
    for _ in range(40):
        table.learn(np.array([1]), np.ones((1, 2), dtype=np.float32))
        table.finish_update(optimizer)
    last = table.rows.copy()
    with table.use_params(optimizer.averages):
        assert (table.rows[1] > last[1]).all()
    np.testing.assert_array_equal(table.rows, last)


def test_bytes_bring_it_back():
    table = table_of(3, 7, 9)
    copy = KeyTable(2).from_bytes(table.to_bytes())
    np.testing.assert_array_equal(copy.keys, table.keys)
    np.testing.assert_array_equal(copy.rows, table.rows)


def test_keys_are_counted_over_all_batches():
    batches = [keys(5, 1, 5), keys(2), keys(1, 1)]
    assert count_keys(batches).tolist() == [1, 2, 5]
    assert count_keys(batches, least=2).tolist() == [1, 5]
    assert count_keys([]).tolist() == []


def learned(model, docs):
    """Return value and gradient of a random projection of the output, by the rows of a table."""
    draw = np.random.default_rng(0)
    weights = None

    def value():
        nonlocal weights
        rows = np.concatenate(model.predict(docs)) if model.name == "char_embed" else None
        rows = model.predict(docs) if rows is None else rows
        weights = draw.normal(size=rows.shape).astype("float32") if weights is None else weights
        return float((weights * rows.astype("float64")).sum())

    value()
    _, backward = model(docs, is_train=False)
    split = np.split(weights, np.cumsum([len(doc) for doc in docs])[:-1])
    backward(split if model.name == "char_embed" else weights)
    return value


@pytest.mark.parametrize("kind", ["embedding", "wide"])
def test_the_gradients_of_the_rows_are_those_of_finite_differences(kind):
    fix_random_seed(3)
    nlp = spacy.blank("zh")
    docs = [nlp("省委书记王明"), nlp("王")]
    if kind == "wide":
        model = build_wide_scores(nO=5)
    else:
        model = build_char_embed(width=4, small_width=2, trigrams=True, vocabulary=True)
    model.initialize(X=docs)
    value = learned(model, docs)
    for table in model.shims:
        numbers, gradient = table.gradient()
        assert len(numbers)
        for place in range(min(3, len(numbers))):
            row = table.rows[numbers[place]]
            row[1] += 0.01
            up = value()
            row[1] -= 0.02
            down = value()
            row[1] += 0.01
            assert gradient[place, 1] == pytest.approx((up - down) / 0.02, rel=0.03, abs=0.005)


def test_what_was_never_seen_adds_nothing():
    nlp = spacy.blank("zh")
    wide = build_wide_scores(nO=3)
    wide.initialize(X=[nlp("省委书记")])
    wide.shims[0].rows[1:] = 1.0
    assert wide.predict([nlp("李")]).max() < wide.predict([nlp("省委")]).max()
    embed = build_char_embed(width=4, kinds=False, words=False, vocabulary=True)
    embed.initialize(X=[nlp("省委书记")])
    assert not embed.predict([nlp("李")])[0].any()


def test_vectors_are_where_a_vocabulary_begins(tmp_path):
    path = tmp_path / "vectors.npz"
    rows = np.array([[1, -1], [2, -2]], dtype=np.float16)
    np.savez(path, characters_keys=keys(7, 11), characters_rows=rows)
    table, other = table_of(3, 7), table_of(3)
    take_vectors(path, {"characters": table, "bigrams": other}, spread=0.4)
    assert table.keys.tolist() == [3, 7, 11]
    np.testing.assert_allclose(table.rows[3], 2 * table.rows[2], rtol=1e-3)
    assert other.keys.tolist() == [3]


@pytest.mark.parametrize("made", ["nothing", "text", "narrow"])
def test_vectors_that_do_not_fit_are_named(tmp_path, made):
    from govner.document.errors import BadConfig

    path = tmp_path / "vectors.npz"
    if made == "text":
        path.write_text("no vectors")
    if made == "narrow":
        np.savez(path, characters_keys=keys(7), characters_rows=np.ones((1, 9)))
    with pytest.raises(BadConfig, match="pretrain"):
        take_vectors(path, {"characters": table_of(3)}, spread=0.4)


def test_batches_hold_examples_of_like_length_and_lose_none():
    fix_random_seed(3)
    items = ["x" * size for size in range(1, 101)]
    draw = np.random.default_rng(0)
    draw.shuffle(items)
    batches = list(make_like_length(size=10, pool=10)(items))
    assert sorted(item for batch in batches for item in batch) == sorted(items)
    assert all(len(batch) == 10 for batch in batches)
    assert all(max(map(len, b)) - min(map(len, b)) == 9 for b in batches)
    assert [len(b[0]) for b in batches] != sorted(len(b[0]) for b in batches)
