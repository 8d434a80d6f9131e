"""What the measures say of an indicator: by version, and the same as what is judged."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard import data, measured
from schemas.catalogue import Level
from schemas.results import ASSESSED_SCHEMA
from schemas.swedish import rounded

MONTHLY = "vardgaranti-telefon"
TARGET = "vardgaranti-telefon-lag"
PLACES = ["14", "vs-skaraborg", "vs-simba"]


@pytest.mark.parametrize("place", PLACES)
def test_the_chart_says_what_the_judgement_says(full, place):
    version = data.version()
    row = measured.assessed(version, MONTHLY, "total", TARGET, place)
    points = measured.process(version, MONTHLY, "total", place).filter(period_type=row["period_type"])
    newest = points.row(-1, named=True)
    assert set(row) == set(ASSESSED_SCHEMA)
    assert (newest["signal"], newest["rule"]) == (row["variation"], row["variation_rule"])
    assert (newest["mean"], newest["upper_limit"]) == (row["process_mean"], row["process_upper"])
    assert newest["period_start"] == row["period_start"]
    assert newest["origin"] == row["origin"]


@pytest.mark.parametrize("place", PLACES)
def test_the_projection_ends_where_the_judgement_says(full, place):
    version = data.version()
    row = measured.assessed(version, MONTHLY, "total", TARGET, place)
    ahead = measured.ahead(version, MONTHLY, "total", place).filter(
        pl.col("period_end") <= row["projected_on"]
    )
    last = ahead.row(-1, named=True)
    assert (last["value"], last["lower"], last["upper"]) == pytest.approx(
        (row["projected"], row["projected_lower"], row["projected_upper"])
    )
    assert last["period_end"] == row["projected_on"]


def test_a_gap_is_between_two_figures_of_its_period(full):
    version = data.version()
    series = data.series_of(version, MONTHLY, "total")
    newest = measured.gaps(version, MONTHLY, "total").filter(
        "is_newest", pl.col("division") == "vardsamverkan"
    )
    row = newest.row(0, named=True)
    own = series.filter(
        (pl.col("division") == "vardsamverkan") & (pl.col("period_start") == row["period_start"])
    )["value"]
    assert row["gap"] == pytest.approx(own.max() - own.min(), abs=0.11)


def test_a_gap_is_that_between_the_two_values_as_shown(full, catalogue):
    decimals = catalogue.indicators[MONTHLY].decimals
    found = measured.gaps(data.version(), MONTHLY, "total").filter(pl.col("gap").is_not_null())
    for row in found.iter_rows(named=True):
        shown = rounded(row["highest_value"], decimals) - rounded(row["lowest_value"], decimals)
        assert row["gap"] == pytest.approx(shown, abs=1e-9)
    assert found.height > 0


def test_the_funnel_is_of_the_municipalities(full, catalogue):
    points, curves = measured.funnel(data.version(), MONTHLY, "total", "month", Level.MUNICIPALITY)
    assert set(points["area"]) <= {area.id for area in catalogue.municipalities}
    assert curves["centre"].n_unique() == 1
    assert measured.funnel(data.version(), MONTHLY, "total", "year", Level.MUNICIPALITY)[0].is_empty()


def test_what_is_not_there_is_empty(full):
    assert measured.assessed(data.version(), MONTHLY, "65+", TARGET, "14") == {}


def test_a_version_is_worked_out_once(full):
    version = data.version()
    assert measured.process(version, MONTHLY, "total", "14") is measured.process(
        version, MONTHLY, "total", "14"
    )
    assert measured.sides(version) is measured.sides(version)


def test_nothing_is_published(empty):
    version = data.version()
    assert measured.process(version, MONTHLY, "total", "14").is_empty()
    assert measured.ahead(version, MONTHLY, "total", "14").is_empty()
    assert measured.gaps(version, MONTHLY, "total").is_empty()
    assert measured.funnel(version, MONTHLY, "total", None, Level.MUNICIPALITY)[1].is_empty()


def test_the_days_to_mark_are_the_catalogues(full, catalogue):
    marks = measured.marks(data.version()).filter(indicator=MONTHLY)
    assert set(marks["label"]) >= {"Färdplanen gäller"}
    assert marks["date"].is_sorted()
