"""A value far outside everything its own series has held.

A value is compared with the published range of its series (the same indicator, area, sex, age group and period
type; real with real, example with example), not with the value before it: a summer's dip or a winter's peak lies
within the range of any series of a year or more, so that the season needs no model, and a series that rises year
by year passes its own top by a step of the usual size. The price is that a value that is odd only for the time of
the year isn't told; it is seen in the difference.

How far outside is far: the range widened by the natural process limits of an XmR chart, three standard deviations
of chance estimated from the moving ranges. Their median is used, times 3.145, in place of their mean times 2.66:
for a steady process the two are alike, and a single error in what is published doesn't widen the limits.

Where the value is a share with counts, its Wilson interval must lie wholly outside the range too: two patients of
three is no news in a small municipality. Nor is the outermost of a few published shares free from chance, so that
the interval is that of three standard deviations of the difference between two such shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures.interval import columns, wilson
from etl.measures.text import number, value_text
from schemas.catalogue import Unit
from schemas.problem import no_problems, problems_from
from schemas.swedish import EN_DASH

if TYPE_CHECKING:
    from etl.jobs.plausibility.sides import Sides

#: Published values that a range means anything from. Eight moving ranges give the limits of an XmR chart some
#: weight; shorter series, as yearly ones are for long, are held to wider limits from five values on.
ENOUGH, FEW = 9, 5

#: From the median moving range to three standard deviations: 3 / 0.954.
LIMIT = 3.145

#: What the limits of a short series are widened by: with four moving ranges their median is easily half of what
#: it will turn out to be.
CARE = 2.0

#: Three standard deviations of a difference between two shares of about the same size, in those of one.
CHANCE = 3 * 2**0.5

#: The least that the range is widened by, so that a series that has hardly moved yet may move: two percentage
#: points for a share, a tenth of the middle value for anything else.
LEAST_POINTS, LEAST_PART = 2.0, 0.1


def outliers(sides: Sides) -> pl.DataFrame:
    """A warning for every delivered value far outside what its series has held."""
    held = _ranges(sides)
    if held.is_empty():
        return no_problems()
    rows = sides.delivered.filter(pl.col("figure").is_not_null()).join(held, on="_series")
    low, high = pl.col("lowest") - pl.col("margin"), pl.col("highest") + pl.col("margin")
    value = pl.col("figure")
    beyond = rows.filter((value < low) | (value > high))
    if beyond.is_empty():
        return no_problems()
    lower, upper = columns(wilson, pl.col("numerator"), pl.col("denominator"), z=CHANCE)
    chance = (
        sides.with_units(Unit.PERCENT)
        & (upper * 100 >= pl.col("lowest"))
        & (lower * 100 <= pl.col("highest"))
    )
    found = beyond.filter(~chance.fill_null(value=False))
    return no_problems() if found.is_empty() else _told(found, sides)


def _ranges(sides: Sides) -> pl.DataFrame:
    """What the published series of the delivered rows have held: _series, lowest, highest, margin."""
    history = (
        sides.published.filter(pl.col("figure").is_not_null())
        .join(sides.delivered.select("_series").unique(), on="_series", how="semi")
        .sort("_key")
    )
    same = pl.col("_series") == pl.col("_series").shift()
    least = (
        pl.when(sides.with_units(Unit.PERCENT))
        .then(LEAST_POINTS)
        .otherwise(LEAST_PART * pl.col("middle").abs())
    )
    care = pl.when(pl.col("values") < ENOUGH).then(CARE).otherwise(1.0)
    return (
        history.with_columns(pl.when(same).then(pl.col("figure").diff().abs()).alias("moved"))
        .group_by("_series")
        .agg(
            pl.len().alias("values"),
            pl.col("figure").min().alias("lowest"),
            pl.col("figure").max().alias("highest"),
            pl.col("figure").median().alias("middle"),
            pl.col("moved").median().alias("step"),
            pl.col("indicator").first(),
        )
        .filter(pl.col("values") >= FEW)
        .select(
            "_series",
            "lowest",
            "highest",
            pl.max_horizontal(care * LIMIT * pl.col("step"), least).alias("margin"),
        )
    )


def _told(found: pl.DataFrame, sides: Sides) -> pl.DataFrame:
    unit, decimals = pl.col("unit"), pl.col("decimals")
    held = pl.concat_str(
        number(pl.col("lowest"), decimals), pl.lit(EN_DASH), value_text(pl.col("highest"), unit, decimals)
    )
    said = value_text(pl.col("figure"), unit, decimals)
    side = pl.when(pl.col("figure") < pl.col("lowest")).then(pl.lit("under")).otherwise(pl.lit("över"))
    return problems_from(
        sides.named(found),
        "far_from_history",
        severity="warning",
        column=sides.figure_heading(),
        value=said,
        expected=pl.concat_str(pl.lit("i närheten av "), held, pl.lit(", som hittills")),
        hint=pl.concat_str(
            "what",
            pl.lit(": "),
            said,
            pl.lit(" ligger långt "),
            side,
            pl.lit(" allt som serien har haft hittills. Kontrollera uppgiften."),
        ),
    )
