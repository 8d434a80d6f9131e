"""Read a spreadsheet that has been looked at: every sheet's cells as text, Excel's errors among them."""

from __future__ import annotations

import re

import fastexcel
import polars as pl

from etl.extract import refusals
from etl.extract.container import MAX_CELLS, MAX_COLUMNS
from etl.extract.model import Kind, Sheet, Workbook
from schemas.problem import LIST_SHEET, no_problems, problem
from schemas.swedish import number

#: What the reader's library calls an error → what Excel in Swedish shows.
ERRORS = {
    "Div0": "#DIVISION/0!",
    "NA": "#SAKNAS!",
    "Name": "#NAMN?",
    "Null": "#SKÄRNING!",
    "Num": "#OGILTIGT!",
    "Ref": "#REFERENS!",
    "Value": "#VÄRDEFEL!",
}
_OTHER_ERROR = "#FEL!"
_ERROR_CELL = re.compile(r"\bError\((\w+)\)")

#: Sheets of one file.
MAX_SHEETS = 300

#: The library's own failures, by name: it has no class for them that could be named otherwise.
_PANIC = "PanicException"


def read_spreadsheet(content: bytes, kind: Kind, *, errors: bool) -> tuple[Workbook | None, pl.DataFrame]:
    """A spreadsheet's visible sheets as text.

    Dates come as `2024-01-31 00:00:00`, numbers as they are stored, with a decimal point, and a cell that holds
    an Excel error as Excel shows it in Swedish, such as `#DIVISION/0!`.

    Args:
        content: Its bytes, looked at before.
        kind: Its format.
        errors: Whether some cell may hold an Excel error.

    Returns:
        The workbook, with a warning for each hidden sheet; or None and the reason.
    """
    try:
        return _read(content, kind, errors=errors)
    except fastexcel.FastExcelError:
        return None, refusals.damaged_file()
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        return None, refusals.damaged_file()


def _read(content: bytes, kind: Kind, *, errors: bool) -> tuple[Workbook | None, pl.DataFrame]:
    reader = fastexcel.read_excel(content)
    # The list in a marked workbook that comes back corrected is ours, not the analyst's.
    names = [name for name in reader.sheet_names if name != LIST_SHEET]
    if len(names) > MAX_SHEETS:
        return None, refusals.too_many_sheets(len(names), MAX_SHEETS)
    loaded: list[tuple[Sheet, bool]] = []
    cells = 0
    for name in names:
        sheet, visible = _load(reader, name, errors=errors)
        cells += sheet.cells.height * sheet.cells.width
        if cells > MAX_CELLS:
            return None, refusals.too_large(f"{number(cells)} celler i bladen", f"{number(MAX_CELLS)} celler")
        if sheet.cells.width > MAX_COLUMNS:
            return None, refusals.too_many_columns(sheet.cells.width, MAX_COLUMNS, name)
        loaded.append((sheet, visible))
    return _workbook(kind, loaded)


def _workbook(kind: Kind, loaded: list[tuple[Sheet, bool]]) -> tuple[Workbook | None, pl.DataFrame]:
    if not any(sheet.cells.height for sheet, _ in loaded):
        return None, refusals.empty_file()
    hidden = [_hidden(sheet.name) for sheet, visible in loaded if sheet.cells.height and not visible]
    # Sheets without cells stay: their names may carry what a source says, such as a date.
    sheets = tuple(sheet for sheet, visible in loaded if visible)
    return Workbook(kind, sheets), pl.concat(hidden) if hidden else no_problems()


def _load(reader: fastexcel.ExcelReader, name: str, *, errors: bool) -> tuple[Sheet, bool]:
    # skip_rows=0 keeps empty rows at the top, so that row numbers are the sheet's own.
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    cells = sheet.to_polars()
    named = cells.rename({column: f"c{index}" for index, column in enumerate(cells.columns)})
    texts = named.select(pl.all().cast(pl.String))
    if errors:
        texts = _with_errors(texts, sheet)
    return Sheet(name, texts), sheet.visible == "visible"


def _with_errors(cells: pl.DataFrame, sheet: fastexcel.ExcelSheet) -> pl.DataFrame:
    """The cells with Excel's errors as texts, which the library leaves empty."""
    _, found = sheet.to_arrow_with_errors()
    places: dict[int, tuple[list[int], list[str]]] = {}
    for error in found.errors if found else ():
        said = _ERROR_CELL.search(error.detail)
        if said is None:
            continue
        row, column = error.offset_position
        rows, texts = places.setdefault(column, ([], []))
        rows.append(row)
        texts.append(ERRORS.get(said.group(1), _OTHER_ERROR))
    return cells.with_columns(
        cells[f"c{column}"].scatter(rows, texts) for column, (rows, texts) in places.items()
    )


def _hidden(name: str) -> pl.DataFrame:
    return problem(
        "hidden_sheet",
        severity="warning",
        sheet=name,
        expected="blad som syns",
        hint="Bladet är dolt och lästes inte. Visa det i Excel om det ska vara med.",
    )
