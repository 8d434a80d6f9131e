"""Open a delivered file as text, by its content and never by its name."""

from __future__ import annotations

import fastexcel
import polars as pl

from etl.extract import refusals
from etl.extract.container import (
    MAX_BYTES,
    MAX_COLUMNS,
    is_zip,
    megabytes,
    refuse_by_first_bytes,
    refuse_zip,
)
from etl.extract.model import Sheet, Workbook
from etl.extract.separated import read_separated
from schemas.problem import LIST_SHEET, no_problems, problem


def open_workbook(content: bytes) -> tuple[Workbook | None, pl.DataFrame]:
    """A delivered file as sheets of text.

    Dates come as `2024-01-31 00:00:00`, numbers as Excel stores them with a decimal point, and a cell that
    holds an Excel error (#DIV/0!) as empty.

    Args:
        content: The file's bytes.

    Returns:
        The workbook, and what was found on the way. Without a workbook the problems say why: `empty_file`,
        `not_a_spreadsheet`, `damaged_file`, `password_protected`, `old_excel`, `too_large`,
        `too_many_columns`, `forbidden_content` or `unclosed_quote`.
    """
    if not content:
        return None, refusals.empty_file()
    if len(content) > MAX_BYTES:
        return None, refusals.too_large(megabytes(len(content)), megabytes(MAX_BYTES))
    if is_zip(content):
        refused = refuse_zip(content)
        return (None, refused) if refused is not None else _open_xlsx(content)
    refused = refuse_by_first_bytes(content)
    return (None, refused) if refused is not None else _open_text(content)


def _open_text(content: bytes) -> tuple[Workbook | None, pl.DataFrame]:
    cells, refused = read_separated(content)
    if cells is None:
        return None, refused if refused is not None else refusals.not_a_spreadsheet()
    return Workbook("csv", (Sheet("", cells),)), no_problems()


def _open_xlsx(content: bytes) -> tuple[Workbook | None, pl.DataFrame]:
    try:
        reader = fastexcel.read_excel(content)
        # The list in a marked workbook that comes back corrected is ours, not the analyst's.
        loaded = [_load(reader, name) for name in reader.sheet_names if name != LIST_SHEET]
    except fastexcel.FastExcelError:
        return None, refusals.damaged_file()
    filled = [(sheet, visible) for sheet, visible in loaded if sheet.cells.height]
    if not filled:
        return None, refusals.empty_file()
    wide = [sheet for sheet, _ in filled if sheet.cells.width > MAX_COLUMNS]
    if wide:
        return None, refusals.too_many_columns(wide[0].cells.width, MAX_COLUMNS, wide[0].name)
    hidden = [_hidden(sheet.name) for sheet, visible in filled if not visible]
    # Sheets without cells stay: their names may carry what a source says, such as a date.
    sheets = tuple(sheet for sheet, visible in loaded if visible)
    return Workbook("xlsx", sheets), pl.concat(hidden) if hidden else no_problems()


def _load(reader: fastexcel.ExcelReader, name: str) -> tuple[Sheet, bool]:
    # skip_rows=0 keeps empty rows at the top, so that row numbers are the sheet's own.
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    cells = sheet.to_polars()
    named = cells.rename({column: f"c{index}" for index, column in enumerate(cells.columns)})
    return Sheet(name, named.select(pl.all().cast(pl.String))), sheet.visible == "visible"


def _hidden(name: str) -> pl.DataFrame:
    return problem(
        "hidden_sheet",
        severity="warning",
        sheet=name,
        expected="blad som syns",
        hint="Bladet är dolt och lästes inte. Visa det i Excel om det ska vara med.",
    )
