"""Deliveries made by hand, and measures simple enough to see through."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from etl.warehouse import Delivery
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from schemas.problem import no_problems, problem
from schemas.results import ASSESSED_SCHEMA, SERIES_SCHEMA

#: The indicator that the stub makes out of allocations.
MONEY = "medel"


def observation(
    indicator: str = "a", area: str = "1480", value: float | None = 1.0, **other: Any
) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "area": area,
        "period_start": date(2024, 1, 1),
        "period_type": "year",
        "sex": "total",
        "age": "total",
        "value": value,
        "numerator": None,
        "denominator": None,
        "standard_deviation": None,
        "flag": None,
        "origin": "uploaded",
        "source": "Källa",
        "sheet": "Blad1",
        "row": 2,
    } | other


def allocation(recipient: str = "Borås", amount: str = "10.50", **other: Any) -> dict[str, Any]:
    return {
        "agreement": "avtal",
        "year": 2021,
        "purpose": "syfte",
        "level": "kommun",
        "area": "1490",
        "recipient": recipient,
        "kind": "allocated",
        "amount": Decimal(amount),
        "origin": "uploaded",
        "source": None,
        "sheet": None,
        "row": 2,
    } | other


def observations(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=OBSERVATION_SCHEMA)


def allocations(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=ALLOCATION_SCHEMA)


def delivery(
    content: str, *rows: dict[str, Any], money: tuple[dict[str, Any], ...] = (), **other: Any
) -> Delivery:
    facts: dict[str, Any] = {
        "content": content.encode(),
        "name": f"{content}.csv",
        "jobs": ("vaccination", "funds"),
        "shape": "template-observations",
        "delivered_by": "Åsa",
        "origin": "uploaded",
        "observations": observations(*rows),
        "allocations": allocations(*money),
        "problems": no_problems(),
    }
    return Delivery(**(facts | other))


def warning(row: int) -> pl.DataFrame:
    return problem("odd", severity="warning", row=row, expected="något annat", hint="Se efter.")


def derive(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Real rows before example rows, as they are; and the sum of each agreement's money in the county."""
    figures = (
        rows.sort(pl.col("origin") == "example", maintain_order=True)
        .unique(["indicator", "area", "period_start"], keep="first", maintain_order=True)
        .select("indicator", "area", "period_start", "value", "origin", "batch")
    )
    sums = money.group_by("agreement", maintain_order=True).agg(
        pl.lit(MONEY).first().alias("indicator"),
        pl.lit("14").first().alias("area"),
        pl.lit(date(2021, 1, 1)).first().alias("period_start"),
        pl.col("amount").cast(pl.Float64).sum().alias("value"),
        pl.col("origin").max(),
        pl.col("batch").max(),
    )
    both = pl.concat([figures, sums.drop("agreement")])
    return _filled(both, SERIES_SCHEMA), _filled(both, ASSESSED_SCHEMA)


def _filled(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return frame.select(
        pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in schema.items()
    )


def figures(frame: pl.DataFrame) -> dict[tuple[str, str], float]:
    """Value by indicator and area."""
    return {(row["indicator"], row["area"]): row["value"] for row in frame.iter_rows(named=True)}
