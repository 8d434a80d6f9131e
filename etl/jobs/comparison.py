"""What a delivery would change in what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.warehouse import DIVISION_KEY, Comparison
from schemas.columns import ALLOCATION_KEY, OBSERVATION_KEY

if TYPE_CHECKING:
    from etl.warehouse import Warehouse


def compare(observations: pl.DataFrame, allocations: pl.DataFrame, warehouse: Warehouse) -> Comparison:
    """Hold a delivery's rows against the published ones.

    Args:
        observations: Columns as in `OBSERVATION_SCHEMA`.
        allocations: Columns as in `ALLOCATION_SCHEMA`.
        warehouse: Where the published rows are.
    """
    if allocations.height:
        return compare_allocations(allocations, warehouse.allocations())
    return warehouse.compare(observations)


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
    example = (pl.col("origin") == "example").alias("example")
    with warehouse.snapshot() as now:
        indicators = observations["indicator"].unique().to_list()
        for own, current, key in (
            (observations, now.observations(indicators), OBSERVATION_KEY),
            (allocations, now.allocations(), DIVISION_KEY),
        ):
            places = own.select(*key, example)
            others = current.with_columns(example).join(places, on=[*key, "example"], how="semi")
            found.update(others["batch"].unique())
    return tuple(sorted(found - {batch}))


def compare_allocations(delivered: pl.DataFrame, published: pl.DataFrame) -> Comparison:
    """Count delivered sums that are new, revised or unchanged; real and example ones are held apart."""
    example = (pl.col("origin") == "example").alias("example")
    found = delivered.select(*ALLOCATION_KEY, example, "amount").join(
        published.select(*ALLOCATION_KEY, example, pl.col("amount").alias("published")),
        on=[*ALLOCATION_KEY, "example"],
    )
    same = found.filter(pl.col("amount") == pl.col("published")).height
    return Comparison(new=delivered.height - found.height, revised=found.height - same, unchanged=same)
