"""The recent trend of yearly shares and rates, as Fingertips calculates it.

Over the newest five points: the slope of a regression weighted by 1 / SE², where SE = (upper - lower) / 3,92 is
read off each point's 95 % interval. There is a trend where (slope / its standard error)² is above 9,5495, the
99,8 % point of chi-square with one degree of freedom, and the slope keeps its sign when each point is left out
in turn; otherwise there is no change. The standard error is the one of known weights, 1 / √Σw(x - x̄)², not
scaled by the residuals. Source: the Fingertips tool (`TrendMarkerCalculator`, Office for Health Improvement and
Disparities, England).

What is ours, and why:

* A year without a value is passed over, and the value before it is used instead, whatever its age.
* A value without an interval of some width among the newest five leaves no trend: read without it, the trend
  would be of older values than those it is told of.
* Points lie at their own years: between 2019 and 2021 are two years, also where 2020 is lacking. So a gap makes
  the slope no steeper, and the slope is always per year.
* Seasons (July to June) are as long as years and count as yearly.
* Example figures are never mixed with real ones.
* Where no way is better the answer is increasing or decreasing, else better or worse.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.change import latest
from etl.measures.frames import is_example, shaped, with_rules
from schemas.catalogue import Direction, Unit
from schemas.period import PeriodType
from schemas.results import Trend

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How many points a trend is read from.
POINTS = 5

#: The 99,8 % point of chi-square with one degree of freedom.
CRITICAL = 9.5495

#: Widths of a standard error in a 95 % interval.
_WIDTHS = 3.92

#: A slope this small beside the figures themselves is what is left of rounding in the computer.
_NOTHING = 1e-12

YEARLY = [PeriodType.YEAR, PeriodType.SEASON]

#: Units of proportions and of rates per inhabitant.
_COUNTED = [Unit.PERCENT, Unit.DAYS_PER_INHABITANT]

NOT_COUNTED = "Trend räknas bara för andelar och för antal per invånare"
NO_FIGURES = "Det finns inga värden att räkna trend på"
NO_INTERVALS = f"Trend kräver {POINTS} värden med felmarginal, och sådana saknas"
NOT_YEARLY = "Trend räknas på hela år, men uppgifterna gäller {}"
TOO_FEW = f"Trend kräver {POINTS} år, men det finns bara "

_PERIODS = {
    str(PeriodType.HALF_YEAR): "halvår",
    str(PeriodType.QUARTER): "kvartal",
    str(PeriodType.MONTH): "månader",
    str(PeriodType.WEEK): "veckor",
    str(PeriodType.DATE): "enstaka datum",
}
_KEY = ["indicator", "area", "age"]
_SCHEMA = {
    "indicator": pl.String(),
    "area": pl.String(),
    "age": pl.String(),
    "trend": pl.String(),
    "trend_slope": pl.Float64(),
    "trend_reason": pl.String(),
}
_READ = {
    "_line": pl.UInt32(),
    "_figures": pl.UInt32(),
    "trend_slope": pl.Float64(),
    "_holds": pl.Boolean(),
}


def recent_trend(
    series: pl.DataFrame, rules: pl.DataFrame, judgements: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The recent trend of every indicator, area and age group.

    Args:
        series: `SERIES_SCHEMA`, small counts already hidden.
        rules: `etl.measures.frames.rules`.
        judgements: `JUDGEMENT_SCHEMA`, where they are made already: the figures they chose needn't be looked
            for again, which is most of the work.

    Returns:
        Columns indicator, area, age, trend (`schemas.results.Trend`), trend_slope (unit per year; percentage
        points for a share) and trend_reason (Swedish; filled where trend is null). One row for each that has
        a judgement, without them for each that has rows for both sexes together; read in the period type that
        `etl.measures.change.latest` chose.
    """
    chosen = judgements
    if chosen is None:
        chosen = latest(series.filter(pl.col("sex") == "total"), rules)
    chosen = chosen.select(*_KEY, "period_type", is_example(pl.col("origin")).alias("_example")).unique(
        _KEY, keep="first", maintain_order=True
    )
    lines = with_rules(chosen, rules, "unit", "direction").with_row_index("_line")
    countable = lines.filter(pl.col("period_type").is_in(YEARLY), pl.col("unit").is_in(_COUNTED))
    told = (
        lines.join(_read(series, countable), on="_line", how="left")
        .with_columns(pl.col("_figures").fill_null(0))
        .with_columns(_trend().alias("trend"), _reason().alias("trend_reason"))
    )
    return shaped(told.sort(_KEY), _SCHEMA)


