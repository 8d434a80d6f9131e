"""The whole way, from series to charts and what is said of them."""

from __future__ import annotations

import time

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures import spc
from etl.measures.spc.chart import CHART_SCHEMA
from etl.measures.spc.obstacles import NEWEST_IS_EMPTY
from etl.measures.spc.process import PROCESS_SCHEMA
from schemas.results import ASSESSMENT_SCHEMA, SERIES_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.spc.making import asked, drawn, judged, limits_of, line, many, rebased, rules, starts

CALM = [50.0, 52.0, 51.0] * 7


def test_the_columns():
    assert dict(drawn(CALM).schema) == CHART_SCHEMA
    rows = spc.process(drawn(CALM), asked(50.0), rules())
    assert dict(rows.schema) == PROCESS_SCHEMA
    assert PROCESS_SCHEMA.items() <= ASSESSMENT_SCHEMA.items()


@pytest.mark.parametrize("series", [county.series(), line([None] * 20), line([5.0])])
def test_nothing_or_next_to_nothing(series):
    chart = spc.chart(series, rules(spc={"season": True}), rebased(starts(9)[8]), None)
    assert dict(chart.schema) == CHART_SCHEMA
    assert chart.height == series.height
    assert chart["signal"].null_count() == chart.height
    rows = spc.process(chart, asked(50.0), rules())
    assert dict(rows.schema) == PROCESS_SCHEMA
    assert rows["variation_reason"].null_count() == 0
    assert spc.process(chart.clear(), asked().clear(), rules()).height == 0


@pytest.mark.parametrize("count", [0, 1, 9, 11, 12])
def test_too_few_points_say_how_many(count):
    values = [1.0, 2.0, 3.0] * 4
    row = judged(drawn([None, None, *values[:count]]), asked(2.0))
    told = f"Färre än 13 punkter ({count}): för få för att skilja en förändring från slump"
    assert (row["variation_reason"], row["assurance_reason"]) == (told, told)
    assert row["points"] == count
    absent = ("variation", "variation_rule", "process_mean", "process_lower", "process_upper", "assurance")
    assert {row[name] for name in absent} == {None}


def test_exactly_enough_points():
    row = judged(drawn(CALM[: spc.MINIMUM_POINTS]), asked(2.0))
    assert (row["points"], row["variation"], row["variation_reason"]) == (13, "common", None)
    assert row["assurance"] == "met"


def test_the_newest_point_is_told():
    row = judged(drawn([*CALM, 80.0]))
    assert (row["variation"], row["variation_rule"]) == ("improvement", "outside")
    row = judged(drawn([*CALM, 80.0, 51.0]))
    assert (row["variation"], row["variation_rule"]) == ("common", None)


def test_a_newest_point_without_a_value_is_told():
    row = judged(drawn([*CALM, 80.0, None]), asked(20.0))
    assert (row["variation"], row["variation_rule"]) == (None, None)
    assert row["variation_reason"] == NEWEST_IS_EMPTY
    # of the process as it is the figures before it tell all the same
    assert (row["assurance"], row["points"]) == ("met", 22)


def test_sexes_are_left_out_and_period_types_and_ages_kept_apart():
    rows = pl.concat(
        [
            line(CALM),
            line([value + 30 for value in CALM], sex="women"),
            line([value - 20 for value in CALM], "quarter"),
            line([value - 40 for value in CALM], age="65+"),
        ]
    )
    chart = spc.chart(rows, rules())
    means = chart.unique(["age", "period_type"]).select("age", "period_type", "mean").rows()
    assert sorted(means) == [("65+", "month", 11), ("total", "month", 51), ("total", "quarter", 31)]
    assert spc.process(chart, asked(50.0), rules()).height == 3


def test_an_unknown_indicator_is_left_out():
    assert spc.chart(line(CALM, indicator="okand"), rules()).height == 0


VALUES = st.lists(
    st.one_of(
        st.none(), st.integers(0, 100).map(float), st.floats(0, 100).map(lambda value: round(value, 2))
    ),
    min_size=10,
    max_size=45,
)


