"""Funds: what was allocated to each area, per inhabitant, and a per-capita split to the krona.

Money goes where its row's area says. A municipality's money counts in its delregion of every division and in
the county; a delregion's only in that delregion, of its own division, and in the county; the county's own
(länsgemensamma medel, the region's) stays with the county and isn't spread over anyone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from etl.measures.frames import is_example
from etl.measures.population import inhabitants
from schemas.catalogue import Level
from schemas.period import PeriodType
from schemas.results import SERIES_SCHEMA, Method

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Catalogue

_KEY = ["indicator", "year", "area", "example"]
_FIGURES: dict[str, pl.DataType] = {
    **{
        name: SERIES_SCHEMA[name]
        for name in (
            "indicator", "period_start", "period_type", "sex", "age", "area", "level", "division", "value",
            "numerator", "denominator", "method", "members", "members_expected", "flag", "origin", "source",
            "batch", "reason",
        )
    },
    "example": pl.Boolean(),
}  # fmt: skip


def allocated(
    allocations: pl.DataFrame,
    catalogue: Catalogue,
    areas: pl.DataFrame,
    members: pl.DataFrame,
    population: pl.DataFrame,
) -> pl.DataFrame:
    """Figures of the funds indicators: kronor allocated per area and year.

    Example allocations of an indicator give way to real ones, of any year, and the two are never in one sum.
    Used and repaid sums aren't allocated ones and are left out.

    Args:
        allocations: `ALLOCATION_SCHEMA` and `batch`.
        catalogue: For which indicator shows which agreement.
        areas: `etl.measures.frames.areas`.
        members: `etl.measures.frames.members`.
        population: `POPULATION_SCHEMA`.

    Returns:
        Figures as from `etl.measures.rollup.roll_up`. `value` and `numerator` are kronor, `denominator` the
        inhabitants (null where not known), so that value / denominator is kronor per inhabitant. The method
        is `direct` where all of it was allocated to that very area, else `sum`.
    """
    if allocations.is_empty():
        return pl.DataFrame(schema=_FIGURES)
    shown_by = {item.id: item.indicator for item in catalogue.agreements.values()}
    headline = {item.id: item.headline_age for item in catalogue.indicators.values()}
    rows = (
        allocations.filter((pl.col("kind") == "allocated") & pl.col("agreement").is_in(list(shown_by)))
        .with_columns(
            pl.col("agreement")
            .replace_strict(shown_by, default=None, return_dtype=pl.String)
            .alias("indicator"),
            is_example(pl.col("origin")).alias("example"),
        )
        .join(areas.select("area", pl.col("level").alias("area_level")), on="area")
    )
    rows = rows.filter(pl.col("example") == pl.col("example").all().over("indicator"))
    sums = spread(rows, areas, members).group_by(_KEY).agg(_sums())
    people = inhabitants(rows.select("year"), population, members)
    return (
        sums.join(areas.drop("area_name"), on="area")
        .join(people, on=["area", "year"], how="left")
        .select(
            "indicator",
            pl.date("year", 1, 1).alias("period_start"),
            pl.lit(str(PeriodType.YEAR)).alias("period_type"),
            pl.lit("total").alias("sex"),
            pl.col("indicator").replace_strict(headline, return_dtype=pl.String).alias("age"),
            "area",
            "level",
            "division",
            pl.col("amount").cast(pl.Float64).alias("value"),
            pl.col("amount").cast(pl.Float64).alias("numerator"),
            pl.col("inhabitants").cast(pl.Float64).alias("denominator"),
            pl.when("own")
            .then(pl.lit(str(Method.DIRECT)))
            .otherwise(pl.lit(str(Method.SUM)))
            .alias("method"),
            pl.lit(None, pl.Int32).alias("members"),
            pl.lit(None, pl.Int32).alias("members_expected"),
            pl.lit(None, pl.String).alias("flag"),
            "origin",
            "source",
            "batch",
            pl.lit(None, pl.String).alias("reason"),
            "example",
        )
    )


def spread(rows: pl.DataFrame, areas: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Each row once for every area that its money counts in.

    Args:
        rows: Allocations with the column area.
        areas: `etl.measures.frames.areas`.
        members: `etl.measures.frames.members`.

    Returns:
        The rows with `area` as the area that they count in, and `own`: whether it is the row's own area.
    """
    county = areas.filter(pl.col("level") == Level.COUNTY).select(pl.col("area").alias("to"))
    above = pl.concat(
        [
            members.select(pl.col("municipality").alias("area"), pl.col("area").alias("to")),
            areas.filter(pl.col("level") == Level.DELREGION).select("area").join(county, how="cross"),
        ]
    )
    parts = [
        rows.with_columns(pl.col("area").alias("to"), pl.lit(value=True).alias("own")),
        rows.join(above, on="area").with_columns(pl.lit(value=False).alias("own")),
    ]
    return pl.concat(parts, how="diagonal").drop("area").rename({"to": "area"})


def _sums() -> list[pl.Expr]:
    several = pl.concat_str(pl.lit("Flera källor, bland andra "), pl.col("source").min())
    return [
        pl.col("amount").sum(),
        pl.col("own").all(),
        # "example", "published" and "uploaded" sort in that order, and an example is never beside the others
        pl.col("origin").max(),
        pl.when(pl.col("source").n_unique() == 1)
        .then(pl.col("source").first())
        .otherwise(several)
        .alias("source"),
        pl.col("batch").max(),
    ]


def split_per_capita(total: Decimal, weights: Mapping[str, int]) -> dict[str, Decimal]:
    """Split a sum by number of inhabitants, in whole kronor that add up to it exactly.

    Largest-remainder rounding: each gets its share rounded down, and the kronor left over go one each to the
    largest remainders; among equal remainders to the largest weight, then to the first id. A piece of
    arithmetic, never to be shown as a decision that someone has taken.

    Args:
        total: Whole kronor, not negative.
        weights: Id → inhabitants, none negative and not all 0.

    Returns:
        Id → kronor, in the order of `weights`.

    Raises:
        ValueError: The total isn't whole kronor, or there is nobody to split it between.
    """
    kronor = int(total)
    people = sum(weights.values())
    if kronor != total or kronor < 0:
        raise ValueError("Summan ska vara i hela kronor och inte under noll.")
    if people <= 0 or min(weights.values()) < 0:
        raise ValueError("Det saknas invånare att fördela summan på.")
    shares = {name: divmod(kronor * weight, people) for name, weight in weights.items()}
    left = kronor - sum(whole for whole, _ in shares.values())
    order = sorted(weights, key=lambda name: (-shares[name][1], -weights[name], name))
    one_more = set(order[:left])
    return {name: Decimal(whole + (name in one_more)) for name, (whole, _) in shares.items()}
