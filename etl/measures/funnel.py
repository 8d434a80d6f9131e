"""Funnel plots: which municipalities differ from the whole by more than chance and usual variation.

Every municipality is held against one centre, all of them pooled, with limits that are wide for a small place
and narrow for a large one (Spiegelhalter 2005, Statistics in Medicine 24, 1185-1202). Nobody is ranked.

Places often vary more than chance alone, because they differ in ways that nobody measures. Then limits from
chance alone would blame half the places. How much more they vary is estimated as Spiegelhalter has it (2005,
Quality and Safety in Health Care 14, 347-351): z-scores, the lowest and highest tenth of them drawn in to the
10th and 90th percentile (winsorised) so that true outliers don't widen the limits for themselves; phi, the
mean of their squares; and, where phi is significantly above 1 (the number of places times phi above the 95th
percentile of the chi-square distribution with as many degrees of freedom), an additive random effect with
the variance tau2 by DerSimonian and Laird's moments. He finds the additive form to have the stronger ground
than the multiplicative. z-scores are on the arcsine scale for shares and the square-root scale for rates,
which keep the variance free of the level (Spiegelhalter et al. 2012, Journal of the Royal Statistical Society
A 175, 1-47).

Departures: with fewer than `LEAST_FOR_DISPERSION` places phi isn't judged, as a tenth of them would be none;
and figures that are alike as shown are similar whatever the limits say.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import special

from etl.measures.frames import is_example, with_rules
from etl.measures.funnel_limits import with_limits
from etl.measures.grouped import Groups
from etl.measures.intervals import BAD_COUNTS, NO_COUNTS, NO_SPREAD
from etl.measures.keys import in_order, matching
from etl.measures.reasons import NO_FIGURE
from etl.measures.standing import alike, sign, standing, strictest
from schemas.catalogue import Level, Unit
from schemas.results import IntervalMethod

if TYPE_CHECKING:
    import datetime as dt

#: The fewest places that a centre is made of.
LEAST_AREAS = 5

#: The fewest places that tell whether they vary more than chance.
LEAST_FOR_DISPERSION = 10

#: The part of the z-scores at each end that is drawn in.
WINSORISED = 0.1

#: The chance of finding more variation than there is.
DISPERSION_RISK = 0.05

#: How many denominators a curve is drawn through.
CURVE_POINTS = 60

TOO_FEW = f"Färre än {LEAST_AREAS} områden har uppgift med antal"
NOT_COUNTED = "Beloppen räknas inte ur antal"
NOT_OF_MEANS = "Gränserna räknas för andelar och index, inte för medelvärden"

_GROUP = ["indicator", "age", "period_type", "period_start"]
_LIMITS = ["lower_95", "upper_95", "lower_998", "upper_998"]
_COLUMNS = [
    *_GROUP, "area", "value", "numerator", "denominator", "centre", *_LIMITS, "phi", "tau2", "adjusted", "outcome",
    "outcome_level", "example", "reason",
]  # fmt: skip


def funnel(
    series: pl.DataFrame,
    rules: pl.DataFrame,
    indicator: str | None = None,
    period: dt.date | None = None,
    *,
    level: str = Level.MUNICIPALITY,
) -> pl.DataFrame:
    """Hold every place against all of them together.

    Args:
        series: `SERIES_SCHEMA`; only both sexes together are used.
        rules: `etl.measures.frames.rules`.
        indicator: Only this one; default all.
        period: First day of the period; default the newest one of each indicator, age group and period type
            in which enough places have counts, else the newest.
        level: Level of the places.

    Returns:
        One row per place that the series has for the period: indicator, age, period_type, period_start, area,
        value, numerator, denominator, centre (in the unit), lower_95, upper_95, lower_998, upper_998, phi (null
        for too few places), tau2 (0 where the limits aren't adjusted), adjusted, outcome
        (`schemas.results.Compared`), outcome_level (99.8 or 95, in per cent), example (whether any of the
        figures is an example) and reason (Swedish, where there is no outcome). Sorted by indicator, age,
        period type, period and area.
    """
    rows = series.filter((series["level"] == str(level)) & (series["sex"] == "total"))
    rows = rows.filter(pl.col("indicator") == indicator) if indicator is not None else rows
    rows = with_limits(_dispersed(_centred(_counted(_of_period(rows, period), rules))))
    number, centre = (rows["_ratio"] * rows["scale"]).to_numpy(), rows["centre"].to_numpy()
    same = alike(number, centre, rows["decimals"].to_numpy())
    signs = {
        percent: sign(
            number - rows[f"upper_{name}"].to_numpy(), number - rows[f"lower_{name}"].to_numpy(), same
        )
        for percent, name in ((99.8, "998"), (95.0, "95"))
    }
    outcome = standing("outcome", signs[95.0], rows["direction"])
    judged = rows.with_columns(outcome, strictest("outcome_level", signs)).with_columns(_reason())
    return in_order(judged[_COLUMNS], *_GROUP, "area")


def curves(points: pl.DataFrame, rules: pl.DataFrame, *, number: int = CURVE_POINTS) -> pl.DataFrame:
    """The limits as curves, to draw behind the places.

    Args:
        points: From `funnel`.
        rules: `etl.measures.frames.rules`.
        number: How many denominators each curve has, evenly spread on a logarithmic scale from the smallest
            place to the largest.

    Returns:
        indicator, age, period_type, period_start, denominator, centre, lower_95, upper_95, lower_998 and
        upper_998; none for groups without a centre.
    """
    placed = points.filter(pl.col("centre").is_not_null() & (pl.col("denominator") > 0))
    ends = placed.group_by(_GROUP).agg(
        pl.col("denominator").min().log().alias("_first"),
        pl.col("denominator").max().log().alias("_last"),
        pl.col("centre").first(),
        pl.col("tau2").first(),
    )
    steps = pl.DataFrame({"_step": np.linspace(0.0, 1.0, number)})
    size = pl.col("_first") + pl.col("_step") * (pl.col("_last") - pl.col("_first"))
    grid = (
        ends.join(rules.select("indicator", "unit", "scale"), on="indicator")
        .join(steps, how="cross")
        .with_columns(
            size.exp().round().alias("denominator"),
            (pl.col("centre") / pl.col("scale")).alias("theta"),
            (pl.col("unit") == Unit.PERCENT).alias("share"),
        )
        .unique([*_GROUP, "denominator"])
        .sort(*_GROUP, "denominator")
    )
    return with_limits(grid).select(*_GROUP, "denominator", "centre", *_LIMITS)


def _counted(rows: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Add `_ratio`, the numerator over the denominator where they are counts that fit, and what rules say."""
    return with_rules(rows, rules, "unit", "direction", "decimals", "scale").with_columns(_ratio())


@cache
def _ratio() -> list[pl.Expr]:
    share = pl.col("unit") == Unit.PERCENT
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    fits = (denominator > 0) & (numerator >= 0) & (~share | (numerator <= denominator))
    counts = fits & pl.col("value").is_not_null() & pl.col("unit").is_in([Unit.PERCENT, Unit.INDEX])
    return [
        share.alias("share"),
        pl.when(counts).then(numerator / denominator).alias("_ratio"),
        is_example(pl.col("origin")).fill_null(value=False).alias("example"),
    ]


def _of_period(rows: pl.DataFrame, period: dt.date | None) -> pl.DataFrame:
    start = pl.col("period_start")
    if period is not None:
        return rows.filter(start == period)
    there = pl.all_horizontal(pl.col("value", "numerator", "denominator").is_not_null())
    groups = Groups(rows, _GROUP)
    enough = groups.total(rows.select(there).to_series().to_numpy()) >= LEAST_AREAS
    newest = (
        groups.keys.with_columns(pl.Series("enough", enough, dtype=pl.Boolean))
        .group_by("indicator", "age", "period_type")
        .agg(pl.coalesce(start.filter(pl.col("enough")).max(), start.max()))
    )
    is_newest = matching(groups.keys, newest, _GROUP) >= 0
    return rows.filter(is_newest[groups.of])


def _centred(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(_centre()).with_columns((pl.col("theta") * pl.col("scale")).alias("centre"))


@cache
def _centre() -> list[pl.Expr]:
    there = pl.col("_ratio").is_not_null()
    pooled = pl.col("numerator").filter(there).sum() / pl.col("denominator").filter(there).sum()
    places = there.sum().over(_GROUP)
    theta = pl.when(places >= LEAST_AREAS).then(pooled.over(_GROUP))
    return [places.alias("_places"), theta.alias("theta"), pl.col("example").any().over(_GROUP)]


def _transformed(ratio: pl.Expr) -> pl.Expr:
    return pl.when(pl.col("share")).then(ratio.sqrt().arcsin()).otherwise(ratio.sqrt())


def _dispersed(rows: pl.DataFrame) -> pl.DataFrame:
    """Add phi, adjusted and tau2."""
    critical = special.chdtri(rows["_places"].to_numpy().astype(float), DISPERSION_RISK)
    return (
        rows.with_columns(_z())
        .with_columns(_dispersion())
        .with_columns(pl.Series("_critical", critical))
        .with_columns(_adjusted())
    )


def _weight() -> pl.Expr:
    return pl.when(pl.col("_ratio").is_not_null()).then(4 * pl.col("denominator"))


@cache
def _z() -> pl.Expr:
    apart = _transformed(pl.col("_ratio")) - _transformed(pl.col("theta"))
    return (apart * _weight().sqrt()).alias("_z")


@cache
def _dispersion() -> list[pl.Expr]:
    """phi, and what tau2 is divided by."""
    low, high = (pl.col("_z").quantile(q, interpolation="linear") for q in (WINSORISED, 1 - WINSORISED))
    drawn_in = pl.col("_z").clip(low.over(_GROUP), high.over(_GROUP))
    judged = (pl.col("_places") >= LEAST_FOR_DISPERSION) & (pl.col("theta") > 0)
    moment = _weight().sum() - _weight().pow(2).sum() / _weight().sum()
    return [
        pl.when(judged).then(drawn_in.pow(2).mean().over(_GROUP)).alias("phi"),
        moment.over(_GROUP).alias("_moment"),
    ]


@cache
def _adjusted() -> list[pl.Expr]:
    places = pl.col("_places")
    total = places * pl.col("phi")
    tau2 = ((total - (places - 1)) / pl.col("_moment")).clip(lower_bound=0.0)
    adjusted = (total > pl.col("_critical")).fill_null(value=False)
    return [adjusted.alias("adjusted"), pl.when(adjusted).then(tau2).otherwise(0.0).alias("tau2")]


@cache
def _reason() -> pl.Expr:
    """Column reason, where there is no outcome."""
    unknown = pl.col("numerator").is_null() | pl.col("denominator").is_null()
    mean = pl.col("interval_method") == IntervalMethod.STUDENT
    why = (
        pl.when(pl.col("value").is_null())
        .then(pl.coalesce("reason", pl.lit(NO_FIGURE)))
        .when(pl.col("unit") == Unit.KRONOR)
        .then(pl.lit(NOT_COUNTED))
        .when(~pl.col("unit").is_in([Unit.PERCENT, Unit.INDEX]))
        .then(pl.when(mean).then(pl.lit(NOT_OF_MEANS)).otherwise(pl.lit(NO_SPREAD)))
        .when(unknown)
        .then(pl.lit(NO_COUNTS))
        .when(pl.col("_ratio").is_null())
        .then(pl.lit(BAD_COUNTS))
        .otherwise(pl.lit(TOO_FEW))
    )
    return pl.when(pl.col("outcome").is_null()).then(why).alias("reason")
