from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.fingerprint import fingerprint, of_mapping, remembered_for
from etl.extract.model import Sheet, Workbook
from schemas.mapping import Mapping
from tests.etl.extract.test_heads import cells


def of(*rows, row=1, height=1):
    return fingerprint(Sheet("", cells(*rows)), row, height)


BASE = of(["Kommun", "2021", "2022", "Källa"], ["Ale", "1", "2", "Vi"])


@pytest.mark.parametrize(
    "rows",
    [
        [["Kommun", "2021", "2022", "Källa"], ["Borås", "5", "6", None], ["Mark", "7", "8", "Andra"]],
        [["Kommun", "2021", "2022", "2023", "Källa"]],
        [["Kommun", "2023", "Källa"]],
        [[" KOMMUN:", "2021", "2022", "Källa (text)"]],
        [["Kommun", "2021", "2022", "Källa", None, None]],
        [["Kommun", "2021", "2022", "Källa", ""], ["Ale", "1", "2", "Vi", "en lapp"]],
    ],
)
def test_the_same_shape(rows):
    assert of(*rows) == BASE


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([["Område", "2021", "2022", "Källa"]], 1),
        ([["2021", "Kommun", "2022", "Källa"]], 1),
        ([["Kommun", None, "2021", "2022", "Källa"]], 1),
        ([["Kommun", "Andel 2021", "2022", "Källa"]], 1),
        ([["Kommun", "2021", "2022"]], 1),
        ([["Titel"], ["Kommun", "2021", "2022", "Källa"]], 2),
    ],
)
def test_another_shape(rows, row):
    assert of(*rows, row=row) not in (BASE, None)


def test_a_title_is_no_part_of_it():
    first = of(["Uttag den 3 maj"], ["Kommun", "Andel"], row=2)
    assert first == of(["Något helt annat", "och mer"], ["Kommun", "Andel"], row=2)


def test_headings_over_two_rows():
    table = [[None, "2022", None], ["Kommun", "Antal", "Andel"]]
    more = [[None, "2022", None, "2023", None], ["Kommun", "Antal", "Andel", "Antal", "Andel"]]
    assert of(*table, row=2, height=2) == of(*more, row=2, height=2)
    assert of(*table, row=2, height=2) != of(*table, row=2)


@pytest.mark.parametrize(("row", "height"), [(2, 1), (3, 1), (1, 2)])
def test_there_is_none_without_headings(row, height):
    assert of(["Kommun"], [None], row=row, height=height) is None


TEXT = st.text(max_size=12)


@settings(deadline=None)
@given(
    headings=st.lists(TEXT, min_size=1, max_size=6),
    rows=st.lists(st.lists(TEXT, min_size=1, max_size=6), max_size=5),
)
def test_cells_never_count(headings, rows):
    width = len(headings)
    body = [(row * width)[:width] for row in rows]
    assert of(headings) == of(headings, *body)


@settings(deadline=None)
@given(
    first=st.integers(1990, 2060),
    years=st.integers(1, 8),
    more=st.integers(1, 5),
    words=st.lists(st.sampled_from(["Antal", "Andel (%)", "", "n"]), min_size=1, max_size=3, unique=True),
)
def test_further_years_never_count(first, years, more, words):
    def table(last):
        return [
            "Kommun",
            *(f"{word} {year}".strip() for year in range(first, last) for word in words),
            "Källa",
        ]

    assert of(table(first + years)) == of(table(first + years + more))


def mapping(row, name="x", sheet=""):
    return Mapping(name=name, sheet=sheet, header_row=row, fields={})


def test_a_workbook_is_known_by_any_of_its_sheets():
    notes = Sheet("Läs mig", cells(["Så här gör du"]))
    data = Sheet("Data", cells(["Titel"], ["Kommun", "Andel"], ["Ale", "1"]))
    book = Workbook("xlsx", (notes, data))
    told = mapping(2, sheet="Data")
    key = of_mapping(book, told)
    assert key == fingerprint(data, 2)
    other = Workbook("xlsx", (Sheet("Annat namn", cells(["Ny titel"], ["kommun", "ANDEL"])),))
    assert remembered_for(other, {"0" * 64: mapping(1), key: told}) == (key, told)


def test_the_first_that_fits_is_taken():
    table = Workbook("csv", (Sheet("", cells(["Kommun", "Andel"], ["Ale", "1"])),))
    first, second = mapping(1, "ett"), mapping(2, "två")
    known = {of_mapping(table, second): second, of_mapping(table, first): first}
    assert remembered_for(table, known)[1].name == "två"


def test_nothing_is_remembered_of_another_shape():
    table = Workbook("csv", (Sheet("", cells(["Kommun", "Andel"])),))
    other = Workbook("csv", (Sheet("", cells(["Område", "Andel"])),))
    assert remembered_for(other, {of_mapping(table, mapping(1)): mapping(1)}) is None
    assert remembered_for(table, {}) is None


def test_a_mapping_that_fits_no_sheet_has_none():
    assert of_mapping(Workbook("csv", (Sheet("", cells(["a"])),)), mapping(9)) is None
