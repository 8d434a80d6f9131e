from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.period import Period, PeriodType

CASES = [
    (PeriodType.YEAR, date(2024, 1, 1), date(2024, 12, 31), "2024", "2024"),
    (PeriodType.HALF_YEAR, date(2024, 1, 1), date(2024, 6, 30), "2024H1", "första halvåret 2024"),
    (PeriodType.HALF_YEAR, date(2024, 7, 1), date(2024, 12, 31), "2024H2", "andra halvåret 2024"),
    (PeriodType.QUARTER, date(2024, 10, 1), date(2024, 12, 31), "2024K4", "kvartal 4 2024"),
    (PeriodType.MONTH, date(2024, 2, 1), date(2024, 2, 29), "2024-02", "februari 2024"),
    (PeriodType.MONTH, date(2023, 12, 1), date(2023, 12, 31), "2023-12", "december 2023"),
    (PeriodType.WEEK, date(2020, 12, 28), date(2021, 1, 3), "2020V53", "vecka 53 2020"),
    (PeriodType.SEASON, date(2022, 7, 1), date(2023, 6, 30), "2022/2023", "säsongen 2022–2023"),
    (PeriodType.DATE, date(2022, 10, 27), date(2022, 10, 27), "2022-10-27", "27 oktober 2022"),
]


@pytest.mark.parametrize(("kind", "start", "end", "code", "label"), CASES)
def test_end_code_and_label(kind, start, end, code, label):
    period = Period(start, kind)
    assert (period.end, period.code, period.label) == (end, code, label)


MONTHS = {
    PeriodType.YEAR: 12,
    PeriodType.HALF_YEAR: 6,
    PeriodType.QUARTER: 3,
    PeriodType.MONTH: 1,
    PeriodType.SEASON: 12,
}


@given(
    st.sampled_from(
        [PeriodType.YEAR, PeriodType.HALF_YEAR, PeriodType.QUARTER, PeriodType.MONTH, PeriodType.SEASON]
    ),
    st.integers(1991, 2099),
)
def test_periods_follow_on_each_other_without_a_gap(kind, year):
    period = Period(date(year, 7 if kind is PeriodType.SEASON else 1, 1), kind)
    following = Period(period.end + timedelta(days=1), kind)
    assert (following.start.month, following.start.day) == (
        (period.start.month + MONTHS[kind] - 1) % 12 + 1,
        1,
    )
    assert following.end > period.end


@given(st.dates(date(1991, 1, 1), date(2099, 12, 31)))
def test_codes_sort_as_time_does(day):
    month = Period(day.replace(day=1), PeriodType.MONTH)
    following = Period(month.end + timedelta(days=1), PeriodType.MONTH)
    assert month.code < following.code
