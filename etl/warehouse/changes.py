"""What one change does to a version: a delivery taken in, or something done to a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.warehouse import batches, derived, originals
from etl.warehouse.model import Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.warehouse.batches import Action, Change, Timing
    from etl.warehouse.model import Delivery, Derive
    from etl.warehouse.reading import Snapshot


NOTHING: Mapping[int, str] = {}


def take_in(
    change: Change,
    deliveries: Sequence[Delivery],
    *,
    derive: Derive | None,
    key: str | None = None,
    instead_of: Mapping[int, str] = NOTHING,
) -> list[Receipt]:
    """Append deliveries as new batches; those whose bytes are known are left as they are.

    Args:
        change: The version being made.
        deliveries: In order of publishing.
        derive: The measures, when they are to be published at once.
        key: Key of the knowledge behind `derive`; where it is another than everything was last derived with,
            everything is derived anew and it is noted.
        instead_of: Batches to withdraw where they are published, when the deliveries are; each with why.

    Returns:
        A receipt each.
    """
    divided = change.now.allocations()
    new: list[int] = []
    receipts: list[Receipt] = []
    for delivery in deliveries:
        sha256 = originals.sha256_of(delivery.content)
        earlier = change.now.batch_with(sha256)
        if earlier is None:
            new.append(batches.stage(change, delivery, sha256))
            if derive is not None:
                batches.record(change, new[-1], "published", None)
        receipts.append(receipt(change.now, earlier or new[-1], already_delivered=earlier is not None))
    if derive is not None:
        left = [change.now.batch(batch) for batch in instead_of]
        left = [facts for facts in left if facts["status"] == "published"]
        for facts in left:
            batches.record(change, facts["batch"], "withdrawn", instead_of[facts["batch"]])
        with_money = any(delivery.allocations.height for delivery in deliveries) or any(
            facts["allocations"] for facts in left
        )
        touched = [*new, *(facts["batch"] for facts in left)]
        derived.follow(change, touched, divided if with_money else None, derive, key)
    return receipts


def act(
    change: Change,
    action: Action,
    batch: int,
    *,
    note: str | None,
    derive: Derive | None,
    key: str | None = None,
    timing: Timing | None = None,
) -> Receipt:
    """Do something to a batch; what is derived follows when it enters or leaves the published.

    Args:
        change: The version being made.
        action: What to do.
        batch: The batch.
        note: A word about why.
        derive: The measures; None where nothing that is published changes.
        key: As for `take_in`.
        timing: Where it is about publishing at a set time.

    Raises:
        UnknownBatchError: There is no such batch.
        WrongStatusError: Its status does not allow it.
    """
    divided = None
    if derive is not None and change.now.batch(batch)["allocations"]:
        divided = change.now.allocations()
    statuses = batches.record(change, batch, action, note, timing)
    if derive is not None and "published" in statuses:
        derived.follow(change, [batch], divided, derive, key)
    return receipt(change.now, batch, already_delivered=False)


def known(now: Snapshot, hashes: Sequence[str]) -> list[Receipt | None]:
    """What became of files that were delivered before, by their sha256; None for those that were not."""
    found = [now.batch_with(sha256) for sha256 in hashes]
    return [receipt(now, batch, already_delivered=True) if batch else None for batch in found]


def receipt(now: Snapshot, batch: int, *, already_delivered: bool) -> Receipt:
    """A batch as it stands.

    Raises:
        UnknownBatchError: There is no such batch.
    """
    facts = now.batch(batch)
    return Receipt(
        batch=batch,
        already_delivered=already_delivered,
        status=facts["status"],
        delivered_at=facts["delivered_at"],
        delivered_by=facts["delivered_by"],
        due=facts["due"],
    )
