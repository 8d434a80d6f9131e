"""How an area stands against a target, as one of five outcomes and never without a reason.

The first row that fits decides.

| the figure                                              | outcome            |
|---------------------------------------------------------|--------------------|
| has no value (not delivered, missing, hidden, refused)  | cannot be judged   |
| has no target                                           | cannot be judged   |
| the target says why nobody can be judged by it          | cannot be judged   |
| no way is better, and the target is no range            | cannot be judged   |
| is a sum, the target set for a higher level             | cannot be judged   |
| the target is relative, the baseline is lacking         | cannot be judged   |
| meets what the target asks for in the end               | target reached     |
| on a dated path: meets what is asked for at its date    | on the way         |
| on a dated path: got worse, not by chance               | wrong direction    |
| on a dated path: anything else                          | not on the way     |
| otherwise: no figure to compare with                    | cannot be judged   |
| otherwise: got better, not by chance                    | on the way         |
| otherwise: got worse, not by chance                     | wrong direction    |
| otherwise: anything else                                | not on the way     |

*On a dated path* is a figure whose period ends no later than the target's last milestone and no earlier than
its path begins. A target without milestones holds at all times, and one past its last date is overdue: there
only the figure's own course tells.

*Got better* and *got worse* compare with the period before for years, seasons and dates, and with the same
period one year before for half-years, quarters, months and weeks: from one of those to the next it is often
the season that has changed (`etl.measures.change`).

*Not by chance* is a change whose interval leaves out 0 (`etl.measures.change.moved_by`). Where that can't be told
(no counts, or neither a share nor an index), nothing is claimed of the course: what the rows above it don't
settle is "not on the way". A single figure off a dated path says nothing of where it is going, so that it can't
be judged.

*On the way* is how things stand, and not that the target will be reached in time: that is the projection's answer
(`etl.measures.outlook`), which rests on more figures than a judgement does.

*Meets* compares the numbers as shown, at the indicator's decimals, so that the word never contradicts the
screen: 54,96 is shown as 55,0 and reaches 55. Direction decides which side is good; a range is met inside and
on its bounds, and getting better there is getting nearer to it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from etl.measures import frames, reasons
from etl.measures.change import latest, with_change
from etl.measures.target_path import anchors, targets, with_baseline, with_path
from etl.measures.text import with_shown
from schemas.catalogue import Direction, Level, RollUp, TargetKind
from schemas.results import JUDGEMENT_SCHEMA, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.catalogue import Catalogue

_ORDER = {str(level): place for place, level in enumerate(Level)}


def judge(series: pl.DataFrame, catalogue: Catalogue, indicators: Iterable[str]) -> pl.DataFrame:
    """Judge the latest figure of every indicator, area and age group against each of its targets.

    Args:
        series: `SERIES_SCHEMA`, small counts already hidden.
        catalogue: What is followed, towards which target.
        indicators: Which indicators to judge. Each gets rows for the county, every delregion of every
            division and every municipality, with or without a figure; never for the country.

    Returns:
        `JUDGEMENT_SCHEMA`; one row per area, age group and target, with no target where there is none. Both
        sexes together. `reason` is always filled.
    """
    rules = frames.rules(catalogue)
    series = frames.numbers_only(series)
    both = frames.both_sexes(series)
    current = with_change(latest(both, rules), both, rules)
    rows = (
        _grid(both, catalogue, rules, indicators)
        .join(
            current.drop("level", "division", "sex"),
            on=["indicator", "area", "age"],
            how="left",
        )
        .join(rules.drop("headline_age"), on="indicator")
        .join(targets(catalogue), on=["indicator", "age"], how="left")
    )
    rows = with_path(with_baseline(rows, series), anchors(catalogue))
    rows = _shown(rows)
    rows = rows.with_columns(obstacle().alias("obstacle")).with_columns(_outcome().alias("judgement"))
    rows = reasons.with_reason(rows)
    return (
        rows.select(pl.col(name).cast(dtype) for name, dtype in JUDGEMENT_SCHEMA.items())
        .sort("indicator", "age", "target", "division", "area", nulls_last=False)
        .select(list(JUDGEMENT_SCHEMA))
    )


def _grid(
    series: pl.DataFrame, catalogue: Catalogue, rules: pl.DataFrame, indicators: Iterable[str]
) -> pl.DataFrame:
    """Every indicator, age group and area that a page has a cell for."""
    wanted = rules.filter(pl.col("indicator").is_in(list(indicators)))
    named = pl.concat(frame.select("indicator", "age") for frame in (series, targets(catalogue)))
    ages = pl.concat(
        [
            wanted.select("indicator", pl.col("headline_age").alias("age")),
            named.join(wanted, on="indicator", how="semi"),
        ]
    ).unique(maintain_order=True)
    below = frames.areas(catalogue).filter(pl.col("level") != Level.COUNTRY)
    return ages.join(below.select("area", "level", "division"), how="cross").with_columns(
        pl.lit("total").alias("sex")
    )


def _shown(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the numbers as shown, and what follows from comparing them."""
    rows = with_shown(rows, ["value", "year_previous_value", "target_value", "required", "low", "high"])
    is_range = pl.col("kind") == TargetKind.RANGE
    inside = (pl.col("_value") >= pl.col("_low")) & (pl.col("_value") <= pl.col("_high"))
    nearer = _distance("_year_previous_value") - _distance("_value")
    towards = (pl.when(nearer > 0).then(pl.lit("better")).when(nearer < 0).then(pl.lit("worse"))).otherwise(
        pl.when(nearer == 0).then(pl.lit("unchanged"))
    )
    return rows.with_columns(
        pl.when(is_range).then(inside).otherwise(_meets("_target_value")).alias("is_reached"),
        _meets("_required").alias("is_in_step"),
        pl.when(is_range).then(towards).otherwise(pl.col("year_course")).alias("toward_target"),
        (pl.col("required").is_not_null() & (pl.col("period_end") <= pl.col("due")))
        .fill_null(value=False)
        .alias("on_dated_path"),
    )


