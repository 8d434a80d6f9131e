"""The latest figure of every series, and how it has changed since the period and the year before."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import SEASONAL, is_example, places, words
from etl.measures.interval import Z, as_series, newcombe, rate_ratio
from etl.measures.text import UNITS, shown
from schemas.catalogue import Unit
from schemas.period import PeriodType
from schemas.results import Method

_SERIES = ["indicator", "area", "sex", "age"]
if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.measures.interval import Bounds, Numbers

_COUNTS = ["value", "numerator", "denominator"]
_LINE = [*_SERIES, "period_type", "_example"]


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
        interval of the ratio leaves out 1, as in `etl.measures.comparison`; null for other units and unless
        both figures have counts) and course: better, worse or unchanged, the last when the change is 0 at the
        indicator's decimals; null where there is nothing to compare with or no way is better. Likewise
        year_previous_value, year_change, year_change_is_certain and year_course.
    """
    example = is_example(pl.col("origin")).alias("_example")
    known = series.filter(pl.col("value").is_not_null()).select(
        *_SERIES,
        "period_type",
        example,
        pl.col("period_start").alias("previous_start"),
        *(pl.col(name).alias(f"previous_{name}") for name in _COUNTS),
    )
    rows = rows.with_columns(example)
    seasonal = pl.col("period_type").is_in(SEASONAL)
    now = rows.filter(pl.col("value").is_not_null()).select(
        *_LINE,
        pl.col("period_start").alias("_start"),
        pl.when(seasonal).then(year_before()).alias("_year_before"),
    )
    earlier = now.join(known, on=_LINE).filter(pl.col("previous_start") < pl.col("_start"))
    before = earlier.sort("previous_start").unique(_LINE, keep="last")
    year = earlier.filter(pl.col("previous_start") == pl.col("_year_before")).select(
        *_LINE, *(pl.col(f"previous_{name}").alias(f"year_previous_{name}") for name in _COUNTS)
    )
    rows = rows.join(before, on=_LINE, how="left").join(year, on=_LINE, how="left")
    compared = _Compared(rows, rules)
    return rows.drop(
        "_example",
        "_start",
        "_year_before",
        *(f"{prefix}previous_{name}" for prefix in ("", "year_") for name in _COUNTS),
    ).with_columns(*compared.columns(""), *compared.columns("year_"))


class _Compared:
    """What has changed since the figures before."""

    def __init__(self, rows: pl.DataFrame, rules: pl.DataFrame):
        """Rows with the columns previous_ and year_previous_ of `_COUNTS`; the rules of their indicators."""
        place = places(rows["indicator"], rules["indicator"])
        self._unit = places(rules["unit"], pl.Series(UNITS))[place]
        self._decimals = rules["decimals"].to_numpy()[place]
        self._way = rules["way"].to_numpy()[place]
        seasonal = rows["period_type"].is_in(SEASONAL).to_numpy()
        now, before, year = (
            [rows[f"{prefix}{name}"].to_numpy() for name in _COUNTS]
            for prefix in ("", "previous_", "year_previous_")
        )
        self._now = now
        self._earlier = {
            "": before,
            "year_": [np.where(seasonal, *pair) for pair in zip(year, before, strict=True)],
        }

    def columns(self, prefix: str) -> list[pl.Series]:
        """previous_value, change, change_is_certain and course, each with the prefix."""
        (value, *counts), (previous, *earlier) = self._now, self._earlier[prefix]
        change = value - previous
        lower, upper = moved_by(self._unit, [*counts, *earlier])
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


def moved_by(unit: NDArray[np.int64], counts: Sequence[Numbers], *, z: float = Z) -> Bounds:
    """The interval of a change, one rule for all that ask whether it is more than chance.

    Args:
        unit: Places in `etl.measures.text.UNITS`.
        counts: Numerator and denominator now, and those of the figure before.
        z: Quantile of the standard normal distribution.

    Returns:
        The bounds of the difference of two shares, or of the ratio of two indexes less 1; NaN for other units
        and where a count isn't known.
    """
    lower = np.full(len(unit), np.nan)
    upper = lower.copy()
    share, rate = (np.flatnonzero(unit == UNITS.index(which)) for which in (Unit.PERCENT, Unit.INDEX))
    lower[share], upper[share] = newcombe(*(count[share] for count in counts), z=z)
    lower[rate], upper[rate] = (bound - 1 for bound in rate_ratio(*(count[rate] for count in counts), z=z))
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
    refused = pl.col("value").is_null() & pl.col("method").is_null()
    waiting = pl.col("value").is_null() & (pl.col("method") != Method.DIRECT) & (pl.col("flag") == "missing")
    series = series.with_columns(
        refused.alias("_refused"), (refused | waiting.fill_null(value=False)).alias("_waiting")
    )
    late = _months(pl.col("_last")) - _months(pl.col("_last_figure"))
    passable = (late <= pl.col("update_interval_months")).fill_null(value=False)
    replaced = pl.col("_refused") & pl.col("_last_figure").is_not_null()
    chosen = _period_type(series, rules)
    # The figure looked for is never older than the newest that has one.
    oldest = chosen.select(pl.coalesce("_last_figure", "_last").min()).to_series()
    return (
        series.filter(pl.col("period_end") >= oldest)
        .join(chosen, on=[*_SERIES, "period_type"])
        .filter(~(pl.col("_waiting") & (passable | replaced)))
        .filter(pl.col("period_end") == pl.col("period_end").max().over(_SERIES))
        .drop("update_interval_months", "_waiting", "_refused", "_last", "_last_figure")
    )


def _period_type(series: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """The period type that each series is judged in, and the ends of its newest period and newest figure."""
    usual = (pl.col("period_type") == pl.col("usual_period_type")).alias("_usual")
    newest = pl.col("_last_figure").max().over(_SERIES)
    behind = _months(newest) - _months(pl.col("_last_figure"))
    return (
        series.group_by(*_SERIES, "period_type")
        .agg(
            pl.col("period_end").max().alias("_last"),
            pl.col("period_end").filter(~pl.col("_waiting")).max().alias("_last_figure"),
        )
        .join(rules.select("indicator", "usual_period_type", "update_interval_months"), on="indicator")
        .with_columns(
            usual,
            (usual & (behind <= pl.col("update_interval_months"))).fill_null(value=False).alias("_first"),
        )
        .sort(
            ["_first", "_last_figure", "_usual", "_last", "period_type"],
            descending=[True, True, True, True, False],
            nulls_last=True,
        )
        .unique(_SERIES, keep="first", maintain_order=True)
        .select(*_SERIES, "period_type", "_last", "_last_figure", "update_interval_months")
    )
