"""What every job asks of its rows, beyond what reading them could tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from schemas.catalogue import RollUp
from schemas.problem import no_problems, problem, problems_from
from schemas.swedish import count_text, number

if TYPE_CHECKING:
    from datetime import date

    from schemas.catalogue import Catalogue

_PERIODS = {
    "year": "år", "half_year": "halvår", "quarter": "kvartal", "month": "månad",
    "week": "vecka", "season": "säsong", "date": "datum",
}  # fmt: skip


def other_periods(rows: pl.DataFrame, catalogue: Catalogue, column: str | None) -> pl.DataFrame:
    """A warning per indicator that is delivered by another length of period than it is followed by.

    Args:
        rows: Canonical observations.
        catalogue: Usual period types.
        column: Heading of the period in the file.
    """
    items = catalogue.indicators.values()
    usual = pl.col("indicator").replace_strict({item.id: str(item.period_type) for item in items})
    names = {item.id: item.name for item in items}
    found = (
        rows.select("indicator", "period_type")
        .unique(maintain_order=True)
        .filter(pl.col("period_type") != usual)
        .with_columns(pl.col("indicator").replace(names).alias("name"), usual.alias("usual"))
    )
    return problems_from(
        found,
        "other_period_type",
        severity="warning",
        sheet=None,
        row=None,
        column=column,
        value=pl.concat_str("name", pl.lit(" per "), pl.col("period_type").replace(_PERIODS)),
        expected=pl.concat_str(pl.lit("per "), pl.col("usual").replace(_PERIODS)),
        hint="Uppgifterna lagras, men jämförs inte med dem som har indikatorns vanliga period.",
    )


def future_periods(rows: pl.DataFrame, column: str | None, today: date) -> pl.DataFrame:
    """An error for every figure of a period that hasn't begun: it would be shown as the latest one.

    Args:
        rows: Canonical observations.
        column: Heading of the period in the file.
        today: The day of the delivery.
    """
    return problems_from(
        rows.filter(pl.col("period_start") > today),
        "future_period",
        column=column,
        value=pl.col("period_start").cast(pl.String),
        expected=f"en period som har börjat senast {today}",
        hint="Perioden ligger i framtiden. Rätta den.",
    )


def not_summed(rows: pl.DataFrame, catalogue: Catalogue, column: str | None) -> pl.DataFrame:
    """A warning per indicator whose municipal values lack the counts that a delregion's figure is made of."""
    ratios = [item.id for item in catalogue.indicators.values() if item.roll_up is RollUp.RATIO_OF_SUMS]
    codes = [area.id for area in catalogue.municipalities]
    names = {item.id: item.name for item in catalogue.indicators.values()}
    counted = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    found = (
        rows.filter(
            pl.col("indicator").is_in(ratios)
            & pl.col("area").is_in(codes)
            & pl.col("value").is_not_null()
            & ~counted
        )
        .group_by("indicator", maintain_order=True)
        .agg(pl.len().alias("rows"))
        .with_columns(pl.col("indicator").replace(names).alias("name"))
    )
    counted_rows = pl.lit(pl.Series([count_text(count, "rad", "rader") for count in found["rows"]]))
    return problems_from(
        found,
        "not_summed",
        severity="warning",
        sheet=None,
        row=None,
        column=column,
        value=pl.concat_str("name", pl.lit(", "), counted_rows),
        expected="täljare och nämnare för varje kommun",
        hint=(
            "Kommunernas värden lagras och visas, men kan inte räknas samman till delregioner och län. "
            "Ett genomsnitt av procenttal vore fel."
        ),
    )


def mixed_origin(rows: pl.DataFrame, column: str | None) -> pl.DataFrame:
    """An error where example rows and real rows come in one file: nobody could tell them apart later."""
    example = pl.col("origin") == "example"
    count = rows.select(example.sum()).item()
    if count in {0, rows.height}:
        return no_problems()
    first = rows.filter(example).row(0, named=True)
    return problem(
        "mixed_origin",
        sheet=first["sheet"],
        row=first["row"],
        column=column,
        value=first["source"],
        expected="bara exempeldata eller bara riktiga uppgifter",
        hint=f"{number(count)} av {number(rows.height)} rader är exempeldata. Dela upp filen i två.",
    )


def no_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """An error where a file has nothing to store."""
    if rows.height:
        return no_problems()
    return problem(
        "no_rows",
        expected="minst en rad med uppgifter för Västra Götaland",
        hint="Filen har inga rader att lagra. Fyll i minst en rad under rubrikerna.",
    )
