from __future__ import annotations

from dataclasses import replace

import pytest

from etl.examples.recipes import Recipe
from etl.examples.series import Place, figures

PLACES = [
    Place("1401", "a", 500_000),
    Place("1402", "a", 5_000),
    Place("1403", "b", 60_000),
    Place("1404", "b", 12_000),
]
SHARE = Recipe("andel", "year", 2019, (50, 60, 70), 0.1, 4)


def county(rows, period):
    found = [row for row in rows if row.period == period]
    return 100 * sum(row.numerator or 0 for row in found) / sum(row.denominator for row in found)


def test_one_figure_per_municipality_and_period():
    rows = list(figures(SHARE, PLACES, 1))
    keys = {(row.area, row.period) for row in rows}
    assert len(rows) == len(keys) == 4 * 3


def test_counts_are_possible():
    extreme = replace(SHARE, levels=(0, 99.9, 100), spread=30)
    for row in figures(extreme, PLACES, 1):
        assert row.value is None
        assert row.numerator is not None
        assert 0 <= row.numerator <= row.denominator


def test_municipalities_together_give_the_county_s_level():
    rows = list(figures(SHARE, PLACES, 1))
    for period, level in (("2019", 50), ("2020", 60), ("2021", 70)):
        assert county(rows, period) == pytest.approx(level, abs=1.5)


def test_the_seed_decides_all_of_it():
    assert list(figures(SHARE, PLACES, 1)) == list(figures(SHARE, PLACES, 1))
    assert list(figures(SHARE, PLACES, 1)) != list(figures(SHARE, PLACES, 2))


def test_an_index_has_a_value_and_a_weight():
    recipe = replace(SHARE, kind="index", levels=(0.3, 0.95, 1.2), spread=0.1)
    for row in figures(recipe, PLACES, 1):
        assert row.numerator is None
        assert row.value is not None
        assert 0 <= row.value <= 1
        assert row.denominator > 0


def test_days_may_be_more_than_cases_and_their_companion_has_the_same():
    recipe = replace(SHARE, kind="days", levels=(3, 3, 3), spread=0.1, companion="per-invanare", elderly=True)
    rows = list(figures(recipe, PLACES, 1))
    own = [row for row in rows if row.indicator == "andel"]
    other = [row for row in rows if row.indicator == "per-invanare"]
    assert [row.numerator for row in own] == [row.numerator for row in other]
    assert all((row.numerator or 0) > row.denominator for row in own if row.area == "1401")
    assert {row.area: row.denominator for row in other}["1404"] == round(PLACES[3].elderly)


@pytest.mark.parametrize(
    ("inhabitants", "share"), [(0, 0.27), (60_000, 0.22), (120_000, 0.17), (500_000, 0.17)]
)
def test_small_municipalities_are_older(inhabitants, share):
    assert Place("1401", "a", inhabitants).elderly == pytest.approx(inhabitants * share)
