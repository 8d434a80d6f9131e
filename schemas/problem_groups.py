"""Problems grouped for a reader: one mistake made 4 000 times is one line with its rows.

A group is what is wrong in one column: its code, its severity and the column's heading. Within it a case is one
thing to do: what was expected and the hint. Thirty misspelt areas are one group, with a case for each that has a
suggestion and one for all that have none; a sentence that names each row's own numbers makes cases, never groups.
Sheets don't divide a group: rows carry the name of theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from schemas.swedish import EN_DASH, number

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How many of each a group keeps; how many there are beyond them is told.
MAX_CASES = 100
MAX_VALUES = 50
MAX_RANGES = 100

#: Characters of a found value that a list of values shows.
SHOWN_LENGTH = 60

_GROUP = ["severity", "code", "column"]
_CASE = [*_GROUP, "expected", "hint"]

_RANGES = pl.List(pl.Struct({"sheet": pl.String(), "first": pl.Int64(), "last": pl.Int64()}))
_VALUES = pl.List(pl.Struct({"value": pl.String(), "count": pl.Int64()}))
_FOUND: dict[str, pl.DataType] = {
    "count": pl.Int64(),
    "rows": _RANGES,
    "more_rows": pl.Int64(),
    "values": _VALUES,
    "more_values": pl.Int64(),
}
_CASE_SCHEMA: dict[str, pl.DataType] = {"expected": pl.String(), "hint": pl.String(), **_FOUND}

#: One row a group. `sheet`, `expected` and `hint` are null where the group's problems differ in them. `rows`
#: holds ranges of row numbers (sheet, first, last), `values` what was found (value, count), most often first;
#: `more_rows` counts the rows beyond the ranges, `more_values` the distinct values beyond those listed,
#: `more_cases` the cases beyond those listed. A case has the same columns as its group.
GROUP_SCHEMA: dict[str, pl.DataType] = {
    "code": pl.String(),
    "severity": pl.String(),
    "sheet": pl.String(),
    "column": pl.String(),
    "expected": pl.String(),
    "hint": pl.String(),
    **_FOUND,
    "cases": pl.List(pl.Struct(_CASE_SCHEMA)),
    "more_cases": pl.Int64(),
}


def grouped(problems: pl.DataFrame) -> pl.DataFrame:
    """The problems as groups, errors before warnings, the most frequent first.

    Args:
        problems: Columns as in `schemas.problem.PROBLEM_SCHEMA`.

    Returns:
        Columns as in `GROUP_SCHEMA`.
    """
    if problems.is_empty():
        return pl.DataFrame(schema=GROUP_SCHEMA)
    cases = (
        problems.group_by(_CASE, maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("count"), "sheet", "row", "value")
        .with_row_index("case")
    )
    groups = (
        cases.group_by(_GROUP, maintain_order=True)
        .agg(
            pl.col("count").sum(),
            _common("expected"),
            _common("hint"),
            (pl.len().cast(pl.Int64) - MAX_CASES).clip(0).alias("more_cases"),
        )
        .sort(["severity", "count"], descending=[False, True], maintain_order=True)
        .with_row_index("group")
    )
    cases = cases.join(groups.select("group", *_GROUP), on=_GROUP, nulls_equal=True, maintain_order="left")
    found = cases.select("case", "group", "sheet", "row", "value").explode("sheet", "row", "value")
    kept = (
        cases.select("case", "group", "count", "expected", "hint")
        .sort("count", descending=True, maintain_order=True)
        .filter(pl.int_range(pl.len()).over("group") < MAX_CASES)
    )
    listed = (
        _with_found(kept, found, "case")
        .group_by("group", maintain_order=True)
        .agg(pl.struct(list(_CASE_SCHEMA)).alias("cases"))
    )
    sheets = found.group_by("group").agg(_common("sheet"))
    return (
        _with_found(groups, found, "group")
        .join(sheets, on="group", how="left", maintain_order="left")
        .join(listed, on="group", how="left", maintain_order="left")
        .select(pl.col(name).cast(dtype) for name, dtype in GROUP_SCHEMA.items())
    )


def _common(column: str) -> pl.Expr:
    """The value that all have, null where they differ."""
    return pl.when(pl.col(column).n_unique() == 1).then(pl.col(column).first()).alias(column)


def _with_found(frame: pl.DataFrame, problems: pl.DataFrame, key: str) -> pl.DataFrame:
    """`frame` with the rows and values of each key."""
    found = frame.join(_ranges(problems, key), on=key, how="left", maintain_order="left")
    found = found.join(_values(problems, key), on=key, how="left", maintain_order="left")
    return found.with_columns(
        pl.col("rows").fill_null([]),
        pl.col("values").fill_null([]),
        pl.col("more_rows", "more_values").fill_null(0),
    )


def _ranges(problems: pl.DataFrame, key: str) -> pl.DataFrame:
    # Sheets as numbers, which are sorted in a fraction of the time that texts are.
    names = problems["sheet"].drop_nulls().unique().sort()
    place = pl.col("sheet").replace_strict(
        names, pl.int_range(1, len(names) + 1, eager=True), default=0, return_dtype=pl.Int64
    )
    rows = (
        problems.select(key, place.alias("place"), "row").drop_nulls("row").sort(key, "place", "row").lazy()
    )
    same = (pl.col(key) == pl.col(key).shift()) & (pl.col("place") == pl.col("place").shift())
    step = pl.col("row") - pl.col("row").shift()
    runs = (
        rows.with_columns(pl.when(same).then(step).alias("step"))
        .filter(pl.col("step").is_null() | (pl.col("step") > 0))
        .group_by((pl.col("step").fill_null(0) != 1).cum_sum().alias("run"), maintain_order=True)
        .agg(
            pl.col(key, "place").first(),
            pl.col("row").first().alias("first"),
            pl.col("row").last().alias("last"),
            pl.len().cast(pl.Int64).alias("length"),
        )
        .with_columns(_named("place", names).alias("sheet"))
    )
    return (
        runs.group_by(key, maintain_order=True)
        .agg(
            pl.struct("sheet", "first", "last").head(MAX_RANGES).alias("rows"),
            (pl.col("length").sum() - pl.col("length").head(MAX_RANGES).sum()).alias("more_rows"),
        )
        .collect()
    )


def _named(place: str, names: pl.Series) -> pl.Expr:
    numbers = pl.int_range(1, len(names) + 1, eager=True)
    return pl.col(place).replace_strict(numbers, names, default=None, return_dtype=pl.String)


def _values(problems: pl.DataFrame, key: str) -> pl.DataFrame:
    counted = (
        problems.select(key, "value")
        .drop_nulls()
        .group_by(key, "value", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("count"))
        .sort("count", descending=True, maintain_order=True)
    )
    return counted.group_by(key, maintain_order=True).agg(
        pl.struct("value", "count").head(MAX_VALUES).alias("values"),
        (pl.len().cast(pl.Int64) - MAX_VALUES).clip(0).alias("more_values"),
    )


def rows_text(rows: Sequence[dict[str, Any]], more: int = 0, *, shown: int = 5) -> str:
    """Rows as a reader says them: `rad 2–4 001`, `rad 5, 9, 12–40 och 3 till`; empty where there are none.

    Args:
        rows: Ranges with sheet, first and last; the sheet is named where they are on several.
        more: How many rows there are beyond them.
        shown: How many ranges to write out.
    """
    if not rows:
        return ""
    told = _sheet_by_sheet(rows[:shown])
    left = more + sum(item["last"] - item["first"] + 1 for item in rows[shown:])
    return f"{told} och {number(left)} till" if left else told


def _sheet_by_sheet(rows: Sequence[dict[str, Any]]) -> str:
    sheets: dict[str | None, list[str]] = {}
    for item in rows:
        sheets.setdefault(item["sheet"], []).append(_range(item["first"], item["last"]))
    if len(sheets) == 1:
        return f"rad {', '.join(*sheets.values())}"
    return "; ".join(f"{name or 'utan blad'} rad {', '.join(said)}" for name, said in sheets.items())


def _range(first: int, last: int) -> str:
    if first == last:
        return number(first)
    between = ", " if last == first + 1 else EN_DASH
    return f"{number(first)}{between}{number(last)}"


def values_text(values: Sequence[dict[str, Any]], more: int = 0, *, shown: int = 3) -> str:
    """Values found, each with how often where that is more than once: `”Lidköpig” (12), ”Skra” och 4 till`.

    Args:
        values: Values with their counts, most often first.
        more: How many distinct values there are beyond them.
        shown: How many to write out.
    """
    told = [_value(item, alone=len(values) == 1) for item in values[:shown]]
    left = more + len(values[shown:])
    return f"{', '.join(told)} och {number(left)} till" if left else ", ".join(told)


def _value(item: dict[str, Any], *, alone: bool) -> str:
    said = item["value"] if len(item["value"]) <= SHOWN_LENGTH else f"{item['value'][: SHOWN_LENGTH - 1]}…"
    often = "" if alone or item["count"] == 1 else f" ({number(item['count'])})"
    return f"”{said}”{often}"
