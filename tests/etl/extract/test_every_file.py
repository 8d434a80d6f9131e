"""One table in every kind of file, encoding, separator and layout: what comes out is always the same."""

from __future__ import annotations

import datetime as dt
from itertools import product

import polars as pl
import pytest

from etl.extract.recognise import recognise
from etl.extract.workbook import open_workbook
from etl.transform.observations import to_observations
from tests.etl.extract.build import xlsx
from tests.etl.extract.containers import ods, ods_rows, parquet, xls, xlsb, xlsb_row

#: Area as written, its id, and for each year numerator and denominator.
AREAS = [
    ("Göteborg", "1480"),
    ("Åmåls kommun", "1492"),
    ("1490 Borås", "1490"),
    ("Västra Götalands län", "14"),
]
YEARS = [2022, 2023, 2024]
COUNTS = {
    ("1480", 2022): (5800, 6000), ("1480", 2023): (5700, 6000), ("1480", 2024): (5850, 6000),
    ("1492", 2022): (96, 100), ("1492", 2023): (97, 100), ("1492", 2024): (95, 100),
    ("1490", 2022): (1240, 1250), ("1490", 2023): (1230, 1250), ("1490", 2024): (1225, 1250),
    ("14", 2022): (18_600, 20_000), ("14", 2023): (18_700, 20_000), ("14", 2024): (18_900, 20_000),
}  # fmt: skip
ORACLE = {
    (area, dt.date(year, 1, 1), 100 * over / under, over, under)
    for (area, year), (over, under) in COUNTS.items()
}
VALUES_ONLY = {(area, start, value, None, None) for area, start, value, _, _ in ORACLE}


def value(area: str, year: int) -> float:
    over, under = COUNTS[area, year]
    return round(100 * over / under, 6)


def long_rows() -> list[list]:
    """The template, one figure a row."""
    rows: list[list] = [["Indikator", "Område", "Period", "Värde", "Täljare", "Nämnare", "Källa"]]
    for (name, area), year in product(AREAS, YEARS):
        rows.append(["mpr-dos-1", name, year, value(area, year), *COUNTS[area, year], "Eget uttag"])
    return rows


def wide_rows() -> list[list]:
    """One column a year."""
    rows: list[list] = [["Nyckeltal", "Kommun", *YEARS, "Källa"]]
    for name, area in AREAS:
        rows.append(["mpr-dos-1", name, *(value(area, year) for year in YEARS), "Eget uttag"])
    return rows


def merged_rows() -> list[list]:
    """Years merged over numerator and denominator; the headings of the rows merged over both lines."""
    upper = [cell for year in YEARS for cell in (year, None)]
    rows: list[list] = [
        ["Indikator", "Område", *upper, "Källa"],
        [None, None, *["Täljare", "Nämnare"] * len(YEARS), None],
    ]
    for name, area in AREAS:
        rows.append(
            ["mpr-dos-1", name, *(count for year in YEARS for count in COUNTS[area, year]), "Eget uttag"]
        )
    return rows


LAYOUTS = {"long": (long_rows, ORACLE), "wide": (wide_rows, VALUES_ONLY), "merged": (merged_rows, ORACLE)}
SURROUNDINGS = ("none", "titles", "phantoms")


def surrounded(rows: list[list], how: str) -> list[list]:
    """The rows under title lines, or among empty rows and columns that hold nothing."""
    if how == "titles":
        return [["Uttag ur systemet"], [], ["Framtaget 2025-01-15"], [], *rows]
    if how == "phantoms":
        return [*[[*row, None, " ", None] for row in rows], [], [None, " "], [], []]
    return rows


def read(content: bytes, catalogue) -> set[tuple]:
    workbook, problems = open_workbook(content)
    assert workbook is not None, problems.rows()
    found, unknown = recognise(workbook)
    assert found is not None, unknown.rows()
    rows, told = to_observations(found, catalogue, origin="uploaded")
    errors = pl.concat([found.problems, told]).filter(severity="error")
    assert errors.is_empty(), errors.rows()
    shown = rows.select("area", "period_start", "value", "numerator", "denominator")
    return {(area, start, round(number, 6), over, under) for area, start, number, over, under in shown.rows()}


