"""What the canonical tables take and refuse, through the gate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from schemas.columns import (
    ALLOCATION_KEY,
    ALLOCATION_SCHEMA,
    OBSERVATION_KEY,
    OBSERVATION_SCHEMA,
    POPULATION_KEY,
    POPULATION_SCHEMA,
)
from schemas.gate import admit
from schemas.tables import Allocation, Observation, Population

OBSERVATION = {
    "indicator": "influensa-65",
    "area": "1480",
    "period_start": date(2022, 7, 1),
    "period_type": "season",
    "sex": "total",
    "age": "total",
    "value": 69.0,
    "numerator": 69.0,
    "denominator": 100.0,
    "flag": None,
    "origin": "published",
    "source": "FoHM",
    "sheet": "Blad1",
    "row": 2,
}
ALLOCATION = {
    "agreement": "psykisk-halsa-2021",
    "year": 2021,
    "purpose": "Suicidprevention",
    "level": "kommun",
    "area": "1480",
    "recipient": "Göteborgs kommun",
    "kind": "allocated",
    "amount": Decimal("100.50"),
    "origin": "uploaded",
    "source": None,
    "sheet": None,
    "row": None,
}
POPULATION = {
    "area": "1480",
    "year": 2020,
    "sex": "total",
    "age": "total",
    "population": 583056,
    "source": None,
}

TABLES = {
    "observation": (Observation, OBSERVATION_SCHEMA, OBSERVATION, OBSERVATION_KEY),
    "allocation": (Allocation, ALLOCATION_SCHEMA, ALLOCATION, ALLOCATION_KEY),
    "population": (Population, POPULATION_SCHEMA, POPULATION, POPULATION_KEY),
}


def frame(table, *changes):
    _, schema, good, _ = TABLES[table]
    return pl.DataFrame([{**good, **change} for change in changes], schema=schema)


@pytest.mark.parametrize("table", TABLES)
def test_a_good_row_is_admitted_as_it_is(table):
    rows = frame(table, {})
    admitted, problems = admit(rows, TABLES[table][0])
    assert problems.is_empty()
    assert admitted.equals(rows)


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_is_admitted(table):
    assert admit(frame(table), TABLES[table][0])[1].is_empty()


@pytest.mark.parametrize(
    ("table", "change", "code", "column"),
    [
        ("observation", {"indicator": None}, "missing_value", "indicator"),
        ("observation", {"area": None}, "missing_value", "area"),
        ("observation", {"period_type": "decade"}, "not_allowed", "period_type"),
        ("observation", {"period_start": date(1889, 1, 1)}, "out_of_range", "period_start"),
        ("observation", {"sex": "Kvinnor"}, "not_allowed", "sex"),
        ("observation", {"numerator": -1.0}, "out_of_range", "numerator"),
        ("observation", {"denominator": 0.0}, "out_of_range", "denominator"),
        ("observation", {"standard_deviation": -0.1}, "out_of_range", "standard_deviation"),
        ("observation", {"standard_deviation": float("inf")}, "out_of_range", "standard_deviation"),
        ("observation", {"standard_deviation": float("nan")}, "out_of_range", "standard_deviation"),
        ("observation", {"value": 1e16}, "out_of_range", "value"),
        ("observation", {"flag": "dold"}, "not_allowed", "flag"),
        ("observation", {"origin": "guessed"}, "not_allowed", "origin"),
        ("allocation", {"amount": Decimal("-0.01")}, "out_of_range", "amount"),
        ("allocation", {"amount": None}, "missing_value", "amount"),
        ("allocation", {"level": "delregion"}, "not_allowed", "level"),
        ("allocation", {"kind": "fördelat"}, "not_allowed", "kind"),
        ("allocation", {"year": 1999}, "out_of_range", "year"),
        ("population", {"population": -1}, "out_of_range", "population"),
        ("population", {"sex": "T"}, "not_allowed", "sex"),
    ],
)
def test_a_bad_value_is_a_problem_in_its_column(table, change, code, column):
    _, problems = admit(frame(table, {}, {**_another_key(table), **change}), TABLES[table][0])
    assert problems.select("code", "column", "severity").rows() == [(code, column, "error")]


def _another_key(table):
    return {"agreement": "annan"} if table == "allocation" else {"area": "1401"}


@pytest.mark.parametrize(
    "change",
    [
        {"value": None, "numerator": None, "denominator": None, "flag": "suppressed"},
        {"value": None},
        {"sheet": None, "row": None, "source": None},
        {"value": -3.5},
    ],
)
def test_an_observation_may_lack_what_it_need_not_have(change):
    assert admit(frame("observation", change), Observation)[1].is_empty()


@pytest.mark.parametrize("table", TABLES)
def test_the_same_key_twice_is_a_problem_on_both_rows(table):
    model = TABLES[table][0]
    _, problems = admit(frame(table, {}, {}), model)
    assert problems["code"].to_list() == ["duplicate_key", "duplicate_key"]


@pytest.mark.parametrize("table", TABLES)
def test_each_part_of_the_key_tells_rows_apart(table):
    model, _, _, key = TABLES[table]
    allowed = {
        "sex": "women",
        "period_type": "year",
        "period_start": date(2021, 7, 1),
        "level": "region",
        "kind": "used",
    }
    for column in key:
        other = allowed.get(column, 2022 if column == "year" else "annat")
        assert admit(frame(table, {}, {column: other}), model)[1].is_empty(), column
