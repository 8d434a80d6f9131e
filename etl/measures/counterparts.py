"""The same goal seen from two sides: what registers say and what people say when they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures import frames
from etl.measures.target_path import targets

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

_SHOWN = ["value", "period_start", "period_end", "period_type", "judgement", "reason"]
_PAIRS = {"register": pl.String(), "survey": pl.String()}
_ALIKE = ["kind", "target_number", "low", "high", "due"]


def side_by_side(judgements: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Put the newest figures of a goal's register and survey versions beside each other.

    Two indicators are versions of one goal where either names the other as its counterpart and one comes from a
    register, the other from a survey. Their targets belong together where they ask for the same; a target
    that only one of them has stands beside the other's figure without a judgement.

    Args:
        judgements: `JUDGEMENT_SCHEMA`.
        catalogue: For the counterparts and the targets.

    Returns:
        Columns goal (the register's target, else the survey's, else the register's indicator), area, and for
        both `register_` and `survey_`: indicator, value, period_start, period_end, period_type, judgement and
        reason. One row per goal and area, of the target's age group or the headline one; areas that neither
        has a row for are left out.
    """
    pairs = _pairs(catalogue)
    goals = _goals(pairs, targets(catalogue), frames.rules(catalogue))
    places = judgements.select("indicator", "area").unique()
    grid = pl.concat(
        goals.join(places, left_on=f"{side}_indicator", right_on="indicator")
        for side in ("register", "survey")
    ).unique()
    for side in ("register", "survey"):
        grid = _with_side(grid, judgements, side)
    return grid.sort("goal", "area").select(
        "goal",
        "area",
        *(f"{side}_{name}" for side in ("register", "survey") for name in ["indicator", *_SHOWN]),
    )


def _pairs(catalogue: Catalogue) -> pl.DataFrame:
    known = catalogue.indicators
    rows = []
    for item in known.values():
        other = known.get(item.counterpart) if item.counterpart else None
        if other is not None and item.perspective != other.perspective:
            rows.append((item.id, other.id) if item.perspective == "register" else (other.id, item.id))
    return pl.DataFrame(rows, schema=_PAIRS, orient="row").unique(maintain_order=True)


def _goals(pairs: pl.DataFrame, wanted: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """One row per goal: goal, and the indicator, target and age on each side."""
    said = wanted.select("indicator", "target", "age", *_ALIKE)
    own = pairs.join(said, left_on="register", right_on="indicator", how="inner")
    other = pairs.join(said, left_on="survey", right_on="indicator", how="inner")
    both = own.join(other, on=["register", "survey", *_ALIKE], how="full", nulls_equal=True, coalesce=True)
    bare = pairs.join(both, on=["register", "survey"], how="anti")
    headline = dict(rules.select("indicator", "headline_age").iter_rows())
    return pl.concat([both, bare], how="diagonal").select(
        pl.coalesce("target", "target_right", "register").alias("goal"),
        pl.col("register").alias("register_indicator"),
        pl.col("target").alias("register_target"),
        pl.coalesce("age", pl.col("register").replace_strict(headline, default=None)).alias("register_age"),
        pl.col("survey").alias("survey_indicator"),
        pl.col("target_right").alias("survey_target"),
        pl.coalesce("age_right", pl.col("survey").replace_strict(headline, default=None)).alias("survey_age"),
    )


def _with_side(grid: pl.DataFrame, judgements: pl.DataFrame, side: str) -> pl.DataFrame:
    """Add a side's figure; a target of the other side alone finds the figure, but no judgement of it."""
    key = [f"{side}_indicator", f"{side}_age", "area"]
    told = judgements.select(
        pl.col("indicator").alias(key[0]), pl.col("age").alias(key[1]), "area", "target", *_SHOWN
    )
    figure = told.unique(key, keep="first", maintain_order=True)
    blank = figure.with_columns(
        pl.when(pl.col("target").is_null()).then(name).alias(name) for name in ("judgement", "reason")
    ).with_columns(pl.lit(None, pl.String()).alias("target"))
    judged = pl.concat([told.filter(pl.col("target").is_not_null()), blank])
    return grid.join(
        judged.rename({"target": f"{side}_target", **{name: f"{side}_{name}" for name in _SHOWN}}),
        on=[*key, f"{side}_target"],
        how="left",
        nulls_equal=True,
    )
