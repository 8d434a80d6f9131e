"""Periods as whole numbers."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures import regular
from schemas.period import Period, PeriodType

KINDS = [kind for kind in PeriodType if kind is not PeriodType.DATE]
START = {
    PeriodType.YEAR: "2024",
    PeriodType.SEASON: "2024/2025",
    PeriodType.HALF_YEAR: "2024H2",
    PeriodType.QUARTER: "2024K3",
    PeriodType.MONTH: "2024-12",
    PeriodType.WEEK: "2024V52",
}


def periods(kind: PeriodType, count: int) -> list[Period]:
    """The period in `START` and those that follow it."""
    found = [Period.from_code(START[kind])]
    for _ in range(count):
        found.append(Period(found[-1].end + dt.timedelta(days=1), kind))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_one_after_another(kind):
    frame = pl.DataFrame({"start": [item.start for item in periods(kind, 60)]})
    numbers = regular.numbers(frame["start"], pl.Series([str(kind)]))
    assert numbers.diff().drop_nulls().unique().to_list() == [1]
    back = pl.DataFrame({"n": numbers}).select(regular.start(pl.col("n"), pl.lit(str(kind)))).to_series()
    assert back.to_list() == frame["start"].to_list()


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None)
@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2045, 12, 31)))
def test_the_last_that_has_ended(kind, day):
    last = regular.last_numbers(pl.Series([day]), pl.Series([str(kind)]))
    start = pl.DataFrame({"n": last}).select(regular.start(pl.col("n"), pl.lit(str(kind)))).item()
    ended = Period(start, kind)
    following = Period(ended.end + dt.timedelta(days=1), kind)
    assert ended.end <= day < following.end


def test_dates_are_no_periods():
    assert regular.numbers(pl.Series([dt.date(2024, 5, 17)]), pl.Series(["date"])).to_list() == [None]
    assert "date" not in regular.PER_YEAR
