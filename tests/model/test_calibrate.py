"""Probabilities before and after a temperature."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.model.calibrate import calibrate, expected_error, soften


def boasting(temperature, number=4000):
    """Return probabilities whose log odds are ``temperature`` times what they should be."""
    draw = np.random.default_rng(0)
    honest = draw.uniform(0.5, 0.99, number)
    right = draw.random(number) < honest
    return soften(honest, 1 / temperature), right


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_the_temperature_is_found_again(temperature):
    found = calibrate(*boasting(temperature))
    assert found.temperature == pytest.approx(temperature, rel=0.15)
    assert found.after < 0.03
    assert found.after <= found.before + 0.01
    assert found.entities == 4000


def test_few_entities_teach_nothing():
    assert calibrate([0.9] * 29, [False] * 29).temperature == 1.0
    assert calibrate([], []).after == 0.0


def test_the_error_is_the_distance_of_probability_and_share():
    sure = np.array([0.95, 0.95, 0.55, 0.55])
    right = np.array([True, False, True, False])
    assert expected_error(sure, right) == pytest.approx((0.9 + 0.1) / 4)


@given(st.lists(st.floats(0.001, 0.999), min_size=2, max_size=9, unique=True), st.floats(0.2, 7))
def test_the_order_stays(probabilities, temperature):
    softened = soften(sorted(probabilities), temperature)
    assert (np.diff(softened) >= 0).all()
    assert ((softened > 0.5) == (np.array(sorted(probabilities)) > 0.5)).all()
    np.testing.assert_allclose(soften(probabilities, 1.0), probabilities)
