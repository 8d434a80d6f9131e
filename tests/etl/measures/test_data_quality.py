"""How fresh and complete figures are, reckoned by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from etl.measures import data_quality, frames
from etl.measures.data_quality import Freshness
from schemas.results import JUDGEMENT_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import indicator

#: Late is what a whole update has been lacking for: a year's figure of 2024 two years after its end.
YEARLY = [
    (date(2024, 12, 31), Freshness.CURRENT),
    (date(2025, 12, 31), Freshness.CURRENT),
    (date(2026, 1, 1), Freshness.EXPECTED),
    (date(2026, 12, 31), Freshness.EXPECTED),
    (date(2027, 1, 1), Freshness.LATE),
]
MONTHLY = [
    (date(2024, 1, 31), Freshness.CURRENT),
    (date(2024, 2, 29), Freshness.CURRENT),
    (date(2024, 3, 1), Freshness.EXPECTED),
    (date(2024, 3, 31), Freshness.EXPECTED),
    (date(2024, 4, 1), Freshness.LATE),
]
NO_PERIODS = data_quality.periods_of({}, frames.rules(county.catalogue()))


def figure(area: str = "14", **changed: Any) -> dict[str, Any]:
    """A real figure of 2024."""
    level = "län" if area == "14" else "kommun" if area.startswith("14") else "delregion"
    usual = {
        **dict.fromkeys(JUDGEMENT_SCHEMA),
        "indicator": "andel",
        "area": area,
        "level": level,
        "age": "total",
        "sex": "total",
        "value": 70.0,
        "period_start": date(2024, 1, 1),
        "period_type": "year",
        "origin": "uploaded",
    }
    return {**usual, **changed}


def quality(
    *rows: dict[str, Any], today: date = date(2025, 6, 1), periods=NO_PERIODS, ended=(), **changes: Any
):
    catalogue = county.catalogue([indicator(**changes)])
    return data_quality.quality(
        pl.DataFrame(list(rows), schema=JUDGEMENT_SCHEMA),
        periods,
        frames.rules(catalogue),
        frames.members(catalogue),
        today=today,
        ended=ended,
    )


def one(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = quality(*rows, **more)
    assert dict(found.schema) == data_quality.QUALITY_SCHEMA
    return found.row(0, named=True)


@pytest.mark.parametrize(("today", "kind"), YEARLY)
def test_a_years_figure_ages_by_its_interval(today, kind):
    found = one(figure(), today=today)
    assert found["freshness"] == kind
    assert (found["next_end"], found["due"]) == (date(2025, 12, 31), date(2026, 12, 31))
    assert found["age_days"] == (today - date(2024, 12, 31)).days


@pytest.mark.parametrize(("today", "kind"), MONTHLY)
def test_months_end_on_their_own_last_day(today, kind):
    found = one(figure(period_type="month"), today=today, update_interval_months=1, period_type="month")
    assert found["freshness"] == kind
    assert (found["next_end"], found["due"]) == (date(2024, 2, 29), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"origin": "example"}, Freshness.EXAMPLE),
        ({"value": None, "flag": "suppressed"}, Freshness.CURRENT),
        ({"value": None, "flag": "missing"}, Freshness.LACKING),
        ({"value": None, "period_start": None, "period_type": None}, Freshness.LACKING),
        ({"value": None, "origin": "example", "flag": "missing"}, Freshness.LACKING),
    ],
)
def test_what_is_generated_is_never_fresh_and_what_is_hidden_was_delivered(changed, kind):
    assert one(figure(**changed))["freshness"] == kind


@pytest.mark.parametrize(
    ("changed", "ended"),
    [({"origin": "example"}, ()), ({"value": None, "flag": "missing"}, ()), ({}, ("andel",))],
)
def test_nobody_says_when_the_next_one_comes_where_none_did_or_none_will(changed, ended):
    found = one(figure(**changed), ended=ended)
    assert (found["next_end"], found["due"]) == (None, None)


def test_what_has_ended_is_not_late():
    assert one(figure(), today=date(2030, 1, 1), ended={"andel"})["freshness"] == Freshness.ENDED


@pytest.mark.parametrize(
    ("changed", "preliminary", "hidden"),
    [
        ({}, False, False),
        ({"flag": "preliminary"}, True, False),
        ({"value": None, "flag": "suppressed"}, False, True),
    ],
)
def test_what_kind_of_figure_it_is(changed, preliminary, hidden):
    found = one(figure(**changed))
    assert (found["preliminary"], found["hidden"]) == (preliminary, hidden)


def test_why_there_is_none_is_kept_and_other_reasons_are_not():
    gone = figure(value=None, period_start=None, period_type=None, reason="Ingen uppgift")
    assert one(gone)["reason"] == "Ingen uppgift"
    assert one(figure(reason="70,0 %, målet är 80 %"))["reason"] is None


def test_municipalities_with_a_figure_of_their_newest_period():
    found = quality(
        figure(),
        figure("e-norr"),
        figure("e-syd"),
        figure("1401"),
        figure("1402", value=None, flag="suppressed"),
        figure("1403", period_start=date(2023, 1, 1)),
        figure("1404", origin="example"),
        figure("1405", value=None, period_start=None, period_type=None),
    )
    counted = {
        row["area"]: (row["with_value"], row["with_hidden"], row["with_example"], row["members"])
        for row in found.iter_rows(named=True)
    }
    assert counted == {"14": (2, 1, 1, 5), "e-norr": (1, 1, 0, 3), "e-syd": (1, 0, 1, 2)}


@pytest.mark.parametrize(
    ("month", "counted"), [(date(2024, 3, 1), 4), (date(2024, 12, 1), 4), (date(2025, 1, 1), 1)]
)
def test_the_newest_period_is_the_one_that_ends_last_whatever_its_type(month, counted):
    """March was taken for newer than the year it lies in, as it begins later."""
    years = [figure(area) for area in ("1401", "1402", "1403", "1404")]
    found = quality(figure(), *years, figure("1405", period_start=month, period_type="month"))
    assert found["with_value"].to_list() == [counted]


def test_the_group_shown_first_speaks_and_targets_do_not_double_it():
    found = quality(
        figure(age="65+"),
        figure(age="65+", target="mal"),
        figure(age="18+", value=None, flag="missing"),
        figure(age="65+", sex="women", origin="example"),
        ages=["65+", "18+"],
    )
    assert found["freshness"].to_list() == [Freshness.CURRENT]


def test_gaps_among_the_newest_periods_are_counted():
    rules = frames.rules(county.catalogue([indicator(ages=["65+", "18+"])]))
    found = data_quality.periods_of(
        {
            ("andel", "65+", "14"): (1.0, None, 2.0),
            ("andel", "18+", "14"): (1.0,),
            ("okänd", "65+", "14"): (1.0,),
        },
        rules,
    )
    assert found.rows() == [("andel", "14", 3, 2)]
    shown = one(figure(age="65+"), periods=found, ages=["65+", "18+"])
    assert (shown["periods"], shown["with_figure"]) == (3, 2)


@pytest.mark.parametrize(
    ("areas", "kind", "age"),
    [
        ([{"origin": "example"}, {"period_start": date(2022, 1, 1)}], Freshness.LATE, 883),
        ([{"period_start": date(2022, 1, 1)}, {}], Freshness.CURRENT, 152),
        ([{"value": None, "flag": "missing"}, {"origin": "example"}], Freshness.EXAMPLE, 152),
        ([{"value": None, "flag": "missing"}], Freshness.LACKING, None),
    ],
)
def test_an_indicators_freshest_real_figure_speaks_for_it(areas, kind, age):
    places = ["14", "e-norr", "e-syd"]
    rows = [figure(area, **changed) for area, changed in zip(places, areas, strict=False)]
    summary = data_quality.by_indicator(quality(*rows))
    assert summary.select("indicator", "freshness", "age_days").rows() == [("andel", kind, age)]
    assert data_quality.counts(summary) == {one: int(one is kind) for one in Freshness}


def test_nothing_at_all():
    found = quality()
    assert found.is_empty()
    assert dict(found.schema) == data_quality.QUALITY_SCHEMA
    assert set(data_quality.counts(data_quality.by_indicator(found)).values()) == {0}
