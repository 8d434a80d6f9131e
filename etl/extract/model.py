"""What extraction hands on: cells as text, with sheet, row and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import polars as pl

from schemas.problem import no_problems

#: Text columns of an extracted observation table. `indicator`, `area`, `period` are as in the file;
#: null where the file has no such cell.
OBSERVATION_TEXT = (
    "indicator", "area", "period", "sex", "age", "value", "numerator", "denominator", "standard_deviation", "flag",
    "source",
)  # fmt: skip

#: Text columns of an extracted allocation table.
ALLOCATION_TEXT = ("agreement", "year", "purpose", "level", "area", "recipient", "kind", "amount", "source")


#: Before a canonical column's name: a further column of the rows with the heading of each row's own cell, where
#: it differs from row to row (a table with one column a year).
HEADING_OF = "heading_"

#: A file's format; an .xlsm is `xlsx`, text with any separator `csv`.
Kind: TypeAlias = Literal["csv", "xlsx", "xls", "xlsb", "ods", "parquet", "json"]


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        name: As in the file; a CSV has one sheet, named "", and so have a Parquet file and a JSON table.
        cells: String columns c0, c1, …; frame row i is sheet row i + 1, title lines included.
        widths: How many cells each row was written with, the empty ones included; only of text whose cells are
            separated by commas, where a decimal comma makes one more.
    """

    name: str
    cells: pl.DataFrame
    widths: pl.Series | None = None


@dataclass(frozen=True)
class Workbook:
    """A file opened as text."""

    kind: Kind
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Conventions:
    """How a source writes what a cell means; the reader of that source decides.

    Attributes:
        marks: Cell text → what it says: `missing`, `suppressed`, or `zero`.
        share: Whether a share is written as `percent` (0-100), as `fraction` (0-1), or as `either`, to be
            told per file and indicator from the values.
        unknown_areas: What to do with an area that isn't in the county: an `error`, or `skip` (told once as
            a warning) where the source covers all of Sweden.
        ages: Whether only the indicator's `listed` age groups may stand, or any `bands` (18-29, 90+), which
            the job then adds up.
    """

    marks: dict[str, Literal["missing", "suppressed", "zero"]]
    share: Literal["percent", "fraction", "either"] = "percent"
    unknown_areas: Literal["error", "skip"] = "error"
    ages: Literal["listed", "bands"] = "listed"


@dataclass(frozen=True)
class Extracted:
    """A recognised file.

    Attributes:
        shape: Machine name of the shape, such as `fohm-covid19`.
        shape_name: Swedish name of it, as an analyst would say it.
        kind: Which canonical table its rows become.
        rows: String columns as in `OBSERVATION_TEXT` or `ALLOCATION_TEXT`, then `sheet` (String) and `row`
            (Int64, as the analyst sees it), and after them any columns named by `HEADING_OF`.
        headings: Canonical column → heading in the file. Where it differs by indicator, also
            `column/indicator` → heading.
        conventions: How to read its cells.
        problems: What was wrong already while extracting.
        checks: Further tables of the same file that a job holds the rows against, by name.
        published: Date of publication in the file, ISO, where it carries one.
    """

    shape: str
    shape_name: str
    kind: Literal["observations", "allocations"]
    rows: pl.DataFrame
    headings: dict[str, str]
    conventions: Conventions
    problems: pl.DataFrame = field(default_factory=no_problems)
    checks: dict[str, pl.DataFrame] = field(default_factory=dict)
    published: str | None = None
