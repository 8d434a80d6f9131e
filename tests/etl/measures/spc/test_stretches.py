"""Rebasing, a fixed baseline, and both."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import yaml

from etl.measures import spc
from schemas.catalogue_parts import ProcessChart
from tests.etl.measures import county
from tests.etl.measures.spc.making import (
    asked,
    drawn,
    fixed,
    judged,
    limits_of,
    line,
    rebased,
    rules,
    starts,
)

BEFORE, AFTER = [10.0, 11.0] * 10, [30.0, 32.0] * 10
BOTH = BEFORE + AFTER
DAYS = starts(len(BOTH))


def test_each_stretch_has_limits_of_its_own():
    chart = drawn(BOTH, rebases=rebased(DAYS[20]))
    assert chart["stretch"].to_list() == [1] * 20 + [2] * 20
    assert limits_of(chart, 0) == pytest.approx(limits_of(drawn(BEFORE)))
    assert limits_of(chart) == pytest.approx(limits_of(drawn(AFTER)))
    assert set(chart["signal"]) == {"common"}
    assert "common" not in set(drawn(BOTH)["signal"])


def test_no_run_goes_on_from_one_stretch_to_the_next():
    calm = [10.0, 11.0] * 7
    values = [*calm, 12.0, 12.1, 12.2, 12.3, 12.4, 12.5, 12.6, *calm]
    assert drawn(values)["rule"].is_not_null().any()
    days = starts(len(values))
    assert drawn(values, rebases=rebased(days[17]))["rule"].drop_nulls().to_list() == []


@pytest.mark.parametrize(
    ("day", "first"),
    [(DAYS[20], 20), (DAYS[20] + dt.timedelta(days=1), 21), (DAYS[20] - dt.timedelta(days=1), 20)],
)
def test_a_stretch_begins_with_the_first_period_that_starts_on_or_after_the_date(day, first):
    chart = drawn(BOTH, rebases=rebased(day))
    assert chart["stretch"].to_list() == [1] * first + [2] * (40 - first)


@pytest.mark.parametrize("day", [DAYS[0], DAYS[0] - dt.timedelta(days=400), DAYS[-1] + dt.timedelta(days=1)])
def test_a_date_outside_the_series_changes_nothing(day):
    assert drawn(BOTH, rebases=rebased(day)).equals(drawn(BOTH))


def test_two_dates_in_one_hole_make_one_new_stretch():
    chart = drawn(BOTH, without=[19, 20, 21], rebases=rebased(DAYS[20], DAYS[21]))
    assert chart["stretch"].to_list() == [1] * 19 + [2] * 18


def test_dates_are_for_their_own_indicator():
    two = county.catalogue([county.indicator(), county.indicator("bidrag"), county.indicator("andelen")])
    from etl.measures import frames

    rows = pl.concat([line(BOTH, indicator=name) for name in ("bidrag", "andel", "andelen")])
    chart = spc.chart(rows, frames.rules(two), rebased(DAYS[20]), fixed(points=15))
    stretches = chart.group_by("indicator").agg(pl.col("stretch").max()).rows()
    assert dict(stretches) == {"andel": 2, "andelen": 1, "bidrag": 1}
    part = chart.filter(indicator="bidrag")
    assert limits_of(part) == limits_of(drawn(BOTH, lowest=0, highest=100))


def test_a_baseline_of_the_first_points_holds_on():
    chart = drawn(BOTH, baselines=fixed(points=20))
    assert limits_of(chart) == limits_of(chart, 0) == pytest.approx(limits_of(drawn(BEFORE)))
    assert set(chart["signal"][20:]) == {"improvement"}


def test_points_without_a_value_count_for_nothing_in_a_baseline():
    chart = drawn([None, *BOTH], baselines=fixed(points=20))
    assert limits_of(chart) == pytest.approx(limits_of(drawn(BEFORE)))


@pytest.mark.parametrize("until", [DAYS[19], DAYS[20] - dt.timedelta(days=1)])
def test_a_baseline_until_a_day_holds_on(until):
    assert limits_of(drawn(BOTH, baselines=fixed(until=until))) == pytest.approx(limits_of(drawn(BEFORE)))


def test_of_two_ways_to_fix_a_baseline_both_hold():
    chart = drawn(BOTH, baselines=fixed(until=DAYS[30], points=15))
    assert limits_of(chart) == pytest.approx(limits_of(drawn(BOTH[:15])))
    chart = drawn(BOTH, baselines=fixed(until=DAYS[14], points=30))
    assert limits_of(chart) == pytest.approx(limits_of(drawn(BOTH[:15])))


def test_rebasing_and_a_baseline_of_points_together():
    chart = drawn(BOTH + [50.0] * 7, rebases=rebased(DAYS[20]), baselines=fixed(points=16))
    assert limits_of(chart, 0) == pytest.approx(limits_of(drawn(BEFORE[:16])))
    assert limits_of(chart) == pytest.approx(limits_of(drawn(AFTER[:16])))
    assert set(chart["signal"][-7:]) == {"improvement"}


def test_rebasing_and_a_baseline_until_a_day_together():
    chart = drawn(BOTH, rebases=rebased(DAYS[20]), baselines=fixed(until=DAYS[14]))
    assert limits_of(chart, 0) == pytest.approx(limits_of(drawn(BEFORE[:15])))
    # nothing in the second stretch is that early: all of it counts
    assert limits_of(chart) == pytest.approx(limits_of(drawn(AFTER)))
    late = drawn(BOTH, rebases=rebased(DAYS[20]), baselines=fixed(until=DAYS[35]))
    assert limits_of(late, 0) == pytest.approx(limits_of(drawn(BEFORE)))
    assert limits_of(late) == pytest.approx(limits_of(drawn(AFTER[:16])))


def test_assurance_is_that_of_the_last_stretch():
    chart = drawn(BOTH, rebases=rebased(DAYS[20]))
    row = judged(chart, asked(20.0))
    assert row["assurance"] == "met"
    assert (row["process_lower"], row["process_mean"], row["process_upper"]) == limits_of(chart)
    assert row["points"] == 20
    assert judged(drawn(BOTH), asked(20.0))["assurance"] == "inconsistent"
    assert judged(drawn(BEFORE), asked(20.0))["assurance"] == "missed"


def test_a_short_last_stretch_is_told():
    chart = drawn(BOTH, rebases=rebased(DAYS[31]))
    assert limits_of(chart, 0)[1] is not None
    assert limits_of(chart) == (None, None, None)
    told = f"Färre än 13 punkter (9): nivån räknas på nytt från {DAYS[31]}"
    row = judged(chart, asked(20.0))
    assert (row["points"], row["variation"], row["assurance"]) == (9, None, None)
    assert (row["variation_reason"], row["assurance_reason"]) == (told, told)


def test_a_short_baseline_is_told():
    chart = drawn(BOTH, baselines=fixed(points=12))
    assert set(chart["reason"]) == {"Färre än 13 punkter (12): den fasta utgångsperioden är för kort"}


def test_the_settings_of_the_catalogue_as_frames():
    settings = {
        "rebase_dates": [{"date": "2023-01-01", "reason": "Ny definition"}],
        "baseline_until": "2022-12-31",
    }
    catalogue = county.catalogue([county.indicator(spc=settings), county.indicator("annan")])
    assert spc.rebases(catalogue).rows() == [("andel", dt.date(2023, 1, 1), "Ny definition")]
    assert spc.baselines(catalogue).rows() == [("andel", dt.date(2022, 12, 31), None)]
    empty = county.catalogue()
    values = np.arange(20) % 3.0
    plain = spc.chart(line(values.tolist()), rules())
    assert spc.chart(line(values.tolist()), rules(), spc.rebases(empty), spc.baselines(empty)).equals(plain)


def test_the_example_in_the_readme_is_valid():
    readme = Path(__file__).parents[4] / "data" / "catalogue" / "README.md"
    example = next(
        part for part in readme.read_text(encoding="utf-8").split("```") if part.startswith("yaml\nspc:")
    )
    given = yaml.safe_load(example.removeprefix("yaml\n"))["spc"]
    assert set(given) == set(ProcessChart.model_fields)
    assert str(spc.MINIMUM_POINTS) in readme.read_text(encoding="utf-8")
    assert county.indicator(spc=given).spc.rebase_dates[0].date == dt.date(2023, 1, 1)


def test_rebase_dates_come_in_order():
    dates = [{"date": day, "reason": "text"} for day in ("2023-01-01", "2022-01-01")]
    with pytest.raises(ValueError, match="in order of date"):
        county.indicator(spc={"rebase_dates": dates})
