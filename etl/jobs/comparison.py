"""What a delivery would change in what is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from etl.measures.frames import is_example
from etl.warehouse import DIVISION_KEY
from schemas.columns import ALLOCATION_KEY, OBSERVATION_FIGURES, OBSERVATION_KEY

if TYPE_CHECKING:
    from etl.jobs.checking import Published
    from etl.warehouse import Warehouse

#: Real figures and examples are never held against each other.
_EXAMPLE = is_example(pl.col("origin")).alias("example")


@dataclass(frozen=True)
class Comparison:
    """How a delivery's observations stand against what is published, row by row.

    Attributes:
        new: Keys with no published figure.
        revised: Keys whose value, counts, standard deviation or flag differ from the published one.
        unchanged: Keys with the same figures as published.
    """

    new: int
    revised: int
    unchanged: int


def compare(
    observations: pl.DataFrame, allocations: pl.DataFrame, warehouse: Warehouse, published: Published
) -> Comparison:
    """Hold a delivery's rows against the published ones.

    Args:
        observations: Columns as in `OBSERVATION_SCHEMA`.
        allocations: Columns as in `ALLOCATION_SCHEMA`.
        warehouse: Where the published rows are.
        published: Gives its observations.
    """
    if allocations.height:
        return compare_allocations(allocations, warehouse.allocations())
    return compare_observations(observations, published(observations["indicator"].unique().to_list()))


def replaced_by(
    observations: pl.DataFrame, allocations: pl.DataFrame, warehouse: Warehouse, batch: int
) -> tuple[int, ...]:
    """The published batches whose figures stand where a published batch's own would, in order.

    Args:
        observations: The batch's rows, as in `OBSERVATION_SCHEMA`.
        allocations: The batch's rows, as in `ALLOCATION_SCHEMA`.
        warehouse: Where the published rows are.
        batch: The batch itself.
    """
    found: set[int] = set()
    with warehouse.snapshot() as now:
        indicators = observations["indicator"].unique().to_list()
        for own, current, key in (
            (observations, now.observations(indicators), OBSERVATION_KEY),
            (allocations, now.allocations(), DIVISION_KEY),
        ):
            places = own.select(*key, _EXAMPLE)
            others = current.with_columns(_EXAMPLE).join(places, on=[*key, "example"], how="semi")
            found.update(others["batch"].unique())
    return tuple(sorted(found - {batch}))


def compare_observations(delivered: pl.DataFrame, published: pl.DataFrame) -> Comparison:
    """Count delivered figures that are new, revised or unchanged; real and example ones are held apart.

    Figures that a delivery does not mention stay as they are, so there is nothing to count as removed.
    """
    key = [*OBSERVATION_KEY, "example"]
    columns = [*OBSERVATION_KEY, _EXAMPLE, *OBSERVATION_FIGURES]
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_right")) for name in OBSERVATION_FIGURES)
    found, unchanged = (
        delivered.select(columns)
        .join(published.select(columns), on=key, how="inner")
        .select(pl.len().alias("found"), same.sum().alias("same"))
        .row(0)
    )
    return Comparison(new=delivered.height - found, revised=found - unchanged, unchanged=unchanged)


def compare_allocations(delivered: pl.DataFrame, published: pl.DataFrame) -> Comparison:
    """Count delivered sums that are new, revised or unchanged; real and example ones are held apart."""
    found = delivered.select(*ALLOCATION_KEY, _EXAMPLE, "amount").join(
        published.select(*ALLOCATION_KEY, _EXAMPLE, pl.col("amount").alias("published")),
        on=[*ALLOCATION_KEY, "example"],
    )
    same = found.filter(pl.col("amount") == pl.col("published")).height
    return Comparison(new=delivered.height - found.height, revised=found.height - same, unchanged=same)
