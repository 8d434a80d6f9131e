"""What the checks are given."""

from __future__ import annotations

import pytest

from etl.jobs.plausibility.sides import Sides, period_labels
from tests.etl.jobs.plausibility.sides import KNOWN, sides, this_month, this_year, yearly
from tests.etl.measures.county import observations


def test_together_the_delivery_wins():
    both = sides([this_year(60.0)], [*yearly([50.0]), this_year(55.0)]).together.sort("_key")
    assert both.select("figure", "_new").rows() == [(50.0, False), (60.0, True)]


def test_together_example_and_real_stand_beside_each_other():
    both = sides([this_year(60.0)], [this_year(55.0, origin="example")]).together
    assert both.height == 2


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ({"value": "Värde"}, ["Värde", "Värde"]),
        ({"value": "Värde", "value/dagar": "Dagar"}, ["Värde", "Dagar"]),
        ({}, [None, None]),
    ],
)
def test_headings_may_differ_by_indicator(headings, expected):
    rows = observations({"area": "14", "value": 1.0}, {"area": "14", "value": 1.0, "indicator": "dagar"})
    known = Sides.of(rows, observations(), KNOWN, headings)
    assert known.delivered.with_columns(known.heading("value").alias("told"))["told"].to_list() == expected


def test_a_row_in_words():
    known = sides([this_month(1.0, sex="women", age="65+")], [])
    assert known.named(known.delivered)["what"].to_list() == ["manad, Alfa, december 2024, kvinnor, 65+"]


def test_labels_of_periods():
    rows = observations({"area": "14"}, {"area": "1401"}, this_month(1.0, area="14"))
    assert sorted(period_labels(rows)["period"].to_list()) == ["2020", "december 2024"]


def test_rows_of_indicators_that_the_catalogue_lost_are_left_out():
    assert sides([], [{"indicator": "borta", "value": 1.0}]).published.is_empty()
