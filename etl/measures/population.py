"""Inhabitants: the weights of an approximate roll-up, and the denominator of kronor per inhabitant.

A figure takes the population of its own year; where there is none, the newest before it; where there is none
before it either, the oldest there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import once, places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from schemas.catalogue import Area

#: A municipality's code has four digits, the county's and the country's two.
_CODE_LENGTH = 4

#: What `weights` adds.
INHABITANTS = ("inhabitants_alike", "inhabitants_all")

_BREAKDOWN = ["area", "sex", "age"]


@once
def _everyone(population: pl.DataFrame) -> pl.DataFrame:
    """All ages and both sexes."""
    return population.filter((pl.col("sex") == "total") & (pl.col("age") == "total"))


def _nearest(wanted: pl.DataFrame, known: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    known = known.with_columns(pl.col("year").cast(pl.Int32)).sort("year")
    wanted = wanted.unique().sort("year")
    before = wanted.join_asof(known, on="year", by=by, strategy="backward", check_sortedness=False)
    return (
        before.rename({"population": "before"})
        .join_asof(known, on="year", by=by, strategy="forward", check_sortedness=False)
        .with_columns(pl.coalesce("before", "population").alias("population"))
        .drop("before")
    )


def weights(figures: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """Add each row's inhabitants.

    Args:
        figures: With columns area, sex, age and period_start.
        population: `POPULATION_SCHEMA`.

    Returns:
        The figures with `inhabitants_alike` (of the row's own sex and age group) and `inhabitants_all` (of
        all ages, both sexes); null where the population isn't known.
    """
    figures = figures.with_columns(pl.col("period_start").dt.year().cast(pl.Int32).alias("year"))
    known = population.select([*_BREAKDOWN, "year", "population"])
    alike = _nearest(figures.select([*_BREAKDOWN, "year"]), known, _BREAKDOWN)
    everyone = _everyone(population)
    total = _nearest(figures.select("area", "year"), everyone.select("area", "year", "population"), ["area"])
    return (
        figures.join(alike.rename({"population": "inhabitants_alike"}), on=[*_BREAKDOWN, "year"], how="left")
        .join(total.rename({"population": "inhabitants_all"}), on=["area", "year"], how="left")
        .drop("year")
    )


def inhabitants(years: pl.DataFrame, population: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Inhabitants of every municipality, delregion and the county in the given years.

    Args:
        years: One column, year.
        population: `POPULATION_SCHEMA`, by municipality.
        members: `etl.measures.frames.members`.

    Returns:
        Columns area, year, inhabitants. An area is left out when one of its municipalities isn't known.
    """
    everyone = _everyone(population)
    wanted = np.unique(years["year"].drop_nulls().cast(pl.Int32).to_numpy())
    names, areas = (members[column].unique(maintain_order=True) for column in ("municipality", "area"))
    people = _by_year(everyone, names, wanted)
    belongs = np.zeros((len(areas), len(names)))
    belongs[places(members["area"], areas), places(members["municipality"], names)] = 1.0
    summed = np.where(belongs @ np.isnan(people) > 0, np.nan, belongs @ np.nan_to_num(people))
    found = np.concatenate([people, summed])
    row, column = np.nonzero(~np.isnan(found))
    return pl.DataFrame(
        {
            "area": pl.concat([names, areas.alias(names.name)])[row.astype(np.uint32)],
            "year": wanted[column],
            "inhabitants": found[row, column].astype(np.int64),
        },
        schema={"area": pl.String, "year": pl.Int32, "inhabitants": pl.Int64},
    )


def _by_year(everyone: pl.DataFrame, names: pl.Series, wanted: NDArray[np.int32]) -> NDArray[np.float64]:
    """Inhabitants of each place, a row each, in each of the years; NaN where they aren't known of any year."""
    row = places(everyone["area"], names)
    years, column = np.unique(everyone["year"].to_numpy()[row >= 0], return_inverse=True)
    if not len(years):
        return np.full((len(names), len(wanted)), np.nan)
    known = np.full((len(names), len(years)), np.nan)
    known[row[row >= 0], column] = everyone["population"].to_numpy()[row >= 0]
    for after in range(1, len(years)):
        known[:, after] = np.where(np.isnan(known[:, after]), known[:, after - 1], known[:, after])
    for before in reversed(range(len(years) - 1)):
        known[:, before] = np.where(np.isnan(known[:, before]), known[:, before + 1], known[:, before])
    return known[:, np.clip(np.searchsorted(years, wanted, side="right") - 1, 0, None)]


def latest_year(population: pl.DataFrame) -> int:
    """The newest year for which the population of municipalities is known."""
    return (
        population.filter(pl.col("area").str.len_chars() == _CODE_LENGTH).select(pl.col("year").max()).item()
    )


def newest(population: pl.DataFrame, municipalities: Iterable[Area]) -> dict[str, int]:
    """Inhabitants on 31 December of `latest_year`, all ages and both sexes.

    Args:
        population: `POPULATION_SCHEMA`.
        municipalities: Whose.

    Returns:
        Municipality id → inhabitants; one that isn't known for that very year is left out.
    """
    own = _everyone(population).filter(
        (pl.col("year") == latest_year(population))
        & pl.col("area").is_in([area.id for area in municipalities])
    )
    return dict(zip(own["area"], own["population"], strict=True))
