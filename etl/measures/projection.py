"""At today's pace: what a figure will be at the target's date, and the years between which the target is reached.

The method is that of `etl.measures.forecast`, from the series alone. A projection goes on from what has been; it
knows nothing of what is planned.

* **projected** is the figure expected for the last period that ends by `projected_on`, season and all: the day of
  the target's last milestone, or 31 December 2030 where it has none or no further period ends by that day.
* **reach_first** and **reach_last** are the first years at whose end the good and the bad end of the 80 % band
  meet the target, without season and with the numbers as shown. For a range the ends are those seen from the
  side on which the figure is now. Years from 2040 on are not told.
* **path_distance** is the newest figure minus what the target's path asks for at its date; for a range the
  distance to the nearest end of it, below 0 under the range, 0 inside.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures import forecast, regular
from etl.measures.frames import shaped
from etl.measures.going_on import LINE, Lines, lines
from etl.measures.interval import as_series
from etl.measures.keys import matching, taken
from schemas.catalogue import Direction, TargetKind
from schemas.results import ASSESSMENT_SCHEMA, Outcome
from schemas.swedish import HALF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.measures.forecast import Numbers

#: What a projection is for where the target has no date of its own, and how far it is drawn.
HORIZON = dt.date(2030, 12, 31)

#: Years from this one on are not told.
NOT_BEFORE = 2040

REACHED = "Målet är nått"
NEVER = f"Inte före {NOT_BEFORE} i nuvarande takt"
PAST = "Det finns redan uppgifter fram till prognosens sista dag"

_COLUMNS = [
    *LINE,
    "target",
    "period_type",
    "projected_on",
    "projected",
    "projected_lower",
    "projected_upper",
    "reach_first",
    "reach_last",
    "projection_reason",
    "path_distance",
]
#: What of the judgements it rests on.
_USED = [
    *LINE, "target", "period_type", "period_end", "value", "obstacle", "judgement", "kind", "direction", "decimals",
    "due", "low", "high", "target_value", "required", "unit", "lowest", "highest",
]  # fmt: skip
_PATH = {
    **dict.fromkeys(LINE, pl.String()),
    "period_start": pl.Date(),
    "value": pl.Float64(),
    "lower": pl.Float64(),
    "upper": pl.Float64(),
}
_SCHEMA = {name: ASSESSMENT_SCHEMA[name] for name in _COLUMNS}
_PROJECTED = ["projected", "projected_lower", "projected_upper"]
_REACHED = ["reach_first", "reach_last"]


def project(series: pl.DataFrame, judgements: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Project every judged figure to its target's date, and tell when the target is reached.

    Args:
        series: `SERIES_SCHEMA`, small counts already hidden.
        judgements: From `etl.measures.judgement.with_obstacle`.
        rules: `etl.measures.frames.rules`.

    Returns:
        Columns indicator, area, age, target, period_type, projected_on, projected, projected_lower,
        projected_upper, reach_first, reach_last, projection_reason and path_distance, as `ASSESSMENT_SCHEMA`
        has them; one row for each of the judgements, in their order. The reason is filled where there is no
        projection, and where there is one but no year in which the target is reached.
    """
    known = lines(series, judgements, rules)
    line = matching(judgements, known.frame, LINE)
    rows = judgements[_USED].hstack(
        [taken(known.frame[name], line) for name in ("newest", "place", "why_not")]
    )
    kind = rows["period_type"]
    left = {"steps_due": rows["due"], "steps_horizon": pl.Series([HORIZON])}
    steps = [(regular.last_numbers(day, kind) - rows["newest"]).alias(name) for name, day in left.items()]
    rows = rows.hstack(steps).with_columns(_steps())
    possible = rows.with_row_index("_row").filter(pl.col("why_not").is_null())
    found = [*_projected(possible, known, rows.height), *_reached(possible, known, rows.height)]
    return shaped(rows.hstack(found).with_columns(_told()), _SCHEMA)


@cache
def _steps() -> list[pl.Expr]:
    """How far and to which day to project, and why it can't be done."""
    due, horizon = pl.col("steps_due"), pl.col("steps_horizon")
    past = pl.when((due < 1) | due.is_null(), horizon < 1).then(pl.lit(PAST))
    why_not = pl.when(pl.col("value").is_null()).then("obstacle").otherwise(pl.coalesce("why_not", past))
    return [
        pl.when(due >= 1).then(due).when(horizon >= 1).then(horizon).alias("steps"),
        pl.when(due >= 1).then("due").otherwise(pl.lit(HORIZON)).alias("projected_on"),
        why_not.alias("why_not"),
    ]


@cache
def _told() -> list[pl.Expr]:
    return [
        pl.when(pl.col("why_not").is_null()).then("projected_on").alias("projected_on"),
        pl.coalesce("why_not", _unreached()).alias("projection_reason"),
        pl.when(pl.col("obstacle").is_null()).then(_distance()).alias("path_distance"),
    ]


