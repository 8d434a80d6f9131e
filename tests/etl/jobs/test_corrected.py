"""What differs between two states: what is a correction and what isn't."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from etl.jobs.corrected import FIGURE_SCHEMA, between
from schemas.results import SERIES_SCHEMA

COUNTY = {"area": "14", "level": "län"}


def series(*rows: dict) -> pl.DataFrame:
    usual = {
        "indicator": "mpr-dos-1", "area": "1480", "level": "kommun", "period_start": date(2024, 1, 1),
        "period_type": "year", "sex": "total", "age": "total", "value": 93.1, "origin": "uploaded",
    }  # fmt: skip
    full = [{**dict.fromkeys(SERIES_SCHEMA), **usual, **row} for row in rows]
    return pl.DataFrame(full, schema=SERIES_SCHEMA)


def told(found: pl.DataFrame) -> list[tuple]:
    return found.select("area", "kind", "old", "new").rows()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # another value, one that differs in what isn't shown only, the same
        ({"value": 93.1}, {"value": 92.8}, ("changed", 93.1, 92.8)),
        ({"value": 93.1}, {"value": 93.14}, None),
        ({"value": 93.1}, {"value": 93.1, "numerator": 9.0}, None),
        # taken away: no row, no value
        ({"value": 93.1}, None, ("removed", 93.1, None)),
        ({"value": 93.1}, {"value": None, "flag": "missing", "reason": "Saknas"}, ("removed", 93.1, None)),
        # what is hidden now is told without what it was
        ({"value": 93.1}, {"value": None, "flag": "suppressed", "reason": "Dolt"}, ("hidden", None, None)),
        # new, hidden before
        (None, {"value": 92.8}, None),
        ({"value": None, "flag": "suppressed"}, {"value": 92.8}, None),
        ({"value": None}, {"value": None}, None),
        # examples
        ({"origin": "example"}, {"value": 92.8}, ("example_replaced", None, 92.8)),
        ({"origin": "example"}, {"value": 92.8, "origin": "example"}, None),
        ({"origin": "example"}, None, None),
        ({"value": 93.1}, {"value": 50.0, "origin": "example"}, ("removed", 93.1, None)),
    ],
)
def test_what_is_a_correction(catalogue, before, after, expected):
    found = between(series(*([before] if before else [])), series(*([after] if after else [])), catalogue)
    assert found.schema == FIGURE_SCHEMA
    assert told(found) == ([("1480", *expected)] if expected else [])


@pytest.mark.parametrize(("returning", "expected"), [(True, [("1480", "returned", None, 92.8)]), (False, [])])
def test_what_was_withdrawn_and_comes_back_is_told_and_what_is_new_is_not(catalogue, returning, expected):
    found = between(series(), series({"value": 92.8}), catalogue, returning=returning)
    assert told(found) == expected


def test_examples_that_give_way_to_another_layers_real_figures_are_replaced(catalogue):
    example = {"origin": "example", "period_start": date(2023, 1, 1)}
    before = series(example, {**example, **COUNTY})
    found = between(before, series({"value": 92.8}, {**example, **COUNTY}), catalogue)
    assert told(found) == [("1480", "example_replaced", None, None)]


def test_one_sex_is_not_on_the_pages(catalogue):
    assert between(series({"sex": "women"}), series(), catalogue).is_empty()


def test_the_largest_change_comes_first(catalogue):
    areas = {"1480": (90.0, 89.0), "1490": (50.0, 60.0), "1402": (2.0, None), "1401": (10.0, 0.0)}
    before = series(*({"area": area, "value": old} for area, (old, _) in areas.items()))
    after = series(*({"area": area, "value": new} for area, (_, new) in areas.items()))
    found = between(before, after, catalogue)
    assert found["area"].to_list() == ["1401", "1402", "1490", "1480"]
    assert found["size"].to_list() == pytest.approx([1.0, 1.0, 1 / 6, 1 / 90])
