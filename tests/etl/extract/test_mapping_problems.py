from __future__ import annotations

import pytest

from etl.extract import mapping_problems as told
from etl.extract.model import Sheet
from schemas.mapping import Asked, Column, Fixed, Headings, Mapping, SheetName, Spread, Title
from tests.etl.extract.test_heads import cells

GOOD = {
    "indicator": Fixed(text="mpr-dos-1"),
    "area": Column(column=0, heading="Kommun"),
    "period": Column(column=1, heading="År"),
    "value": Column(column=2, heading="Andel"),
}
SPREAD = {**GOOD, "period": Headings(), "value": Spread(label="andel")}
COUNTS = {"numerator": Column(column=3, heading="Antal"), "denominator": Column(column=4, heading="Av")}


def mapping(fields, **more):
    return Mapping(name="x", header_row=1, fields=fields, **more)


def without(fields, *names):
    return {name: source for name, source in fields.items() if name not in names}


@pytest.mark.parametrize(
    "fields",
    [
        GOOD,
        SPREAD,
        {**GOOD, **COUNTS},
        {**without(GOOD, "value"), **COUNTS},
        {**SPREAD, "denominator": Column(column=4, heading="Av")},
    ],
)
def test_nothing_is_wrong(fields):
    assert told.senseless(mapping(fields)).is_empty()


@pytest.mark.parametrize(
    ("fields", "codes", "says"),
    [
        (without(GOOD, "indicator"), ["mapping_without_indicator"], "Välj vilken indikator"),
        (without(GOOD, "area"), ["mapping_without_area"], "Välj i vilken kolumn områdena står"),
        (without(GOOD, "period"), ["mapping_without_period"], "perioden"),
        (without(GOOD, "value"), ["mapping_without_figures"], "talen står"),
        ({**without(GOOD, "value"), "numerator": COUNTS["numerator"]}, ["mapping_without_figures"], "talen"),
        ({**GOOD, "period": GOOD["area"]}, ["mapping_same_column"], "område och period"),
        ({**GOOD, **COUNTS, "value": COUNTS["numerator"]}, ["mapping_same_column"], "värde och täljare"),
        ({**SPREAD, "numerator": Spread(label="andel")}, ["mapping_same_column"], "värde och täljare"),
        ({**GOOD, "period": Headings()}, ["mapping_at_odds"], "rubrikerna"),
        ({**GOOD, "value": Spread(label="")}, ["mapping_at_odds"], "rubrikerna"),
        ({**without(GOOD, "value"), "indicator": Headings()}, ["mapping_without_indicator"], "rubrikerna"),
        (
            {},
            [
                "mapping_without_indicator",
                "mapping_without_area",
                "mapping_without_period",
                "mapping_without_figures",
            ],
            "",
        ),
    ],
)
def test_what_makes_no_sense(fields, codes, says):
    found = told.senseless(mapping(fields))
    assert found["code"].to_list() == codes
    assert says in found["hint"][0]
    assert set(found["severity"]) == {"error"}


def test_the_column_that_was_chosen_twice_is_named():
    nameless = Column(column=2)
    found = told.senseless(mapping({**GOOD, "area": nameless, "value": nameless}))
    assert found["column"].to_list() == ["kolumn 3"]


def test_a_sheet_that_ends_above_its_headings():
    for rows, said in ((["a"],), "1 rad"), ((["a"], ["b"]), "2 rader"):
        found = told.header_past_end(Sheet("Blad", cells(*rows)), mapping(GOOD)).row(0, named=True)
        assert (found["code"], found["sheet"], found["row"]) == ("mapping_header_row", "Blad", 1)
        assert f"bara {said}." in found["hint"]


def test_columns_that_are_gone():
    sheet = Sheet("Blad", cells(["a"]))
    gone = [("område", Column(column=0, heading="Kommun")), ("värde", Column(column=6))]
    found = told.columns_gone(sheet, mapping(GOOD), gone)
    assert found["column"].to_list() == ["Kommun", None]
    assert found["expected"].to_list() == ["kolumnen ”Kommun”", "kolumn nummer 7"]
    assert "läser område ur" in found["hint"][0]


@pytest.mark.parametrize(
    ("source", "row", "says"), [(Title(), 1, "ovanför rubrikerna"), (SheetName(), None, "bladets namn")]
)
def test_a_period_that_is_not_where_it_should_be(source, row, says):
    found = told.period_not_above(Sheet("Blad", cells(["a"])), mapping({**GOOD, "period": source}))
    assert found["row"].to_list() == [row]
    assert says in found["hint"][0]


def test_a_period_to_ask_for_is_told_once():
    assert told.period_to_ask(mapping({**GOOD, "period": Asked(), "year": Asked()})).height == 1
    assert told.period_to_ask(mapping(GOOD)).is_empty()
