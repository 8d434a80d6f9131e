"""Judgements that a change turns round."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from etl.jobs.difference_flips import FLIP_SCHEMA, figures_behind, flips
from schemas.results import JUDGEMENT_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import YEAR_2020, indicator, target

KNOWN = county.catalogue(
    indicators=[indicator("andel"), indicator("dagar", unit="days")],
    targets=[target("mal"), target("annat", value=90), target("dagmal", indicator="dagar")],
)


def judgement(
    area: str = "e-norr", value: float | None = 70.0, outcome: str = "not_on_the_way", **more
) -> dict:
    usual = {
        **dict.fromkeys(JUDGEMENT_SCHEMA),
        "indicator": "andel",
        "area": area,
        "age": "total",
        "sex": "total",
        "target": "mal",
        "value": value,
        "judgement": outcome,
        "origin": "uploaded",
        "period_start": YEAR_2020,
        "period_type": "year",
    }
    return {**usual, **more}


def frame(*rows: dict) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=JUDGEMENT_SCHEMA)


def told(before: list[dict], after: list[dict]) -> list[tuple]:
    return flips(frame(*before), frame(*after), KNOWN).select("area", "what", "turn").rows()


CASES = {
    "judged better": (judgement(), judgement(value=81, outcome="target_reached"), ("outcome", "better")),
    "judged worse": (judgement(), judgement(value=60, outcome="wrong_direction"), ("outcome", "worse")),
    "another figure, judged alike": (judgement(), judgement(value=71), None),
    "a figure where there was none": (
        judgement(value=None, outcome="cannot_be_judged"), judgement(), ("appears", None),
    ),
    "no figure any more": (judgement(), judgement(value=None, outcome="cannot_be_judged"), ("disappears", None)),
    "real in place of an example": (judgement(origin="example"), judgement(), ("real", None)),
    "real and judged otherwise": (
        judgement(origin="example", outcome="target_reached"), judgement(), ("real", "worse"),
    ),
    "an example again": (judgement(), judgement(origin="example"), ("example", None)),
    "published in place of uploaded": (judgement(origin="published"), judgement(origin="uploaded"), None),
    "no longer to be judged": (judgement(), judgement(outcome="cannot_be_judged"), ("outcome", None)),
    "still without a figure": (
        judgement(value=None, outcome="cannot_be_judged"),
        judgement(value=None, outcome="cannot_be_judged", origin="example"),
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_turns_round(case):
    before, after, expected = CASES[case]
    assert told([before], [after]) == ([] if expected is None else [("e-norr", *expected)])


def test_cells_that_come_and_go():
    assert told([], [judgement()]) == [("e-norr", "appears", None)]
    assert told([judgement()], []) == [("e-norr", "disappears", None)]
    assert told([], [judgement(value=None, outcome="cannot_be_judged")]) == []
    assert flips(frame(), frame(), KNOWN).schema == pl.Schema(FLIP_SCHEMA)


def test_targets_are_told_apart_and_no_target_is_one_too():
    before = [judgement(target=name) for name in ("mal", "annat", None)]
    after = [judgement(target=name, value=85, outcome="target_reached") for name in ("mal", None)]
    found = flips(frame(*before), frame(*after, judgement(target="annat", value=85)), KNOWN)
    assert sorted(found["target"].to_list(), key=str) == [None, "mal"]


def test_the_first_page_comes_first_then_what_gets_worse():
    outcomes = {
        "14": ("not_on_the_way", "on_the_way"),
        "e-norr": ("on_the_way", "not_on_the_way"),
        "e-syd": ("on_the_way", "cannot_be_judged"),
        "t-stad": ("target_reached", "wrong_direction"),
        "1401": ("target_reached", "wrong_direction"),
    }
    before = [judgement(area, outcome=old) for area, (old, _) in outcomes.items()]
    after = [judgement(area, outcome=new) for area, (_, new) in outcomes.items()]
    after[2] = judgement("e-syd", None, "cannot_be_judged")
    before.append(judgement("14", indicator="dagar", target="dagmal", outcome="on_the_way"))
    after.append(judgement("14", indicator="dagar", target="dagmal", outcome="not_on_the_way"))
    found = flips(frame(*before), frame(*after), KNOWN)
    assert found.select("indicator", "area", "overview").rows() == [
        ("dagar", "14", True),
        ("andel", "e-norr", True),
        ("andel", "e-syd", True),
        ("andel", "14", True),
        ("andel", "t-stad", False),
        ("andel", "1401", False),
    ]


def test_a_flip_rests_on_its_area_and_municipalities_now_and_before():
    before = judgement(period_start=dt.date(2019, 1, 1), previous_start=dt.date(2018, 1, 1))
    after = judgement(
        value=90, outcome="target_reached", period_start=YEAR_2020, previous_start=dt.date(2019, 1, 1)
    )
    behind = figures_behind(flips(frame(before), frame(after), KNOWN), KNOWN)
    assert set(behind["area"]) == {"e-norr", "1401", "1402", "1403"}
    years = behind.filter(pl.col("period_start").dt.ordinal_day() == 1)["period_start"].dt.year()
    assert set(years) == {2018, 2019, 2020}
    assert behind.is_unique().all()


def test_the_same_week_a_year_before_is_behind_too():
    week = dt.date(2024, 4, 8)
    found = flips(
        frame(judgement(period_start=week, period_type="week")),
        frame(judgement(value=90, outcome="target_reached", period_start=week, period_type="week")),
        KNOWN,
    )
    assert dt.date.fromisocalendar(2023, 15, 1) in set(figures_behind(found, KNOWN)["period_start"])
