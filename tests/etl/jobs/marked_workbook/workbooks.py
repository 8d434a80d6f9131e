"""Workbooks as different programs write them, each with headings in row 3 of `Uppgifter` and rows below."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from schemas.problem import Report, problem

if TYPE_CHECKING:
    from collections.abc import Callable

SHEET = "Uppgifter"
HEADINGS = ["Område", "Period", "Värde"]
ROWS = [
    ["Göteborg", "2024-05", 85.5],
    ["Lidköpig", "2024-06", 12],
    ["Skara", "2024-13", "x1"],
    ["Åmål", "2024-07", None],
]
FIRST_ROW = 4


def wrong(row: int | None, column: str | None, value: str | None = None, **more) -> pl.DataFrame:
    """A problem of a cell on the sheet."""
    told = {"code": "wrong", "expected": "något annat", "hint": "Rätta.", "sheet": SHEET, **more}
    return problem(told.pop("code"), row=row, column=column, value=value, **told)


#: What is wrong with the rows above.
REPORT = Report.of(
    wrong(5, "Område", "Lidköpig", hint="Menade du Lidköping (1494)?"),
    wrong(6, "Period", "2024-13"),
    wrong(6, "Värde", "x1"),
    wrong(7, "Värde", code="missing_value"),
    wrong(4, "Värde", "85.5", severity="warning"),
)
MARKED = {"A5": "error", "B6": "error", "C6": "error", "C7": "error", "C4": "warning"}


def by_xlsxwriter(constant_memory: bool = False) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "constant_memory": constant_memory}) as book:
        sheet = book.add_worksheet(SHEET)
        other = book.add_worksheet("Annat")
        bold = book.add_format({"bold": True, "bg_color": "#00FF00"})
        percent = book.add_format({"num_format": "0.0 %", "bg_color": "#C6EFCE"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        wide = book.add_format({"italic": True})
        sheet.set_column(0, 0, 31)
        sheet.set_column(2, 2, 15, wide)
        sheet.write(0, 0, "Uttag & <kontroll>")
        for column, text in enumerate(HEADINGS):
            sheet.write(2, column, text, bold)
        for number, row in enumerate(ROWS, start=FIRST_ROW - 1):
            sheet.write(number, 0, row[0])
            sheet.write(number, 1, row[1])
            if row[2] is not None:
                sheet.write(number, 2, row[2], percent)
        sheet.write(3, 4, date(2024, 1, 31), day)
        sheet.write_formula(3, 5, "=C4*2", None, 171)
        sheet.write_rich_string(8, 0, "a", bold, "b", "c")
        if not constant_memory:
            sheet.merge_range(9, 0, 10, 1, "sammanslagen")
            sheet.conditional_format("C4:C7", {"type": "cell", "criteria": ">", "value": 5, "format": bold})
            sheet.data_validation("A4:A9", {"validate": "list", "source": ["a", "b"]})
            sheet.autofilter(2, 0, 6, 2)
            sheet.freeze_panes(3, 1)
            sheet.print_area(0, 0, 10, 5)
            sheet.set_header("&CRubrik")
            sheet.write_url(11, 0, "https://example.test/", string="länk")
            chart = book.add_chart({"type": "line"})
            chart.add_series({"values": f"={SHEET}!$C$4:$C$5"})
            sheet.insert_chart("H2", chart)
        other.write(0, 0, "orört")
        other.repeat_rows(0)
        other.activate()
    return content.getvalue()


def with_comments() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        _plain_rows(sheet)
        sheet.write_comment("C6", "Min egen kommentar", {"author": "Ada"})
        sheet.write_comment("A9", "En till")
        other = book.add_worksheet("Annat")
        other.write_comment("B2", "Orörd")
    return content.getvalue()


def with_button() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        _plain_rows(sheet)
        sheet.insert_button("F2", {"caption": "Tryck", "macro": "kor"})
        sheet.add_table("J1:K3", {"columns": [{"header": "x"}, {"header": "y"}]})
    return content.getvalue()


def with_macros() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        _plain_rows(book.add_worksheet(SHEET))
        book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0" + b"makro" * 100), is_stream=True)
    return content.getvalue()


def with_chart_sheet() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": f"={SHEET}!$C$4:$C$5"})
        book.add_chartsheet("Diagram").set_chart(chart)
        _plain_rows(book.add_worksheet(SHEET))
    return content.getvalue()


def _plain_rows(sheet) -> None:
    sheet.write_row(2, 0, HEADINGS)
    for number, row in enumerate(ROWS, start=FIRST_ROW - 1):
        sheet.write_row(number, 0, row)


def by_openpyxl(comments: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet["A1"] = "Uttag"
    for column, text in enumerate(HEADINGS, start=1):
        sheet.cell(3, column, text).font = Font(bold=True)
    for number, row in enumerate(ROWS, start=FIRST_ROW):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            cell.fill = PatternFill("solid", fgColor="FFDDEEFF")
    if comments:
        sheet["A5"].comment = Comment("Redan sagt", "Bo")
        sheet["B9"].comment = Comment("Annat", "Bo")
    book.create_sheet("Annat")["A1"] = "orört"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def by_polars() -> bytes:
    content = io.BytesIO()
    frame = pl.DataFrame(
        {
            name: [None if row[at] is None else str(row[at]) for row in ROWS]
            for at, name in enumerate(HEADINGS)
        }
    )
    frame.write_excel(content, worksheet=SHEET, position="A3", autofit=True)
    return content.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with the parts whose names match a pattern changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info.filename, change(data) if re.fullmatch(part, info.filename) else data)
    return out.getvalue()


def prefixed(data: bytes) -> bytes:
    """A sheet whose elements have a prefix, as some libraries write them."""
    data = data.replace(b'xmlns="http://schemas.openxml', b'xmlns:x="http://schemas.openxml')
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", data)


SHEET_PART = r"xl/worksheets/sheet1\.xml"

#: Workbooks that are marked in their own package.
OWN: dict[str, Callable[[], bytes]] = {
    "xlsxwriter": by_xlsxwriter,
    "xlsxwriter without shared strings": lambda: by_xlsxwriter(constant_memory=True),
    "openpyxl": by_openpyxl,
    "polars": by_polars,
    "comments by xlsxwriter": with_comments,
    "comments by openpyxl": lambda: by_openpyxl(comments=True),
    "a button": with_button,
    "macros": with_macros,
    "a chart on a sheet of its own": with_chart_sheet,
    "prefixed elements": lambda: changed(with_button(), SHEET_PART, _prefixed_but_relations),
    "single quotes": lambda: changed(by_openpyxl(), SHEET_PART, lambda data: data.replace(b'"', b"'")),
    "controls wrapped in alternatives": lambda: changed(
        with_button(),
        SHEET_PART,
        lambda data: data.replace(
            b"<tableParts",
            b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            b'<mc:Choice Requires="x14"/></mc:AlternateContent><tableParts',
        ),
    ),
}


def _prefixed_but_relations(data: bytes) -> bytes:
    return prefixed(data)


#: Workbooks that can't be changed safely, so that their cells are written anew.
ANEW: dict[str, Callable[[], bytes]] = {
    "the strict kind": lambda: changed(
        by_openpyxl(),
        r".*\.(xml|rels)",
        lambda data: data.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ),
    "a comment among the rows": lambda: changed(
        by_openpyxl(),
        SHEET_PART,
        lambda data: data.replace(b"<sheetData>", b'<sheetData><!-- <row r="4"> -->'),
    ),
    "rows out of order": lambda: changed(
        by_openpyxl(), SHEET_PART, lambda data: data.replace(b'<row r="6"', b'<row r="2"')
    ),
    "no styles": lambda: changed(
        by_openpyxl(),
        r"xl/_rels/workbook\.xml\.rels",
        lambda data: re.sub(rb"<[^<>]*styles\.xml[^<>]*>", b"", data),
    ),
    "a style that isn't there": lambda: changed(
        by_openpyxl(), SHEET_PART, lambda data: re.sub(rb' s="\d+"', b' s="999"', data)
    ),
}
