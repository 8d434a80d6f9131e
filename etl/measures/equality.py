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
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import special

from etl.measures.frames import in_order, is_example
from etl.measures.grouped import Groups
from etl.measures.interval import as_series, counted, mover, newcombe, z_of
from etl.measures.intervals import AMOUNT, BAD_COUNTS, LEVEL, NO_COUNTS, NO_SPREAD
from etl.measures.shortfall import people, sums, with_shortfall
from schemas.catalogue import Direction, Level, RollUp, Unit
from schemas.results import IntervalMethod

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.measures.interval import Bounds, Numbers

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
    rows = with_shortfall(in_order(_shown(series, rules), "area"), series, rules, members, population)
    groups = Groups(rows, _GROUP)
    found = groups.keys.with_columns(*_ends(rows, groups), *sums(rows, groups)).join(
        _expected(members), on=["level", "division"], how="left", nulls_equal=True
    )
    named = rules.select("indicator", "unit", "direction", "roll_up", "scale", "usual_period_type")
    found = _judged(found.join(named, on="indicator"))
    return found.select(_COLUMNS).sort(_GROUP)


def _shown(series: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """The areas' figures, with `_ratio` where the counts fit."""
    shares, rates = (rules.filter(pl.col("unit") == unit)["indicator"] for unit in (Unit.PERCENT, Unit.INDEX))
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    share = pl.col("indicator").is_in(shares.implode())
    fits = (denominator > 0) & (numerator >= 0) & (~pl.col("_share") | (numerator <= denominator))
    usable = (
        fits & pl.col("value").is_not_null() & (pl.col("_share") | pl.col("indicator").is_in(rates.implode()))
    )
    return (
        series.filter(
            pl.col("level").is_in([str(Level.DELREGION), str(Level.MUNICIPALITY)]), pl.col("sex") == "total"
        )
        .select(
            *_GROUP,
            "area",
            "value",
            *_COUNTS,
            is_example(pl.col("origin")).alias("example"),
            share.alias("_share"),
        )
        .with_columns(pl.when(usable).then(numerator / denominator).alias("_ratio"))
    )


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
        few = groups.total(expected < FEW_EXPECTED) / (np.where(share, 2, 1) * counted)
    ends = [
        _at(rows[name], place).alias(f"{end}_{label}")
        for end, place in (("lowest", groups.where_least(value)), ("highest", groups.where_least(-value)))
        for name, label in (("area", "area"), ("value", "value"), *((count, count) for count in _COUNTS))
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


def _at(column: pl.Series, place: NDArray[np.int64]) -> pl.Series:
    """The values at these places; null for one below 0."""
    found = column[np.maximum(place, 0).astype(np.uint32)]
    return found if (place >= 0).all() else found.set(pl.Series(place < 0), None)


def _judged(found: pl.DataFrame) -> pl.DataFrame:
    """The gap with its interval, the test, the people and the reasons, from the columns of the parts."""
    reason = (
        pl.when(pl.col("roll_up") == RollUp.SUM)
        .then(pl.lit(SUMS))
        .when(
            (pl.col("areas") < LEAST_AREAS)
            | (pl.col("areas") < pl.col("areas_expected") * LEAST_PART).fill_null(value=True)
        )
        .then(pl.lit(TOO_FEW))
    )
    found = found.with_columns(reason.alias("reason"))
    given = pl.col("reason").is_null()
    higher, neutral = pl.col("direction") == Direction.HIGHER, pl.col("direction") == Direction.NONE
    ends = ("lowest_area", "lowest_value", "highest_area", "highest_value")
    found = found.with_columns(
        *(pl.when(given).then(pl.col(name)).alias(name) for name in ends),
        pl.when(given).then(pl.col("highest_value") - pl.col("lowest_value")).alias("gap"),
        pl.when(given & ~neutral)
        .then(pl.when(higher).then("highest_area").otherwise("lowest_area"))
        .alias("best_area"),
        pl.when(given & ~neutral)
        .then(pl.when(higher).then("lowest_area").otherwise("highest_area"))
        .alias("worst_area"),
    )
    found = found.with_columns(_interval(found)).with_columns(_interval_kind())
    return found.with_columns(*_test(found), *people()).with_columns(_newest().alias("is_newest"))


def _interval(found: pl.DataFrame) -> list[pl.Series]:
    """Lower and upper bound of the gap."""
    z = z_of(LEVEL)
    scale, given = found["scale"].to_numpy(), found["gap"].is_not_null()
    counts = [found[f"{end}_{count}"].to_numpy() for end in ("highest", "lowest") for count in _COUNTS]
    lower = np.full(len(scale), np.nan)
    upper = lower.copy()
    share = np.flatnonzero(given & (found["unit"] == Unit.PERCENT))
    lower[share], upper[share] = newcombe(*(count[share] for count in counts), z=z)
    rate = np.flatnonzero(given & (found["unit"] == Unit.INDEX))
    if len(rate):
        (cases, size), (other_cases, other_size) = (
            [count[rate] for count in counts[at : at + 2]] for at in (0, 2)
        )
        one, other = _rate(cases, size, z), _rate(other_cases, other_size, z)
        lower[rate], upper[rate] = mover(*one, *other)
    return [as_series("lower", lower * scale), as_series("upper", upper * scale)]


def _rate(cases: Numbers, size: Numbers, z: float) -> tuple[Numbers, Bounds]:
    """A rate and its interval; NaN where nobody is counted."""
    known = np.where(size > 0, size, np.nan)
    lower, upper = counted(cases, z=z)
    return cases / known, (lower / known, upper / known)


@cache
def _interval_kind() -> list[pl.Expr]:
    there, unit = pl.col("lower").is_not_null(), pl.col("unit")
    unknown = pl.any_horizontal(
        pl.col(f"{end}_{count}").is_null() for end in ("lowest", "highest") for count in _COUNTS
    )
    share = unit == Unit.PERCENT
    method = (
        pl.when(share).then(pl.lit(str(IntervalMethod.NEWCOMBE))).otherwise(pl.lit(str(IntervalMethod.MOVER)))
    )
    reason = (
        pl.when(unit == Unit.KRONOR)
        .then(pl.lit(AMOUNT))
        .when(unit.is_in([Unit.DAYS, Unit.DAYS_PER_INHABITANT]))
        .then(pl.lit(NO_SPREAD))
        .when(unknown)
        .then(pl.lit(NO_COUNTS))
        .otherwise(pl.lit(BAD_COUNTS))
    )
    return [
        pl.when(there).then(method).alias("interval_method"),
        pl.when(there).then(LEVEL).alias("interval_level"),
        pl.when(pl.col("gap").is_not_null() & ~there).then(reason).alias("interval_reason"),
    ]


def _test(found: pl.DataFrame) -> list[pl.Expr]:
    """The p-value of the spread, and why there is none."""
    pooled = pl.col("_pooled")
    variance = pl.when(pl.col("unit") == Unit.PERCENT).then(pooled * (1 - pooled)).otherwise(pooled)
    counts = (pl.col("_counted") == pl.col("areas")).fill_null(value=False)
    large = (pl.col("_least") >= LEAST_EXPECTED) & (pl.col("_few") <= PART_WITH_FEW)
    tested = pl.col("gap").is_not_null() & counts & large
    statistic = found.select(pl.when(tested).then((pl.col("_spread") / variance).clip(lower_bound=0.0)))
    freedom = np.maximum(found["areas"].to_numpy() - 1.0, 1.0)
    p = pl.Series(special.chdtrc(freedom, statistic.to_series().to_numpy()), dtype=pl.Float64).fill_nan(None)
    reason = (
        pl.when(pl.col("interval_reason").is_not_null())
        .then("interval_reason")
        .when(~counts)
        .then(pl.lit(NO_COUNTS))
        .otherwise(pl.lit(SMALL_COUNTS))
    )
    there = pl.lit(p).is_not_null()
    return [
        pl.lit(p).alias("spread_p"),
        pl.when(pl.col("gap").is_not_null() & ~there).then(reason).alias("spread_reason"),
    ]


@cache
def _newest() -> pl.Expr:
    line = ["indicator", "age", "level", "division"]
    given = pl.col("gap").is_not_null()
    usual = given & (pl.col("period_type") == pl.col("usual_period_type"))
    start = pl.col("period_start")
    of_usual = start.filter(usual).max().over(line)
    of_any = start.filter(given).max().over(line)
    return (
        pl.when(of_usual.is_not_null()).then(usual & (start == of_usual)).otherwise(given & (start == of_any))
    ).fill_null(value=False)
