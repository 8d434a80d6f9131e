"""Which judgements a change turns round: target by target and area by area, before and after.

Judgements are made from figures in which small counts are already hidden, so what is told here may be shown to
anyone who may see the pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures import frames
from schemas.catalogue import Level
from schemas.results import Outcome

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

_KEY = ["indicator", "target", "age", "area"]
_SIDE = {
    "outcome": "judgement",
    "value": "value",
    "start": "period_start",
    "period_type": "period_type",
    "previous": "previous_start",
    "example": None,
    "reason": "reason",
}

#: Outcomes from worst to best. One that can't be judged has no place among them.
_PLACES = {
    Outcome.WRONG_DIRECTION: 0,
    Outcome.NOT_ON_THE_WAY: 1,
    Outcome.ON_THE_WAY: 2,
    Outcome.TARGET_REACHED: 3,
}

#: `what` is how the judgement changes:
#: `real` and `example`: its figure is now of the other class; `appears` and `disappears`: a figure is there that
#: wasn't, or the reverse; `outcome`: it is judged otherwise. `turn` is `worse`, `better`, or null where either
#: side can't be judged or they are alike. `overview` marks the areas that the first page shows as it opens.
FLIP_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "target": pl.String(),
    "age": pl.String(),
    "area": pl.String(),
    "level": pl.String(),
    "division": pl.String(),
    "overview": pl.Boolean(),
    "what": pl.String(),
    "turn": pl.String(),
    **{
        f"{side}_{name}": dtype
        for side in ("old", "new")
        for name, dtype in {
            "outcome": pl.String(),
            "value": pl.Float64(),
            "start": pl.Date(),
            "period_type": pl.String(),
            "previous": pl.Date(),
            "example": pl.Boolean(),
            "reason": pl.String(),
        }.items()
    },
}


def flips(before: pl.DataFrame, after: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """The judgements that a change turns round.

    Args:
        before: `JUDGEMENT_SCHEMA` of the touched indicators before the change.
        after: The same after it.
        catalogue: The areas, the default division and the order of indicators.

    Returns:
        `FLIP_SCHEMA`; what the overview shows first, of that what is judged otherwise, and of that what gets
        worse, what loses its figure, what gets better and the rest; within these the longest step and the county
        first, then in the order of indicators and areas.
    """
    joined = (
        _side(before, "old")
        .join(_side(after, "new"), on=_KEY, how="full", coalesce=True, nulls_equal=True)
        .with_columns(
            pl.col(f"{side}_outcome").fill_null(str(Outcome.CANNOT_BE_JUDGED)) for side in ("old", "new")
        )
        .with_columns(_what().alias("what"), _turn().alias("turn"))
        .filter(pl.col("what").is_not_null())
    )
    shown = catalogue.default_division.id
    return (
        joined.join(frames.areas(catalogue).drop("area_name"), on="area", how="left")
        .with_columns(
            ((pl.col("level") == Level.COUNTY) | (pl.col("division") == shown))
            .fill_null(value=False)
            .alias("overview")
        )
        .sort(*_order(catalogue), nulls_last=True)
        .select(pl.col(name).cast(dtype) for name, dtype in FLIP_SCHEMA.items())
    )


def turned() -> pl.Expr:
    """Whether a flip is judged otherwise than before, rather than resting on another kind of figure."""
    return pl.col("old_outcome") != pl.col("new_outcome")


def _side(judgements: pl.DataFrame, side: str) -> pl.DataFrame:
    has_value = pl.col("value").is_not_null()
    example = pl.when(has_value).then(frames.is_example(pl.col("origin")))
    return judgements.filter(pl.col("sex") == "total").select(
        *_KEY,
        *((pl.col(name) if name else example).alias(f"{side}_{alias}") for alias, name in _SIDE.items()),
    )


def _what() -> pl.Expr:
    had, has = pl.col("old_value").is_not_null(), pl.col("new_value").is_not_null()
    was, is_now = pl.col("old_example"), pl.col("new_example")
    return (
        pl.when(has & ~had)
        .then(pl.lit("appears"))
        .when(had & ~has)
        .then(pl.lit("disappears"))
        .when(was & ~is_now)
        .then(pl.lit("real"))
        .when(~was & is_now)
        .then(pl.lit("example"))
        .when(had & has & (pl.col("old_outcome") != pl.col("new_outcome")))
        .then(pl.lit("outcome"))
    )


def _place(column: str) -> pl.Expr:
    known = {str(outcome): place for outcome, place in _PLACES.items()}
    return pl.col(column).replace_strict(known, default=None, return_dtype=pl.Int8)


def _turn() -> pl.Expr:
    moved = _place("new_outcome") - _place("old_outcome")
    return pl.when(moved < 0).then(pl.lit("worse")).when(moved > 0).then(pl.lit("better"))


def _order(catalogue: Catalogue) -> list[pl.Expr]:
    """What tells more comes first."""
    weight = (
        pl.when(pl.col("turn") == "worse")
        .then(0)
        .when(pl.col("what") == "disappears")
        .then(1)
        .when(pl.col("turn") == "better")
        .then(2)
        .otherwise(3)
    )
    areas = {name: place for place, name in enumerate(catalogue.areas)}
    indicators = {name: place for place, name in enumerate(catalogue.indicators)}
    step = (_place("new_outcome") - _place("old_outcome")).abs().fill_null(0)
    return [
        ~pl.col("overview"),
        ~turned(),
        weight,
        -step,
        pl.col("level") != Level.COUNTY,
        pl.col("indicator").replace_strict(indicators, default=None, return_dtype=pl.Int32),
        pl.col("area").replace_strict(areas, default=None, return_dtype=pl.Int32),
        pl.col("age"),
        pl.col("target"),
    ]


def figures_behind(found: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """The figures that flips rest on: of the area and its municipalities, now, before and the year before.

    Args:
        found: From `flips`.
        catalogue: Which municipalities an area is made of.

    Returns:
        Columns indicator, age, area, period_start, without repetition; figures of both sexes together.
    """
    members = frames.members(catalogue)
    family = pl.concat(
        [
            members.select("area", pl.col("municipality").alias("part")),
            frames.areas(catalogue).select("area", pl.col("area").alias("part")),
        ]
    )
    starts = ["old_start", "new_start"]
    before = [pl.col(name).dt.offset_by(step) for name in starts for step in ("-1y", "-52w", "-53w")]
    dates = pl.concat_list(*starts, "old_previous", "new_previous", *before)
    return (
        found.select("indicator", "age", "area", dates.alias("period_start"))
        .explode("period_start")
        .drop_nulls("period_start")
        .unique()
        .join(family, on="area")
        .select("indicator", "age", pl.col("part").alias("area"), "period_start")
        .unique()
    )
