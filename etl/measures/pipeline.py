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

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures import frames, keys
from etl.measures.assessment import assess
from etl.measures.funds import allocated
from etl.measures.grouped import Groups
from etl.measures.intervals import DEVIATION, with_intervals
from etl.measures.judgement import judged_rows
from etl.measures.origin import drop_covered, supersede
from etl.measures.rollup import prefer_direct, roll_up
from etl.measures.suppression import hide_as_well, hide_small, without_spread
from schemas.catalogue import Level
from schemas.results import JUDGEMENT_SCHEMA, SERIES_SCHEMA, Method

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
    series, rows = _judged_rows(
        observations, allocations, catalogue, population, indicators=indicators, hidden=hidden
    )
    return series, assess(series, frames.shaped(rows, JUDGEMENT_SCHEMA), catalogue, rows)


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
    series, rows = _judged_rows(
        observations, allocations, catalogue, population, indicators=indicators, hidden=hidden
    )
    return series, frames.shaped(rows, JUDGEMENT_SCHEMA)


def _judged_rows(
    observations: pl.DataFrame,
    allocations: pl.DataFrame,
    catalogue: Catalogue,
    population: pl.DataFrame,
    *,
    indicators: Iterable[str] | None,
    hidden: pl.DataFrame | None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`SERIES_SCHEMA`, and the judgements with all that they rest on (`etl.measures.judgement.judged_rows`)."""
    rows = known_rows(observations, catalogue)
    series, with_money = series_of(rows, allocations, catalogue, population)
    if hidden is not None:
        parts = frames.members(catalogue), frames.centres(catalogue)
        series = without_spread(hide_as_well(series, hidden), *parts)
    if indicators is None:
        indicators = sorted({*observations["indicator"].unique(), *with_money})
    return series, judged_rows(series, catalogue, indicators)


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
    centres = frames.centres(catalogue)
    figures = prefer_direct(_direct(rows), roll_up(rows, members, rules, population))
    money = allocated(allocations, catalogue, areas, members, population)
    figures = supersede(_one_each(money, figures))
    shown = hide_small(figures, rules, members, catalogue.default_division.id, centres)
    series = without_spread(_finished(shown, rules, areas), members, centres)
    return series, money["indicator"].unique().to_list()


def _prepared(observations: pl.DataFrame, rules: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """Known rows with level, division and class; values filled in from counts; nothing where flagged or no number."""
    # The join copies the rows: those that share their texts with the ones read keep all of them in memory.
    rows = (
        observations.drop("sheet", "row", strict=False)
        .join(areas.drop("area_name"), on="area")
        .pipe(frames.with_rules, rules, "scale")
        .with_columns(_filled())
        .with_columns(_without_silent())
        .drop("scale")
    )
    same = [*frames.KEY, "example"]
    if len(keys.numbered(keys.codes(rows, same))[0]) == rows.height:
        return rows
    return rows.sort("batch", descending=True).unique(same, keep="first", maintain_order=True)


@cache
def _filled() -> list[pl.Expr]:
    """The value, from the counts where there is none, and the class."""
    ratio = pl.col("numerator") / pl.col("denominator") * pl.col("scale")
    value = pl.when(pl.col("denominator") > 0).then(pl.coalesce("value", ratio)).otherwise(pl.col("value"))
    return [value.alias("value"), frames.is_example(pl.col("origin")).alias("example")]


@cache
def _without_silent() -> list[pl.Expr]:
    """The numbers, nothing where the row says that there are none or they are none."""
    silent = pl.col("flag").is_in(["missing", "suppressed"]).fill_null(value=False)
    return [
        pl.when(~silent & pl.col(name).is_finite()).then(pl.col(name)).alias(name)
        for name in ("value", "numerator", "denominator", DEVIATION)
    ]


def _direct(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(_as_delivered())


@cache
def _as_delivered() -> list[pl.Expr]:
    """The method, the flag and the reason of a delivered figure."""
    nothing = pl.col("value").is_null()
    hidden = pl.col("flag") == "suppressed"
    return [
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
    ]


def _one_each(money: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Allocations and observations together; where both tell the same figure, the allocations do.

    Of the two classes the real one does: an example allocation never hides a published sum.
    """
    if money.is_empty():
        return figures
    same = [*frames.KEY, "example"]
    others = figures.join(money.select(same), on=same, how="anti")
    return pl.concat([money, others], how="diagonal_relaxed")


def _finished(figures: pl.DataFrame, rules: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    periods = Groups(figures, ["period_type", "period_start"])
    start, kind = pl.col("period_start"), pl.col("period_type")
    ends = periods.keys.select(frames.period_end(start, kind).alias("period_end")).to_series()
    division = pl.when(pl.col("level") == Level.DELREGION).then(pl.col("division"))
    finished = with_intervals(figures, rules).with_columns(
        division.alias("division"), ends[periods.of.astype(np.uint32)]
    )
    # The periods and the areas (by division and name) each in one key: groups are in order of theirs.
    place = frames.places(figures["area"], areas.sort("division", "area")["area"])
    code = keys.codes(figures, ["indicator", "age", "sex"])
    order = np.lexsort(((periods.of * areas.height + place), code))
    return frames.shaped(finished, SERIES_SCHEMA)[order.astype(np.uint32)]
