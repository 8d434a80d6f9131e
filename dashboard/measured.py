"""What the measures say of one indicator beside its judgements, cached by version."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import polars as pl

from dashboard import data
from etl.measures import counterparts, equality, frames, funds_outcome, spc, text
from etl.measures import funnel as funnels
from etl.measures import standardised as standardisation
from etl.measures.projection import project_path
from schemas.catalogue import Level

#: Indicators kept in memory: what is said of each of their figures, and what only drawings are made of.
_KEPT = 64
_MADE_OF = 2


@lru_cache(maxsize=2)
def _rules(_version: data.Version) -> pl.DataFrame:
    return frames.rules(data.catalogue())


def assessed(
    version: data.Version, indicator: str, age: str, target: str | None, area: str
) -> dict[str, Any]:
    """All that is said of one figure, a row of `schemas.results.ASSESSED_SCHEMA`; empty where there is none."""
    return _assessed(version, indicator).get((age, target, area), {})


@lru_cache(maxsize=_KEPT)
def _assessed(version: data.Version, indicator: str) -> dict[tuple[str, str | None, str], dict[str, Any]]:
    rows = data.judgements(version).filter((pl.col("indicator") == indicator) & (pl.col("sex") == "total"))
    return {(row["age"], row["target"], row["area"]): row for row in rows.iter_rows(named=True)}


@lru_cache(maxsize=_MADE_OF)
def process(version: data.Version, indicator: str, age: str, area: str) -> pl.DataFrame:
    """The process behaviour chart of an area, in order of time.

    Returns:
        `etl.measures.spc.chart.CHART_SCHEMA`, and period_end, origin and source of each figure.
    """
    catalogue, series = data.catalogue(), _of(data.series_of(version, indicator, age), area)
    points = spc.chart(series, _rules(version), spc.rebases(catalogue), spc.baselines(catalogue))
    key = ["period_type", "period_start"]
    return points.join(
        series.select(*key, "period_end", "origin", "source"), on=key, how="left", maintain_order="left"
    ).sort(*key)


def _of(rows: pl.DataFrame, area: str) -> pl.DataFrame:
    return rows.filter(pl.col("area") == area)


@lru_cache(maxsize=_MADE_OF)
def standardised(version: data.Version, indicator: str) -> pl.DataFrame:
    """Each area's figure with the county's division on age groups, as `etl.measures.standardised` has it."""
    return standardisation.standardised(data.series_of_all_ages(version, indicator), _rules(version))


@lru_cache(maxsize=_MADE_OF)
def ahead(version: data.Version, indicator: str, age: str, area: str) -> pl.DataFrame:
    """The projection of an area: period_start, period_end, period_type, value, lower and upper (80 %)."""
    series = _of(data.series_of(version, indicator, age), area)
    judgements = _of(data.judgements(version), area).filter(
        (pl.col("indicator") == indicator) & (pl.col("age") == age) & (pl.col("sex") == "total")
    )
    kind = pl.lit(judgements["period_type"].first(), pl.String)
    return project_path(series, judgements, _rules(version)).with_columns(
        frames.period_end(pl.col("period_start"), kind).alias("period_end"),
        kind.alias("period_type"),
    )


@lru_cache(maxsize=_MADE_OF)
def gaps(version: data.Version, indicator: str, age: str) -> pl.DataFrame:
    """How far apart the areas lie: as `etl.measures.equality.gaps` gives it, and period_end.

    The gap is that between the two values as shown, which stand beside it: 40,1 and 30,0 are 10,1 apart.
    """
    knowledge = data.knowledge()
    decimals = pl.lit(knowledge.catalogue.indicators[indicator].decimals)
    high, low = (text.rounded(pl.col(f"{end}_value"), decimals) for end in ("highest", "lowest"))
    found = equality.gaps(
        data.series_of(version, indicator, age),
        _rules(version),
        frames.members(knowledge.catalogue),
        knowledge.population,
    )
    end = frames.period_end(pl.col("period_start"), pl.col("period_type"))
    return found.with_columns(end.alias("period_end"), text.rounded(high - low, decimals).alias("gap"))


@lru_cache(maxsize=_MADE_OF)
def funnel(
    version: data.Version, indicator: str, age: str, kind: str | None, level: Level
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The places of a level held against all of them, and the limits as curves: `etl.measures.funnel`.

    Args:
        version: The version.
        indicator: Id of the indicator.
        age: The age group.
        kind: The period type that the page shows.
        level: Municipalities or vårdcentraler.
    """
    rules = _rules(version)
    found = funnels.funnel(data.series_of(version, indicator, age), rules, indicator, level=level)
    points = found.filter(pl.col("period_type") == kind) if kind else found
    return points, funnels.curves(points, rules)


@lru_cache(maxsize=2)
def sides(version: data.Version) -> pl.DataFrame:
    """Register and survey side by side: `etl.measures.counterparts.side_by_side`."""
    return counterparts.side_by_side(data.judgements(version), data.catalogue())


@lru_cache(maxsize=2)
def marks(_version: data.Version) -> pl.DataFrame:
    """The days to mark in the charts: `etl.measures.funds_outcome.MARKS_SCHEMA`."""
    return funds_outcome.marks(data.catalogue())