def _read(series: pl.DataFrame, countable: pl.DataFrame) -> pl.DataFrame:
    """Columns of `_READ` for the lines that a trend can be read from."""
    if countable.is_empty():
        return pl.DataFrame(schema=_READ)
    yearly = pl.col("period_type").is_in(YEARLY)
    figures = (
        series.filter(pl.col("value").is_not_null(), yearly, pl.col("sex") == "total")
        .with_columns(is_example(pl.col("origin")).alias("_example"))
        .join(
            countable.select("_line", *_KEY, "period_type", "_example"), on=[*_KEY, "period_type", "_example"]
        )
        .with_columns((pl.col("upper") > pl.col("lower")).fill_null(value=False).alias("_certain"))
    )
    counts = figures.group_by("_line").agg(pl.len().alias("_figures"))
    points = (
        figures.sort("_line", "period_start")
        .filter(pl.len().over("_line") >= POINTS)
        .filter(pl.int_range(pl.len()).reverse().over("_line") < POINTS)
        .filter(pl.col("_certain").all().over("_line"))
    )
    return counts.join(_slopes(points), on="_line", how="left").select(list(_READ))


@cache
def _trend() -> pl.Expr:
    slope = pl.col("trend_slope")
    upward, better = slope > 0, pl.col("direction") == Direction.HIGHER
    return (
        pl.when(slope.is_null())
        .then(None)
        .when(~pl.col("_holds"))
        .then(pl.lit(str(Trend.NO_CHANGE)))
        .when(pl.col("direction") == Direction.NONE)
        .then(pl.when(upward).then(pl.lit(str(Trend.INCREASING))).otherwise(pl.lit(str(Trend.DECREASING))))
        .when(upward == better)
        .then(pl.lit(str(Trend.BETTER)))
        .otherwise(pl.lit(str(Trend.WORSE)))
    )


@cache
def _reason() -> pl.Expr:
    kind = pl.col("period_type").replace_strict(_PERIODS, default=None, return_dtype=pl.String)
    return (
        pl.when(pl.col("trend_slope").is_not_null())
        .then(None)
        .when(~pl.col("unit").is_in(_COUNTED))
        .then(pl.lit(NOT_COUNTED))
        .when(kind.is_not_null())
        .then(pl.format(NOT_YEARLY, kind))
        .when(pl.col("_figures") == 0)
        .then(pl.lit(NO_FIGURES))
        .when(pl.col("_figures") < POINTS)
        .then(pl.concat_str(pl.lit(TOO_FEW), pl.col("_figures").cast(pl.String)))
        .otherwise(pl.lit(NO_INTERVALS))
    )


def _slopes(points: pl.DataFrame) -> pl.DataFrame:
    """Slope and whether it holds (`_holds`), for lines with exactly `POINTS` rows, in order."""
    grid = (-1, POINTS)
    year = points["period_start"].dt.year().to_numpy().astype(np.float64).reshape(grid)
    value = points["value"].to_numpy().reshape(grid)
    width = (points["upper"] - points["lower"]).to_numpy().reshape(grid)
    weight = (_WIDTHS / width) ** 2
    slope, information = weighted_slope(year, value, weight)
    left_out = [
        weighted_slope(*(np.delete(part, place, axis=1) for part in (year, value, weight)))[0]
        for place in range(POINTS)
    ]
    size = np.abs(value).max(axis=1, initial=0.0)
    kept = np.all(np.sign(np.stack(left_out)) == np.sign(slope), axis=0) & (np.abs(slope) > _NOTHING * size)
    return pl.DataFrame(
        {
            "_line": points["_line"].gather_every(POINTS),
            "trend_slope": slope,
            "_holds": kept & (slope**2 * information > CRITICAL),
        }
    )


def weighted_slope(
    at: NDArray[np.float64], value: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The slope of a weighted line through each row, and 1 / its squared standard error.

    Args:
        at: Where the points lie, no two of a row at the same place.
        value: Their values.
        weight: One over their squared standard errors.
    """
    total = weight.sum(axis=1, keepdims=True)
    apart = at - (weight * at).sum(axis=1, keepdims=True) / total
    information = (weight * apart**2).sum(axis=1)
    return (weight * apart * value).sum(axis=1) / information, information
