"""The latest figure of every series, and how it has changed since the period and the year before."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import SEASONAL, is_seasonal, places, with_rules, words
from etl.measures.interval import Z, as_series, mean_difference, newcombe, rate_ratio
from etl.measures.intervals import DEVIATION, with_deviation
from etl.measures.keys import matching
from etl.measures.text import UNITS, shown
from schemas.catalogue import MEANS, Unit
from schemas.period import PeriodType
from schemas.results import Method

_SERIES = ["indicator", "area", "sex", "age"]
if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.measures.interval import Bounds, Numbers

_COUNTS = ["value", "numerator", "denominator", DEVIATION]
_LINE = [*_SERIES, "period_type"]


def with_change(rows: pl.DataFrame, series: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Add to each row the figures before it and the changes since them.

    Two figures to compare with, both with a value and of the same area, breakdown, period type and class
    (example or real) as the row:

    * the period before: the nearest earlier one. Where periods are lacking in between, `previous_start`
      tells;
    * the year before: for weeks, months, quarters and half-years the same period one year earlier (the same
      ISO week), because what they change from one to the next is much the season's doing; there is none where
      that very period has no figure. For years, seasons and dates it is the period before.

    Args:
        rows: Rows of `SERIES_SCHEMA`, at most one per indicator, area, sex, age and period type.
        series: `SERIES_SCHEMA`, to look for the earlier figures in.
        rules: `etl.measures.frames.rules`.

    Returns:
        The rows with previous_start, previous_value, change (in the unit; percentage points for a share),
        change_is_certain (for a share Newcombe's interval of the difference leaves out 0, for an index the score
        interval of the ratio leaves out 1, for a mean MOVER's of the difference leaves out 0, as in
        `etl.measures.comparison`; null for other units and unless both figures have counts, and for a mean
        intervals) and course: better, worse or unchanged, the last when the change is 0 at the
        indicator's decimals; null where there is nothing to compare with or no way is better. Likewise
        year_previous_value, year_change, year_change_is_certain and year_course.
    """
    own, series = with_deviation(rows), with_deviation(series)
    figures = series[[*_LINE, "period_start", "origin", *_COUNTS]].filter(series["value"].is_not_null())
    before, year = _earlier(rows, figures)
    compared = _Compared(
        own, rules, *([_at(figures[name], place) for name in _COUNTS] for place in (before, year))
    )
    previous_start = as_series("previous_start", _at(figures["period_start"].cast(pl.Int32), before))
    return rows.hstack(
        [previous_start.cast(pl.Int32).cast(pl.Date), *compared.columns(""), *compared.columns("year_")]
    )


