"""Inhabitants of areas, as the catalogue's population gives them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from schemas.catalogue import Area

#: A municipality's code has four digits, the county's and the country's two.
_CODE_LENGTH = 4


def latest_year(population: pl.DataFrame) -> int:
    """The newest year for which the population of municipalities is known."""
    return (
        population.filter(pl.col("area").str.len_chars() == _CODE_LENGTH).select(pl.col("year").max()).item()
    )


def inhabitants(population: pl.DataFrame, members: list[Area]) -> dict[str, int]:
    """Municipality id → inhabitants on 31 December of the newest year, all ages and both sexes."""
    own = population.filter(
        (pl.col("year") == latest_year(population))
        & (pl.col("sex") == "total")
        & (pl.col("age") == "total")
        & pl.col("area").is_in([area.id for area in members])
    )
    return dict(zip(own["area"], own["population"], strict=True))
