"""Where mean and limits are calculated anew, and which figures they rest on.

A series is one stretch unless the catalogue names rebase dates: the first period that starts on or after such
a date is the first of a new stretch. A date before the first figure or after the last changes nothing.

In each stretch mean and limits rest on all figures, or on a fixed baseline and hold on from there: its first N
figures, its periods that start no later than a day, or, where both are given, the figures that are both. A
stretch in which no period starts by that day has no baseline and rests on all its figures, so that rebasing
and a baseline go together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import once

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.measures.spc.points import Points
    from schemas.catalogue import Catalogue

_REBASES = {"indicator": pl.String(), "date": pl.Date(), "reason": pl.String()}
_BASELINES = {"indicator": pl.String(), "until": pl.Date(), "points": pl.Int32()}

#: More days than any date has, so that an indicator and a day make one number that sorts by both.
_DAYS = 10_000_000


@once
def rebases(catalogue: Catalogue) -> pl.DataFrame:
    """The rebase dates: columns indicator, date, reason; none for most indicators."""
    rows = [
        (item.id, rebase.date, rebase.reason)
        for item in catalogue.indicators.values()
        for rebase in item.spc.rebase_dates
    ]
    return pl.DataFrame(rows, schema=_REBASES, orient="row")


@once
def baselines(catalogue: Catalogue) -> pl.DataFrame:
    """The fixed baselines: columns indicator, until (day) and points, one of them null where only one is set."""
    rows = [
        (item.id, item.spc.baseline_until, item.spc.baseline_points)
        for item in catalogue.indicators.values()
        if item.spc.baseline_until or item.spc.baseline_points
    ]
    return pl.DataFrame(rows, schema=_BASELINES, orient="row")


def _numbers(points: Points, given: pl.DataFrame) -> pl.DataFrame:
    """What is given for indicators that have points, with the indicator's number."""
    return given.join(points.keys.select("indicator", "number").unique(), on="indicator")


def stretches(points: Points, dates: pl.DataFrame | None) -> NDArray[np.int64]:
    """The stretch of each point, from 0 for the first of the first series, counted through all series.

    Args:
        points: All points.
        dates: From `rebases`; only indicator and date matter.
    """
    series, number = points.series, points.indicator
    begins = np.ones(len(series), dtype=bool)
    begins[1:] = series[1:] != series[:-1]
    if dates is not None and dates.height:
        known = _numbers(points, dates)
        rebased = known["number"].to_numpy() * _DAYS + known["date"].to_physical().cast(pl.Int64).to_numpy()
        passed = np.searchsorted(np.sort(rebased), number * _DAYS + points.day, side="right")
        begins[1:] |= passed[1:] != passed[:-1]
    return np.cumsum(begins) - 1


def basis(
    points: Points, stretch: NDArray[np.int64], with_value: NDArray[np.bool_], fixed: pl.DataFrame | None
) -> NDArray[np.bool_]:
    """Whether mean and limits rest on each figure.

    Args:
        points: All points.
        stretch: Which stretch each figure belongs to; points with a value only, as in the answer.
        with_value: Which points have one.
        fixed: From `baselines`; one row per indicator at most.
    """
    if fixed is None or not fixed.height or not len(stretch):
        return np.ones(len(stretch), dtype=bool)
    given = points.keys.select("indicator").join(
        fixed.unique("indicator"), on="indicator", how="left", maintain_order="left"
    )
    last_day = given["until"].to_physical().cast(pl.Float64).fill_null(np.inf).to_numpy()
    most = given["points"].cast(pl.Float64).fill_null(np.inf).to_numpy()
    series, day = points.series[with_value], points.day[with_value]
    first = np.diff(stretch, prepend=-1) != 0
    begun = np.flatnonzero(first)[np.cumsum(first) - 1]
    until = last_day[series]
    in_time = (day <= until) | (day[begun] > until)
    return in_time & (np.arange(len(stretch)) - begun < most[series])
