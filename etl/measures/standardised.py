"""Figures as they would be with the county's ages: direct standardisation over the age groups delivered.

A place with many old people isn't worse for that. Each area's figure by age group is weighted with the county's
own denominators by age group in the same period; no other standard population has a source here. The county's
own standardised figure is its figure for those age groups together.

| unit              | interval                                                                              |
|-------------------|---------------------------------------------------------------------------------------|
| index             | Dobson et al. 1991 (Statistics in Medicine 10, 457-462) on Byar's or exact limits of  |
|                   | the summed count                                                                      |
| per cent          | MOVER on Wilson's interval of each age group (Zou, Huang & Zhang 2009, Computational  |
|                   | Statistics & Data Analysis 53, 1080-1085); with one group it is Wilson's own. Dobson's |
|                   | takes cases to be rare, which gives a share of 95 % an upper bound beyond 100 %       |
| days              | none: their spread isn't delivered                                                    |

A standardised figure is for comparing areas with each other; it isn't anybody's actual figure. As in Public
Health England's guidance none is made of fewer than `LEAST_COUNT` cases.
"""

from __future__ import annotations

import polars as pl

from etl.measures.frames import is_example
from etl.measures.interval import as_series, columns, dobson, wilson, z_of
from etl.measures.intervals import LEVEL, NO_SPREAD
from schemas.catalogue import Level, Unit
from schemas.results import SERIES_SCHEMA, IntervalMethod

#: The fewest cases, all ages together, that a standardised figure is made of.
LEAST_COUNT = 10

#: One group can't be weighted against another.
LEAST_GROUPS = 2

OVERLAP = "Åldersgrupperna överlappar varandra, så de kan inte vägas samman"
FEW_CASES = f"Färre än {LEAST_COUNT} fall, för få för att vägas om efter ålder"
BAD_COUNTS = "Antalen bakom värdet går inte ihop, så de kan inte vägas om efter ålder"

_PERIOD = ["indicator", "period_type", "period_start"]
_UNITS = [Unit.PERCENT, Unit.INDEX, Unit.DAYS, Unit.DAYS_PER_INHABITANT]
_NO_LAST_AGE = 1000
_SCHEMA: dict[str, pl.DataType] = {
    **{name: SERIES_SCHEMA[name] for name in (*_PERIOD, "area", "level", "division")},
    "age_groups": pl.UInt32(),
    **dict.fromkeys(("value", "numerator", "denominator", "lower", "upper"), pl.Float64()),
    "interval_method": pl.String(),
    "interval_level": pl.Float64(),
    "interval_reason": pl.String(),
    "example": pl.Boolean(),
    "reason": pl.String(),
}


def standardised(
    series: pl.DataFrame, rules: pl.DataFrame, *, level: float = LEVEL, exact: bool = False
) -> pl.DataFrame:
    """Standardise every figure that has age groups.

    Args:
        series: `SERIES_SCHEMA`; only both sexes together are used, and ages other than `total`.
        rules: `etl.measures.frames.rules`.
        level: Level of the intervals.
        exact: Exact limits for all summed counts, not only small ones.

    Returns:
        One row per indicator, period_type, period_start and area for which the county has two age groups or
        more: level, division, age_groups (how many the county has), value (in the unit), numerator and
        denominator (the area's own sums), lower, upper, interval_method, interval_level, interval_reason,
        example (whether any figure or weight is an example) and reason (Swedish, where there is no value).
        Nothing for kronor, nor for the country and vårdcentraler. Sorted by these keys.
    """
    rows = _by_age(series, rules)
    if rows.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    weights = _weights(rows)
    areas = rows.select(*_PERIOD, "area", "level", "division").unique()
    parts = (
        areas.join(weights, on=_PERIOD)
        .join(
            rows.select(*_PERIOD, "area", "age", "numerator", "denominator", "example"),
            on=[*_PERIOD, "area", "age"],
            how="left",
        )
        .join(rules.select("indicator", "unit", "scale"), on="indicator")
    )
    summed = _summed(parts, z_of(level))
    return _answered(summed, level=level, exact=exact).select(list(_SCHEMA)).sort(*_PERIOD, "area")