@settings(max_examples=15, deadline=None)
@given(VALUES, VALUES, st.randoms(use_true_random=False), st.booleans())
def test_shuffled_rows_and_renamed_areas_change_nothing(one, other, random, season):
    spoken = rules(spc={"season": season})
    rows = pl.concat([line(one), line(other, area="1401")])
    chart = spc.chart(rows, spoken, rebased(starts(30)[20]))
    order = list(range(rows.height))
    random.shuffle(order)
    assert spc.chart(rows[order], spoken, rebased(starts(30)[20])).equals(chart)
    order = list(range(chart.height))
    random.shuffle(order)
    targets = pl.concat([asked(50.0), asked(50.0, area="1401")])
    process = spc.process(chart, targets, spoken)
    assert spc.process(chart[order], targets[::-1], spoken).equals(process)

    swapped = {"14": "zz", "1401": "aa"}
    rename = pl.col("area").replace_strict(swapped)
    renamed = spc.chart(rows.with_columns(rename), spoken, rebased(starts(30)[20]))
    again = spc.process(renamed, targets.with_columns(rename), spoken)
    back = pl.col("area").replace_strict({new: old for old, new in swapped.items()})
    assert again.with_columns(back).sort("area").equals(process.sort("area"))


LINES = ("mean", "lower_limit", "upper_limit", "near_lower", "near_upper")


@settings(max_examples=20, deadline=None)
@given(VALUES, st.sampled_from([0.1, 10.0, 100.0, 1000.0]), st.booleans())
def test_another_unit_changes_no_answer(values, factor, season):
    other = [None if value is None else value * factor for value in values]
    mine, theirs = (drawn(part, spc={"season": season}) for part in (values, other))
    same = ["rule", "signal", "reason", "stretch"]
    assert mine.select(same).equals(theirs.select(same))
    scaled, wanted = theirs.select(LINES).to_numpy(), mine.select(LINES).to_numpy() * factor
    np.testing.assert_allclose(scaled, wanted, rtol=1e-9, atol=1e-9 * factor)


@settings(max_examples=20, deadline=None)
@given(VALUES)
def test_upside_down_everything_is_mirrored(values):
    mine = drawn(values)
    theirs = drawn([None if value is None else -value for value in values], direction="lower")
    assert mine.select("rule", "signal", "reason").equals(theirs.select("rule", "signal", "reason"))


def test_a_later_area_never_changes_an_earlier_one():
    random = np.random.default_rng(4)
    values = random.normal(size=(30, 24))
    alone = spc.chart(many(values[:1]), rules())
    assert spc.chart(many(values), rules())[:24].equals(alone)


def test_limits_are_moved_by_no_more_than_rounding_when_a_constant_is_added():
    random = np.random.default_rng(5)
    values = random.normal(size=30)
    mine, theirs = drawn(values.tolist()), drawn((values + 1000).tolist())
    assert limits_of(theirs) == pytest.approx([bound + 1000 for bound in limits_of(mine)])
    assert mine["rule"].equals(theirs["rule"])


def benchmark(series, targets, spoken):
    begun = time.perf_counter()
    spc.process(spc.chart(series, spoken), targets, spoken)
    return time.perf_counter() - begun


@pytest.mark.benchmark_suite
def test_a_whole_county_in_a_fraction_of_a_second(capsys):
    values = np.random.default_rng(6).normal(50, 1, size=(2400, 120))
    series = many(values)
    assert dict(series.schema) == SERIES_SCHEMA
    targets = series.select("indicator", "area", "age").unique().with_columns(target=pl.lit("mal"))
    targets = targets.with_columns(required=pl.lit(50.0), low=pl.lit(None), high=pl.lit(None))
    best = min(benchmark(series, targets, rules(spc={"season": True})) for _ in range(2))
    with capsys.disabled():
        print(f"\n  2 400 charts of 120 months: {best:.3f} s")
    assert best < 1.5
