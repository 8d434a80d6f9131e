"""What is said of a judgement besides its outcome: complete, the same however the rows come, never without a reason."""

from __future__ import annotations

import datetime as dt
from random import Random

import polars as pl
import pytest

from etl.measures.judgement import judge
from etl.measures.pipeline import derive
from schemas.results import ASSESSED_SCHEMA, ASSESSMENT_SCHEMA, JUDGEMENT_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, observations, only, target

CATALOGUE = county.catalogue(
    [
        indicator("andel", period_type="month"),
        indicator("lagre", direction="lower"),
        indicator("antal", unit="index", roll_up="sum", direction="none", highest=1000),
    ],
    [
        target(),
        target("stopp", cannot_be_judged="Målet gäller inte här", value=10),
        target("lagre-5", indicator="lagre", value=5),
    ],
)
YEARS = [dt.date(year, 1, 1) for year in range(2015, 2025)]
MONTHS = [dt.date(year, month, 1) for year in (2022, 2023, 2024) for month in range(1, 13)]

#: Each answer with the column that says why there is none.
REASONS = {
    "variation": "variation_reason",
    "trend": "trend_reason",
    "county": "county_reason",
    "country": "country_reason",
    "before": "before_reason",
    "projected": "projection_reason",
}


def some_rows(seed: int = 1) -> list[dict]:
    """Three indicators of all municipalities; in 1403 much better of late, in 1405 too small to be told from chance."""
    chance = Random(seed)
    rows = []
    for area in county.MUNICIPALITIES:
        size = 20 if area == "1405" else 2000
        for place, month in enumerate(MONTHS):
            share = 0.6 + (0.2 if area == "1403" and place > 24 else 0) + chance.uniform(-0.02, 0.02)
            rows.append(counted(area, round(size * share), size, period_start=month, period_type="month"))
        for place, year in enumerate(YEARS):
            rows.append(counted(area, 400 - 40 * place, 2000, period_start=year, indicator="lagre"))
            rows.append({"area": area, "value": 10.0 + place, "period_start": year, "indicator": "antal"})
    return rows


def assessed(rows: list[dict]) -> pl.DataFrame:
    return derive(observations(*rows), county.allocations(), CATALOGUE, county.population())[1]


@pytest.fixture(scope="module")
def found() -> pl.DataFrame:
    return assessed(some_rows())


def test_every_judgement_has_one_row_as_it_was_judged(found):
    series, _ = derive(observations(*some_rows()), county.allocations(), CATALOGUE, county.population())
    judged = judge(series, CATALOGUE, ["andel", "antal", "lagre"])
    assert found.schema == pl.Schema(ASSESSED_SCHEMA)
    assert found.select(list(JUDGEMENT_SCHEMA)).equals(judged)


@pytest.mark.parametrize(("answer", "reason"), REASONS.items())
def test_no_answer_without_a_reason_and_no_reason_beside_an_answer(found, answer, reason):
    assert found.filter(pl.col(answer).is_null() & pl.col(reason).is_null()).is_empty()
    if answer != "projected":
        assert found.filter(pl.col(answer).is_not_null() & pl.col(reason).is_not_null()).is_empty()
    for text in found[reason].drop_nulls().unique():
        assert text[0].isupper()
        assert "None" not in text


def test_whether_a_target_will_be_met_is_told_or_why_not(found):
    held = found.filter(pl.col("target").is_not_null())
    assert held.filter(pl.col("assurance").is_null() & pl.col("assurance_reason").is_null()).is_empty()
    assert only(found, indicator="andel", area="1401", target="mal")["assurance"] == "missed"


def test_a_target_that_nobody_is_judged_by_says_the_same_of_assurance(found):
    stopped = found.filter(target="stopp").filter(pl.col("value").is_not_null())
    assert set(stopped["judgement"]) == {"cannot_be_judged"}
    assert stopped["assurance"].null_count() == stopped.height
    assert set(stopped["assurance_reason"]) == {"Målet gäller inte här"}
    assert stopped["reach_first"].null_count() == stopped.height
    assert set(stopped["variation"]) > {None} or stopped["variation"].null_count() == 0


def test_a_planted_rise_is_an_improvement_and_the_small_one_is_chance(found):
    risen = only(found, indicator="andel", area="1403", target="mal")
    assert (risen["variation"], risen["before"], risen["before_level"]) == ("improvement", "better", 99.8)
    still = only(found, indicator="andel", area="1405", target="mal")
    assert (still["county"], still["county_level"]) == ("similar", None)


def test_a_fall_of_what_should_be_low_is_better(found):
    row = only(found, indicator="lagre", area="1401", target="lagre-5")
    assert (row["trend"], row["before"]) == ("better", "better")
    assert row["trend_slope"] == pytest.approx(-2.0)


def test_what_has_no_better_way_is_never_called_better_or_worse(found):
    rows = found.filter(indicator="antal")
    words = {word for name in ("variation", "trend", "county", "before") for word in rows[name].drop_nulls()}
    assert words.isdisjoint({"better", "worse", "improvement", "concern"})


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rows_changes_nothing(found, seed):
    rows = some_rows()
    Random(seed).shuffle(rows)
    again = assessed(rows)
    for name, dtype in ASSESSED_SCHEMA.items():
        if dtype == pl.Float64():
            assert again[name].to_list() == pytest.approx(found[name].to_list(), nan_ok=True)
        else:
            assert again[name].equals(found[name]), name


def test_another_size_of_everything_changes_no_direction(found):
    """Ten times as many of the same are surer, never the other way."""
    rows = [
        {name: value * 10 if name in {"numerator", "denominator"} else value for name, value in row.items()}
        for row in some_rows()
    ]
    again = assessed(rows)
    opposite = {"better": "worse", "worse": "better", "improvement": "concern", "concern": "improvement"}
    for name in ("variation", "trend", "county", "before", "assurance"):
        pairs = zip(found[name], again[name], strict=True)
        assert not [pair for pair in pairs if pair[0] and opposite.get(pair[0]) == pair[1]]


def test_nothing_gives_nothing():
    empty = derive(county.observations(), county.allocations(), CATALOGUE, county.population())[1]
    assert empty.is_empty()
    assert set(ASSESSMENT_SCHEMA) <= set(empty.columns)


def test_a_figure_that_never_came_is_not_told_of_by_an_older_one():
    months = [dt.date(2021 + place // 12, place % 12 + 1, 1) for place in range(40)]
    rows = [
        counted(area, 400 if place < 24 else 600 + place % 3, 1000, period_start=month, period_type="month")
        for area in county.MUNICIPALITIES
        for place, month in enumerate(months)
        if area != "1402" or place < 24
    ]
    every_month = county.catalogue([indicator(period_type="month", update_interval_months=1)], [target()])
    said = derive(observations(*rows), county.allocations(), every_month, county.population())[1]
    lacking = only(said, area="e-norr")
    assert (lacking["value"], lacking["variation"], lacking["variation_rule"]) == (None, None, None)
    assert lacking["variation_reason"] == "Den senaste uppgiften saknas eller är dold"
    assert only(said, area="e-syd")["variation"] == "improvement"
