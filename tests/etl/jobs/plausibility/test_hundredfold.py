"""Fractions among percentages, and the reverse."""

from __future__ import annotations

import pytest

from etl.jobs.plausibility.hundredfold import hundredfold
from tests.etl.jobs.plausibility.sides import sides, this_year, yearly


def told(value: float, usual: float, **more):
    indicator = more.pop("indicator", "andel")
    return hundredfold(
        sides(
            [this_year(value, indicator=indicator, **more)], yearly([usual] * 3, indicator=indicator)
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "usual", "fires"),
    [
        (0.75, 76.0, True),
        (0.9, 62.0, True),
        (76.0, 0.75, True),
        (7.5, 76.0, False),
        (3.0, 76.0, False),
        (0.4, 0.5, False),
        (0.0, 76.0, False),
        (1.0, 40.0, False),
    ],
)
def test_about_a_hundred_times(value, usual, fires):
    assert (told(value, usual).height == 1) is fires


def test_how_it_is_told():
    row = told(0.75, 76.0).row(0, named=True)
    assert row["hint"].startswith("andel, Alfa, 2024: värdet är ungefär en hundradel av det publicerade.")
    assert (row["value"], row["expected"]) == ("0,750\u00a0%", "omkring 76,0\u00a0%")
    assert (row["sheet"], row["row"], row["column"], row["severity"]) == ("Blad1", 2, "Värde", "warning")
    assert "hundra gånger större än" in told(76.0, 0.75).row(0, named=True)["hint"]


def test_an_index_too():
    assert told(0.0036, 0.36, indicator="index").height == 1


def test_days_may_be_a_hundred_times_fewer():
    assert told(0.03, 3.0, indicator="dagar").is_empty()


def test_counts_tell_what_a_value_is():
    assert told(0.75, 76.0, numerator=3.0, denominator=400.0).is_empty()
    assert told(0.75, 76.0, denominator=400.0).height == 1


def test_an_area_without_history_is_held_against_the_indicator():
    assert told(0.75, 76.0, area="1402").height == 1
    assert told(0.75, 76.0, area="1402", origin="example").is_empty()


def test_without_anything_published_nothing_is_told():
    assert hundredfold(sides([this_year(0.75)], [])).is_empty()
