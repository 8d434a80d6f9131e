"""Numbers with a decimal comma in a text table whose cells are separated by commas, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.extract.headings import cleaned
from schemas.problem import no_problems, problem
from schemas.swedish import count_text

if TYPE_CHECKING:
    from etl.extract.model import Sheet

_WHOLE = r"\d$"
_DECIMALS = r"^\d+\s*%?$"


def split_numbers(sheet: Sheet, row: int) -> pl.DataFrame:
    """The error of rows that have more cells than the headings, with two cells that may be one number.

    Args:
        sheet: The sheet; only one of comma-separated text can have such rows.
        row: Row of its headings.
    """
    if sheet.widths is None:
        return no_problems()
    wider = sheet.widths.slice(row) > sheet.widths[row - 1]
    rows = sheet.cells.with_row_index("row", offset=1).slice(row).filter(wider)
    found = rows.filter(_divided(sheet.cells.width))
    if found.is_empty():
        return no_problems()
    return problem(
        "split_number",
        sheet=sheet.name,
        row=found["row"][0],
        expected="lika många celler på varje rad som i rubrikraden",
        hint=f"{count_text(found.height, 'rad', 'rader')} har fler celler än rubrikraden. Filens celler skiljs åt "
        "med komma, så ett tal med decimalkomma delas i två. Spara filen med semikolon mellan cellerna.",
    )


def _divided(width: int) -> pl.Expr:
    pairs = [
        cleaned(place).str.contains(_WHOLE) & cleaned(place + 1).str.contains(_DECIMALS)
        for place in range(width - 1)
    ]
    return pl.any_horizontal(pl.lit(value=False), *pairs)
