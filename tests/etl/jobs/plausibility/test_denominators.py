"""Denominators that jump."""

from __future__ import annotations

import pytest

from etl.jobs.plausibility.denominators import jumped_denominators
from tests.etl.jobs.plausibility.sides import MONTHS, monthly, sides, this_month, this_year, yearly


def told(now: float, before: float, **more) -> int:
    published = yearly([50.0], denominator=before)
    return jumped_denominators(sides([this_year(50.0, denominator=now, **more)], published)).height


@pytest.mark.parametrize(
    ("now", "before", "fires"),
    [
        (2000, 1000, 1), (1999, 1000, 0), (500, 1000, 1), (501, 1000, 0), (1_000_000, 1000, 1),
        (30, 99, 0), (50, 100, 1), (99, 10, 0), (100, 10, 1),
    ],
)  # fmt: skip
def test_a_factor_and_a_floor(now, before, fires):
    assert told(now, before) == fires


def test_how_it_is_told():
    row = jumped_denominators(
        sides([this_year(50.0, denominator=12000.0)], yearly([50.0], denominator=1200.0))
    ).row(0, named=True)  # fmt: skip
    assert row["hint"] == (
        "andel, Alfa, 2024: nämnaren är 12\u00a0000, perioden före var den 1\u00a0200. "
        "Kontrollera vilka som är räknade."
    )
    assert (row["value"], row["expected"]) == ("12\u00a0000", "i närheten av 1\u00a0200")
    assert (row["row"], row["column"], row["severity"]) == (2, "Nämnare", "warning")


def year_of_months(july: float) -> list[dict]:
    """Twelve months up to November 2024 and one December, of which July 2024 is low."""
    return [
        {**row, "denominator": july if row["period_start"].month == 7 else 1000.0}
        for row in monthly([50.0] * 24)
    ]


def test_a_summer_that_is_low_every_year_is_not_told():
    published = year_of_months(400)
    july = {**published[-5], "denominator": 410.0}
    assert july["period_start"].month == 7
    assert jumped_denominators(sides([july], published)).is_empty()


def test_a_month_that_is_low_for_once_is_told():
    assert jumped_denominators(sides([this_month(50.0, denominator=400.0)], year_of_months(400))).height == 1


def test_without_a_year_before_the_month_before_tells():
    published = monthly([50.0] * 3, denominator=1000.0)
    assert jumped_denominators(sides([this_month(50.0, denominator=400.0)], published)).height == 1


def test_the_delivery_is_held_against_itself_too():
    rows = [
        {
            "indicator": "manad",
            "period_type": "month",
            "period_start": start,
            "denominator": size,
            "value": 50.0,
        }
        for start, size in zip(MONTHS[:4], (1000.0, 1010.0, 10.0, 990.0), strict=True)
    ]
    assert jumped_denominators(sides(rows, []))["row"].to_list() == [4, 5]


def test_published_jumps_are_not_told_again():
    published = yearly([50.0, 50.0, 50.0], denominator=1000.0)
    published[1]["denominator"] = 5000.0
    new = this_year(50.0, denominator=1000.0)
    assert jumped_denominators(sides([new], published)).is_empty()


def test_example_and_real_are_never_compared():
    assert told(10_000, 1000, origin="example") == 0
    assert told(10_000, 1000, sex="women") == 0


def test_no_denominator_is_no_jump():
    assert jumped_denominators(sides([this_year(50.0)], yearly([50.0], denominator=1000.0))).is_empty()
    assert jumped_denominators(
        sides([this_year(50.0, denominator=0.0)], yearly([50.0], denominator=1e3))
    ).is_empty()
