"""Problems as data: what is wrong with a delivery, where, and what to do about it.

A report is one polars frame, so that 200 000 wrong rows cost as little as one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import polars as pl

from schemas.problem_groups import grouped

Severity = Literal["error", "warning"]

#: One row a problem. `row` is the row number as the analyst sees it in the sheet (1-based),
#: null where the problem concerns a whole file, sheet or column.
PROBLEM_SCHEMA: dict[str, pl.DataType] = {
    "code": pl.String(),
    "severity": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "expected": pl.String(),
    "hint": pl.String(),
}

_NONE = pl.DataFrame(schema=PROBLEM_SCHEMA)

#: The sheet of a marked workbook that lists its problems; never data when the workbook comes back.
LIST_SHEET = "Fel att rätta"

#: The keys of a problem in JSON, in order.
PROBLEM_KEYS = ("code", "sheet", "row", "column", "value", "expected", "hint")


def no_problems() -> pl.DataFrame:
    """An empty problem frame."""
    return _NONE.clone()


def problem(
    code: str,
    *,
    expected: str,
    hint: str,
    severity: Severity = "error",
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> pl.DataFrame:
    """One problem as a frame of one row.

    Args:
        code: Stable machine name in snake_case, such as `unknown_area`.
        expected: What the program had expected, in Swedish.
        hint: What the analyst can do, in Swedish.
        severity: An error stops the delivery, a warning is shown beside it.
        sheet: Sheet name as in the file.
        row: Row number as in the sheet, 1-based.
        column: Column heading as in the file.
        value: The value that was found, as text.
    """
    return pl.DataFrame(
        [[code, severity, sheet, row, column, value, expected, hint]], schema=PROBLEM_SCHEMA, orient="row"
    )


def problems_from(
    frame: pl.DataFrame,
    code: str,
    *,
    expected: str | pl.Expr,
    hint: str | pl.Expr,
    column: str | pl.Expr | None = None,
    value: str | pl.Expr | None = None,
    severity: Severity = "error",
    sheet: str | pl.Expr | None = "sheet",
    row: str | pl.Expr | None = "row",
) -> pl.DataFrame:
    """One problem per row of `frame`, whole columns at once.

    `sheet`, `row` and `value` name columns of `frame`; `expected`, `hint` and `column` are literal texts;
    each may be an expression instead.
    """

    def named(item: str | pl.Expr | None) -> pl.Expr:
        if item is None:
            return pl.lit(None)
        return pl.col(item) if isinstance(item, str) else item

    def literal(item: str | pl.Expr | None) -> pl.Expr:
        return item if isinstance(item, pl.Expr) else pl.lit(item)

    parts = {
        "code": pl.lit(code),
        "severity": pl.lit(severity),
        "sheet": named(sheet),
        "row": named(row),
        "column": literal(column),
        "value": named(value),
        "expected": literal(expected),
        "hint": literal(hint),
    }
    return frame.select(expr.cast(PROBLEM_SCHEMA[name]).alias(name) for name, expr in parts.items())


@dataclass(frozen=True)
class Report:
    """All problems of one delivery.

    Attributes:
        frame: Columns as in `PROBLEM_SCHEMA`.
    """

    frame: pl.DataFrame = field(default_factory=no_problems)

    @classmethod
    def of(cls, *frames: pl.DataFrame) -> Report:
        """The report that holds the given problem frames, in file order."""
        kept = [frame for frame in frames if frame.height]
        if not kept:
            return cls()
        merged = pl.concat(kept).sort(["severity", "sheet", "row"], nulls_last=False, maintain_order=True)
        return cls(merged)

    def plus(self, *frames: pl.DataFrame) -> Report:
        """This report with more problems."""
        return Report.of(self.frame, *frames)

    @property
    def ok(self) -> bool:
        """True when nothing stops the delivery; warnings don't."""
        return self.errors.is_empty()

    @property
    def errors(self) -> pl.DataFrame:
        """The problems that stop a delivery."""
        return self.frame.filter(pl.col("severity") == "error")

    @property
    def warnings(self) -> pl.DataFrame:
        """What has to be seen but doesn't stop a delivery."""
        return self.frame.filter(pl.col("severity") == "warning")

    def grouped(self) -> pl.DataFrame:
        """The problems as groups, one mistake made 4 000 times on one line: see `schemas.problem_groups`."""
        return self._groups

    @cached_property
    def _groups(self) -> pl.DataFrame:
        return grouped(self.frame)
