"""Publish, withdraw and restore batches, with the measures counted anew for what they touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.measures.pipeline import derive

if TYPE_CHECKING:
    import polars as pl

    from etl.catalogue import Knowledge
    from etl.warehouse import Derive, Permit, Receipt, Warehouse


def derivation(knowledge: Knowledge) -> Derive:
    """The measures, bound to what the program knows: published rows → series and judgements."""

    def bound(observations: pl.DataFrame, allocations: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        return derive(observations, allocations, knowledge.catalogue, knowledge.population)

    return bound


def publish(
    warehouse: Warehouse,
    batch: int,
    *,
    knowledge: Knowledge,
    by: str,
    note: str | None = None,
    permit: Permit,
) -> Receipt:
    """Publish a staged batch; its rows take over from older ones with the same keys."""
    return warehouse.publish(
        batch, by=by, note=note, derive=derivation(knowledge), key=knowledge.key, permit=permit
    )


def withdraw(
    warehouse: Warehouse,
    batch: int,
    *,
    knowledge: Knowledge,
    by: str,
    note: str | None = None,
    permit: Permit,
) -> Receipt:
    """Withdraw a batch; what it had taken over from holds again."""
    return warehouse.withdraw(
        batch, by=by, note=note, derive=derivation(knowledge), key=knowledge.key, permit=permit
    )


def restore(
    warehouse: Warehouse,
    batch: int,
    *,
    knowledge: Knowledge,
    by: str,
    note: str | None = None,
    permit: Permit,
) -> Receipt:
    """Undo a withdrawal."""
    return warehouse.restore(
        batch, by=by, note=note, derive=derivation(knowledge), key=knowledge.key, permit=permit
    )