def rounded(rows: set[tuple]) -> set[tuple]:
    return {(area, start, round(number, 6), over, under) for area, start, number, over, under in rows}


def as_xlsx(rows: list[list]) -> bytes:
    return xlsx({"Uppgifter": rows})


def as_xls(rows: list[list]) -> bytes:
    return xls({"Uppgifter": rows})


def as_xlsb(rows: list[list]) -> bytes:
    return xlsb({"Uppgifter": b"".join(xlsb_row(place, row) for place, row in enumerate(rows) if row)})


def as_ods(rows: list[list]) -> bytes:
    return ods({"Uppgifter": ods_rows(rows)})


BOOKS = {"xlsx": as_xlsx, "xls": as_xls, "xlsb": as_xlsb, "ods": as_ods}


@pytest.mark.parametrize("around", SURROUNDINGS)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("book", BOOKS)
def test_workbooks(catalogue, book, layout, around):
    make, expected = LAYOUTS[layout]
    assert read(BOOKS[book](surrounded(make(), around)), catalogue) == rounded(expected)


def text(cell: object, decimal: str, space: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".").replace(".", decimal)
    if isinstance(cell, int) and cell > 9999:
        return f"{cell:,}".replace(",", space)
    return str(cell)


def as_text(
    rows: list[list], separator: str, *, decimal: str = ",", space: str = "", end: str = "\r\n"
) -> str:
    return "".join(separator.join(text(cell, decimal, space) for cell in row) + end for row in rows)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-sig"]
)
def test_texts(catalogue, encoding, separator, layout):
    make, expected = LAYOUTS[layout]
    found = as_text(surrounded(make(), "titles"), separator, decimal="." if separator == "," else ",")
    mark = b"\xfe\xff" if encoding == "utf-16-be-sig" else b""
    content = mark + found.encode(encoding.replace("be-sig", "be"))
    assert read(content, catalogue) == rounded(expected)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
@pytest.mark.parametrize("around", SURROUNDINGS)
@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
@pytest.mark.parametrize("decimal", [",", "."])
def test_numbers_and_line_ends(catalogue, decimal, space, around, end):
    found = as_text(surrounded(long_rows(), around), ";", decimal=decimal, space=space, end=end)
    assert read(found.encode(), catalogue) == rounded(ORACLE)


@pytest.mark.parametrize("layout", ["long", "wide"])
def test_parquet(catalogue, layout):
    make, expected = LAYOUTS[layout]
    heads, *rows = make()
    columns = {str(head): [row[place] for row in rows] for place, head in enumerate(heads)}
    assert read(parquet(columns), catalogue) == rounded(expected)


def test_several_sheets_each_with_a_heading_of_its_own(catalogue):
    def year(rows: list[list], *years: int) -> list[list]:
        return [rows[0], *(row for row in rows[1:] if row[2] in years)]

    content = xlsx(
        {
            "2022": year(long_rows(), 2022),
            "2023": surrounded(year(long_rows(), 2023, 2024), "titles"),
            "Om": [["Ring Anna"]],
        }
    )
    assert read(content, catalogue) == rounded(ORACLE)


def test_a_problem_names_the_sheets_row_and_the_column_of_its_year(catalogue):
    rows = surrounded(wide_rows(), "titles")
    rows[5][3] = "#N/A"
    rows[7][4] = "många"
    rows[6][1] = "Åmol"
    found, _ = recognise(open_workbook(as_xlsx(rows))[0])
    _, told = to_observations(found, catalogue, origin="uploaded")
    assert set(told.filter(severity="error").select("code", "sheet", "row", "column", "value").rows()) == {
        ("excel_error", "Uppgifter", 6, "2023", "#N/A"),
        ("bad_number", "Uppgifter", 8, "2024", "många"),
        ("unknown_area", "Uppgifter", 7, "Kommun", "Åmol"),
    }
