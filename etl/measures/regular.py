"""Periods as whole numbers: which one a day lies in, so that two apart are as many apart as their numbers."""

from __future__ import annotations

import polars as pl

from schemas.period import SEASON_START_MONTH, PeriodType

#: Months of a period and the month of the year that the first one begins with, 0 for January.
_MONTHS = {
    PeriodType.YEAR: (12, 0),
    PeriodType.SEASON: (12, SEASON_START_MONTH - 1),
    PeriodType.HALF_YEAR: (6, 0),
    PeriodType.QUARTER: (3, 0),
    PeriodType.MONTH: (1, 0),
}

#: Periods in a year, by period type. Of weeks there are 52 or 53; the 53rd is one more, so that in six years a
#: week is compared with its neighbour at most. Dates are no periods.
PER_YEAR: dict[str, int] = {str(kind): 12 // months for kind, (months, _) in _MONTHS.items()} | {
    str(PeriodType.WEEK): 52
}

#: 1 January 1970, day 0, was a Thursday; weeks begin on Mondays.
_THURSDAY = 3
_WEEK = 7


def number(date: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """The number of the period that a day lies in.

    Args:
        date: Any day.
        kind: Period type; null for dates, which aren't periods.
    """
    months = date.dt.year().cast(pl.Int64) * 12 + date.dt.month().cast(pl.Int64) - 1
    days = date.cast(pl.Int32).cast(pl.Int64)
    return (
        pl.when(kind == PeriodType.WEEK)
        .then((days + _THURSDAY) // _WEEK)
        .otherwise((months - _first(kind)) // _length(kind))
    )


def last_by(date: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """The number of the last period that has ended by the end of a day."""
    return number(date.dt.offset_by("1d"), kind) - 1


def start(period: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """The first day of a period, from its number."""
    months = period * _length(kind) + _first(kind)
    week = (period * _WEEK - _THURSDAY).cast(pl.Int32).cast(pl.Date)
    day = pl.date(months // 12, months % 12 + 1, 1)
    return pl.when(kind == PeriodType.WEEK).then(week).otherwise(day)


def _length(kind: pl.Expr) -> pl.Expr:
    return kind.replace_strict(
        {str(key): months for key, (months, _) in _MONTHS.items()}, default=None, return_dtype=pl.Int64
    )


def _first(kind: pl.Expr) -> pl.Expr:
    return kind.replace_strict(
        {str(key): first for key, (_, first) in _MONTHS.items()}, default=None, return_dtype=pl.Int64
    )
