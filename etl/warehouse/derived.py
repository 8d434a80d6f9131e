"""Series and judgements beside the rows that they rest on, kept in step with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.warehouse import tables

if TYPE_CHECKING:
    from etl.warehouse.batches import Change
    from etl.warehouse.model import Derive


def follow(
    change: Change, batches: list[int], divided_before: pl.DataFrame | None, derive: Derive, key: str | None
) -> None:
    """Derive anew for what the batches touch, or everything where the knowledge is another one.

    Figures derived with two catalogues never stand beside each other: a process that still holds an old
    catalogue derives everything with it and says so, and the next one with the new catalogue sees that.

    Args:
        change: As for `refresh`.
        batches: As for `refresh`.
        divided_before: As for `refresh`.
        derive: The measures.
        key: Key of the knowledge behind `derive`; None where it is the one that is noted already.
    """
    if key is not None and key != change.now.derived_key:
        rebuild(change, key, derive)
    else:
        refresh(change, batches, divided_before, derive)


def refresh(change: Change, batches: list[int], divided_before: pl.DataFrame | None, derive: Derive) -> None:
    """Derive anew for what the batches touch.

    Touched are the indicators that the batches have observations for. Where they have allocations, also
    those that `derive` makes out of allocations alone, before or after the change: the warehouse does not
    know which indicator shows which agreement's money.

    Args:
        change: The version being made, with the batches' new status already in it.
        batches: The batches whose status changed.
        divided_before: The current allocations before the change, when any of the batches has allocations.
        derive: The measures.
    """
    now = change.now
    touched = set(now.indicators_of(batches))
    divided = now.allocations()
    if divided_before is not None:
        nothing = now.observations([])
        for rows in (divided_before, divided):
            if rows.height:
                touched |= set(derive(nothing, rows)[0]["indicator"])
    if not touched:
        return
    wanted = pl.DataFrame({"indicator": sorted(touched)}, schema={"indicator": pl.String()})
    series, judgements = derive(now.observations(sorted(touched)), divided)
    connection = change.connection
    connection.register("touched", wanted)
    connection.execute("DELETE FROM series WHERE indicator IN (SELECT indicator FROM touched)")
    connection.execute("DELETE FROM judgement WHERE indicator IN (SELECT indicator FROM touched)")
    connection.unregister("touched")
    tables.insert(connection, "series", series.join(wanted, on="indicator", how="semi"))
    tables.insert(connection, "judgement", judgements.join(wanted, on="indicator", how="semi"))


def rebuild(change: Change, key: str, derive: Derive) -> None:
    """Derive everything anew and note with which knowledge."""
    now = change.now
    series, judgements = derive(now.observations(), now.allocations())
    connection = change.connection
    connection.execute("DELETE FROM series")
    connection.execute("DELETE FROM judgement")
    tables.insert(connection, "series", series)
    tables.insert(connection, "judgement", judgements)
    tables.set_meta(connection, "derived_key", key)
