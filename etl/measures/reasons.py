"""The Swedish reason beside every judgement: which figure, what the target asks for, how it has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import is_seasonal, places, words
from etl.measures.text import UNITS, change_texts, numbers, shown, target_texts, value_texts
from schemas.catalogue import Level, TargetKind, Unit
from schemas.results import Outcome
from schemas.swedish import EN_DASH

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
_CHANCE = ["", ", kan inte prövas mot slumpen", ", mer än slumpen", ", kan vara slump"]
_NOTHING_BEFORE = [
    "; ingen tidigare uppgift att jämföra med",
    "; ingen uppgift från samma period året före att jämföra med",
]
_LEVELS = pl.Enum([str(level) for level in Level])


def depth(level: str) -> pl.Expr:
    """How far down a column's levels are, the country's being 0."""
    return pl.col(level).cast(_LEVELS, strict=False).to_physical()


def no_figure() -> pl.Expr:
    """Why a figure is lacking: no money, not published so far down, or simply not delivered."""
    place, lowest = depth("level"), depth("lowest_public_level")
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


def _target(rows: pl.DataFrame, decimals: NDArray[np.int64], unit: NDArray[np.int64]) -> pl.Series:
    """What the target asks for in the end: `55 %`, `40–60 %`."""
    is_range = (rows["kind"] == TargetKind.RANGE).fill_null(value=False)
    level = target_texts(rows["target_value"].to_numpy(), decimals, unit)
    if not is_range.any():
        return level
    low, high = (rows[name].to_numpy() for name in ("low", "high"))
    span = numbers(low, decimals) + pl.Series([EN_DASH]) + value_texts(high, decimals, unit)
    return span.zip_with(is_range, level)


def _path(rows: pl.DataFrame, decimals: NDArray[np.int64], unit: NDArray[np.int64]) -> pl.Series:
    """What the path asks for today; empty off a dated path."""
    required = value_texts(rows["required"].to_numpy(), decimals, unit)
    on_path = rows["on_dated_path"]
    return (pl.Series([", nu krävs "]) + required).zip_with(on_path, pl.Series([""], dtype=pl.String))


def _change(rows: pl.DataFrame, decimals: NDArray[np.int64], unit: NDArray[np.int64]) -> pl.Series:
    """How the figure has changed, or that nothing is there to compare with."""
    change = rows["year_change"].to_numpy()
    seasonal = is_seasonal(rows["period_type"])
    certain = rows["year_change_is_certain"].cast(pl.Float64).to_numpy()
    unmoved = shown(change, decimals) == 0
    chance = np.select([unmoved, np.isnan(certain), certain > 0], [0, 1, 2], default=3)
    moved = (
        pl.Series(["; "])
        + change_texts(change, decimals, unit)
        + words("", seasonal.astype(np.int64), ["", " på ett år"])
        + words("", chance, _CHANCE)
    )
    return moved.zip_with(pl.Series(~np.isnan(change)), words("", seasonal.astype(np.int64), _NOTHING_BEFORE))


def with_reason(rows: pl.DataFrame) -> pl.DataFrame:
    """Fill in `reason`: what stands in the way, or the figure, the target and the course.

    `72,4 %, målet är 100 %; minskade med 1,3 procentenheter, mer än slumpen`. For periods shorter than a year
    the change is since the same period one year before, and the words `på ett år` say so. A figure that
    reaches its target needs no more said.

    Args:
        rows: With columns obstacle, judgement, value, period_type, unit, decimals, kind, low, high,
            target_value, required, on_dated_path, year_change and year_change_is_certain.
    """
    decimals = rows["decimals"].to_numpy()
    unit = places(rows["unit"], pl.Series(UNITS, dtype=pl.String))
    value = value_texts(rows["value"].to_numpy(), decimals, unit)
    said = value + pl.Series([", målet är "]) + _target(rows, decimals, unit)
    more = said + _path(rows, decimals, unit) + _change(rows, decimals, unit)
    judged = said.zip_with(rows["judgement"] == Outcome.TARGET_REACHED, more)
    return rows.with_columns(pl.coalesce("obstacle", judged).alias("reason"))
