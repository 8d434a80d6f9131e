"""What a mapping reads beside the cells: texts that hold for a whole sheet, and periods put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.extract.heads import period_in
from schemas.mapping import Fixed, SheetName, Title

if TYPE_CHECKING:
    from etl.extract.mapped_plan import Plan
    from schemas.mapping import Mapping, Name

_DATE = r"^(\d{4})-(\d{2})-\d{2}(?:[ T].*)?$"
_YEAR_IN = r"((?:199|20\d)\d)"
_MONTHS_OF = {"quarter": 3, "half_year": 6}


def said_once(plan: Plan, mapping: Mapping) -> tuple[dict[Name, str], bool]:
    """What is the same for all rows of a sheet; and whether a period that should be there isn't."""
    said: dict[Name, str] = {}
    lacking = False
    for name, source in mapping.fields.items():
        if isinstance(source, Fixed):
            said[name] = source.text
        elif isinstance(source, Title | SheetName):
            text = _from_around(plan, source, name)
            lacking |= text is None
            said[name] = text or ""
    return said, lacking


def _from_around(plan: Plan, source: Title | SheetName, name: Name) -> str | None:
    if isinstance(source, SheetName):
        return period_in(plan.sheet.name) if name in ("period", "year") else plan.sheet.name
    above = plan.sheet.cells.head(plan.head.row - 1)
    return next((text for row in above.rows() for cell in row if (text := period_in(cell or ""))), None)


def period_text(text: pl.Expr, year: pl.Expr | None, mapping: Mapping) -> pl.Expr:
    """The period's text, put together where the year stands apart, shortened where a date stands for more."""
    if year is not None:
        text = _with_year(text, year.str.extract(_YEAR_IN, 1), mapping.part)
    if mapping.dates_as is None:
        return text
    groups = text.str.extract_groups(_DATE)
    of_year, month = groups.struct.field("1"), groups.struct.field("2").cast(pl.Int32, strict=False)
    if mapping.dates_as == "year":
        whole = of_year
    elif mapping.dates_as == "month":
        whole = pl.concat_str(of_year, pl.lit("-"), groups.struct.field("2"))
    else:
        mark = "K" if mapping.dates_as == "quarter" else "H"
        number = (month - 1) // _MONTHS_OF[mapping.dates_as] + 1
        whole = pl.concat_str(of_year, pl.lit(mark), number.cast(pl.String))
    return pl.coalesce(whole, text)


def _with_year(text: pl.Expr, year: pl.Expr, part: str) -> pl.Expr:
    number = text.str.extract(r"^(\d{1,2})(?:\.0+)?$", 1)
    before = {"month": "-", "quarter": "K", "week": " v.", "half_year": "H"}[part]
    digits = number.str.zfill(2) if part == "month" else number
    return (
        pl.when(text.str.contains(_YEAR_IN))
        .then(text)
        .otherwise(
            pl.coalesce(
                pl.concat_str(year, pl.lit(before), digits), pl.concat_str(text, pl.lit(" "), year), text
            )
        )
    )
