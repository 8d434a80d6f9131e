"""Publication at a set time: who looks whether something is due, and what it takes to publish it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from etl.access import permit_for
from etl.jobs.publishing import derivation
from schemas.clock import SWEDEN

if TYPE_CHECKING:
    from etl.catalogue import Knowledge
    from etl.warehouse import Receipt, Warehouse

_MOMENT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{1,2})[:.]([0-9]{2})")


def publish_due(warehouse: Warehouse, knowledge: Knowledge, *, now: datetime | None = None) -> list[Receipt]:
    """Publish the batches whose time has come, each in the name of whoever set the time.

    Whether he may is asked again: a role may have been taken from him since. Several processes may call this at
    once; a batch is published once.

    Args:
        warehouse: The warehouse.
        knowledge: The catalogue and the population.
        now: The moment, with a time zone; the present one by default.

    Returns:
        A receipt for each that was published.
    """
    return warehouse.publish_due(
        now or datetime.now(UTC),
        permit_for=permit_for(knowledge.catalogue),
        derive=derivation(knowledge),
        key=knowledge.key,
    )


def moment(text: str) -> datetime | None:
    """A time as somebody in Sweden writes it: `2026-12-01 08:00`, `2026-12-01 8.00` or `2026-12-01T08:00`.

    Returns:
        It with its time zone, or None where it isn't such a time.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    try:
        year, month, day, hour, minute = map(int, found.groups())
        return datetime(year, month, day, hour, minute, tzinfo=SWEDEN)
    except ValueError:
        return None
