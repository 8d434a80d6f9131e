from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from etl.extract import fohm_covid19
from etl.extract.fohm_covid19 import BY_AGE_SHEET, BY_MUNICIPALITY_SHEET, SERIES_SHEET, published_on
from etl.extract.model import Workbook
from etl.extract.recognise import recognise
from tests.etl.extract.build import extracted, opened, workbook

BY_AGE = [
    ["Län", "Län_namn", "Kommun", "Kommun_namn", "Ålder", "Befolkning", "Antal minst 1 dos", "Antal minst 2 doser",
     "Antal 3 doser", None],
    ["14", "VG", "1480", "Göteborg", "12-15", "100", "60", "50", None, None],
    ["14", "VG", "1480", "Göteborg", "18-29", "100", "70", "65", None, None],
    [None] * 10,
    ["14", "VG", "1480", "Göteborg", "90 eller äldre", "10", "9", "8", "7", None],
]  # fmt: skip
BY_MUNICIPALITY = [["KnKod", "KnNamn", "Antal_dos1", "Antal_dos2"], ["1480", "Göteborg", "139", "123"]]
SERIES = [
    ["Vecka", "År", "Region", "Antal vaccinerade", "Vaccinationsstatus"],
    ["42", "2022", "VG", "139", "Minst 1 dos"],
]


def small(**changes) -> Workbook:
    sheets = {
        SERIES_SHEET: SERIES,
        BY_MUNICIPALITY_SHEET: BY_MUNICIPALITY,
        BY_AGE_SHEET: BY_AGE,
        "FOHM 27 OKT 2022": [["Information"]],
        **changes,
    }
    return workbook(**{name: rows for name, rows in sheets.items() if rows})


def read(book: Workbook):
    found, problems = recognise(book)
    assert found is not None
    assert problems.is_empty()
    assert found.shape == "fohm-covid19"
    return found


#: File → published, doses, age bands, heading of the second dose.
ERAS = {
    "fohm_covid19_vaccine_2021-06-10.xlsx": ("2021-06-10", 2, 8, "Antal färdigvaccinerade"),
    "fohm_covid19_vaccine_2022-10-27.xlsx": ("2022-10-27", 3, 10, "Antal minst 2 doser"),
}


@pytest.mark.parametrize("file", ERAS)
def test_both_eras(shared_data, file):
    published, doses, bands, heading = ERAS[file]
    found = extracted((shared_data / file).read_bytes())
    blank = 2 * 290 if doses == 3 else 0
    assert found.rows.height == 290 * bands * doses - blank
    assert (found.shape, found.published, found.problems.height) == ("fohm-covid19", published, 0)
    assert found.rows["period"].unique().to_list() == [published]
    assert found.rows["area"].n_unique() == 290
    assert found.rows.select("numerator", "denominator", "age").null_count().row(0) == (0, 0, 0)
    assert found.headings["numerator/covid19-minst-2-doser"] == heading
    assert found.checks["kommun"].columns == ["area", "n1", "n2", "sheet", "row"]
    assert found.checks["kommun"].height == 290
    assert found.checks["tidsserie"].columns == ["region", "week", "year", "status", "count", "sheet", "row"]


def test_the_sheet_of_age_adds_up_to_the_county(shared_data):
    found = extracted((shared_data / "fohm_covid19_vaccine_2022-10-27.xlsx").read_bytes())
    county = found.rows.filter(pl.col("area").str.starts_with("14"))
    sums = county.group_by("indicator").agg(pl.col("numerator").cast(pl.Int64).sum())
    totals = dict(sums.rows())
    assert totals["covid19-minst-1-dos"] == 1_299_275
    assert totals["covid19-minst-2-doser"] == 1_266_642
    kommun = found.checks["kommun"].filter(pl.col("area").str.starts_with("14"))
    assert kommun["n1"].cast(pl.Int64).sum() == 1_299_275


def test_sheets_in_any_order_and_of_any_name_are_recognised(shared_data):
    content = (shared_data / "fohm_covid19_vaccine_2022-10-27.xlsx").read_bytes()
    book = opened(content)
    shuffled = Workbook(book.kind, tuple(reversed(book.sheets)))
    assert read(shuffled).rows.equals(read(book).rows)
    renamed = small(**{BY_AGE_SHEET: None, "Blad7": BY_AGE})
    assert read(renamed).rows["sheet"].unique().to_list() == ["Blad7"]


def test_a_third_dose_is_left_out_only_where_it_was_not_given():
    rows = read(small()).rows.filter(indicator="covid19-dos-3")
    assert rows.select("age", "numerator", "row").rows() == [("18-29", None, 3), ("90 eller äldre", "7", 5)]


def test_a_missing_sheet_is_named():
    found = read(small(**{BY_AGE_SHEET: None}))
    assert found.rows.is_empty()
    assert found.problems.select("code", "severity", "sheet").rows() == [
        ("missing_sheet", "error", BY_AGE_SHEET)
    ]


def test_a_sheet_needed_only_for_checks_is_missed_with_a_warning():
    found = read(small(**{SERIES_SHEET: None}))
    assert found.problems.select("code", "severity", "sheet").rows() == [
        ("missing_sheet", "warning", SERIES_SHEET)
    ]
    assert found.checks["tidsserie"].is_empty()


def test_a_missing_column_is_named_with_its_sheet():
    without = [[cell for place, cell in enumerate(row) if place != 5] for row in BY_AGE]
    told = read(small(**{BY_AGE_SHEET: without})).problems
    assert told.select("code", "severity", "sheet", "column").rows() == [
        ("missing_column", "error", BY_AGE_SHEET, "Befolkning")
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("FOHM 27 OKT 2022", date(2022, 10, 27)),
        ("FOHM 10 JUN 2021", date(2021, 6, 10)),
        ("fohm 1 mars 2022", date(2022, 3, 1)),
        ("FOHM 5 SEPT 2022", date(2022, 9, 5)),
        ("FOHM 31 FEB 2022", None),
        ("FOHM 27 OCT 2022", None),
        ("Information", None),
    ],
)
def test_the_date_is_read_from_a_sheets_name(name, expected):
    assert published_on(workbook(**{name: [["x"]]})) == expected


def test_a_workbook_without_a_date_is_told():
    found = read(small(**{"FOHM 27 OKT 2022": None}))
    assert found.problems["code"].to_list() == ["missing_publication_date"]
    assert found.rows["period"].null_count() == found.rows.height


def test_headings_without_rows():
    assert read(small(**{BY_AGE_SHEET: BY_AGE[:1]})).problems["code"].to_list() == ["no_rows"]


def test_other_workbooks_are_not_claimed():
    assert not fohm_covid19.claims(workbook(**{BY_MUNICIPALITY_SHEET: [["KnKod", "Antal"]]}))


@pytest.mark.parametrize("age", ["18-99999999999999999999", "18-٢٩", "18-"])
def test_an_age_that_is_no_number_is_left_to_be_told(age):
    odd = [BY_AGE[0], [*BY_AGE[1][:4], age, *BY_AGE[1][5:]]]
    assert set(read(small(**{BY_AGE_SHEET: odd})).rows["age"]) == {age}
