"""Periods as whole numbers: which one a day lies in, so that two apart are as many apart as their numbers."""

from __future__ import annotations

import numpy as np
import polars as pl

from etl.measures.frames import places
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

#: Months until January 1970, counted from the year 0.
_EPOCH = 1970 * 12

#: The period types by place, weeks last, and for each the months of a period and the first one's place.
_KINDS = pl.Series([*map(str, _MONTHS), str(PeriodType.WEEK)])
_WEEKS = len(_MONTHS)
_LENGTH, _FIRST = (np.array([*of, 1]) for of in zip(*_MONTHS.values(), strict=True))


def numbers(dates: pl.Series, kinds: pl.Series, *, later: int = 0) -> pl.Series:
    """The numbers of the periods that days lie in. Of dates or period types there may be one that holds for all.

    Args:
        dates: Any days.
        kinds: Period types; null for dates, which aren't periods and have no number.
        later: So many days after the dates.
    """
    days, code = np.broadcast_arrays(dates.cast(pl.Int32).to_numpy() + float(later), places(kinds, _KINDS))
    known = ~np.isnan(days) & (code >= 0)
    day = np.where(known, days, 0.0).astype(np.int64)
    months = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + _EPOCH
    found = np.where(code == _WEEKS, (day + _THURSDAY) // _WEEK, (months - _FIRST[code]) // _LENGTH[code])
    return pl.Series(np.where(known, found, np.nan), nan_to_null=True).cast(pl.Int64)


def last_numbers(dates: pl.Series, kinds: pl.Series) -> pl.Series:
    """The numbers of the last periods that have ended by the end of days; arguments as for `numbers`."""
    return numbers(dates, kinds, later=1) - 1


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
