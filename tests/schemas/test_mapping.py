from __future__ import annotations

import pytest
from pydantic import ValidationError

from schemas.mapping import (
    ALLOWED,
    Asked,
    Column,
    Fixed,
    Headings,
    Mapping,
    Only,
    SheetName,
    Spread,
    Title,
)

SOURCES = {
    "column": Column(column=1, heading="År"),
    "fixed": Fixed(text="2023"),
    "sheet": SheetName(),
    "title": Title(),
    "headings": Headings(),
    "spread": Spread(label="andel"),
    "asked": Asked(),
}


def mapping(**fields):
    return Mapping(name="x", header_row=1, fields=fields)


@pytest.mark.parametrize("name", ALLOWED)
@pytest.mark.parametrize("kind", SOURCES)
def test_what_a_column_may_be_read_from(name, kind):
    if kind in ALLOWED[name]:
        assert mapping(**{name: SOURCES[kind]}).fields[name].kind == kind
    else:
        with pytest.raises(ValidationError, match=name):
            mapping(**{name: SOURCES[kind]})


def test_it_comes_back_from_json_as_it_was():
    told = Mapping(
        name="Väntetider",
        sheet="Blad 1",
        header_row=3,
        header_height=2,
        fields={"area": Column(column=0, heading="Kommun"), "period": Headings(), "value": Spread(label="")},
        indicators={"Vår MPR": "mpr-dos-1", "Annat": None},
        only=Only(place=Column(column=4, heading="Driftform", nth=1), texts=("Totalt",)),
        marks={"-": "missing"},
        dates_as="month",
    )
    assert Mapping.model_validate_json(told.model_dump_json()) == told


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2},
        {"header_row": 0},
        {"header_row": 1, "header_height": 2},
        {"marks": {"-": "nothing"}},
        {"fields": {"colour": {"kind": "column", "column": 0}}},
        {"fields": {"area": {"kind": "column", "column": -1}}},
        {"fields": {"area": {"kind": "elsewhere"}}},
        {"only": {"place": {"column": 1}, "texts": []}},
        {"more": 1},
    ],
)
def test_what_no_mapping_can_say(wrong):
    with pytest.raises(ValidationError):
        Mapping.model_validate({"name": "x", "header_row": 1, "fields": {}} | wrong)


def test_a_period_written_by_hand_is_asked_for_again_and_nothing_else():
    told = mapping(period=Fixed(text="2023"), area=Fixed(text="14"), indicator=Fixed(text="mpr-dos-1"))
    kept = told.to_remember()
    assert kept.fields == {**told.fields, "period": Asked()}
    assert kept.asks == ("period",)
    assert told.asks == ()


def test_a_period_that_the_file_says_is_kept():
    told = mapping(period=Title(), year=SheetName())
    assert told.to_remember() is told


def test_what_headings_say():
    told = mapping(period=Headings(), sex=Headings(), area=Column(column=0))
    assert told.said == {"period", "sex"}
    assert told.is_spread
    assert told.says("sex")
    assert not told.says("indicator")
    assert not mapping(period=Title()).is_spread
