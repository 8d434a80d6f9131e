"""The Swedish reason beside every judgement: which figure, what the target asks for, how it has changed."""

from __future__ import annotations

import polars as pl

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
    asked = (
        pl.when(pl.col("kind") == TargetKind.RANGE)
        .then(bounds)
        .otherwise(target_text(pl.col("target_value"), unit, decimals))
    )
    return pl.concat_str(pl.lit("målet är "), asked)


def _path() -> pl.Expr:
    required = value_text(pl.col("required"), pl.col("unit"), pl.col("decimals"))
    return pl.when("on_dated_path").then(pl.concat_str(pl.lit(", nu krävs "), required)).otherwise(pl.lit(""))


def _change() -> pl.Expr:
    words = change_words(pl.col("change"), pl.col("unit"), pl.col("decimals"))
    chance = (
        pl.when(words == UNCHANGED)
        .then(pl.lit(""))
        .when(pl.col("change_is_certain").is_null())
        .then(pl.lit(", kan inte prövas mot slumpen"))
        .when("change_is_certain")
        .then(pl.lit(", mer än slumpen"))
        .otherwise(pl.lit(", kan vara slump"))
    )
    return (
        pl.when(pl.col("change").is_null())
        .then(pl.lit("; ingen tidigare uppgift att jämföra med"))
        .otherwise(pl.concat_str(pl.lit("; "), words, chance))
    )


def judged() -> pl.Expr:
    """`72,4 %, målet är 100 %; minskade med 1,3 procentenheter, mer än slumpen`.

    Needs the columns value, unit, decimals, kind, low, high, target_value, required, on_dated_path, change,
    change_is_certain and judgement. A figure that reaches its target needs no more said.
    """
    value = value_text(pl.col("value"), pl.col("unit"), pl.col("decimals"))
    reached = pl.concat_str(value, pl.lit(", "), _target())
    return (
        pl.when(pl.col("judgement") == Outcome.TARGET_REACHED)
        .then(reached)
        .otherwise(pl.concat_str(reached, _path(), _change()))
    )
