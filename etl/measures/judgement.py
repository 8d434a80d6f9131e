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
(no counts, or neither a share, an index nor a mean whose spread is known), nothing is claimed of the course: what
the rows above it don't settle is "not on the way". A single figure off a dated path says nothing of where it is
going, so that it can't be judged.

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
from etl.measures.grouped import Groups
from etl.measures.target_path import anchors, targets, with_baseline, with_path
from etl.measures.text import with_shown
from schemas.catalogue import Direction, Level, RollUp, TargetKind
from schemas.results import JUDGEMENT_SCHEMA, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.catalogue import Catalogue

#: Levels that get no judgement. A vårdcentral has a place among the others (`etl.measures.funnel`) and nothing more.
_UNJUDGED = [str(Level.COUNTRY), str(Level.HEALTH_CENTRE)]


def judge(series: pl.DataFrame, catalogue: Catalogue, indicators: Iterable[str]) -> pl.DataFrame:
    """Judge the latest figure of every indicator, area and age group against each of its targets.

    Args:
        series: `SERIES_SCHEMA`, small counts already hidden.
        catalogue: What is followed, towards which target.
        indicators: Which indicators to judge. Each gets rows for the county, every delregion of every
            division and every municipality, with or without a figure; never for the country or a vårdcentral.

    Returns:
        `JUDGEMENT_SCHEMA`; one row per area, age group and target, with no target where there is none. Both
        sexes together. `reason` is always filled.
    """
    return frames.shaped(judged_rows(series, catalogue, indicators), JUDGEMENT_SCHEMA)


def judged_rows(series: pl.DataFrame, catalogue: Catalogue, indicators: Iterable[str]) -> pl.DataFrame:
    """As `judge`, with the columns beside those of `JUDGEMENT_SCHEMA` that `with_obstacle` adds."""
    rules = frames.rules(catalogue)
    series = frames.numbers_only(frames.without_centres(series, catalogue))
    both = frames.both_sexes(series)
    current = with_change(latest(both, rules), both, rules)
    rows = (
        _grid(both, catalogue, rules, indicators)
        .join(
            current.drop("level", "division", "sex"),
            on=["indicator", "area", "age"],
            how="left",
        )
        .join(targets(catalogue), on=["indicator", "age"], how="left")
    )
    rows = frames.with_rules(rows, rules, *(name for name in rules.columns if name != "indicator"))
    rows = with_path(with_baseline(rows, series), anchors(catalogue))
    rows = _shown(rows)
    rows = rows.with_columns(obstacle().alias("obstacle")).with_columns(_outcome().alias("judgement"))
    return reasons.with_reason(rows).sort("indicator", "age", "target", "division", "area", nulls_last=False)


def _grid(
    series: pl.DataFrame, catalogue: Catalogue, rules: pl.DataFrame, indicators: Iterable[str]
) -> pl.DataFrame:
    """Every indicator, age group and area that a page has a cell for."""
    line = ["indicator", "age"]
    wanted = rules.filter(pl.col("indicator").is_in(list(indicators)))
    named = pl.concat([Groups(series, line).keys, targets(catalogue)[line]])
    ages = pl.concat(
        [
            wanted.select("indicator", pl.col("headline_age").alias("age")),
            named.filter(pl.col("indicator").is_in(wanted["indicator"].implode())),
        ]
    ).unique(maintain_order=True)
    return ages.join(_cells(catalogue), how="cross")


@frames.once
def _cells(catalogue: Catalogue) -> pl.DataFrame:
    """The areas that are judged, for both sexes together."""
    below = frames.areas(catalogue).filter(~pl.col("level").is_in(_UNJUDGED))
    return below.select("area", "level", "division", pl.lit("total").alias("sex"))


def _shown(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the numbers as shown, and what follows from comparing them."""
    rows = with_shown(rows, ["value", "year_previous_value", "target_value", "required", "low", "high"])
    return rows.with_columns(_compared())


@cache
def _compared() -> list[pl.Expr]:
    is_range = pl.col("kind") == TargetKind.RANGE
    inside = (pl.col("_value") >= pl.col("_low")) & (pl.col("_value") <= pl.col("_high"))
    nearer = _distance("_year_previous_value") - _distance("_value")
    towards = (pl.when(nearer > 0).then(pl.lit("better")).when(nearer < 0).then(pl.lit("worse"))).otherwise(
        pl.when(nearer == 0).then(pl.lit("unchanged"))
    )
    return [
        pl.when(is_range).then(inside).otherwise(_meets("_target_value")).alias("is_reached"),
        _meets("_required").alias("is_in_step"),
        pl.when(is_range).then(towards).otherwise(pl.col("year_course")).alias("toward_target"),
        (pl.col("required").is_not_null() & (pl.col("period_end") <= pl.col("due")))
        .fill_null(value=False)
        .alias("on_dated_path"),
    ]


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
    rows = frames.with_rules(rows, rules, *rules.columns[1:], how="left").join(
        said, on="target", how="left", maintain_order="left"
    )
    return with_baseline(rows, series).with_columns(obstacle().alias("obstacle"))


@cache
def obstacle() -> pl.Expr:
    """Why a judgement can't be made; null where it can.

    Needs the columns value, reason, level, target, kind, set_for, cannot_be_judged, baseline, baseline_label,
    direction, roll_up, unit and lowest_public_level.
    """
    place, set_for = reasons.depth("level"), reasons.depth("set_for")
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
