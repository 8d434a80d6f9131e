"""A target's path as a line to draw: the path of `etl.measures.target_path`, for one area."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from etl.measures import target_path

if TYPE_CHECKING:
    import datetime as dt

    from schemas.catalogue import Target

_KEY = ["indicator", "area", "sex", "age"]


def corners(target: Target, series: pl.DataFrame, area: str) -> list[tuple[dt.date, float]]:
    """The path's corners in order of date, in the indicator's unit.

    Args:
        target: The target.
        series: `SERIES_SCHEMA`, one indicator, one age group, both sexes together.
        area: Whose own baseline counts, where the source gives none.

    Returns:
        Corners as (date, value), held level to the series' ends where the path asks for something there;
        empty for a range, for a target that can't be judged, and without a baseline where one is needed.
    """
    own = series.filter(pl.col("area") == area)
    if target.cannot_be_judged or own.is_empty():
        return []
    first, last = series.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
    row = (
        own.select(_KEY).head(1).join(target_path.target_rows([target]).drop("indicator", "age"), how="cross")
    )
    row = target_path.with_baseline(row, own).with_columns(pl.lit(last).alias("period_end"))
    path = target_path.anchor_rows([target])
    points = target_path.corners(row, path).sort("anchor").select("anchor", "asked").rows()
    level = target_path.with_path(row, path)["target_value"][0]
    if target.milestones:
        held = points[-1:] if points and points[-1][0] < last else []
        return [*points, *((last, value) for _, value in held)]
    return [] if level is None else [(first, level), (last, level)]


def asked_at(path: list[tuple[dt.date, float]], day: dt.date) -> float | None:
    """What a path asks for at a day, straight between two corners; None before the first and after the last.

    Args:
        path: As `corners` gives it.
        day: The day.
    """
    for (begin, low), (end, high) in pairwise(path):
        if begin <= day <= end:
            share = (day - begin) / (end - begin) if end > begin else 1.0
            return low + (high - low) * share
    return None
