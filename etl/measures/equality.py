"""How equal the county is: the gap between its areas, its course over time, and how many people it is.

The gap is the highest figure minus the lowest of the same indicator, age group and period, among the
delregioner of one division or among the municipalities. Its interval is Newcombe's for shares and MOVER with
Byar's or exact limits for an index. It takes the two areas as if they had been picked beforehand. They are
picked because they lie furthest apart, so that the gap is larger and looks surer than it is: the more areas and
the smaller, the more so, and a gap between many small places is there by chance alone. Therefore the spread of
all areas is tested too: Pearson's chi-square test of homogeneity (for rates the Poisson dispersion test), not
used where expected counts are small (Cochran 1954, Biometrics 10, 417-451: none below 1, at most a fifth
below 5).

Only the two ends are named; nobody is ranked. Hidden figures are never used, and no gap is given where fewer
than `LEAST_PART` of the areas have a figure.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from scipy import special

from etl.measures import gap_interval
from etl.measures.frames import is_example, once, period_end, with_rules
from etl.measures.grouped import Groups
from etl.measures.interval import as_series, silent
from etl.measures.intervals import DEVIATION, NO_COUNTS, with_deviation
from etl.measures.keys import in_order, taken
from etl.measures.shortfall import people, sums, with_shortfall
from schemas.catalogue import MEANS, Direction, Level, RollUp, Unit

#: The least part of the areas that must have a figure.
LEAST_PART = 0.5

#: A gap is between two.
LEAST_AREAS = 2

#: Cochran's limits for the chi-square test.
LEAST_EXPECTED = 1.0
FEW_EXPECTED = 5.0
PART_WITH_FEW = 0.2

TOO_FEW = "Färre än hälften av områdena har uppgift"
SUMS = "Summor för olika stora områden kan inte jämföras"
UNTESTED = "Skillnader mellan områden prövas mot slumpen bara för andelar och index"
SMALL_COUNTS = "Antalen är för små för att pröva skillnaderna mot slumpen"

_PERIOD = ["indicator", "age", "period_type", "period_start"]
_GROUP = [*_PERIOD, "level", "division"]
_COUNTS = ["numerator", "denominator"]
_COLUMNS = [
    *_GROUP, "is_newest", "areas", "areas_expected", "lowest_area", "lowest_value", "highest_area",
    "highest_value", "best_area", "worst_area", "gap", "lower", "upper", "interval_method", "interval_level",
    "interval_reason", "spread_p", "spread_reason", "people", "inhabitants_below", "people_reason", "example",
    "reason",
]  # fmt: skip


def gaps(
    series: pl.DataFrame, rules: pl.DataFrame, members: pl.DataFrame, population: pl.DataFrame
) -> pl.DataFrame:
    """The gap of every indicator, age group and period, per division and among the municipalities.

    Args:
        series: `SERIES_SCHEMA`; only both sexes together are used.
        rules: `etl.measures.frames.rules`.
        members: `etl.measures.frames.members`.
        population: `POPULATION_SCHEMA`.

    Returns:
        One row per indicator, age, period_type, period_start, level (delregion or kommun) and division (null
        for municipalities) with at least one row in the series: is_newest (the newest period with a gap, of
        the indicator's usual period type if that has one), areas (with a figure), areas_expected, lowest_area,
        lowest_value, highest_area, highest_value (of areas that are alike the first by its id), best_area and
        worst_area (null where no way is better), gap (percentage points for a share, else the unit), lower,
        upper, interval_method, interval_level, interval_reason, spread_p (the chance of a spread like this or
        wider if all areas were alike), spread_reason, people (whole number), inhabitants_below (inhabitants
        of the areas that people is about; null where not known), people_reason, example (whether a figure is
        an example) and reason (Swedish, where there is no gap). Sorted by these keys.
    """
    # Of areas that are alike the first is the same however rows come.
    rows = in_order(_shown(series, rules), "area")
    groups = Groups(rows, _GROUP)
    rows = with_shortfall(rows, groups, series, rules, members=members, population=population)
    found = groups.keys.hstack([*_ends(rows, groups), *sums(rows, groups)]).join(
        _expected(members), on=["level", "division"], how="left", nulls_equal=True, maintain_order="left"
    )
    return _judged(with_rules(found, rules, "direction", "roll_up", "scale", "unit", "usual_period_type"))


def _shown(series: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """The areas' figures, with `_ratio` where the counts fit."""
    below = (series["level"] == Level.DELREGION) | (series["level"] == Level.MUNICIPALITY)
    rows = with_deviation(series)[[*_GROUP, "area", "value", *_COUNTS, DEVIATION, "origin"]]
    rows = with_rules(rows.filter(below & (series["sex"] == "total")), rules, "unit")
    return rows.select(_with_ratio())


@cache
def _with_ratio() -> list[pl.Expr]:
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    share = pl.col("unit") == Unit.PERCENT
    fits = (denominator > 0) & (numerator >= 0) & (~share | (numerator <= denominator))
    usable = fits & pl.col("value").is_not_null() & (share | (pl.col("unit") == Unit.INDEX))
    return [
        *map(pl.col, [*_GROUP, "area", "value", *_COUNTS, DEVIATION]),
        is_example(pl.col("origin")).alias("example"),
        share.alias("_share"),
        pl.when(usable).then(numerator / denominator).alias("_ratio"),
    ]


@once
def _expected(members: pl.DataFrame) -> pl.DataFrame:
    """How many areas there are of each level and division."""
    delregioner = members.filter(pl.col("level") == Level.DELREGION)
    by_division = delregioner.group_by("level", "division").agg(
        pl.col("area").n_unique().cast(pl.Int32).alias("areas_expected")
    )
    municipalities = members.select(
        pl.lit(str(Level.MUNICIPALITY)).alias("level"),
        pl.lit(None, dtype=pl.String).alias("division"),
        pl.col("municipality").n_unique().cast(pl.Int32).alias("areas_expected"),
    )
    return pl.concat([by_division, municipalities.head(1)])


def _ends(rows: pl.DataFrame, groups: Groups) -> list[pl.Series]:
    """Each group's two ends and what the test of its spread needs."""
    value, ratio, size, cases = (
        rows[name].to_numpy() for name in ("value", "_ratio", "denominator", "numerator")
    )
    there = ~np.isnan(ratio)
    counted, all_cases, out_of = (
        groups.total(np.where(there, part, 0.0)) for part in (np.ones(len(ratio)), cases, size)
    )
    share = groups.any(rows["_share"].to_numpy())
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = all_cases / out_of
        rarer = np.where(share, np.minimum(pooled, 1 - pooled), pooled)
        expected = np.where(there, size * rarer[groups.of], np.nan)
        # A share has two cells, those with the case and those without.
        commoner = np.where(there & share[groups.of], size * (1 - rarer[groups.of]), np.nan)
        few = groups.total((expected < FEW_EXPECTED).astype(float) + (commoner < FEW_EXPECTED))
        few /= np.where(share, 2, 1) * counted
    ends = [
        taken(rows[name], place).alias(f"{end}_{label}")
        for end, place in (("lowest", groups.where_least(value)), ("highest", groups.where_least(-value)))
        for name, label in (
            ("area", "area"),
            ("value", "value"),
            *((name, name) for name in (*_COUNTS, DEVIATION)),
        )
    ]
    return [
        pl.Series("areas", groups.total(~np.isnan(value)), dtype=pl.Float64).cast(pl.Int32),
        *ends,
        pl.Series("_counted", counted, dtype=pl.Float64).cast(pl.UInt32),
        as_series("_pooled", pooled),
        as_series("_spread", groups.total(cases * ratio) - all_cases * pooled),
        as_series("_least", groups.least(expected)),
        as_series("_few", few),
        pl.Series("example", groups.any(rows["example"].fill_null(value=False).to_numpy()), dtype=pl.Boolean),
    ]


def _judged(found: pl.DataFrame) -> pl.DataFrame:
    """The gap with its interval, the test, the people and the reasons, from the columns of the parts."""
    found = found.with_columns(_obstacle().alias("reason")).with_columns(_gap())
    found = found.with_columns(*gap_interval.bounds(found), _spread_p(found)).with_columns(
        gap_interval.kind()
    )
    return found.with_columns(_untested(), *people(), _is_newest(found))[_COLUMNS]


@cache
def _obstacle() -> pl.Expr:
    """Why there is no gap."""
    expected = pl.col("areas_expected") * LEAST_PART
    few = (pl.col("areas") < LEAST_AREAS) | (pl.col("areas") < expected).fill_null(value=True)
    return pl.when(pl.col("roll_up") == RollUp.SUM).then(pl.lit(SUMS)).when(few).then(pl.lit(TOO_FEW))


@cache
def _gap() -> list[pl.Expr]:
    """The gap and its ends, where nothing stands in the way."""
    given = pl.col("reason").is_null()
    higher, neutral = pl.col("direction") == Direction.HIGHER, pl.col("direction") == Direction.NONE
    ends = ("lowest_area", "lowest_value", "highest_area", "highest_value")
    return [
        *(pl.when(given).then(pl.col(name)).alias(name) for name in ends),
        pl.when(given).then(pl.col("highest_value") - pl.col("lowest_value")).alias("gap"),
        pl.when(given & ~neutral)
        .then(pl.when(higher).then("highest_area").otherwise("lowest_area"))
        .alias("best_area"),
        pl.when(given & ~neutral)
        .then(pl.when(higher).then("lowest_area").otherwise("highest_area"))
        .alias("worst_area"),
    ]


@silent
def _spread_p(found: pl.DataFrame) -> pl.Series:
    """The p-value of the spread; null where it isn't tested."""
    pooled, spread, least, few, areas, counted = (
        found[name].to_numpy() for name in ("_pooled", "_spread", "_least", "_few", "areas", "_counted")
    )
    variance = np.where((found["unit"] == Unit.PERCENT).to_numpy(), pooled * (1 - pooled), pooled)
    tested = found["gap"].is_not_null().to_numpy() & (counted == areas)
    tested &= (least >= LEAST_EXPECTED) & (few <= PART_WITH_FEW)
    statistic = np.where(tested, np.maximum(spread / variance, 0.0), np.nan)
    return as_series("spread_p", special.chdtrc(np.maximum(areas - 1.0, 1.0), statistic))


@cache
def _untested() -> pl.Expr:
    """Why there is no p-value: column spread_reason."""
    reason = (
        pl.when(pl.col("interval_reason").is_not_null())
        .then("interval_reason")
        .when(pl.col("unit").is_in(MEANS))
        .then(pl.lit(UNTESTED))
        .when(pl.col("_counted") != pl.col("areas"))
        .then(pl.lit(NO_COUNTS))
        .otherwise(pl.lit(SMALL_COUNTS))
    )
    untested = pl.col("gap").is_not_null() & pl.col("spread_p").is_null()
    return pl.when(untested).then(reason).alias("spread_reason")


def _is_newest(found: pl.DataFrame) -> pl.Series:
    """Whether each period is its line's newest with a gap, of the usual period type if that has one.

    Of several that end on the same day it is the first by its type.
    """
    lines = Groups(found, ["indicator", "age", "level", "division"])
    end = found.select(period_end(pl.col("period_start"), pl.col("period_type"))).to_series()
    day = end.cast(pl.Int32).to_numpy().astype(np.float64)
    given = found["gap"].is_not_null().to_numpy()
    usual = given & found["period_type"].eq_missing(found["usual_period_type"]).to_numpy()
    of_usual, of_any = (lines.where_least(np.where(which, -day, np.nan)) for which in (usual, given))
    chosen = np.where(of_usual < 0, of_any, of_usual)
    newest = np.zeros(found.height, dtype=bool)
    newest[chosen[chosen >= 0]] = True
    return pl.Series("is_newest", newest, dtype=pl.Boolean)
