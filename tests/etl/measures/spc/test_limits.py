"""Mean and limits."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from statprocon import XmR

from etl.measures.spc.limits import MINIMUM_POINTS, SCREENING_FACTOR
from tests.etl.measures.spc.making import drawn, limits_of, many, rules

#: NHSRplotthedots' own example of screening, 18 figures.
PUBLISHED = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


@pytest.mark.parametrize(("screening", "wanted"), [(True, (-0.72, 1.94, 4.60)), (False, (-3.06, 1.94, 6.95))])
def test_the_published_example(screening, wanted):
    chart = drawn([float(value) for value in PUBLISHED], spc={"screening": screening})
    assert tuple(round(number, 2) for number in limits_of(chart)) == wanted


@pytest.mark.parametrize("seed", range(25))
def test_unscreened_limits_agree_with_statprocon(seed):
    random = np.random.default_rng(seed)
    # statprocon rounds to three decimals: with figures in the millions that leaves ten digits
    values = random.normal(5e6, 10.0 ** random.integers(3, 6), random.integers(MINIMUM_POINTS, 60)).round(2)
    oracle = XmR(values.tolist())
    wanted = [
        float(bound[0])
        for bound in (
            oracle.lower_natural_process_limit(),
            oracle.x_central_line(),
            oracle.upper_natural_process_limit(),
        )
    ]
    chart = drawn(values.tolist(), spc={"screening": False})
    assert limits_of(chart) == pytest.approx(wanted, rel=1e-9)
    outside = oracle.rule_1_x_indices_beyond_limits()
    assert (chart["rule"] == "outside").fill_null(value=False).to_list() == outside


def screened(values):
    """Limits by hand: one series, plain Python."""
    ranges = [abs(after - before) for before, after in pairwise(values)]
    mean_range = sum(ranges) / len(ranges)
    kept = [size for size in ranges if size < SCREENING_FACTOR * mean_range] or ranges
    reach = 2.66 * sum(kept) / len(kept)
    mean = sum(values) / len(values)
    return mean - reach, mean, mean + reach


@pytest.mark.parametrize("seed", range(25))
def test_screened_limits_agree_with_a_reckoning_by_hand(seed):
    values = np.random.default_rng(seed).standard_t(2, size=30).tolist()
    assert limits_of(drawn(values)) == pytest.approx(screened(values), rel=1e-9)


def test_screening_is_done_once():
    # without 40 the next largest would be screened too, if it were done again
    values = [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 40.0, 0.0, 1.0, 0.0, 1.0, 0.0, 12.0, 0.0, 1.0, 0.0, 1.0]
    assert limits_of(drawn(values)) == pytest.approx(screened(values))
    ranges = np.abs(np.diff(values))
    again = ranges[ranges < 40]
    assert (again >= SCREENING_FACTOR * again.mean()).any()


def test_each_series_has_limits_of_its_own():
    from etl.measures import spc

    values = np.random.default_rng(1).normal(size=(5, 20))
    chart = spc.chart(many(values), rules())
    for row, (_, part) in zip(values, chart.group_by("area", maintain_order=True), strict=True):
        assert limits_of(part) == pytest.approx(screened(row.tolist()))


@pytest.mark.parametrize("constant", [0.0, 0.1, 1 / 3, 80.0, -7.7e9])
@pytest.mark.parametrize("screening", [True, False])
def test_a_constant_series_has_limits(constant, screening):
    chart = drawn([constant] * 20, spc={"screening": screening})
    assert limits_of(chart) == (constant, constant, constant)
    assert set(chart["signal"]) == {"common"}


def test_rounding_noise_in_a_constant_series_is_no_signal():
    noise = [0.1 + 0.2, 0.3] * 10
    assert len(set(noise)) == 2
    assert set(drawn(noise)["signal"]) == {"common"}
    rising = [80 + place * 1.5e-14 for place in range(20)]
    assert len(set(rising)) > 7
    assert set(drawn(rising)["signal"]) == {"common"}


def test_the_two_thirds_lines():
    row = drawn([float(value) for value in PUBLISHED]).row(0, named=True)
    assert row["near_upper"] == pytest.approx(row["mean"] + 2 / 3 * (row["upper_limit"] - row["mean"]))
    assert row["near_lower"] == pytest.approx(row["mean"] - 2 / 3 * (row["mean"] - row["lower_limit"]))


def test_lines_are_shown_within_what_is_possible_and_the_rules_use_the_true_ones():
    values = [99.0, 95.0] * 10
    chart = drawn(values, lowest=0, highest=100)
    assert limits_of(chart)[2] == 100.0
    assert limits_of(drawn(values))[2] == pytest.approx(97 + 2.66 * 4)
    # with limits clipped before the rules, 0 would be beyond the two-thirds line again and again
    low = [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0] * 3
    near = limits_of(drawn(low))[0] * 2 / 3 + limits_of(drawn(low))[1] / 3
    assert near < 0 < limits_of(drawn(low))[1] / 3
    chart = drawn(low, lowest=0, highest=100)
    assert limits_of(chart)[0] == 0.0
    assert set(chart["signal"]) == {"common"}
