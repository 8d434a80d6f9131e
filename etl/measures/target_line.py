"""A target's path as a line to draw: the same path as in `etl.measures.target_path`, for one area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from schemas.catalogue import Baseline, Target, TargetKind
from schemas.period import Period

if TYPE_CHECKING:
    import datetime as dt


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
    if target.kind is TargetKind.RANGE or target.cannot_be_judged or target.value is None or own.is_empty():
        return []
    start = _baseline(target.baseline, own) if target.baseline else None
    if target.kind is TargetKind.RELATIVE_CHANGE and start is None:
        return []

    def in_unit(step: float) -> float:
        if target.kind is TargetKind.RELATIVE_CHANGE and start is not None:
            return start[1] * (1 + step / 100)
        return step

    points = [(step.date, in_unit(step.value)) for step in target.milestones]
    first, last = _span(series)
    if not points:
        return [(first, in_unit(target.value)), (last, in_unit(target.value))]
    if start is not None and start[0] < points[0][0]:
        points.insert(0, start)
    if points[-1][0] < last:
        points.append((last, points[-1][1]))
    return points


def _span(series: pl.DataFrame) -> tuple[dt.date, dt.date]:
    ends = series.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
    return ends[0], ends[1]


def _baseline(baseline: Baseline, own: pl.DataFrame) -> tuple[dt.date, float] | None:
    period = Period.from_code(baseline.period) if baseline.period else None
    moment = baseline.date or (period.end if period else None)
    value = baseline.value
    if value is None and period is not None:
        found = own.filter(
            (pl.col("period_start") == period.start) & (pl.col("period_type") == str(period.type))
        )["value"]
        value = found[0] if found.len() else None
    return None if moment is None or value is None else (moment, value)
