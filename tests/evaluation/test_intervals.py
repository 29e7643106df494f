"""Intervals that hold what they say, and tests that see a difference only where there is one."""

import numpy as np
import pytest

from govner.evaluation.intervals import bootstrap, difference, figures, randomisation


def counts(correct, gold, predicted):
    return np.column_stack([correct, gold, predicted])


def noisy(share, documents=60, seed=0):
    random = np.random.default_rng(seed)
    right = random.binomial(10, share, documents)
    return counts(right, np.full(documents, 10), np.full(documents, 10))


def test_figures_are_summed_before_they_are_scored():
    table = counts([1, 9], [10, 10], [1, 10]).sum(axis=0).astype(float)
    assert figures(table) == pytest.approx([10 / 11, 10 / 20, 20 / 31])


def test_nothing_counted_is_zero_and_no_warning():
    assert figures(np.zeros((2, 3))).tolist() == [[0, 0, 0]] * 2


def test_the_interval_holds_the_point_and_narrows_with_documents():
    few, many = noisy(0.8, 20), noisy(0.8, 2000)
    (low, high), *_ = bootstrap({("a",): few})["a",]
    assert low < few[:, 0].sum() / 200 < high
    (lower, upper), *_ = bootstrap({("a",): many})["a",]
    assert upper - lower < (high - low) / 5


def test_the_interval_is_as_wide_as_theory_says():
    """For a mean of independent shares, 1.96 standard errors on each side."""
    table = noisy(0.7, 400)
    (low, high), *_ = bootstrap({("a",): table}, resamples=4000)["a",]
    expected = 2 * 1.96 * (table[:, 0] / 10).std() / 400**0.5
    assert high - low == pytest.approx(expected, rel=0.08)


def test_four_documents_have_no_interval():
    table = np.zeros((50, 3), np.int64)
    table[:4] = 1
    assert bootstrap({("a",): table}) == {}
    assert difference(table, table) is None
    assert bootstrap({}) == {}


def test_the_same_seed_draws_the_same():
    table = {("a",): noisy(0.5)}
    assert bootstrap(table, seed=3) == bootstrap(table, seed=3) != bootstrap(table, seed=4)


def test_equal_systems_do_not_differ():
    table = noisy(0.8)
    assert randomisation(table, table) == 1
    assert difference(table, table) == (0, 0)


def test_a_clear_difference_is_seen():
    better, worse = noisy(0.95), noisy(0.6, seed=1)
    assert randomisation(better, worse) < 0.001
    assert difference(better, worse)[0] > 0.2


def test_chance_is_not_called_a_difference_more_often_than_it_says():
    """Under no difference p is uniform: about one in ten lies below 0.1."""
    found = [
        randomisation(noisy(0.8, 40, seed), noisy(0.8, 40, 1000 + seed), rounds=400)
        for seed in range(200)
    ]
    assert 0.04 < np.mean(np.array(found) < 0.1) < 0.17


def test_p_agrees_with_all_swaps_counted():
    """Six documents have 64 swaps; the share that reaches the difference can be counted."""
    ours, theirs = noisy(0.9, 6, seed=2), noisy(0.6, 6, seed=3)
    observed = abs(figures(ours.sum(0) * 1.0)[2] - figures(theirs.sum(0) * 1.0)[2])
    reached = 0
    for code in range(64):
        swap = np.array([code >> i & 1 for i in range(6)], bool)[:, None]
        one, other = np.where(swap, theirs, ours), np.where(swap, ours, theirs)
        gap = abs(figures(one.sum(0) * 1.0)[2] - figures(other.sum(0) * 1.0)[2])
        reached += gap >= observed - 1e-12
    assert randomisation(ours, theirs) == pytest.approx(reached / 64, abs=0.02)
