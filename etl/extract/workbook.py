"""Open a delivered file as text, by its content and never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.extract import archive, biff, refusals
from etl.extract.container import packing_of, refuse_by_first_bytes, refuse_size
from etl.extract.json_tables import read_json
from etl.extract.model import Workbook
from etl.extract.parquet import read_parquet
from etl.extract.separated import read_separated
from etl.extract.spreadsheets import read_spreadsheet
from schemas.problem import no_problems

if TYPE_CHECKING:
    import polars as pl


def open_workbook(content: bytes) -> tuple[Workbook | None, pl.DataFrame]:
    """A delivered file as sheets of text.

    Read are .xlsx, .xlsm (without its macros), .xls, .xlsb, .ods, .parquet, text with separators in any of the
    usual encodings, and JSON tables of statistical databases.

    Args:
        content: The file's bytes.

    Returns:
        The workbook, and what was found on the way. Without a workbook the problems say why: `empty_file`,
        `not_a_spreadsheet`, `damaged_file`, `password_protected`, `old_format`, `too_large`,
        `too_many_columns`, `too_many_rows`, `too_many_sheets`, `nested_columns`, `forbidden_content` or
        `unclosed_quote`.
    """
    if not content:
        return None, refusals.empty_file()
    refused = refuse_size(len(content))
    if refused is not None:
        return None, refused
    return {
        "zip": _open_zip,
        "compound": _open_compound,
        "parquet": read_parquet,
        "json": read_json,
        "text": _open_text,
    }[packing_of(content)](content)


def _open_zip(content: bytes) -> tuple[Workbook | None, pl.DataFrame]:
    vetted, refused = archive.vet(content)
    if vetted is None:
        return None, refusals.damaged_file() if refused is None else refused
    return read_spreadsheet(vetted.content, vetted.kind, errors=vetted.errors)


def _open_compound(content: bytes) -> tuple[Workbook | None, pl.DataFrame]:
    vetted, refused = biff.vet(content)
    if vetted is None:
        return None, refusals.damaged_file() if refused is None else refused
    return read_spreadsheet(vetted.content, "xls", errors=vetted.errors)


def _open_text(content: bytes) -> tuple[Workbook | None, pl.DataFrame]:
    refused = refuse_by_first_bytes(content)
    if refused is not None:
        return None, refused
    sheet, refused = read_separated(content)
    if sheet is None:
        return None, refused if refused is not None else refusals.not_a_spreadsheet()
    return Workbook("csv", (sheet,)), no_problems()
