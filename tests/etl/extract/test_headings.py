from __future__ import annotations

import time

import pytest

from etl.extract.headings import (
    SEARCHED_ROWS,
    Header,
    find_header,
    fold,
    heading_problems,
    missing_columns,
    rows_under,
)
from etl.extract.model import Sheet
from tests.etl.extract.build import workbook

COLUMNS = {"area": ("område", "kommun"), "value": ("värde", "andel"), "sex": ("kön",)}


def sheet(*rows) -> Sheet:
    return workbook(Blad=rows).sheets[0]


def header_of(table: Sheet) -> Header:
    found = find_header(table.cells, COLUMNS)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "heading",
    ["Värde", "  VÄRDE ", "värde:", "Värde (%)", "Va\u0308rde", "Värde\u00a0%", "Värde [procent]", "Värde*"],
)
def test_headings_are_folded(heading):
    assert fold(heading) == "värde"


def test_underscores_and_hyphens_are_spaces():
    assert fold("Antal_dos1") == fold("Antal-dos1") == fold("antal  dos1") == "antal dos1"


def test_the_header_is_found_under_titles_with_its_row():
    found = header_of(sheet(["Titel", None, None], [None] * 3, ["Kommun", "Övrigt", "ANDEL (%)"]))
    assert (found.row, found.places) == (3, {"area": 0, "value": 2})
    assert found.headings == {"area": "Kommun", "value": "ANDEL (%)"}
    assert found.others == ("Övrigt",)
    assert found.missing(["area", "sex"]) == ["sex"]


@pytest.mark.parametrize(("above", "there"), [(SEARCHED_ROWS - 1, True), (SEARCHED_ROWS, False)])
def test_the_header_is_sought_among_the_first_rows(above, there):
    found = find_header(sheet(*[["x", "y"]] * above, ["Kommun", "Värde"]).cells, COLUMNS)
    assert (found is not None) == there


def test_one_heading_is_not_a_header():
    assert find_header(sheet(["Kommun", "x"]).cells, COLUMNS) is None


def test_rows_keep_their_numbers_and_lose_their_blanks():
    table = sheet(["Kommun", "Värde"], [" Ale ", "\u00a01"], [None, "  "], [None, "2"])
    rows = rows_under(table, header_of(table))
    assert rows.rows() == [("Ale", "1", "Blad", 2), (None, "2", "Blad", 4)]


def test_a_missing_column_is_told_with_the_nearest_heading():
    table = sheet(["Kommun", "Värdet", "Kön"])
    header = header_of(table)
    told = missing_columns("Blad", header, ["value"], {"value": "Värde"}, COLUMNS).row(0, named=True)
    assert (told["code"], told["sheet"], told["row"], told["column"]) == (
        "missing_column",
        "Blad",
        1,
        "Värde",
    )
    assert told["hint"] == "Är ”Värdet” samma sak? Byt i så fall rubriken till ”Värde”."


def test_the_same_heading_twice_is_an_error_and_a_second_one_for_the_same_a_warning():
    table = sheet(["Område", "Kommun", "Värde", "Värde"])
    told = heading_problems(table, header_of(table))
    assert told.select("code", "severity", "column").rows() == [
        ("duplicate_column", "error", "Värde"),
        ("unused_column", "warning", "Kommun"),
    ]


def test_cells_without_a_heading_are_told_once():
    table = sheet(["Kommun", "Värde", None], ["Ale", "1", None], ["Ale", "1", "5"], ["Ale", "1", "7"])
    told = heading_problems(table, header_of(table)).row(0, named=True)
    assert (told["code"], told["severity"], told["row"], told["value"]) == (
        "cell_without_heading",
        "warning",
        3,
        "5",
    )
    assert told["hint"].startswith("2\u00a0rader har text")


def test_one_cell_without_a_heading_is_told_as_one():
    table = sheet(["Kommun", "Värde", None], ["Ale", "1", "5"])
    assert heading_problems(table, header_of(table))["hint"].item().startswith("1\u00a0rad har text")


@pytest.mark.benchmark_suite
@pytest.mark.parametrize("text", ["(" * 1_000_000, "värde" + " " * 1_000_000 + "x", "x" * 1_000_000])
def test_one_long_cell_is_no_heading_and_costs_nothing(text):
    begun = time.perf_counter()
    assert fold(text) not in {"värde", ""}
    assert time.perf_counter() - begun < 1
