from __future__ import annotations

import io

import openpyxl
import polars as pl
import pytest

from etl.extract.model import Sheet
from etl.extract.workbook import open_workbook
from etl.jobs.marked_workbook import plain
from etl.jobs.marked_workbook.plain import names_of, written


def sheet(name: str, *rows: list[str | None]) -> Sheet:
    columns = {f"c{at}": [row[at] for row in rows] for at in range(len(rows[0]))} if rows else {}
    return Sheet(name, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))


@pytest.mark.parametrize(
    ("names", "excels"),
    [
        ([""], ["Uppgifter"]),
        (["a", "A", "a (2)"], ["a", "A (2)", "a (2) (2)"]),
        (["x/y:z?*[]\\"], ["x_y_z_____"]),
        (["'citat'", "'"], ["citat", "Uppgifter"]),
        (["å" * 40], ["å" * 31]),
    ],
)
def test_names_that_excel_takes(names, excels):
    assert list(names_of([sheet(name) for name in names]).values()) == excels


def test_the_same_texts_stand_in_the_same_places():
    sheets = [
        sheet("", ["a", None, " b "], [None, None, None], ["=1+1", "-5", "å & <x>\n\ty\r"]),
        sheet("tomt"),
        sheet("två", ["x"]),
    ]
    package, whole = written(sheets, names_of(sheets), {}, macros=False)
    assert whole
    book = openpyxl.load_workbook(io.BytesIO(package.packed()))
    assert book.sheetnames == ["Uppgifter", "tomt", "två"]
    first = book["Uppgifter"]
    assert [first["A1"].value, first["C1"].value, first["A3"].value, first["B3"].value] == [
        "a",
        " b ",
        "=1+1",
        "-5",
    ]
    assert first["A3"].data_type != "f"
    assert first["C3"].value.startswith("å & <x>\n\ty")
    again, _ = open_workbook(package.packed())
    assert again.sheets[0].cells.rows()[:2] == sheets[0].cells.rows()[:2]


@pytest.mark.parametrize(("macros", "kind"), [(True, "macroEnabled"), (False, "sheet.main")])
def test_the_kind_is_that_of_its_ending(macros, kind):
    package, _ = written([sheet("a", ["x"])], {"a": "a"}, {}, macros=macros)
    assert kind in (package.type_of("xl/workbook.xml") or "")


def test_of_a_huge_file_the_first_rows_and_those_with_problems_are_written(monkeypatch):
    monkeypatch.setattr(plain, "MAX_CELLS", 100)
    sheets = [sheet("a", *([f"rad {row}"] for row in range(1, 501)))]
    package, whole = written(sheets, {"a": "a"}, {"a": [77, 400]}, macros=False)
    assert not whole
    rows = openpyxl.load_workbook(io.BytesIO(package.packed()))["a"]
    assert {row[0].row for row in rows.iter_rows() if row[0].value} == {*range(1, 31), 77, 400}
    assert rows["A400"].value == "rad 400"
