from __future__ import annotations

import polars as pl
import pytest

from etl.jobs.marked_workbook.parts import UnexpectedPackageError
from etl.jobs.marked_workbook.places import Mark, Texts, heading_places, marks, placed, plain_text, row_texts
from etl.jobs.marked_workbook.sheet import Worksheet
from schemas.problem import Report, problem
from tests.etl.jobs.marked_workbook.test_sheet import sheet

SHARED = (
    "<sst><si><t>Område</t></si><si/><si><r><t xml:space='preserve'>Vär</t></r><r><rPr/><t>de &amp; å</t></r>"
    "<rPh sb='0' eb='1'><t>uttal</t></rPh></si></sst>"
).encode()


def wrong(row, column, value=None, code="w", severity="error") -> pl.DataFrame:
    return problem(
        code, severity=severity, sheet="S", row=row, column=column, value=value, expected="e", hint="h"
    )


def test_shared_texts():
    texts = Texts(SHARED)
    assert [texts[2], texts[0], texts[1]] == ["Värde & å", "Område", ""]
    with pytest.raises(UnexpectedPackageError):
        texts[3]


@pytest.mark.parametrize("data", [b"<sst><si><t>x</t>", b"<!-- -->", b"\0\0"])
def test_shared_texts_that_lead_astray(data):
    with pytest.raises(UnexpectedPackageError):
        Texts(data)[0]


def test_texts_of_a_row():
    cells = (
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>x &lt;</t></is></c><c r="C1"><v>2023</v></c>'
        '<c r="D1" t="str"><f>A1</f><v>räknad</v></c><c r="E1" s="1"/>'
    )
    worksheet = Worksheet(sheet(f'<row r="1">{cells}</row>'))
    row = worksheet.rows(lambda _: True, 1)[1]
    assert row_texts(worksheet, row, Texts(SHARED)) == {0: "Område", 1: "x <", 2: "2023", 3: "räknad"}


def test_a_long_text_is_read_from_its_beginning():
    assert plain_text(b"<t>" + b"x" * 1_000_000 + b"</t>") in {"", "x"}


ROWS = {
    1: {0: "Uttag av Värde"},
    3: {0: "Område", 1: "Period", 2: "Antal  minst\n1 dos", 4: "Värde (%)", 5: "Period"},
    4: {0: "Göteborg", 1: "Område"},
}


@pytest.mark.parametrize(
    ("headings", "places"),
    [
        (["Område", "Period"], {"Område": (3, 0), "Period": (3, 1)}),
        (["Antal minst 1 dos"], {"Antal minst 1 dos": (3, 2)}),
        (["värde"], {"värde": (3, 4)}),
        (["Göteborg"], {"Göteborg": (4, 0)}),
        (["Nämnare"], {}),
        ([], {}),
    ],
)
def test_headings_are_found_as_written_and_else_as_readers_fold_them(headings, places):
    assert heading_places(ROWS, headings) == places


TABLE = Worksheet(
    sheet(
        '<row r="2"><c r="B2" t="inlineStr"><is><t>Område</t></is></c><c r="C2" t="inlineStr"><is><t>Värde</t></is></c>'
        '</row><row r="3"><c r="A3"/><c r="B3"><v>1</v></c><c r="C3"><v>2</v></c></row>'
        '<row r="4"><c r="C4"><v>2</v></c></row>',
        after='<mergeCells count="1"><mergeCell ref="B3:B9"/></mergeCells>',
    )
)


@pytest.mark.parametrize(
    ("told", "cell"),
    [
        (wrong(3, "Värde"), (3, 2)),
        (wrong(8, "Värde"), (8, 2)),
        (wrong(5, "Område"), (3, 1)),
        (wrong(4, None), (4, 2)),
        (wrong(3, "Okänd"), (3, 1)),
        (wrong(99, None), (99, 0)),
        (wrong(None, "Värde"), (2, 2)),
        (wrong(None, "Okänd"), (None, None)),
        (wrong(None, None), (None, None)),
        (wrong(2, "Nämnare", "Värde", code="missing_column"), (2, 2)),
        (wrong(2, "Nämnare", None, code="missing_column"), (2, 1)),
    ],
)
def test_each_problem_has_its_cell(told, cell):
    found = placed(told, TABLE, Texts(None))
    assert found.select("cell_row", "cell_column").row(0) == cell
    assert found.drop("cell_row", "cell_column").equals(told)


def test_a_cell_is_marked_once_with_all_that_is_said_of_it_and_errors_come_first():
    report = Report.of(
        wrong(3, "Värde", severity="warning"), wrong(4, "Värde"), wrong(3, "Område"), wrong(4, "Värde")
    )
    found = marks(placed(report.frame, TABLE, Texts(None)))
    assert found == [
        Mark(3, 1, "error", "Fel. Väntat: e.\nAtt göra: h"),
        Mark(4, 2, "error", "Fel. Väntat: e.\nAtt göra: h"),
        Mark(3, 2, "warning", "Varning. Väntat: e.\nAtt göra: h"),
    ]
