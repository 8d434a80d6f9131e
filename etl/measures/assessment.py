"""Every judgement with what else is said of it: variation, assurance, trend, comparisons and a projection."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from etl.measures import frames, keys, spc
from etl.measures.comparison import compare
from etl.measures.judgement import with_obstacle
from etl.measures.projection import project
from etl.measures.spc.obstacles import NEWEST_IS_EMPTY
from etl.measures.trend import recent_trend
from schemas.results import ASSESSED_SCHEMA

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

_KEY = ["indicator", "area", "age", "target"]


def assess(
    series: pl.DataFrame, judgements: pl.DataFrame, catalogue: Catalogue, asked: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Say of every judgement what else there is to say.

    Args:
        series: `SERIES_SCHEMA`, small counts already hidden.
        judgements: `JUDGEMENT_SCHEMA`, from the series.
        catalogue: Indicators and targets.
        asked: The same judgements from `etl.measures.judgement.judged_rows`, where they are at hand; otherwise what
            they rest on is worked out anew.

    Returns:
        `ASSESSED_SCHEMA`, one row for each judgement, in their order.
    """
    series = frames.numbers_only(frames.without_centres(series, catalogue))
    rules = frames.rules(catalogue)
    asked = with_obstacle(judgements, series, rules, catalogue) if asked is None else asked
    points = spc.chart(
        _in_judged_period_type(series, judgements), rules, spc.rebases(catalogue), spc.baselines(catalogue)
    )
    same = [*_KEY, "period_type"]
    judged = pl.concat(
        [
            judgements,
            compare(judgements, series, rules, catalogue).drop(same),
            project(series, asked, rules).drop(same),
        ],
        how="horizontal",
    )
    assessed = judged.join(
        _process(points, asked, rules).drop("period_type"),
        on=_KEY,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    ).join(
        recent_trend(series, rules, judgements),
        on=["indicator", "area", "age"],
        how="left",
        maintain_order="left",
    )
    return frames.shaped(assessed, ASSESSED_SCHEMA)


def unassessed(judgements: pl.DataFrame) -> pl.DataFrame:
    """Judgements that nothing else is said of, as `ASSESSED_SCHEMA`; what they have of it already is kept."""
    return judgements.select(
        (pl.col(name) if name in judgements.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in ASSESSED_SCHEMA.items()
    )


def _in_judged_period_type(series: pl.DataFrame, judgements: pl.DataFrame) -> pl.DataFrame:
    """The figures of the period type that each line is judged by, both sexes together."""
    line = ["indicator", "area", "age", "period_type"]
    both = frames.both_sexes(series)
    is_judged = keys.matching(both, judgements, line) >= 0
    return both if is_judged.all() else both.filter(is_judged)


def _process(points: pl.DataFrame, asked: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """`spc.process`, without assurance where the target can't be judged by, for the reason that there is.

    A judged figure without a value has no variation either: the chart's newest point can be an older figure.
    """
    known = asked.select(_known())
    found = spc.process(points, known[[*_KEY, "required", "low", "high"]], rules)
    known = known[[*_KEY, "obstacle", "is_empty"]]
    found = found.join(known, on=_KEY, how="left", nulls_equal=True, maintain_order="left")
    return found.with_columns(_answered())


@cache
def _known() -> list[pl.Expr]:
    """What a target asks of the process, why it can't be judged by, and whether there is no value to judge."""
    free = pl.col("obstacle").is_null()
    return [
        *map(pl.col, _KEY),
        pl.when(free).then("target_value").alias("required"),
        *(pl.when(free).then(pl.col(name)).alias(name) for name in ("low", "high")),
        pl.when(pl.col("target").is_not_null()).then("obstacle").alias("obstacle"),
        pl.col("value").is_null().alias("is_empty"),
    ]


@cache
def _answered() -> list[pl.Expr]:
    gone = pl.col("is_empty").fill_null(value=False)
    return [
        pl.coalesce("obstacle", "assurance_reason").alias("assurance_reason"),
        *(pl.when(~gone).then(pl.col(name)).alias(name) for name in ("variation", "variation_rule")),
        pl.when(gone & pl.col("variation").is_not_null())
        .then(pl.lit(NEWEST_IS_EMPTY))
        .otherwise("variation_reason")
        .alias("variation_reason"),
    ]