def _earlier(rows: pl.DataFrame, figures: pl.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which figure is the nearest before each row, and which one year before (of those with a season); -1 for none.

    Args:
        rows: As for `with_change`.
        figures: Those with a value.
    """
    now, year_ago = (column.to_numpy() for column in rows.select(_days()))
    line = matching(figures, rows, _LINE)
    day = figures["period_start"].cast(pl.Int32).to_numpy()
    is_same_class = _example(figures) == _example(rows)[line] if len(line) else line < 0
    found = np.flatnonzero((line >= 0) & is_same_class & (day < now[line]))
    found = found[np.argsort(day[found], kind="stable")]
    before, year = np.full((2, rows.height), -1)
    # Of several figures for one row the last is kept.
    before[line[found]] = found
    found = found[day[found] == year_ago[line[found]]]
    year[line[found]] = found
    return before, year


@cache
def _days() -> list[pl.Expr]:
    """The first day of each figure's period, and that of the one a year before where there is a season."""
    start, ago = (day.cast(pl.Int32).cast(pl.Float64) for day in (pl.col("period_start"), year_before()))
    return [
        pl.when(pl.col("value").is_not_null()).then(start).alias("now"),
        pl.when(pl.col("period_type").is_in(SEASONAL)).then(ago).alias("ago"),
    ]


def _example(rows: pl.DataFrame) -> Numbers:
    """1 for examples and 0 for others; NaN where that isn't known, which is like nothing."""
    return (rows["origin"] == "example").cast(pl.Float64).to_numpy()


def _at(column: pl.Series, place: NDArray[np.int64]) -> Numbers:
    """The numbers at these places; NaN for place -1, which is the last one."""
    return np.append(column.cast(pl.Float64).to_numpy(), np.nan)[place]


class _Compared:
    """What has changed since the figures before."""

    def __init__(
        self, rows: pl.DataFrame, rules: pl.DataFrame, before: Sequence[Numbers], year: Sequence[Numbers]
    ):
        """Rows, the rules of their indicators, and `_COUNTS` of the figures before and a year before."""
        place = places(rows["indicator"], rules["indicator"])
        self._unit = places(rules["unit"], pl.Series(UNITS))[place]
        self._decimals = rules["decimals"].to_numpy()[place]
        self._way = rules["way"].to_numpy()[place]
        seasonal = is_seasonal(rows["period_type"])
        self._now = [rows[name].to_numpy() for name in _COUNTS]
        self._earlier = {
            "": before,
            "year_": [np.where(seasonal, *pair) for pair in zip(year, before, strict=True)],
        }

    def columns(self, prefix: str) -> list[pl.Series]:
        """previous_value, change, change_is_certain and course, each with the prefix."""
        value, previous = self._now[0], self._earlier[prefix][0]
        change = value - previous
        lower, upper = moved_by(self._unit, self._now, self._earlier[prefix])
        moved = np.sign(shown(change, self._decimals))
        good = moved * self._way
        untold = np.isnan(change) | (self._way == 0)
        course = np.select([untold, moved == 0, good > 0], [-1, 0, 1], default=2)
        return [
            as_series(f"{prefix}previous_value", previous),
            as_series(f"{prefix}change", change),
            (as_series(f"{prefix}change_is_certain", lower) > 0) | (as_series("", upper) < 0),
            words(f"{prefix}course", course, ["unchanged", "better", "worse"]),
        ]


def moved_by(
    unit: NDArray[np.int64], now: Sequence[Numbers], before: Sequence[Numbers], *, z: float = Z
) -> Bounds:
    """The interval of a change, one rule for all that ask whether it is more than chance.

    Args:
        unit: Places in `etl.measures.text.UNITS`.
        now: Value, numerator, denominator and standard deviation.
        before: Those of the figure before.
        z: Quantile of the standard normal distribution.

    Returns:
        The bounds of the difference of two shares or of two means, or of the ratio of two indexes less 1; NaN
        for other units and where a count, or a mean's standard deviation, isn't known.
    """
    lower = np.full(len(unit), np.nan)
    upper = lower.copy()
    counts = [*now[1:3], *before[1:3]]
    share, rate = (np.flatnonzero(unit == UNITS.index(which)) for which in (Unit.PERCENT, Unit.INDEX))
    lower[share], upper[share] = newcombe(*(count[share] for count in counts), z=z)
    lower[rate], upper[rate] = (bound - 1 for bound in rate_ratio(*(count[rate] for count in counts), z=z))
    known = (now[3] > 0) & (before[3] > 0)
    mean = np.flatnonzero(known & np.isin(unit, [UNITS.index(which) for which in MEANS]))
    if len(mean):
        one, other = (
            (value[mean], deviation[mean], number[mean]) for value, _, number, deviation in (now, before)
        )
        lower[mean], upper[mean] = mean_difference(one, other, z=z)
    return lower, upper


@cache
def year_before() -> pl.Expr:
    """First day of the same period one year earlier, of period_start and period_type.

    Null for week 53 where that year has none.
    """
    start = pl.col("period_start")
    weeks = [start.dt.offset_by("-52w"), start.dt.offset_by("-53w")]
    same_week = pl.coalesce(pl.when(day.dt.week() == start.dt.week()).then(day) for day in weeks)
    return (
        pl.when(pl.col("period_type") == PeriodType.WEEK).then(same_week).otherwise(start.dt.offset_by("-1y"))
    )


def _months(date: pl.Expr) -> pl.Expr:
    return date.dt.year().cast(pl.Int32) * 12 + date.dt.month().cast(pl.Int32)


def latest(series: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """The figure that each series is judged by: the newest one of one period type.

    The period type is the indicator's usual one as long as its newest figure is at most one update interval
    older than the newest of any other type; otherwise it is the type with the newest figure. Figures here are
    those with a value and those that are missing or hidden, but not roll-ups without a value: a type without
    any figure gives way to one with.

    Of that type it is the newest period, except that a roll-up without a value, because a municipality hasn't
    delivered yet, is passed over for the newest figure, as long as that is at most one update interval older:
    one delivery late is normal and shouldn't blank out a page, more than one is told. A roll-up that is
    refused is passed over for whatever was delivered for the area. Hidden and missing figures are never
    passed over.

    Args:
        series: `SERIES_SCHEMA`.
        rules: `etl.measures.frames.rules`.

    Returns:
        One row per indicator, area, sex and age; the columns of `series`.
    """
    series = series.with_columns(_without_figure())
    chosen = _period_type(series, rules)
    # The figure looked for is never older than the newest that has one.
    oldest = chosen.select(pl.coalesce("_last_figure", "_last").min()).to_series()
    return (
        series.filter(pl.col("period_end") >= oldest)
        .join(chosen, on=[*_SERIES, "period_type"])
        .filter(_not_passed_over())
        .filter(_is_newest())
        .drop("update_interval_months", "_waiting", "_refused", "_last", "_last_figure")
    )


@cache
def _without_figure() -> list[pl.Expr]:
    """Whether a roll-up is refused, and whether it waits for a delivery or is refused."""
    refused = pl.col("value").is_null() & pl.col("method").is_null()
    waiting = pl.col("value").is_null() & (pl.col("method") != Method.DIRECT) & (pl.col("flag") == "missing")
    return [refused.alias("_refused"), (refused | waiting.fill_null(value=False)).alias("_waiting")]


@cache
def _not_passed_over() -> pl.Expr:
    late = _months(pl.col("_last")) - _months(pl.col("_last_figure"))
    passable = (late <= pl.col("update_interval_months")).fill_null(value=False)
    replaced = pl.col("_refused") & pl.col("_last_figure").is_not_null()
    return ~(pl.col("_waiting") & (passable | replaced))


@cache
def _is_newest() -> pl.Expr:
    return pl.col("period_end") == pl.col("period_end").max().over(_SERIES)


def _period_type(series: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """The period type that each series is judged in, and the ends of its newest period and newest figure."""
    return (
        series.group_by(*_SERIES, "period_type")
        .agg(_ends())
        .pipe(with_rules, rules, "usual_period_type", "update_interval_months")
        .with_columns(_is_usual())
        .sort(
            ["_first", "_last_figure", "_usual", "_last", "period_type"],
            descending=[True, True, True, True, False],
            nulls_last=True,
        )
        .unique(_SERIES, keep="first", maintain_order=True)
        .select(*_SERIES, "period_type", "_last", "_last_figure", "update_interval_months")
    )


@cache
def _ends() -> list[pl.Expr]:
    end = pl.col("period_end")
    return [end.max().alias("_last"), end.filter(~pl.col("_waiting")).max().alias("_last_figure")]


@cache
def _is_usual() -> list[pl.Expr]:
    """Whether the period type is the usual one, and whether it then goes first."""
    usual = (pl.col("period_type") == pl.col("usual_period_type")).alias("_usual")
    newest = pl.col("_last_figure").max().over(_SERIES)
    behind = _months(newest) - _months(pl.col("_last_figure"))
    first = (usual & (behind <= pl.col("update_interval_months"))).fill_null(value=False)
    return [usual, first.alias("_first")]
