"""The newest figures: in order of time, with gaps, of the judgements' period type, and never what is hidden."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from dashboard import data
from dashboard.recent import MOST, arranged, recent
from schemas import clock

KEY = ["indicator", "age", "area"]


def rows(kind: str, *pairs: tuple[date, float | None], area: str = "14") -> pl.DataFrame:
    said = [("mpr-dos-1", "total", area, kind, start, value) for start, value in pairs]
    return pl.DataFrame(
        said, schema=[*KEY, "period_type", "period_start", "value"], orient="row"
    ).with_columns(pl.col("value").cast(pl.Float64))


@pytest.mark.parametrize(
    ("kind", "starts"),
    [
        ("month", [date(2024, 11, 1), date(2024, 12, 1), date(2025, 2, 1)]),
        ("quarter", [date(2024, 7, 1), date(2024, 10, 1), date(2025, 4, 1)]),
        ("half_year", [date(2023, 7, 1), date(2024, 1, 1), date(2025, 1, 1)]),
        ("year", [date(2021, 1, 1), date(2022, 1, 1), date(2024, 1, 1)]),
        ("season", [date(2020, 7, 1), date(2021, 7, 1), date(2023, 7, 1)]),
        ("week", [date(2024, 12, 23), date(2024, 12, 30), date(2025, 1, 13)]),
    ],
)
def test_a_missing_period_is_a_gap(kind, starts):
    found = arranged(rows(kind, *zip(starts, (1.0, 2.0, 3.0), strict=True)))
    assert found == {("mpr-dos-1", "total", "14"): (1.0, 2.0, None, 3.0)}


def test_dates_have_no_gaps():
    starts = [date(2022, 1, 3), date(2022, 5, 1), date(2022, 10, 27)]
    assert next(iter(arranged(rows("date", *zip(starts, (1.0, 2.0, 3.0), strict=True))).values())) == (
        1.0,
        2.0,
        3.0,
    )


def test_old_figures_beyond_a_long_gap_are_left_out():
    found = arranged(rows("year", (date(1980, 1, 1), 1.0), (date(2024, 1, 1), 2.0)))
    assert next(iter(found.values())) == (*[None] * (MOST - 1), 2.0)


def test_areas_are_apart():
    both = pl.concat(
        [rows("year", (date(2024, 1, 1), 1.0)), rows("year", (date(2023, 1, 1), 2.0), area="1490")]
    )
    assert arranged(both) == {("mpr-dos-1", "total", "14"): (1.0,), ("mpr-dos-1", "total", "1490"): (2.0,)}


def test_every_judged_figure_is_the_last_of_its_values(full):
    version = data.version()
    found = recent(version)
    checked = 0
    for row in data.judgements(version).filter(pl.col("sex") == "total").iter_rows(named=True):
        values = found.get((row["indicator"], row["age"], row["area"]), ())
        assert len(values) <= MOST
        if row["value"] is not None:
            assert values[-1] == row["value"]
            checked += 1
    assert checked > 1000


def test_what_is_hidden_stays_hidden(full):
    version, key = data.version(), ("bup-forsta-besok-30", "total", "vs-fyrbodal")
    series = data.series_of(version, key[0], key[1]).filter(pl.col("area") == key[2]).sort("period_start")
    hidden = series.filter(pl.col("flag") == "suppressed")
    assert hidden.height
    assert hidden["value"].null_count() == hidden.height
    assert list(recent(version)[key][-series.tail(MOST).height :]) == series["value"].tail(MOST).to_list()


def test_an_earlier_day_has_the_figures_of_that_day(own, time_passes):
    first = recent(data.live())
    time_passes(3)
    assert recent(data.Past(data.live(), clock.today() - timedelta(days=1))) == first


def test_nothing_is_published(empty):
    assert recent(data.version()) == {}
