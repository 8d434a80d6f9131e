"""From published rows to what the pages show: series and judgements, in one pass.

The order matters:

1. rows of areas and indicators that the catalogue doesn't know are left out, figures without a value but with
   counts get one, flagged ones have none;
2. examples that real figures replace are left out (`origin`);
3. municipalities are rolled up, real and example apart, and of a delivered figure and a roll-up of the same
   area and period one is kept (`rollup`); allocated money is added up per area and goes before both
   (`funds`);
4. each layer keeps either real figures or examples (`origin`);
5. small counts are hidden, on the finished series and from the true counts (`suppression`);
6. intervals, changes and judgements are computed from what is left: nothing later ever sees what was hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures import frames
from etl.measures.assessment import assess
from etl.measures.funds import allocated
from etl.measures.intervals import with_intervals
from etl.measures.judgement import judge
from etl.measures.origin import drop_covered, supersede
from etl.measures.rollup import prefer_direct, roll_up
from etl.measures.suppression import hide_as_well, hide_small
from schemas.catalogue import Level
from schemas.results import SERIES_SCHEMA, Method

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.catalogue import Catalogue

MISSING_AT_SOURCE = "Uppgift saknas hos källan"
HIDDEN_AT_SOURCE = "Dold hos källan"


def derive(
    observations: pl.DataFrame,
    allocations: pl.DataFrame,
    catalogue: Catalogue,
    population: pl.DataFrame,
    *,
    indicators: Iterable[str] | None = None,
    hidden: pl.DataFrame | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Work out series and judgements.

    Args:
        observations: Current published rows of the indicators to work out: `OBSERVATION_SCHEMA` and `batch`.
        allocations: All current published allocations: `ALLOCATION_SCHEMA` and `batch`.
        catalogue: Indicators, targets, areas, divisions and agreements.
        population: `POPULATION_SCHEMA`.
        indicators: Which indicators get judgement rows, even without a single figure. Default: those of the
            observations, and those that show an agreement with allocations.
        hidden: Figures that are hidden whatever they are (`etl.measures.suppression.hidden_keys`), besides those
            that their counts ask for.

    Returns:
        `SERIES_SCHEMA` and `ASSESSED_SCHEMA`, in a fixed order whatever the order of the rows.
    """
    series, judgements = judged(
        observations, allocations, catalogue, population, indicators=indicators, hidden=hidden
    )
    return series, assess(series, judgements, catalogue)


def judged(
    observations: pl.DataFrame,
    allocations: pl.DataFrame,
    catalogue: Catalogue,
    population: pl.DataFrame,
    *,
    indicators: Iterable[str] | None = None,
    hidden: pl.DataFrame | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """As `derive`, with nothing but the outcome said of each judgement: `SERIES_SCHEMA` and `JUDGEMENT_SCHEMA`."""
    rows = known_rows(observations, catalogue)
    series, with_money = series_of(rows, allocations, catalogue, population)
    if hidden is not None:
        series = hide_as_well(series, hidden)
    if indicators is None:
        indicators = sorted({*observations["indicator"].unique(), *with_money})
    return series, judge(series, catalogue, indicators)


def known_rows(observations: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Steps 1 and 2: the rows that figures are made of, with `level`, `division` and `example`."""
    members = frames.members(catalogue)
    rows = _prepared(observations, frames.rules(catalogue), frames.areas(catalogue))
    return drop_covered(rows, members["municipality"].n_unique())


def series_of(
    rows: pl.DataFrame, allocations: pl.DataFrame, catalogue: Catalogue, population: pl.DataFrame
) -> tuple[pl.DataFrame, list[str]]:
    """Steps 3 to 6 short of the changes: the series, and the indicators that show allocated money.

    Args:
        rows: From `known_rows`.
        allocations: As for `derive`.
        catalogue: As for `derive`.
        population: As for `derive`.
    """
    rules, areas, members = frames.rules(catalogue), frames.areas(catalogue), frames.members(catalogue)
    figures = prefer_direct(_direct(rows), roll_up(rows, members, rules, population))
    money = allocated(allocations, catalogue, areas, members, population)
    figures = supersede(_one_each(money, figures))
    series = _finished(hide_small(figures, rules, members, catalogue.default_division.id), rules)
    return series, money["indicator"].unique().to_list()


def _prepared(observations: pl.DataFrame, rules: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """Known rows with level, division and class; values filled in from counts; nothing where flagged or no number."""
    silent = pl.col("flag").is_in(["missing", "suppressed"]).fill_null(value=False)
    ratio = pl.col("numerator") / pl.col("denominator") * pl.col("scale")
    value = pl.when(pl.col("denominator") > 0).then(pl.coalesce("value", ratio)).otherwise(pl.col("value"))
    rows = (
        observations.drop("sheet", "row", strict=False)
        .join(rules.select("indicator", "scale"), on="indicator")
        .join(areas.drop("area_name"), on="area")
        .with_columns(value.alias("value"), frames.is_example(pl.col("origin")).alias("example"))
        .with_columns(
            *(
                pl.when(~silent & pl.col(name).is_finite()).then(pl.col(name)).alias(name)
                for name in ("value", "numerator", "denominator")
            ),
        )
        .drop("scale")
    )
    same = [*frames.KEY, "example"]
    if not rows.select(same).is_duplicated().any():
        return rows
    return rows.sort("batch", descending=True).unique(same, keep="first", maintain_order=True)


def _direct(rows: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.col("value").is_null()
    hidden = pl.col("flag") == "suppressed"
    return rows.with_columns(
        pl.lit(str(Method.DIRECT)).alias("method"),
        pl.when(nothing & ~hidden.fill_null(value=False))
        .then(pl.lit("missing"))
        .otherwise(pl.col("flag"))
        .alias("flag"),
        pl.when(hidden)
        .then(pl.lit(HIDDEN_AT_SOURCE))
        .when(nothing)
        .then(pl.lit(MISSING_AT_SOURCE))
        .alias("reason"),
    )


def _one_each(money: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Allocations and observations together; where both tell the same figure, the allocations do.

    Of the two classes the real one does: an example allocation never hides a published sum.
    """
    if money.is_empty():
        return figures
    same = [*frames.KEY, "example"]
    others = figures.join(money.select(same), on=same, how="anti")
    return pl.concat([money, others], how="diagonal_relaxed")


def _finished(figures: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    start, kind = pl.col("period_start"), pl.col("period_type")
    periods = figures.select("period_start", "period_type").unique()
    division = pl.when(pl.col("level") == Level.DELREGION).then(pl.col("division"))
    series = (
        with_intervals(figures, rules)
        .join(
            periods.with_columns(frames.period_end(start, kind).alias("period_end")),
            on=["period_start", "period_type"],
        )
        .select(
            (division if name == "division" else pl.col(name)).cast(dtype).alias(name)
            for name, dtype in SERIES_SCHEMA.items()
        )
    )
    return frames.in_order(
        series, "indicator", "age", "sex", "period_type", "period_start", "division", "area"
    )
