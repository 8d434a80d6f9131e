"""The one gate through which every row passes on its way to the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandera.errors
import polars as pl

from schemas.problem import PROBLEM_SCHEMA, no_problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandera.polars as pa

_DUPLICATE = "multiple_fields_uniqueness"

#: pandera check (its name up to the bracket) → problem code.
_CODES = {
    _DUPLICATE: "duplicate_key",
    "column_in_dataframe": "missing_column",
    "column_in_schema": "unknown_column",
    "not_nullable": "missing_value",
    "isin": "not_allowed",
    "in_range": "out_of_range",
    "greater_than": "out_of_range",
    "greater_than_or_equal_to": "out_of_range",
    "less_than_or_equal_to": "out_of_range",
    "dtype": "wrong_type",
}

#: Problem code → what was expected, what to do.
_TEXTS = {
    "duplicate_key": (
        "en rad per indikator, område, period och grupp",
        "Samma uppgift finns på flera rader. Behåll en av dem.",
    ),
    "missing_column": ("kolumnen ska finnas", "Lägg till kolumnen."),
    "unknown_column": ("kolumnen är inte känd", "Ta bort kolumnen."),
    "missing_value": ("ett värde", "Fyll i cellen."),
    "not_allowed": ("ett av de tillåtna värdena", "Välj ett värde ur mallens förklaringsblad."),
    "out_of_range": ("ett tal inom tillåtna gränser", "Rätta talet."),
    "wrong_type": ("en annan sorts värde", "Rätta cellens innehåll."),
    "refused": ("en rad enligt schemat", "Rätta raden."),
}


def admit(
    frame: pl.DataFrame,
    model: pa.DataFrameSchema,
    *,
    headings: Mapping[str, str] | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Validate a typed frame and tell every failure at once.

    Args:
        frame: Canonical rows; `sheet` and `row`, where the model has them, say where each came from.
        model: One of the models in `schemas.tables`.
        headings: Canonical column name → the heading in the analyst's file.

    Returns:
        The frame as validated, and a problem frame (`schemas.problem.PROBLEM_SCHEMA`). The rows may be used
        only when the problem frame is empty: a failure of data is data, never an exception.
    """
    try:
        return model.validate(frame, lazy=True), no_problems()
    except pandera.errors.SchemaErrors as refused:
        return frame, _as_problems(refused.failure_cases, frame, dict(headings or {}))


def _as_problems(failures: pl.DataFrame, frame: pl.DataFrame, headings: dict[str, str]) -> pl.DataFrame:
    places = frame.select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("index"),
        (pl.col("sheet") if "sheet" in frame.columns else pl.lit(None, pl.String)).alias("sheet"),
        (pl.col("row") if "row" in frame.columns else pl.lit(None, pl.Int64)).alias("row"),
    )
    code = (
        pl.col("check")
        .str.replace(r"\(.*", "")
        .replace_strict(_CODES, default="refused", return_dtype=pl.String)
    )
    whole_frame = pl.col("schema_context") == "DataFrameSchema"
    named = (
        pl.when(whole_frame & (code != "missing_column") & (code != "unknown_column"))
        .then(None)
        .when(whole_frame)
        .then(pl.col("failure_case"))
        .otherwise(pl.col("column"))
    )
    return (
        failures.with_columns(pl.col("index").cast(pl.Int64))
        .join(places, on="index", how="left")
        .select(
            code.alias("code"),
            pl.lit("error").alias("severity"),
            pl.col("sheet"),
            pl.col("row"),
            named.replace(headings).alias("column"),
            pl.when(whole_frame).then(None).otherwise(pl.col("failure_case")).alias("value"),
            code.replace_strict({key: text[0] for key, text in _TEXTS.items()}).alias("expected"),
            code.replace_strict({key: text[1] for key, text in _TEXTS.items()}).alias("hint"),
        )
        .cast(dict(PROBLEM_SCHEMA))  # type: ignore[arg-type]
        .select(list(PROBLEM_SCHEMA))
    )
