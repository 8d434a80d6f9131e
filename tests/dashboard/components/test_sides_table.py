"""Register and survey side by side."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.components import sides_table
from tests.dashboard.build import HOSTILE, SKARABORG, renamed
from tests.dashboard.dom import parse

NBSP = "\u00a0"
REGISTER, SURVEY = "fast-lakarkontakt-register", "fast-lakarkontakt-enkat"


def both(**changed) -> pl.DataFrame:
    def side(name: str, indicator: str, value: float, judgement: str) -> dict:
        return {
            f"{name}_indicator": indicator, f"{name}_value": value, f"{name}_period_start": date(2025, 1, 1),
            f"{name}_period_end": date(2025, 12, 31), f"{name}_period_type": "year",
            f"{name}_judgement": judgement, f"{name}_reason": "Skälet",
        }  # fmt: skip

    row = {
        "goal": "g", "area": SKARABORG,
        **side("register", REGISTER, 55.15, "target_reached"), **side("survey", SURVEY, 29.7, "not_on_the_way"),
    }  # fmt: skip
    return pl.DataFrame([{**row, **changed}])


@pytest.fixture
def usual(full):
    """The links need a catalogue."""


def test_each_side_has_its_figure_and_its_judgement(usual, catalogue):
    found = parse(sides_table.html(both(), catalogue))
    names = [catalogue.indicators[one].name for one in (REGISTER, SURVEY)]
    assert found.rows == [
        ["Register", names[0], f"55,2{NBSP}% år 2025", "Målet nått"],
        ["Enkät", names[1], f"29,7{NBSP}% år 2025", "Inte på väg"],
    ]
    assert all("delregion=Skaraborg" in address for address in found.links.values())


def test_an_example_is_marked_where_it_is_one(usual, catalogue):
    rows = parse(sides_table.html(both(), catalogue, examples=frozenset({SURVEY}))).rows
    assert ["Exempeldata" in row[2] for row in rows] == [False, True]


def test_a_side_without_a_figure_says_why(usual, catalogue):
    empty = both(survey_value=None, survey_judgement=None)
    row = parse(sides_table.html(empty, catalogue, examples=frozenset({SURVEY}))).rows[1]
    assert row[2:] == ["Skälet", "Inget mål"]


def test_text_is_never_markup(usual, catalogue):
    found = sides_table.html(both(), renamed(catalogue, HOSTILE))
    assert "<script" not in found
    parse(found)
