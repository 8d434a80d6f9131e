"""Inhabitants: the weights of an approximate roll-up, and the denominator of kronor per inhabitant.

A figure takes the population of its own year; where there is none, the newest before it; where there is none
before it either, the oldest there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.catalogue import Area

#: A municipality's code has four digits, the county's and the country's two.
_CODE_LENGTH = 4

_BREAKDOWN = ["area", "sex", "age"]


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
    everyone = _everyone(known)
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
    municipalities = members.select(pl.col("municipality").alias("area")).unique()
    wanted = municipalities.join(years.select(pl.col("year").cast(pl.Int32)).unique(), how="cross")
    everyone = _everyone(population)
    known = _nearest(wanted, everyone.select("area", "year", "population"), ["area"])
    own = known.select("area", "year", pl.col("population").alias("inhabitants"))
    summed = (
        members.select("area", "municipality")
        .join(known.rename({"area": "municipality"}), on="municipality")
        .group_by("area", "year")
        .agg(
            pl.col("population").sum().alias("inhabitants"),
            pl.col("population").is_null().any().alias("incomplete"),
        )
        .filter(~pl.col("incomplete"))
        .drop("incomplete")
    )
    return pl.concat([own.drop_nulls("inhabitants"), summed])


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
