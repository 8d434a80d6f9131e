"""What it would mean in numbers if every area had the county's level.

How many more (for an indicator where lower is better: fewer) would be counted in the numerator, if every area on
the wrong side of the county's level had the county's level. It is only about shares that are ratios of sums: a
survey counts those who answered, not the people who live there. What is counted is what the indicator counts,
which may be visits rather than persons, and areas without a figure are not in it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import with_rules
from etl.measures.interval import as_series
from etl.measures.intervals import NO_COUNTS
from etl.measures.keys import matching, taken
from etl.measures.population import inhabitants
from schemas.catalogue import Direction, Level, RollUp, Unit

if TYPE_CHECKING:
    from etl.measures.grouped import Groups

NO_DIRECTION = "Indikatorn har inget håll som är bättre"
NOT_SHARES = "Antalet kan bara räknas ut för andelar"
SAMPLED = "Antalet kan inte räknas ut ur ett urval eller ett vägt medelvärde"
NO_COUNTY = "Länet har ingen uppgift för samma period"
MIXED = "Länets uppgift och områdenas är inte båda verkliga eller båda exempel"

_PERIOD = ["indicator", "age", "period_type", "period_start"]


def with_shortfall(
    rows: pl.DataFrame,
    groups: Groups,
    series: pl.DataFrame,
    rules: pl.DataFrame,
    *,
    members: pl.DataFrame,
    population: pl.DataFrame,
) -> pl.DataFrame:
    """Add to each area's figure what it lacks to the county's level.

    Args:
        rows: The areas' figures: area, value, denominator.
        groups: The rows' groups: by indicator, age, period_type and period_start at least.
        series: `SERIES_SCHEMA`, for the county's figures.
        rules: `etl.measures.frames.rules`.
        members: `etl.measures.frames.members`.
        population: `POPULATION_SCHEMA`.

    Returns:
        The rows, in their order, with _county and _county_example (the county's figure, and whether it is an
        example), _short (above 0 on the wrong side, as a ratio; null without a figure) and _inhabitants.
    """
    wrong = pl.when(pl.col("direction") == Direction.LOWER).then(-1.0).otherwise(1.0) / pl.col("scale")
    county = series[[*_PERIOD, "value", "origin"]].filter(
        (series["level"] == Level.COUNTY) & (series["sex"] == "total") & series["value"].is_not_null()
    )
    county = with_rules(county, rules.select("indicator", wrong.alias("wrong")), "wrong")
    same = matching(groups.keys, county, _PERIOD)[groups.of]
    level, toward, example = (
        taken(column, same) for column in (county["value"], county["wrong"], county["origin"] == "example")
    )
    years = groups.keys.select(pl.col("period_start").dt.year().cast(pl.Int32).alias("year"))
    known = inhabitants(years, population, members)
    year = years["year"][groups.of.astype(np.uint32)]
    living = taken(known["inhabitants"], matching(rows[["area"]].hstack([year]), known, ["area", "year"]))
    return rows.hstack(
        [
            level.alias("_county"),
            example.alias("_county_example"),
            ((level - rows["value"]) * toward).alias("_short"),
            living.alias("_inhabitants"),
        ]
    )


def sums(rows: pl.DataFrame, groups: Groups) -> list[pl.Series]:
    """What `people` needs of each group of areas.

    Args:
        rows: From `with_shortfall`, with `example`.
        groups: The rows' groups.
    """
    short, size, living = (
        rows[name].cast(pl.Float64).to_numpy() for name in ("_short", "denominator", "_inhabitants")
    )
    below = short > 0
    unknown = groups.any(below & np.isnan(living))
    mixed = (rows["_county_example"] != rows["example"]).fill_null(value=False).to_numpy()
    return [
        as_series("_people", groups.total(np.where(below, short * size, 0.0))),
        pl.Series("_uncounted", groups.any(below & np.isnan(size)), dtype=pl.Boolean),
        as_series("_inhabitants", np.where(unknown, np.nan, groups.total(np.where(below, living, 0.0)))),
        pl.Series("_has_county", groups.any(rows["_county"].is_not_null().to_numpy()), dtype=pl.Boolean),
        pl.Series("_mixed", groups.any(mixed), dtype=pl.Boolean),
    ]


@cache
def people() -> list[pl.Expr]:
    """people, inhabitants_below and people_reason, where there is a `gap`.

    Of the columns of `sums`, unit, roll_up, direction and gap.
    """
    reason = (
        pl.when(pl.col("unit") != Unit.PERCENT)
        .then(pl.lit(NOT_SHARES))
        .when(pl.col("roll_up") != RollUp.RATIO_OF_SUMS)
        .then(pl.lit(SAMPLED))
        .when(pl.col("direction") == Direction.NONE)
        .then(pl.lit(NO_DIRECTION))
        .when(~pl.col("_has_county"))
        .then(pl.lit(NO_COUNTY))
        .when(pl.col("_mixed"))
        .then(pl.lit(MIXED))
        .when(pl.col("_uncounted"))
        .then(pl.lit(NO_COUNTS))
    )
    given = reason.is_null() & pl.col("gap").is_not_null()
    return [
        pl.when(given).then((pl.col("_people") + 0.5).floor().cast(pl.Int64)).alias("people"),
        pl.when(given).then(pl.col("_inhabitants").cast(pl.Int64)).alias("inhabitants_below"),
        pl.when(pl.col("gap").is_not_null()).then(reason).alias("people_reason"),
    ]
