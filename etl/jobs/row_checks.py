"""What every job asks of its rows, beyond what reading them could tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from schemas.problem import no_problems, problem, problems_from
from schemas.swedish import number

if TYPE_CHECKING:
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
