"""The Swedish reason beside every judgement: which figure, what the target asks for, how it has changed."""

from __future__ import annotations

import polars as pl

from etl.measures.frames import SEASONAL
from etl.measures.text import change_words, number, target_text, value_text
from schemas.catalogue import Level, TargetKind, Unit
from schemas.results import Outcome
from schemas.swedish import EN_DASH, UNCHANGED

NO_TARGET = "Inget mål är satt"
NO_DIRECTION = "Indikatorn har inget håll som är bättre"
NO_FIGURE = "Ingen uppgift"
NO_FUNDS = "Inga medel redovisade för området"

_ONLY_FOR = {
    str(Level.COUNTRY): f"{NO_FIGURE}: publiceras bara för riket",
    str(Level.COUNTY): f"{NO_FIGURE}: publiceras bara för länet",
    str(Level.DELREGION): f"{NO_FIGURE}: publiceras inte för kommuner",
}
_SET_FOR = {
    str(Level.COUNTRY): "Målet gäller hela riket",
    str(Level.COUNTY): "Målet gäller hela länet",
    str(Level.DELREGION): "Målet gäller hela delregionen",
}
_ORDER = {str(level): place for place, level in enumerate(Level)}


def no_figure() -> pl.Expr:
    """Why a figure is lacking: no money, not published so far down, or simply not delivered."""
    place = pl.col("level").replace_strict(_ORDER, default=None, return_dtype=pl.Int32)
    lowest = pl.col("lowest_public_level").replace_strict(_ORDER, default=None, return_dtype=pl.Int32)
    only_for = pl.col("lowest_public_level").replace_strict(_ONLY_FOR, default=NO_FIGURE)
    return (
        pl.when(pl.col("unit") == Unit.KRONOR)
        .then(pl.lit(NO_FUNDS))
        .when(place > lowest)
        .then(only_for)
        .otherwise(pl.lit(NO_FIGURE))
    )


def set_for_more() -> pl.Expr:
    """Why a part can't be held against what was set for the whole sum."""
    return pl.col("set_for").replace_strict(_SET_FOR, default=None, return_dtype=pl.String)


def no_baseline() -> pl.Expr:
    """Why a relative change can't be counted."""
    return (
        pl.when(pl.col("baseline_label").is_null())
        .then(pl.lit("Utgångsvärde saknas"))
        .otherwise(pl.concat_str(pl.lit("Utgångsvärde för "), pl.col("baseline_label"), pl.lit(" saknas")))
    )


def _target() -> pl.Expr:
    unit, decimals = pl.col("unit"), pl.col("decimals")
    bounds = pl.concat_str(
        number(pl.col("low"), decimals), pl.lit(EN_DASH), value_text(pl.col("high"), unit, decimals)
    )
    return pl.when(pl.col("kind") == TargetKind.RANGE).then(bounds).otherwise("_goal")


def _path() -> pl.Expr:
    required = value_text(pl.col("required"), pl.col("unit"), pl.col("decimals"))
    return pl.when("on_dated_path").then(pl.concat_str(pl.lit(", nu krävs "), required)).otherwise(pl.lit(""))


def _change() -> pl.Expr:
    seasonal = pl.col("period_type").is_in(SEASONAL)
    chance = (
        pl.when(pl.col("_words") == UNCHANGED)
        .then(pl.lit(""))
        .when(pl.col("year_change_is_certain").is_null())
        .then(pl.lit(", kan inte prövas mot slumpen"))
        .when("year_change_is_certain")
        .then(pl.lit(", mer än slumpen"))
        .otherwise(pl.lit(", kan vara slump"))
    )
    in_a_year = pl.when(seasonal).then(pl.lit(" på ett år")).otherwise(pl.lit(""))
    return (
        pl.when(pl.col("year_change").is_not_null())
        .then(pl.concat_str(pl.lit("; "), "_words", in_a_year, chance))
        .when(seasonal)
        .then(pl.lit("; ingen uppgift från samma period året före att jämföra med"))
        .otherwise(pl.lit("; ingen tidigare uppgift att jämföra med"))
    )


def with_reason(rows: pl.DataFrame) -> pl.DataFrame:
    """Fill in `reason`: what stands in the way, or the figure, the target and the course.

    `72,4 %, målet är 100 %; minskade med 1,3 procentenheter, mer än slumpen`. For periods shorter than a year
    the change is since the same period one year before, and the words `på ett år` say so. A figure that
    reaches its target needs no more said.

    Args:
        rows: With columns obstacle, judgement, value, period_type, unit, decimals, kind, low, high,
            target_value, required, on_dated_path, year_change and year_change_is_certain.
    """
    unit, decimals = pl.col("unit"), pl.col("decimals")
    # Texts that others are made of are columns of their own: one expression for it all takes twice as long.
    rows = rows.with_columns(
        target_text(pl.col("target_value"), unit, decimals).alias("_goal"),
        change_words(pl.col("year_change"), unit, decimals).alias("_words"),
    ).with_columns(_target().alias("_target"), _path().alias("_path"), _change().alias("_change"))
    reached = pl.concat_str(value_text(pl.col("value"), unit, decimals), pl.lit(", målet är "), "_target")
    judged = (
        pl.when(pl.col("judgement") == Outcome.TARGET_REACHED)
        .then(reached)
        .otherwise(pl.concat_str(reached, "_path", "_change"))
    )
    return rows.with_columns(pl.coalesce("obstacle", judged).alias("reason"))
