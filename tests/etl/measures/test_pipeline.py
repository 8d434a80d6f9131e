"""The whole way from rows to judgements."""

from __future__ import annotations

import datetime as dt
import time

import polars as pl
import pytest

from etl.measures.pipeline import derive
from schemas.results import ASSESSED_SCHEMA, SERIES_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, observations, only, target

ALL = list(county.MUNICIPALITIES)


def derived(*rows, catalogue=None, **options):
    known = catalogue or county.catalogue(targets=[target()])
    return derive(observations(*rows), county.allocations(), known, county.population(), **options)


def test_nothing_gives_empty_frames_of_the_right_shape():
    series, judgements = derived()
    assert series.schema == pl.Schema(SERIES_SCHEMA)
    assert judgements.schema == pl.Schema(ASSESSED_SCHEMA)
    assert series.is_empty()
    assert judgements.is_empty()


def test_indicators_can_be_judged_without_a_single_figure():
    _, judgements = derived(indicators=["andel"])
    assert judgements.height == 10
    assert set(judgements["reason"]) == {"Ingen uppgift"}


def test_a_value_is_worked_out_from_its_counts():
    series, _ = derived({"area": "14", "numerator": 1.0, "denominator": 4.0})
    row = only(series, area="14")
    assert (row["value"], row["method"], row["flag"], row["reason"]) == (25.0, "direct", None, None)


def test_a_mean_with_its_spread_is_judged_with_certainty():
    days = county.catalogue(
        [indicator("dagar", unit="days", direction="lower", highest=365)],
        [target(indicator="dagar", value=3)],
    )

    def delivered(value, year, **more):
        row = {"indicator": "dagar", "area": "14", "value": value, "denominator": 400.0}
        return row | {"period_start": dt.date(year, 1, 1), **more}

    known = {"standard_deviation": 8.1}
    _, judgements = derived(delivered(9.0, 2019, **known), delivered(7.5, 2020, **known), catalogue=days)
    row = only(judgements, area="14")
    assert (row["change_is_certain"], row["judgement"]) == (True, "on_the_way")
    assert (row["before"], row["before_level"], row["before_reason"]) == ("better", 95.0, None)
    assert (row["interval_method"], row["lower"] < 7.5 < row["upper"]) == ("student", True)
    _, unknown = derived(delivered(9.0, 2019), delivered(7.5, 2020), catalogue=days)
    row = only(unknown, area="14")
    assert (row["change_is_certain"], row["judgement"], row["before"]) == (None, "not_on_the_way", None)


def test_a_row_that_says_nothing_is_missing():
    series, _ = derived({"area": "14"})
    row = only(series, area="14")
    assert (row["value"], row["flag"], row["reason"]) == (None, "missing", "Uppgift saknas hos källan")


def test_unknown_areas_and_indicators_are_left_out():
    series, judgements = derived(
        counted("9999", 1, 2), counted("14", 1, 2, indicator="okand"), counted("14", 1, 2)
    )
    assert series.select("indicator", "area").rows() == [("andel", "14")]
    assert set(judgements["indicator"]) == {"andel"}


def test_the_newest_batch_wins_where_two_rows_tell_the_same():
    series, _ = derived(counted("14", 1, 2, batch=1), counted("14", 3, 4, batch=2))
    assert only(series, area="14")["value"] == 75.0


def test_the_country_has_a_series_but_no_judgement():
    series, judgements = derived(counted("00", 1, 2), counted("14", 1, 2))
    assert set(series["area"]) == {"00", "14"}
    assert "00" not in set(judgements["area"])


def test_the_order_of_rows_does_not_matter():
    rows = [
        counted(area, 10 * place + 3, 100, period_start=dt.date(year, 1, 1), source=f"Källa {place}")
        for place, area in enumerate(ALL)
        for year in (2018, 2019, 2020)
    ]
    rows += [counted("14", 1, 2, origin="example"), {"area": "e-syd", "flag": "missing"}]
    first = derived(*rows)
    second = derived(*reversed(rows))
    assert first[0].equals(second[0])
    assert first[1].equals(second[1])


def test_from_rows_to_a_judgement():
    rows = [counted(area, 400, 1000, period_start=dt.date(2019, 1, 1)) for area in ALL]
    rows += [counted(area, 600, 1000) for area in ALL]
    _, judgements = derived(*rows)
    row = only(judgements, area="e-norr")
    assert (row["value"], row["previous_value"], row["change"]) == (60.0, 40.0, 20.0)
    assert (row["change_is_certain"], row["course"], row["judgement"]) == (True, "better", "on_the_way")
    assert row["lower"] < 60 < row["upper"]
    assert (row["members"], row["members_expected"], row["target"]) == (3, 3, "mal")


@pytest.mark.benchmark_suite
def test_a_whole_county_of_series_takes_well_under_a_second():
    """25 indicators, 49 municipalities, 84 months: the goal is under 1 s; the test allows for a busy machine."""
    codes = [f"{1400 + n}" for n in range(49)]
    base = county.catalogue([indicator(f"i{n}", period_type="month") for n in range(25)])
    first = base.areas["1401"]
    kept = {key: area for key, area in base.areas.items() if area.level != "kommun"}
    areas = kept | {code: first.model_copy(update={"id": code, "name": code}) for code in codes}
    memberships = [
        base.memberships[0].model_copy(update={"municipality": code, "division": division, "area": area})
        for place, code in enumerate(codes)
        for division, area in (
            ("ett", ("e-norr", "e-syd")[place % 2]),
            ("tva", ("t-stad", "t-land")[place % 2]),
        )
    ]
    catalogue = base.model_copy(update={"areas": areas, "memberships": memberships})
    months = pl.date_range(dt.date(2019, 1, 1), dt.date(2025, 12, 1), "1mo", eager=True)
    grid = (
        pl.DataFrame({"indicator": list(catalogue.indicators)})
        .join(pl.DataFrame({"period_start": months}), how="cross")
        .join(pl.DataFrame({"area": codes}), how="cross")
    )
    frame = observations(counted("1401", 30, 100)).drop(grid.columns).join(grid, how="cross")
    frame = frame.select(observations().columns).with_columns(period_type=pl.lit("month"))
    started = time.perf_counter()
    series, _ = derive(frame, county.allocations(), catalogue, county.population())
    took = time.perf_counter() - started
    assert series.height == 25 * 84 * (49 + 4 + 1)
    assert took < 3


@pytest.mark.parametrize("column", ["value", "numerator"])
def test_what_is_no_number_is_missing(column):
    rows = counted("1401", 30, 100) | {column: float("inf"), "denominator": None}
    series, judged = derive(observations(rows), county.allocations(), county.catalogue(), county.population())
    figure = only(series, area="1401")
    assert figure[column] is None
    assert not judged["value"].is_infinite().any()
    if column == "value":
        assert (figure["flag"], figure["reason"]) == ("missing", "Uppgift saknas hos källan")
