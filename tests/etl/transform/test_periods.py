from __future__ import annotations

import time
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.periods import parse
from schemas.period import Period, PeriodType


def one(text: str | None) -> tuple[date, str] | None:
    start, kind = parse(pl.Series([text], dtype=pl.String)).row(0)
    assert (start is None) == (kind is None)
    return None if start is None else (start, kind)


@pytest.mark.parametrize(
    ("texts", "start", "kind"),
    [
        (["2024", "år 2024", " 2024 ", "2024.0", "helår 2024"], (2024, 1, 1), "year"),
        (["2024H1", "VT2024", "vt 2024", "våren 2024", "2024 VT", "H1 2024", "första halvåret 2024", "halvår 1 2024"],
         (2024, 1, 1), "half_year"),
        (["2024H2", "HT2024", "HT-2024", "hösten 2024", "2024-H2", "andra halvåret 2024", "höstterminen 2024"],
         (2024, 7, 1), "half_year"),
        (["2024K2", "2024Q2", "2024 k2", "2024-Q2", "kvartal 2 2024", "kv 2 2024", "K2 2024", "2024 kvartal 2"],
         (2024, 4, 1), "quarter"),
        (["2024-05", "2024M05", "2024M5", "202405", "maj 2024", "Maj 2024", "2024 maj", "2024–05", "MAJ\u00a02024"],
         (2024, 5, 1), "month"),
        (["sept 2024", "sep. 2024", "september 2024"], (2024, 9, 1), "month"),
        (["2024 v.15", "2024 v15", "2024V15", "2024-W15", "v15 2024", "v. 15 2024", "vecka 15 2024", "vecka 15, 2024"],
         (2024, 4, 8), "week"),
        (["2021 v.1", "2021V01"], (2021, 1, 4), "week"),
        (["2020V53"], (2020, 12, 28), "week"),
        (["2022/2023", "2022-2023", "2022–2023", "2022/23", "2022-23", "säsong 2022–2023", "säsongen 2022/23",
          "Säsong 2022 - 2023"], (2022, 7, 1), "season"),
        (["2011/12", "säsong 2011-12", "2011–2012"], (2011, 7, 1), "season"),
        (["1999/2000", "1999/00"], (1999, 7, 1), "season"),
        (["2022-10-27", "2022-10-27 00:00:00", "2022-10-27T08:30:00Z", "20221027", "27.10.2022", "27 oktober 2022",
          "27 okt 2022", "den 27 oktober 2022"], (2022, 10, 27), "date"),
        (["2022-10"], (2022, 10, 1), "month"),
        (["2011-12"], (2011, 12, 1), "month"),
    ],
)  # fmt: skip
def test_ways_to_write_a_period(texts, start, kind):
    assert {text: one(text) for text in texts} == dict.fromkeys(texts, (date(*start), kind))


@pytest.mark.parametrize(
    "text",
    [
        "", "hej", "2024-13", "2024-00", "2024M13", "2024K5", "2024H3", "2024V54", "2024V53", "2024-W00", "2022-02-30",
        "30.2.2022", "2019-2023", "2022/2024", "2022-24", "22/23", "1066", "2101", "maj-24", "10/27/2022", "45322",
        "maj", "v15", "2024-05-17-3", "säsong 2022", "2023-2022", "20241", "mai 2024",
    ],
)  # fmt: skip
def test_what_is_no_period(text):
    assert one(text) is None


def test_an_empty_cell_is_no_period():
    assert one(None) is None


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_week_begins_on_its_monday(day):
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    if 1990 <= year <= 2100:
        assert one(f"{year} v.{week}") == (monday, "week")


STARTS = {
    PeriodType.YEAR: lambda d: date(d.year, 1, 1),
    PeriodType.HALF_YEAR: lambda d: date(d.year, 1 if d.month < 7 else 7, 1),
    PeriodType.QUARTER: lambda d: date(d.year, (d.month - 1) // 3 * 3 + 1, 1),
    PeriodType.MONTH: lambda d: d.replace(day=1),
    PeriodType.WEEK: lambda d: d - timedelta(days=d.weekday()),
    PeriodType.SEASON: lambda d: date(d.year, 7, 1),
    PeriodType.DATE: lambda d: d,
}


@settings(deadline=None)
@given(st.sampled_from(list(PeriodType)), st.dates(date(1991, 1, 1), date(2099, 12, 31)), st.booleans())
def test_codes_and_labels_of_our_own_are_read_back(kind, day, as_label):
    period = Period(STARTS[kind](day), kind)
    text = period.label if as_label else period.code
    assert one(text) == (period.start, str(kind))


@settings(deadline=None)
@given(st.text(max_size=14))
def test_any_text_is_a_period_or_none(text):
    found = one(text)
    assert found is None or 1989 <= found[0].year <= 2100


def test_rows_keep_their_order_and_repeats():
    found = parse(pl.Series(["2024", None, "x", "2024-05", "2024"]))
    assert found["period_type"].to_list() == ["year", None, None, "month", "year"]


@pytest.mark.benchmark_suite
def test_two_hundred_thousand_different_bad_periods_are_quick():
    texts = pl.Series([f"2024-{i}" for i in range(3000, 203_000)])
    start = time.perf_counter()
    assert parse(texts)["period_start"].null_count() == 200_000
    assert time.perf_counter() - start < 4
