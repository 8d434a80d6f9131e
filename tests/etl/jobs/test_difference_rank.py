"""The largest change in meaning first."""

from __future__ import annotations

from random import Random

import polars as pl
import pytest

from etl.jobs.difference_flips import FLIP_SCHEMA
from etl.jobs.difference_rank import ranked, with_tier
from etl.jobs.difference_rows import changed_rows
from tests.etl.jobs.differences import KNOWN, PERIODS, some_rows
from tests.etl.measures.county import YEAR_2020, counted, observations

NO_FLIPS = pl.DataFrame(schema=FLIP_SCHEMA)


def flip(area: str, **more) -> pl.DataFrame:
    usual = {
        **dict.fromkeys(FLIP_SCHEMA),
        "indicator": "andel",
        "age": "total",
        "area": area,
        "new_start": YEAR_2020,
        "old_outcome": "target_reached",
        "new_outcome": "wrong_direction",
    }
    return pl.DataFrame([{**usual, **more}], schema=FLIP_SCHEMA)


def tiers(before: list[dict], after: list[dict], found: pl.DataFrame = NO_FLIPS, **options) -> list[tuple]:
    rows, _ = changed_rows(observations(*before), observations(*after), KNOWN, **options)
    return ranked(with_tier(rows, found, KNOWN)).select("area", "tier").rows()


def test_each_kind_of_change_has_its_place():
    before = [
        counted("14", 500, 1000),
        counted("1401", 5, 10),
        counted("1402", 5, 10),
        {"area": "1404", "value": 60.0},
        {"area": "1405", "flag": "missing"},
    ]
    after = [
        counted("14", 600, 1000),
        counted("1401", 6, 10),
        {"area": "1402", "flag": "suppressed"},
        counted("1403", 1, 2),
        {"area": "1404", "value": 60.01},
        counted("1405", 1, 2),
    ]
    assert tiers(before, after) == [
        ("14", 2), ("1402", 3), ("1401", 4), ("1403", 5), ("1405", 5), ("1404", 6),
    ]  # fmt: skip


def test_a_removed_figure_is_gone():
    assert tiers([counted("14", 1, 2)], [], withdrawn=True) == [("14", 3)]


def test_what_stands_behind_a_flip_comes_before_everything():
    before = [counted(area, 500, 1000) for area in ("14", "1401", "1404")]
    after = [counted("14", 900, 1000), counted("1401", 501, 1000), counted("1404", 600, 1000)]
    assert tiers(before, after, flip("e-norr")) == [("1401", 1), ("14", 2), ("1404", 2)]
    assert tiers(before, after, flip("e-norr", new_start=PERIODS[0])) == [("14", 2), ("1404", 2), ("1401", 4)]
    same = flip("e-norr", what="real", old_outcome="wrong_direction")
    assert tiers(before, after, same)[-1] == ("1401", 4), "no other judgement"
    assert tiers(before, after, flip("e-norr", age="18+"))[-1] == ("1401", 4)
    assert tiers(before, after, flip("e-norr", indicator="dagar"))[-1] == ("1401", 4)


def test_the_figures_of_one_sex_stand_behind_no_judgement():
    before, after = counted("1401", 500, 1000, sex="women"), counted("1401", 501, 1000, sex="women")
    assert tiers([before], [after], flip("1401")) == [("1401", 4)]


def test_within_a_tier_the_larger_change_against_the_series_own_steps_comes_first():
    calm = [
        {"area": "1401", "value": value, "period_start": start}
        for start, value in zip(PERIODS, [50.0, 51.0, 50.0], strict=False)
    ]
    restless = [
        {"area": "1402", "value": value, "period_start": start}
        for start, value in zip(PERIODS, [20.0, 80.0, 20.0], strict=False)
    ]
    after = [{**calm[-1], "value": 55.0}, {**restless[-1], "value": 40.0}]
    assert tiers([*calm, *restless], after) == [("1401", 4), ("1402", 4)]


@pytest.mark.parametrize("seed", range(8))
def test_a_few_of_many_are_the_first_of_all(seed):
    draw = Random(seed)
    rows, _ = changed_rows(some_rows(draw, 300), some_rows(draw, 200), KNOWN)
    found = pl.concat([flip("e-norr"), flip("1402")]) if seed % 2 else NO_FLIPS
    told = with_tier(rows, found, KNOWN)
    everything = ranked(told)
    assert everything.height == rows.height
    for limit in (0, 1, 7, 50, 10_000):
        assert ranked(told, limit).equals(everything.head(limit))


def test_of_many_new_figures_the_newest_come_first():
    rows, _ = changed_rows(
        observations(), observations(*(counted("14", 1, 2, period_start=start) for start in PERIODS)), KNOWN
    )
    told = with_tier(rows, NO_FLIPS, KNOWN)
    assert ranked(told, 3)["period_start"].to_list() == PERIODS[:-4:-1]
