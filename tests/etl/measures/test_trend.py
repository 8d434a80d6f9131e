"""The recent trend, against a hand-worked example, statsmodels, and each reason why there is none."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures import frames
from etl.measures.judgement import judge
from etl.measures.trend import recent_trend, weighted_slope
from tests.etl.measures import county
from tests.etl.measures.county import indicator, only, series


def points(values, widths=3.92, years=None, **more):
    """Yearly figures from 2016 on, with intervals of the given widths."""
    widths = [widths] * len(values) if isinstance(widths, float) else widths
    years = years or range(2016, 2016 + len(values))
    return [
        {
            "period_start": dt.date(year, 1, 1),
            "value": value,
            "lower": None if width is None else value - width / 2,
            "upper": None if width is None else value + width / 2,
            **more,
        }
        for year, value, width in zip(years, values, widths, strict=True)
    ]


def told(rows, **changes):
    catalogue = county.catalogue([indicator(**changes)])
    frame = series(*rows)
    row = only(recent_trend(frame, frames.rules(catalogue)), area="14")
    judged = judge(frame, catalogue, ["andel"])
    assert only(recent_trend(frame, frames.rules(catalogue), judged), area="14") == row
    return row["trend"], row["trend_slope"], row["trend_reason"]


def test_a_hand_worked_example():
    # Standard errors 1, so all weights are 1: mean year 2018, the sum of squares around it 10,
    # slope (-2*50 - 1*51 + 0*53 + 1*54 + 2*55) / 10 = 13/10, (slope/SE)² = 1.3² * 10 = 16.9 > 9.5495.
    # Left out in turn the slope stays above 0.
    trend, slope, reason = told(points([50.0, 51.0, 53.0, 54.0, 55.0]))
    assert (trend, reason) == ("better", None)
    assert slope == pytest.approx(1.3)


def test_just_below_and_just_above_the_critical_value():
    # (slope/SE)² = slope² * 10 with standard errors of 1: the slope must be above 0.97721...
    at = np.sqrt(9.5495 / 10)
    assert told(points([at * 0.9999 * year for year in range(10, 15)]))[0] == "no_change"
    assert told(points([at * 1.0001 * year for year in range(10, 15)]))[0] == "better"


def test_one_point_must_not_make_the_trend():
    # Certain over all five, but without the last one it turns.
    values = [50.0, 49.9, 49.8, 49.7, 60.0]
    trend, slope, _ = told(points(values))
    assert slope**2 * 10 > 9.5495
    assert trend == "no_change"


@pytest.mark.parametrize(
    ("direction", "values", "expected"),
    [
        ("higher", [50.0, 52.0, 54.0, 56.0, 58.0], "better"),
        ("higher", [58.0, 56.0, 54.0, 52.0, 50.0], "worse"),
        ("lower", [50.0, 52.0, 54.0, 56.0, 58.0], "worse"),
        ("lower", [58.0, 56.0, 54.0, 52.0, 50.0], "better"),
        ("none", [50.0, 52.0, 54.0, 56.0, 58.0], "increasing"),
        ("none", [58.0, 56.0, 54.0, 52.0, 50.0], "decreasing"),
        ("higher", [50.0, 50.0, 50.0, 50.0, 50.0], "no_change"),
        ("higher", [99.9] * 5, "no_change"),
    ],
)
def test_direction(direction, values, expected):
    assert told(points(values), direction=direction)[0] == expected


def test_only_the_newest_five_count():
    assert told(points([90.0, 80.0, 50.0, 52.0, 54.0, 56.0, 58.0]))[:2] == ("better", pytest.approx(2.0))


def test_a_gap_makes_the_slope_no_steeper():
    years = [2010, 2012, 2014, 2016, 2018]
    assert told(points([50.0, 52.0, 54.0, 56.0, 58.0], years=years))[1] == pytest.approx(1.0)


def test_a_year_without_a_value_is_passed_over():
    values, widths = [40.0, 50.0, 52.0, None, 56.0, 58.0], [3.92, 3.92, 3.92, None, 3.92, 3.92]
    years = np.array([2016, 2017, 2018, 2020, 2021])
    expected = np.polyfit(years, [40.0, 50.0, 52.0, 56.0, 58.0], 1)[0]
    assert told(points(values, widths))[1] == pytest.approx(expected)


@pytest.mark.parametrize("lacking", [[5], [1], [2, 3, 4, 5]])
def test_no_trend_of_older_figures_than_the_newest_five(lacking):
    """Five others were told as the newest ones."""
    widths = [None if place in lacking else 3.92 for place in range(6)]
    rows = points([50.0, 53.0, 56.0, 59.0, 62.0, 62.0], widths)
    assert told(rows) == (None, None, "Trend kräver 5 värden med felmarginal, och sådana saknas")
    before = points([50.0, *(50.0 + year for year in range(5))], [None] + [3.92] * 5)
    assert told(before)[0] == "better"


def test_seasons_count_as_years_and_rates_as_shares():
    rows = points([50.0, 52.0, 54.0, 56.0, 58.0])
    seasons = [
        {**row, "period_type": "season", "period_start": row["period_start"].replace(month=7)} for row in rows
    ]
    assert told(seasons, period_type="season")[0] == "better"
    assert told(rows, unit="days_per_inhabitant", direction="lower", highest=100)[0] == "worse"


@pytest.mark.parametrize(
    ("rows", "changes", "reason"),
    [
        (points([50.0] * 4), {}, "Trend kräver 5 år, men det finns bara 4"),
        (points([None] * 5, [None] * 5), {}, "Det finns inga värden att räkna trend på"),
        (
            points([50.0] * 6, [3.92, None, 3.92, 3.92, None, 3.92]),
            {},
            "Trend kräver 5 värden med felmarginal, och sådana saknas",
        ),
        (points([50.0] * 5, 0.0), {}, "Trend kräver 5 värden med felmarginal, och sådana saknas"),
        (
            points([0.5] * 5),
            {"unit": "index", "roll_up": "population_weighted"},
            "Trend räknas bara för andelar och för antal per invånare",
        ),
        (
            points([3.0] * 5),
            {"unit": "days"},
            "Trend räknas bara för andelar och för antal per invånare",
        ),
        (
            [{**row, "period_type": "month"} for row in points([50.0] * 5)],
            {"period_type": "month"},
            "Trend räknas på hela år, men uppgifterna gäller månader",
        ),
        (
            [{**row, "period_type": "date"} for row in points([50.0] * 5)],
            {"period_type": "date"},
            "Trend räknas på hela år, men uppgifterna gäller enstaka datum",
        ),
    ],
)
def test_why_there_is_none(rows, changes, reason):
    assert told(rows, **changes) == (None, None, reason)


def test_examples_are_not_mixed_with_real_figures():
    rows = points([50.0, 52.0, 54.0, 56.0, 58.0])
    rows[0]["origin"] = "example"
    assert told(rows)[2] == "Trend kräver 5 år, men det finns bara 4"


def test_an_area_that_nothing_is_known_of_has_a_reason_too():
    catalogue = county.catalogue()
    frame = series(*points([50.0] * 5))
    found = recent_trend(frame, frames.rules(catalogue), judge(frame, catalogue, ["andel"]))
    assert only(found, area="1401")["trend_reason"] == "Det finns inga värden att räkna trend på"
    assert found.filter(pl.col("trend").is_null() & pl.col("trend_reason").is_null()).is_empty()


def test_nothing_at_all():
    assert recent_trend(series(), frames.rules(county.catalogue())).is_empty()


@given(
    st.lists(st.floats(0, 100), min_size=5, max_size=5),
    st.lists(st.floats(0.1, 10), min_size=5, max_size=5),
    st.lists(st.integers(1990, 2030), min_size=5, max_size=5, unique=True).map(sorted),
)
def test_the_slope_is_that_of_statsmodels(values, widths, years):
    weight = 1 / (np.array(widths) / 3.92) ** 2
    slope, information = weighted_slope(*(np.array([part], float) for part in (years, values, weight)))
    centred = np.array(years, float) - np.mean(years)
    oracle = sm.WLS(np.array(values), sm.add_constant(centred), weights=weight).fit(
        cov_type="fixed scale", cov_kwds={"scale": 1.0}
    )
    assert slope[0] == pytest.approx(oracle.params[1], rel=1e-7, abs=1e-7)
    assert 1 / np.sqrt(information[0]) == pytest.approx(oracle.bse[1], rel=1e-7)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(15)), st.floats(0.1, 1000))
def test_neither_the_order_of_rows_nor_names_nor_the_scale_matter(order, factor):
    areas = {"14": [50.0, 52, 54, 56, 58], "1401": [58.0, 57, 56, 55, 50], "1402": [50.0, 52, 49, 51, 50]}
    rows = [row for area, values in areas.items() for row in points(values, area=area)]
    rules = frames.rules(county.catalogue())
    plain = recent_trend(series(*rows), rules)
    assert plain["trend"].to_list() == ["better", "worse", "no_change"]
    scaled = [
        {
            **row,
            **{name: row[name] * factor for name in ("value", "lower", "upper")},
            "area": "x" + row["area"],
        }
        for row in rows
    ]
    other = recent_trend(series(*(scaled[place] for place in order)), rules)
    assert other["area"].str.strip_prefix("x").to_list() == plain["area"].to_list()
    assert other["trend"].to_list() == plain["trend"].to_list()
    assert other["trend_slope"].to_list() == pytest.approx((plain["trend_slope"] * factor).to_list())
