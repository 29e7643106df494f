"""Plots and escaping: what stands on a page is what was given."""

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.page import interval_bar, learning_curve, precision_recall, reliability
from govner.page.render import count, data, percent
from govner.page.svg import _ticks, floor_of

SHARE = st.floats(0, 1)


@given(st.lists(st.tuples(SHARE, SHARE), max_size=8), SHARE, SHARE)
def test_plots_are_well_formed_and_stay_inside(curve, recall, precision):
    interval = (min(recall, precision), max(recall, precision))
    points = {"ORG": ((recall, precision), interval, None)}
    for plot in (
        precision_recall(points, {"ORG": curve}),
        reliability([(1, sure, right, interval) for sure, right in curve]),
        learning_curve([(9, precision, interval), (20, recall, None)], [(9, precision)]),
        learning_curve([(9, precision, None)], forecast=(109, recall, interval)),
        interval_bar(*sorted((recall, precision, 0.5)), start=0.0, label="ORG"),
    ):
        tree = ElementTree.fromstring(plot)
        for dot in tree.iter("circle"):
            assert 0 <= float(dot.get("cx")) <= 300
            assert 0 <= float(dot.get("cy")) <= 300


def test_a_point_stands_where_its_figures_say():
    plot = reliability([(3, 0.0, 1.0, None)])
    assert re.search(r'cx="44.0" cy="12.0"', plot)


@pytest.mark.parametrize(
    ("values", "start"),
    [([], 0.0), ([0.95, 0.97], 0.9), ([0.84, 0.9], 0.8), ([0.801], 0.7), ([0.0], 0.0)],
)
def test_the_axis_begins_below_every_value(values, start):
    assert floor_of(values) == start


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.3, 1, [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
        (0.9, 1, [0.9, 0.92, 0.94, 0.96, 0.98, 1]),
        (0, 75, [0, 10, 20, 30, 40, 50, 60, 70]),
        (0, 1000, [0, 200, 400, 600, 800, 1000]),
    ],
)
def test_ticks_stand_at_round_values(low, high, expected):
    assert _ticks(low, high) == pytest.approx(expected)


@given(st.text())
def test_data_cannot_leave_its_script(text):
    written = data([text])
    assert "<" not in written
    assert json.loads(written) == [text]


def test_figures_are_written_alike():
    assert (percent(0.94049), count(12345)) == ("94.0", "12,345")