def _distance(column: str) -> pl.Expr:
    value = pl.col(column)
    return pl.max_horizontal(pl.col("_low") - value, value - pl.col("_high"), pl.lit(0.0)) + 0.0 * value


def _meets(column: str) -> pl.Expr:
    lower = pl.col("direction") == Direction.LOWER
    value, asked = pl.col("_value"), pl.col(column)
    return pl.when(lower).then(value <= asked).otherwise(value >= asked)


def with_obstacle(
    rows: pl.DataFrame, series: pl.DataFrame, rules: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    """Add what the rules and the targets say, and what stands in the way of a judgement (`obstacle`).

    Args:
        rows: `JUDGEMENT_SCHEMA` at least.
        series: `SERIES_SCHEMA`, for the targets' baselines.
        rules: `etl.measures.frames.rules`.
        catalogue: For the targets.

    Returns:
        The rows in their order with the columns of `etl.measures.frames.rules` and
        `etl.measures.target_path.with_baseline`, and obstacle (Swedish; null where there is none).
    """
    said = targets(catalogue).drop("indicator", "age")
    rows = rows.join(rules, on="indicator", how="left").join(said, on="target", how="left")
    return with_baseline(rows, series).with_columns(obstacle().alias("obstacle"))


@cache
def obstacle() -> pl.Expr:
    """Why a judgement can't be made; null where it can.

    Needs the columns value, reason, level, target, kind, set_for, cannot_be_judged, baseline, baseline_label,
    direction, roll_up, unit and lowest_public_level.
    """
    place = pl.col("level").replace_strict(_ORDER, default=None, return_dtype=pl.Int32)
    set_for = pl.col("set_for").replace_strict(_ORDER, default=None, return_dtype=pl.Int32)
    relative = pl.col("kind") == TargetKind.RELATIVE_CHANGE
    return (
        pl.when(pl.col("value").is_null())
        .then(pl.coalesce("reason", reasons.no_figure()))
        .when(pl.col("target").is_null())
        .then(pl.lit(reasons.NO_TARGET))
        .when(pl.col("cannot_be_judged").is_not_null())
        .then(pl.col("cannot_be_judged"))
        .when((pl.col("direction") == Direction.NONE) & (pl.col("kind") != TargetKind.RANGE))
        .then(pl.lit(reasons.NO_DIRECTION))
        .when((pl.col("roll_up") == RollUp.SUM) & (place > set_for))
        .then(reasons.set_for_more())
        .when(relative & pl.col("baseline").is_null())
        .then(reasons.no_baseline())
    )


@cache
def _outcome() -> pl.Expr:
    certain = pl.col("year_change_is_certain").fill_null(value=False)
    better = (pl.col("toward_target") == "better") & certain
    worse = (pl.col("toward_target") == "worse") & certain
    on_path = pl.col("on_dated_path")
    ahead = (on_path & pl.col("is_in_step")) | (~on_path & better)
    return (
        pl.when(pl.col("obstacle").is_not_null())
        .then(pl.lit(str(Outcome.CANNOT_BE_JUDGED)))
        .when("is_reached")
        .then(pl.lit(str(Outcome.TARGET_REACHED)))
        .when(~on_path & pl.col("year_change").is_null())
        .then(pl.lit(str(Outcome.CANNOT_BE_JUDGED)))
        .when(ahead)
        .then(pl.lit(str(Outcome.ON_THE_WAY)))
        .when(worse)
        .then(pl.lit(str(Outcome.WRONG_DIRECTION)))
        .otherwise(pl.lit(str(Outcome.NOT_ON_THE_WAY)))
    )
