"""Kolada's export from its pages, wide form: key figure, area, and one column a year.

Its sheet is called "Kolada nyckeltal"; a title stands in the first row, and below it a header row whose two
first cells are blank. Like the long form it names key figures and areas by name only, and carries rows for
groups whose figures are unweighted averages. Kolada writes no sex there: a key figure of women has it in its
name.
"""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from etl.extract.headings import SEARCHED_ROWS, cleaned, fold
from etl.extract.heads import Head, parts_of, read_head
from etl.extract.kolada import CONVENTIONS, PSEUDO_AREA, averages
from etl.extract.model import Extracted, Sheet, Workbook
from etl.extract.template import others_passed_over
from etl.extract.wide import Plan, has_year, read_plans
from schemas.mapping import Fixed, Headings, Mapping, Spread

SHAPE = "kolada-wide"
SHAPE_NAME = "Export från Kolada med en kolumn per år"

_FIRST = (("", ""), ("nyckeltal", "område"))
_MARK = re.compile("kolada", re.IGNORECASE)


def _head(sheet: Sheet) -> Head | None:
    """The header row: two cells of the key figure and the area, then nothing but periods."""
    for row in range(1, min(SEARCHED_ROWS, sheet.cells.height) + 1):
        head = read_head(sheet.cells, row)
        if head is None:
            return None
        names = [fold(name) for name in head.names]
        rest = [name for name in head.names[2:] if name.strip()]
        first = (names[0], names[1]) if len(names) > 1 else None
        if first in _FIRST and rest and all(has_year(name) and not parts_of(name).label for name in rest):
            return head if first[0] or _named(sheet, row) else None
    return None


def _named(sheet: Sheet, row: int) -> bool:
    """True where the sheet's name or a text above the header says Kolada."""
    above = [cell for cells in sheet.cells.head(row - 1).rows() for cell in cells if cell]
    return any(_MARK.search(text) for text in (sheet.name, *above))


def claims(workbook: Workbook) -> bool:
    """True when some sheet is such a table."""
    return any(_head(sheet) is not None for sheet in workbook.sheets)


def read(workbook: Workbook) -> Extracted:
    """The figures, without the rows of groups and national averages."""
    plans, problems = [], []
    for sheet in workbook.sheets:
        head = _head(sheet)
        if head is None:
            continue
        kept, skipped = _prepared(sheet, head)
        plans.append(_plan(kept, head))
        problems.append(averages(skipped, head.names[1] or "Område"))
    problems += others_passed_over(
        workbook, [plan.sheet.name for plan in plans], "nyckeltal, område och en kolumn per år"
    )
    return read_plans(plans, shape=SHAPE, shape_name=SHAPE_NAME, conventions=CONVENTIONS, problems=problems)


def _plan(sheet: Sheet, head: Head) -> Plan:
    mapping = Mapping(
        name=SHAPE_NAME,
        sheet=sheet.name,
        header_row=head.row,
        fields={
            "indicator": head.column(0),
            "area": head.column(1),
            "period": Headings(),
            "value": Spread(label=""),
            "source": Fixed(text="Kolada"),
        },
    )
    return Plan(sheet, head, mapping, len(head.names) - 2)


def _prepared(sheet: Sheet, head: Head) -> tuple[Sheet, pl.DataFrame]:
    """The sheet with a key figure in every row that has an area, and without rows of groups; and those."""
    numbered = sheet.cells.with_row_index("row", offset=1)
    below = pl.col("row") > head.row
    pseudo = below & cleaned(1).str.contains(PSEUDO_AREA).fill_null(False)
    skipped = numbered.filter(pseudo).select(
        cleaned(1).alias("area"), pl.lit(sheet.name).alias("sheet"), pl.col("row").cast(pl.Int64)
    )
    # A merged cell has its text in the first of its rows only.
    named = pl.when(below).then(cleaned(0)).forward_fill()
    kept = numbered.with_columns(
        pl.when(below & cleaned(1).is_not_null()).then(named).otherwise(pl.col("c0")).alias("c0")
    ).with_columns(pl.when(~pseudo).then(column).alias(column) for column in sheet.cells.columns)
    return replace(sheet, cells=kept.drop("row")), skipped