def _by_age(series: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    by_age = (series["age"] != "total") & (series["sex"] == "total") & (series["level"] != Level.COUNTRY)
    rows = series.filter(by_age)
    if rows.is_empty():
        return rows
    rows = rows.filter(pl.col("level") != Level.HEALTH_CENTRE)
    counts = pl.col("value").is_not_null() & (pl.col("denominator") > 0)
    units = rules.filter(pl.col("unit").is_in([str(unit) for unit in _UNITS])).select("indicator")
    return rows.join(units, on="indicator", how="semi").with_columns(
        is_example(pl.col("origin")).fill_null(value=False).alias("example"),
        *(pl.when(counts).then(pl.col(name)).alias(name) for name in ("numerator", "denominator")),
    )


def _weights(rows: pl.DataFrame) -> pl.DataFrame:
    """The county's denominators by age group, where it has enough of them, and whether the groups overlap."""
    first = pl.col("age").str.extract(r"^(\d+)", 1).cast(pl.Int32)
    last = (
        pl.when(pl.col("age").str.ends_with("+"))
        .then(_NO_LAST_AGE)
        .otherwise(pl.coalesce(pl.col("age").str.extract(r"-(\d+)$", 1).cast(pl.Int32), first))
    )
    county = rows.filter((pl.col("level") == Level.COUNTY) & pl.col("denominator").is_not_null())
    return (
        county.select(
            *_PERIOD,
            "age",
            pl.col("denominator").alias("_weight"),
            pl.col("example").alias("_weight_example"),
            first.alias("_first"),
            last.alias("_last"),
        )
        .sort("_first", "_last")
        .with_columns(
            pl.len().over(_PERIOD).alias("age_groups"),
            (pl.col("_first") <= pl.col("_last").shift(1).over(_PERIOD))
            .fill_null(value=False)
            .or_(pl.col("_first").is_null())
            .any()
            .over(_PERIOD)
            .alias("_overlap"),
        )
        .filter(pl.col("age_groups") >= LEAST_GROUPS)
        .drop("_first", "_last")
    )


def _summed(parts: pl.DataFrame, z: float) -> pl.DataFrame:
    cases, size, weight = pl.col("numerator"), pl.col("denominator"), pl.col("_weight")
    part = weight / weight.sum()
    ratio, lower, upper = cases / size, pl.col("_lower"), pl.col("_upper")
    bounds = wilson(parts["numerator"].to_numpy(), parts["denominator"].to_numpy(), z=z)
    parts = parts.with_columns(
        as_series(name, bound) for name, bound in zip(("_lower", "_upper"), bounds, strict=True)
    )
    return parts.group_by(*_PERIOD, "area").agg(
        pl.col("level", "division", "unit", "scale", "age_groups", "_overlap").first(),
        cases.is_null().sum().alias("_lacking"),
        ((cases < 0) | ((cases > size) & (pl.col("unit") == Unit.PERCENT))).any().alias("_bad"),
        cases.sum().alias("numerator"),
        size.sum().alias("denominator"),
        (part * ratio).sum().alias("_value"),
        (part.pow(2) * cases / size.pow(2)).sum().alias("_variance"),
        (part * (ratio - lower)).pow(2).sum().sqrt().alias("_down"),
        (part * (upper - ratio)).pow(2).sum().sqrt().alias("_up"),
        (pl.col("example").fill_null(value=False) | pl.col("_weight_example")).any().alias("example"),
    )


def _answered(summed: pl.DataFrame, *, level: float, exact: bool) -> pl.DataFrame:
    value, scale, lacking = pl.col("_value"), pl.col("scale"), pl.col("_lacking")
    share, index = pl.col("unit") == Unit.PERCENT, pl.col("unit") == Unit.INDEX
    missing = pl.concat_str(
        pl.lit("Uppgift saknas för "),
        lacking.cast(pl.String),
        pl.lit(" av "),
        pl.col("age_groups").cast(pl.String),
        pl.lit(" åldersgrupper"),
    )
    reason = (
        pl.when(pl.col("_overlap"))
        .then(pl.lit(OVERLAP))
        .when(lacking > 0)
        .then(missing)
        .when(pl.col("_bad"))
        .then(pl.lit(BAD_COUNTS))
        .when(pl.col("numerator") < LEAST_COUNT)
        .then(pl.lit(FEW_CASES))
    )
    summed = summed.with_columns(reason.alias("reason"))
    given = pl.col("reason").is_null()
    cases = pl.when(given & index).then(pl.col("numerator"))
    of_rate = columns(dobson, value, pl.col("_variance"), cases, z=z_of(level), exact=exact)
    of_share = (value - pl.col("_down"), value + pl.col("_up"))
    lower, upper = (
        pl.when(share).then(one).otherwise(other) * scale
        for one, other in zip(of_share, of_rate, strict=True)
    )
    method = (
        pl.when(share).then(pl.lit(str(IntervalMethod.MOVER))).otherwise(pl.lit(str(IntervalMethod.DOBSON)))
    )
    timed = given & (share | index)
    return summed.with_columns(
        pl.when(given).then(value * scale).alias("value"),
        pl.when(timed).then(lower).alias("lower"),
        pl.when(timed).then(upper).alias("upper"),
        pl.when(timed).then(method).alias("interval_method"),
        pl.when(timed).then(level).alias("interval_level"),
        pl.when(given & ~timed).then(pl.lit(NO_SPREAD)).alias("interval_reason"),
        *(pl.when(given).then(pl.col(name)).alias(name) for name in ("numerator", "denominator")),
    )
