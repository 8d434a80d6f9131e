from __future__ import annotations

import contextlib
import time

import pytest

from etl.jobs.marked_workbook.parts import MAIN, RELATIONS, UnexpectedPackageError, tree
from etl.jobs.marked_workbook.sheet import Worksheet


def sheet(rows: str, *, before: str = "", after: str = "", p: str = "") -> bytes:
    space = f'xmlns:{p[:-1]}="{MAIN}"' if p else f'xmlns="{MAIN}"'
    return f"<{p}worksheet {space}>{before}<{p}sheetData>{rows}</{p}sheetData>{after}</{p}worksheet>".encode()


ROWS = (
    '<row r="2" spans="1:3"><c r="A2" s="4" t="s"><v>0</v></c><c r="C2"><f>A1&gt;1</f><v>1</v></c></row>'
    '<row r="5"/><row r="7" s="3" customFormat="1"><c r="B7" t="inlineStr"><is><t>x</t></is></c><c r="D7" s="1"/></row>'
)


def test_rows_and_cells_are_found():
    worksheet = Worksheet(sheet(ROWS))
    rows = worksheet.rows(lambda number: number != 5, 10)
    assert list(rows) == [2, 7]
    found = [(cell.column, cell.style, cell.kind, cell.filled) for cell in worksheet.cells(rows[2])]
    assert found == [(0, 4, b"s", True), (2, 0, b"n", True)]
    assert [(cell.column, cell.filled) for cell in worksheet.cells(rows[7])] == [(1, True), (3, False)]
    assert list(worksheet.rows(lambda _: True, 5)) == [2, 5]


def test_a_look_finds_a_cell_and_never_a_text_that_looks_like_one():
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t> r="B1"</t></is></c><c r="B1"/></row>'
    worksheet = Worksheet(sheet(text))
    row = worksheet.rows(lambda _: True, 1)[1]
    assert worksheet.cell_tag(row, 1) is None
    start, end = worksheet.cell_tag(row, 0)
    assert row.content[start:end] == b'<c r="A1" t="inlineStr">'


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="2"/>', '<row r="3"/><row r="2"/>', "<row/>", "<row><c/></row>", '<row r="1"><c r="A1">',
        '<!-- --><row r="1"/>', "<![CDATA[ ]]>", '<row r="1">',
    ],
)  # fmt: skip
def test_what_leads_astray_is_refused(rows):
    with pytest.raises(UnexpectedPackageError):
        Worksheet(sheet(rows)).rows(lambda _: True, 100)


@pytest.mark.parametrize(
    "cells", ["<c/>", '<c r="1"/>', '<c r="B1"/><c r="A1"/>', '<c r="A1"/><c r="A1"/>', '<c r="A1"><v>']
)
def test_cells_that_lead_astray_are_refused(cells):
    worksheet = Worksheet(sheet(f'<row r="1">{cells}</row>'))
    with pytest.raises(UnexpectedPackageError):
        worksheet.cells(worksheet.rows(lambda _: True, 1)[1])


@pytest.mark.parametrize(
    "data", [b"", b"<x/>", sheet(ROWS).replace(b"</sheetData>", b""), sheet(ROWS).decode().encode("utf-16")]
)
def test_what_is_no_worksheet_is_refused(data):
    with pytest.raises(UnexpectedPackageError):
        Worksheet(data)


def test_cells_under_a_merged_one_are_seen_in_its_first():
    merged = (
        '<mergeCells><mergeCell ref="A2:B4"/><mergeCell ref="D1:D1048576"/><mergeCell ref="?"/></mergeCells>'
    )
    worksheet = Worksheet(sheet(ROWS, after=merged))
    moved = worksheet.anchors([(2, 0), (3, 1), (4, 0), (5, 0), (900_000, 3), (3, 2)])
    assert moved == {(3, 1): (2, 0), (4, 0): (2, 0), (900_000, 3): (1, 3)}
    assert Worksheet(sheet(ROWS)).anchors([(2, 0)]) == {}


def test_columns_have_styles():
    columns = '<cols><col min="2" max="3" style="7"/><col min="5" max="16384"/></cols>'
    styles = Worksheet(sheet(ROWS, before=columns)).column_styles()
    assert (styles[1], styles[2], styles[4], styles.get(0)) == (7, 7, 0, None)


AFTER = "<mergeCells/><pageMargins/>"
DRAWING = '<drawing r:id="a" xmlns:r="x"/>'
LATE = "<legacyDrawingHF/><tableParts/><extLst><ext><sheetData/></ext></extLst>"
WRAPPED = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>'


@pytest.mark.parametrize(
    ("after", "before"),
    [
        (AFTER, ""),
        (AFTER + DRAWING, LATE),
        (AFTER, WRAPPED + LATE),
        (AFTER + WRAPPED + DRAWING, ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("p", ["", "x:"])
def test_the_reference_to_comments_stands_in_its_place(after, before, p):
    def with_p(text):
        return text.replace("<", f"<{p}").replace(f"<{p}/", f"</{p}").replace(f"{p}mc:", "mc:") if p else text

    data = sheet(with_p(ROWS), after=with_p(after + before), p=p)
    worksheet = Worksheet(data)
    changed = data.replace(b'r="5"', b'r="6666"')
    done = worksheet.with_comments(changed, "rId9")
    names = [item.name for item in tree(done, "worksheet", MAIN).children]
    at = names.index("legacyDrawing")
    rest = [item.name for item in tree(data, "worksheet", MAIN).children]
    assert names[:at] + names[at + 1 :] == rest
    assert len(rest) - at == len(tree(sheet("", after=with_p(before), p=p), "worksheet", MAIN).children) - 1
    assert Worksheet(done).comments_id() == "rId9"
    assert RELATIONS.encode() in done


def test_no_comments_no_reference():
    assert Worksheet(sheet(ROWS)).comments_id() is None


@pytest.mark.benchmark_suite
@pytest.mark.parametrize("nasty", ["<row r='1' ", "<row ", '<row r="1"><c ', "<c ", "<x>"])
def test_hostile_rows_take_linear_time(nasty):
    data = sheet("").replace(b"<sheetData>", b"<sheetData>" + nasty.encode() * 200_000)
    begun = time.perf_counter()
    with contextlib.suppress(UnexpectedPackageError):
        Worksheet(data).rows(lambda _: True, 10**6)
    assert time.perf_counter() - begun < 3
