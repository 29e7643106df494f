"""The CRF against brute force over all taggings, and its gradient against differences."""

from itertools import pairwise, product

import numpy as np
import pytest

from govner.model.crf import Lattice, Potentials, crf_loss
from govner.model.packing import Packing
from govner.model.tags import Tags

TAGS = Tags(("ORG",))
LENGTHS = [3, 1, 4, 3]


def problem(seed=0, tags=TAGS, lengths=LENGTHS):
    draw = np.random.default_rng(seed)
    size = len(tags)
    potentials = Potentials.of(
        tags, draw.normal(size=(size, size)), draw.normal(size=size), draw.normal(size=size)
    )
    return draw.normal(size=(sum(lengths), size)), potentials, Packing.of(lengths)


def ways(emissions, potentials):
    """Every allowed tagging of one sequence with its score."""
    for tagging in product(range(emissions.shape[1]), repeat=len(emissions)):
        score = potentials.start[tagging[0]] + potentials.end[tagging[-1]]
        score += sum(emissions[place, tag] for place, tag in enumerate(tagging))
        score += sum(potentials.moves[a, b] for a, b in pairwise(tagging))
        if np.isfinite(score):
            yield tagging, score


def sequences(emissions, lengths=LENGTHS):
    return np.split(emissions, np.cumsum(lengths)[:-1])


def test_partition_marginals_and_best_tags_are_those_of_brute_force():
    emissions, potentials, packing = problem()
    lattice = Lattice.of(emissions[packing.rows], potentials, packing)
    places = packing.unpack_order()
    marginals, best = lattice.marginals()[places], lattice.best()[places]
    totals = dict(zip(packing.order.tolist(), lattice.total, strict=True))
    first = 0
    for number, rows in enumerate(sequences(emissions)):
        scored = list(ways(rows, potentials))
        total = np.logaddexp.reduce([score for _, score in scored])
        expected = np.zeros_like(rows)
        for tagging, score in scored:
            expected[np.arange(len(rows)), list(tagging)] += np.exp(score - total)
        last = first + len(rows)
        assert totals[number] == pytest.approx(total)
        np.testing.assert_allclose(marginals[first:last], expected, atol=1e-12)
        assert tuple(best[first:last]) == max(scored, key=lambda item: item[1])[0]
        first = last


def test_the_probability_of_a_stretch_is_that_of_brute_force():
    emissions, potentials, packing = problem(3)
    lattice = Lattice.of(emissions[packing.rows], potentials, packing)
    rows = sequences(emissions)[2]
    scored = list(ways(rows, potentials))
    total = np.logaddexp.reduce([score for _, score in scored])
    tags = TAGS.encode([(0, 2, "ORG"), (5, 7, "ORG"), (7, 8, "ORG")], sum(LENGTHS))
    # The third sequence has rows 4 to 8: an entity of two characters, and one of one.
    expected = []
    for first, end in ((1, 3), (3, 4)):
        stretch = tuple(tags[4 + first : 4 + end])
        agreeing = [score for tagging, score in scored if tagging[first:end] == stretch]
        expected.append(np.exp(np.logaddexp.reduce(agreeing) - total))
    given = lattice.stretch_probabilities(
        packing.unpack_order(), tags, np.array([5, 7]), np.array([7, 8])
    )
    assert given == pytest.approx(expected)


def test_where_nothing_is_found_no_probability_is_given():
    emissions, potentials, packing = problem(3)
    lattice = Lattice.of(emissions[packing.rows], potentials, packing)
    nothing = np.zeros(0, dtype=np.int64)
    places = packing.unpack_order()
    assert lattice.stretch_probabilities(places, lattice.best(), nothing, nothing).shape == (0,)


@pytest.mark.parametrize("unknown", [(), [(1, 3)], [(0, 4)]])
def test_the_gradient_is_that_of_finite_differences(unknown):
    tags = Tags(("ORG", "PERSON"))
    lengths = [4, 2]
    emissions, potentials, packing = problem(5, tags, lengths)
    agreeing = np.concatenate(
        [tags.agreeing([(0, 2, "ORG")], unknown, 4), tags.agreeing([(1, 2, "PERSON")], (), 2)]
    )[packing.rows]
    packed = emissions[packing.rows]
    _, gradient = crf_loss(packed, agreeing, potentials, packing)
    places = [(packed, gradient.emissions)] + [
        (getattr(potentials, name), getattr(gradient, name)) for name in ("moves", "start", "end")
    ]
    for values, given in places:
        for index in np.argwhere(np.isfinite(values)):
            difference = _difference(
                values, tuple(index), lambda: crf_loss(packed, agreeing, potentials, packing)[0]
            )
            assert given[tuple(index)] == pytest.approx(difference, abs=1e-6)


@pytest.mark.parametrize("unknown", [(), [(1, 3)], [(0, 4)]])
def test_the_loss_is_that_of_brute_force(unknown):
    """Whether all is known, which takes a shorter way, or stretches are left open."""
    lengths = [4]
    emissions, potentials, packing = problem(5, TAGS, lengths)
    agreeing = TAGS.agreeing([(0, 2, "ORG")], unknown, 4)
    scored = list(ways(emissions, potentials))
    total = np.logaddexp.reduce([score for _, score in scored])
    known = [s for tagging, s in scored if agreeing[np.arange(4), list(tagging)].all()]
    loss, _ = crf_loss(emissions[packing.rows], agreeing[packing.rows], potentials, packing)
    assert loss == pytest.approx(total - np.logaddexp.reduce(known))


def test_the_shorter_way_gives_the_same_gradient():
    """A full tagging through both ways: the open stretch holds the only tag that can be there."""
    emissions, potentials, packing = problem(5, TAGS, [3])
    full = np.eye(len(TAGS), dtype=bool)[[1, 2, 3]]  # B I E
    open_ = full.copy()
    open_[1, 1] = True  # B cannot follow B, so this adds no way
    short = crf_loss(emissions[packing.rows], full[packing.rows], potentials, packing)
    long = crf_loss(emissions[packing.rows], open_[packing.rows], potentials, packing)
    assert short[0] == pytest.approx(long[0])
    for name in ("emissions", "moves", "start", "end"):
        left, right = getattr(short[1], name), getattr(long[1], name)
        np.testing.assert_allclose(left, right, atol=1e-9)


def _difference(values, index, loss, step=1e-5):
    before = values[index]
    values[index] = before + step
    up = loss()
    values[index] = before - step
    down = loss()
    values[index] = before
    return (up - down) / (2 * step)


def test_a_text_of_which_nothing_is_known_teaches_nothing():
    emissions, potentials, packing = problem(7)
    loss, gradient = crf_loss(
        emissions[packing.rows], np.ones((11, len(TAGS)), dtype=bool), potentials, packing
    )
    assert loss == pytest.approx(0)
    assert np.abs(gradient.emissions).max() < 1e-12


def test_best_tags_always_decode():
    """Whatever the scores, no tag follows one that it may not follow."""
    tags = Tags(("ORG", "PERSON", "TITLE"))
    lengths = [40, 7, 1]
    emissions, potentials, packing = problem(9, tags, lengths)
    best = Lattice.of(10 * emissions[packing.rows], potentials, packing).best()
    for row in np.split(best[packing.unpack_order()], np.cumsum(lengths)[:-1]):
        spans = tags.decode(row)
        np.testing.assert_array_equal(tags.encode(spans, len(row)), row)
