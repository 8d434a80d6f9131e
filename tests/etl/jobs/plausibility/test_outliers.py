"""Values far outside their series' history."""

from __future__ import annotations

import itertools
import statistics
from random import Random

import pytest

from etl.jobs.plausibility.outliers import LEAST_POINTS, LIMIT, outliers
from tests.etl.jobs.plausibility.sides import monthly, sides, this_month, this_year, yearly
from tests.etl.measures.county import counted

STEADY = [70.0, 72.0, 71.0, 73.0, 70.0, 71.0, 72.0, 70.0, 71.0, 73.0]


def told(value: float | None, history: list[float | None], **more) -> list[str]:
    return outliers(sides([this_year(value, **more)], yearly(history)))["hint"].to_list()


def test_a_value_far_below_everything_is_told_with_its_place():
    found = outliers(sides([this_year(7.1)], yearly(STEADY)))
    assert found.rows(named=True) == [
        {
            "code": "far_from_history",
            "severity": "warning",
            "sheet": "Blad1",
            "row": 2,
            "column": "Värde",
            "value": "7,1\u00a0%",
            "expected": "i närheten av 70,0–73,0\u00a0%, som hittills",
            "hint": "andel, Alfa, 2024: 7,1\u00a0% ligger långt under allt som serien har haft hittills. "
            "Kontrollera uppgiften.",
        }
    ]


@pytest.mark.parametrize(("value", "fires"), [(64.0, False), (63.5, True), (79.0, False), (79.5, True)])
def test_the_range_is_widened_by_the_natural_limits(value, fires):
    steps = [abs(one - other) for one, other in itertools.pairwise(STEADY)]
    margin = LIMIT * statistics.median(steps)
    outside = value < min(STEADY) - margin or value > max(STEADY) + margin
    assert outside is fires, "the case is what it says"
    assert bool(told(value, STEADY)) is fires


def test_above_is_told_as_above():
    (said,) = told(99.0, STEADY)
    assert "långt över" in said


def test_a_season_is_within_the_range():
    summer = [80.0, 80.0, 81.0, 80.0, 79.0, 75.0, 68.0, 71.0, 77.0, 80.0, 81.0, 80.0]
    history = monthly([*summer, *summer, *summer][:-5])
    assert outliers(sides([this_month(68.5)], history)).is_empty()
    assert outliers(sides([this_month(30.0)], history)).height == 1


def test_a_steady_rise_goes_on():
    assert told(70.0, [40.0, 45.0, 51.0, 54.0, 60.0, 65.0]) == []
    assert told(99.0, [40.0, 45.0, 51.0, 54.0, 60.0, 61.0]) != []


def test_a_constant_series_may_move_a_little():
    assert told(95.0 + LEAST_POINTS, [95.0] * 12) == []
    assert told(95.0 - LEAST_POINTS - 0.1, [95.0] * 12) != []


def test_a_constant_series_of_days_may_move_by_a_tenth():
    history = yearly([3.0] * 12, indicator="dagar")
    assert outliers(sides([this_year(3.3, indicator="dagar")], history)).is_empty()
    assert outliers(sides([this_year(3.4, indicator="dagar")], history)).height == 1


def test_a_short_series_says_nothing():
    assert told(5.0, STEADY[:4]) == []
    assert told(5.0, STEADY[:5]) != []


def test_a_short_series_has_wider_limits():
    assert told(62.0, STEADY[:8]) == []
    assert told(62.0, STEADY) != []


def test_chance_in_a_small_municipality_is_no_news():
    small = [counted("1401", 14, 20, period_start=row["period_start"]) for row in yearly(STEADY)]
    large = [{**row, "numerator": 14000.0, "denominator": 20000.0} for row in small]
    start = this_year()["period_start"]
    few = counted("1401", 9, 20, period_start=start)
    many = counted("1401", 9000, 20000, period_start=start)
    assert outliers(sides([few], small)).is_empty()
    assert outliers(sides([many], large)).height == 1


def test_one_published_error_does_not_widen_the_limits_much():
    assert told(150.0, [*STEADY[:5], 7.1, *STEADY[5:]]) != []


def test_example_and_real_are_different_series():
    history = yearly(STEADY, origin="example")
    assert outliers(sides([this_year(7.1)], history)).is_empty()
    assert outliers(sides([this_year(7.1, origin="example")], history)).height == 1


@pytest.mark.parametrize(
    "other", [{"area": "1402"}, {"sex": "women"}, {"age": "18+"}, {"period_type": "season"}]
)
def test_other_series_are_not_compared(other):
    assert outliers(sides([this_year(7.1, **other)], yearly(STEADY))).is_empty()


def test_a_silent_figure_is_not_an_outlier():
    assert told(7.1, STEADY, flag="suppressed") == []
    assert told(None, STEADY, flag="missing") == []


def test_a_figure_worked_out_from_counts_is_looked_at():
    counts = this_year(numerator=10.0, denominator=1000.0)
    for value in (None, 1.0):
        found = outliers(sides([{**counts, "value": value}], yearly(STEADY)))
        assert found["column"].to_list() == ["Täljare"]
    rounded = {**counts, "numerator": 10.4, "value": 1.0}
    assert outliers(sides([rounded], yearly(STEADY)))["column"].to_list() == ["Värde"]


def test_the_first_delivery_has_no_history():
    assert outliers(sides([this_year(7.1)], [])).is_empty()


def test_pure_chance_hardly_ever_fires():
    draw = Random(7)
    series = {f"{number}+": [draw.gauss(70, 3) for _ in range(25)] for number in range(400)}
    history = [row for age, values in series.items() for row in monthly(values[:-1], age=age)]
    new = [this_month(values[-1], age=age) for age, values in series.items()]
    assert outliers(sides(new, history)).height <= 2
