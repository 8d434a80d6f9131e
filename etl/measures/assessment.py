"""Every judgement with what else is said of it: variation, assurance, trend, comparisons and a projection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures import frames, spc
from etl.measures.comparison import compare
from etl.measures.projection import project
from etl.measures.spc.stretches import baselines, rebases
from etl.measures.target_path import targets
from etl.measures.trend import recent_trend
from schemas.results import ASSESSED_SCHEMA

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

_KEY = ["indicator", "area", "age", "target"]


def assess(series: pl.DataFrame, judgements: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Say of every judgement what else there is to say.

    Args:
        series: `SERIES_SCHEMA`, small counts already hidden.
        judgements: `JUDGEMENT_SCHEMA`, from the series.
        catalogue: Indicators and targets.

    Returns:
        `ASSESSED_SCHEMA`, one row for each judgement, in their order.
    """
    rules = frames.rules(catalogue)
    judged = judgements.with_row_index("_row")
    points = spc.chart(
        _in_judged_period_type(series, judgements), rules, rebases(catalogue), baselines(catalogue)
    )
    answers = [
        spc.process(points, _asked_for(judgements, catalogue), rules),
        compare(judgements, series, rules, catalogue),
        project(series, judgements, rules, catalogue),
    ]
    for answer in answers:
        judged = judged.join(answer.drop("period_type"), on=_KEY, how="left", nulls_equal=True)
    trends = recent_trend(series, rules)
    return (
        judged.join(trends, on=["indicator", "area", "age"], how="left")
        .sort("_row")
        .select(pl.col(name).cast(dtype) for name, dtype in ASSESSED_SCHEMA.items())
    )


def unassessed(judgements: pl.DataFrame) -> pl.DataFrame:
    """Judgements that nothing else is said of, as `ASSESSED_SCHEMA`; what they have of it already is kept."""
    return judgements.select(
        (pl.col(name) if name in judgements.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in ASSESSED_SCHEMA.items()
    )


def _in_judged_period_type(series: pl.DataFrame, judgements: pl.DataFrame) -> pl.DataFrame:
    """The figures of the period type that each line is judged by, both sexes together."""
    line = ["indicator", "area", "age", "period_type"]
    judged = judgements.select(line).drop_nulls("period_type").unique()
    return series.filter(pl.col("sex") == "total").join(judged, on=line, how="semi")


def _asked_for(judgements: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """What each judgement's target asks for in the end."""
    ranges = targets(catalogue).select("target", "low", "high")
    return judgements.select(*_KEY, pl.col("target_value").alias("required")).join(
        ranges, on="target", how="left"
    )