def project_path(series: pl.DataFrame, judgements: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """The projections as points to draw: every period after the newest figure that ends by the end of 2030.

    Args:
        series: As for `project`.
        judgements: As for `project`; give those of one indicator to have its points only.
        rules: As for `project`.

    Returns:
        Columns indicator, area, age, period_start, value, lower and upper (80 % band), in order of them.
    """
    known = lines(series, judgements, rules)
    parts = [pl.DataFrame(schema=_PATH)]
    for kind, own, fit in known.each(known.frame):
        last = regular.last_numbers(pl.Series([HORIZON]), pl.Series([kind]))
        count = (last - own["newest"]).clip(lower_bound=0).to_numpy()
        steps = np.arange(1, max(int(count.max()), 0) + 1)
        wanted = steps <= count[:, None]
        row, column = np.nonzero(wanted)
        expected, lower, upper = (part[wanted] for part in _within(forecast.ahead(fit, steps), own))
        places = own.select(*LINE, "newest")[row]
        parts.append(
            places.select(
                *LINE,
                regular.start(pl.col("newest") + pl.Series(steps[column]), pl.lit(kind)).alias(
                    "period_start"
                ),
                pl.Series("value", expected),
                pl.Series("lower", lower),
                pl.Series("upper", upper),
            )
        )
    return pl.concat(parts).sort(*LINE, "period_start")


def _within(parts: tuple[Numbers, Numbers, Numbers], own: pl.DataFrame) -> list[Numbers]:
    lowest, highest = (own[name].to_numpy()[:, None] for name in ("lowest", "highest"))
    return [np.clip(part, lowest, highest) for part in parts]


def _projected(rows: pl.DataFrame, known: Lines, height: int) -> list[pl.Series]:
    """Columns projected, projected_lower and projected_upper of all judgements.

    Args:
        rows: Those that a projection is made of, with `_row`.
        known: What has been learnt of their series.
        height: How many judgements there are.
    """
    found = np.full((len(_PROJECTED), height), np.nan)
    for _, own, fit in known.each(rows):
        parts = _within(forecast.ahead(fit, own["steps"].to_numpy()[:, None]), own)
        found[:, own["_row"].to_numpy()] = np.stack(parts)[:, :, 0]
    return [as_series(name, part) for name, part in zip(_PROJECTED, found, strict=True)]


def _reached(rows: pl.DataFrame, known: Lines, height: int) -> list[pl.Series]:
    """Columns reach_first and reach_last, for figures that can be judged and aren't there yet; as for `_projected`."""
    wanted = rows.filter(pl.col("obstacle").is_null(), pl.col("judgement") != Outcome.TARGET_REACHED)
    wanted = wanted.with_columns(_goal())
    found = np.full((len(_REACHED), height), np.nan)
    for kind, own, fit in known.each(wanted):
        years, ends = _year_ends(own, kind)
        ahead = ends - own["newest"].to_numpy()[:, None]
        _, lower, upper = _within(forecast.ahead(fit, np.maximum(ahead, 1), with_season=False), own)
        up = own["upward"].to_numpy()[:, None]
        sides = (np.where(up, upper, lower), np.where(up, lower, upper))
        met = [_first(_meets(side, own) & (ahead >= 1), years) for side in sides]
        found[:, own["_row"].to_numpy()] = np.stack(met)
    return [as_series(name, part) for name, part in zip(_REACHED, found, strict=True)]


@cache
def _goal() -> list[pl.Expr]:
    """Which way the target lies, and where it begins."""
    below = pl.col("value") < pl.col("low")
    is_range = pl.col("kind") == TargetKind.RANGE
    upward = pl.when(is_range).then(below).otherwise(pl.col("direction") == Direction.HIGHER)
    bound = pl.when(below).then("low").otherwise("high")
    return [upward.alias("upward"), pl.when(is_range).then(bound).otherwise("target_value").alias("goal")]


def _year_ends(own: pl.DataFrame, kind: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Years from the oldest figure's on, and the number of the last period that ends in each."""
    first = int(own.select(pl.col("period_end").dt.year().min()).item())
    years = np.arange(min(first, NOT_BEFORE - 1), NOT_BEFORE)
    last_days = pl.Series([dt.date(year, 12, 31) for year in years.tolist()])
    return years, regular.last_numbers(last_days, pl.Series([kind])).to_numpy()


def _meets(values: Numbers, own: pl.DataFrame) -> NDArray[np.bool_]:
    """Whether the values meet the rows' goals, both as shown."""
    factor = 10.0 ** own["decimals"].to_numpy()[:, None]
    shown, goal = (
        np.sign(part) * np.floor(np.abs(part) * factor + HALF)
        for part in (values, own["goal"].to_numpy()[:, None])
    )
    return np.where(own["upward"].to_numpy()[:, None], shown >= goal, shown <= goal)


def _first(met: NDArray[np.bool_], years: NDArray[np.int64]) -> Numbers:
    """The first year in which each row meets; NaN where none."""
    return np.where(met.any(axis=1), years[met.argmax(axis=1)], np.nan)


@cache
def _unreached() -> pl.Expr:
    return (
        pl.when(pl.col("obstacle").is_not_null())
        .then("obstacle")
        .when(pl.col("judgement") == Outcome.TARGET_REACHED)
        .then(pl.lit(REACHED))
        .when(pl.col("reach_first").is_null())
        .then(pl.lit(NEVER))
    )


@cache
def _distance() -> pl.Expr:
    value, low, high = pl.col("value"), pl.col("low"), pl.col("high")
    outside = pl.when(value < low).then(value - low).when(value > high).then(value - high).otherwise(0.0)
    return pl.when(pl.col("kind") == TargetKind.RANGE).then(outside).otherwise(value - pl.col("required"))
