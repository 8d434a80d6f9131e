"""Batches published by themselves at a set time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.warehouse import changes, schedule
from etl.warehouse.acting import Acting, judge
from etl.warehouse.batches import Timing
from etl.warehouse.errors import BusyError, NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from etl.warehouse.model import Derive, Receipt
    from etl.warehouse.permits import Permit
    from etl.warehouse.schedule import Planned


class Planning(Acting):
    """Setting a time, taking it away, and publishing what is due."""

    def schedule(
        self, batch: int, due: datetime, *, by: str, trusted: bool, note: str | None = None, permit: Permit
    ) -> Receipt:
        """Have a staged batch published by itself at a set time, instead of a time set before.

        Args:
            batch: The batch.
            due: When, with a time zone.
            by: Who decides it, and publishes it then.
            trusted: That is the machine's own user; what `publish_due` tells the permit then.
            note: A word about why.
            permit: Asked for `publish`, now and when it is due.
        """
        if due.tzinfo is None:
            raise ValueError("due needs a time zone")
        return self._act("scheduled", batch, by, note, permit, timing=Timing(due, trusted))

    def unschedule(self, batch: int, *, by: str, note: str | None = None, permit: Permit) -> Receipt:
        """Have a batch wait for somebody to publish it after all. The permit is asked for `publish`."""
        return self._act("unscheduled", batch, by, note, permit)

    def publish_due(
        self,
        now: datetime,
        *,
        permit_for: Callable[[str, bool], Permit],
        derive: Derive,
        key: str | None = None,
    ) -> list[Receipt]:
        """Publish the staged batches whose time has come, each in a version of its own.

        Each is published in the name of whoever decided it, who must still be allowed to: if not, the batch
        stays staged, without a time, and the reason is noted as an event `unscheduled`. Called by several
        processes at once, each batch is still published once. A batch that fails does not keep the others
        back; the first error is raised when all have been tried.

        Args:
            now: The moment, with a time zone.
            permit_for: The permit of a name, and whether that was the machine's own user.
            derive: The measures.
            key: As for `load`.

        Returns:
            Receipts of those that were published.

        Raises:
            BusyError: Another writer held the lock too long; the rest is left for the next time.
        """
        receipts: list[Receipt | None] = []
        errors: list[Exception] = []
        with self.snapshot() as latest:
            items = schedule.planned(latest.events(), now)
        for item in items:
            try:
                permit = permit_for(item.by, item.trusted)
                receipts.append(self._publish_planned(item, now, permit, derive, key))
            except BusyError:
                # Each of the others would wait as long.
                raise
            except Exception as error:
                errors.append(error)
        if errors:
            raise errors[0]
        return [receipt for receipt in receipts if receipt]

    def _publish_planned(
        self, item: Planned, now: datetime, permit: Permit, derive: Derive, key: str | None
    ) -> Receipt | None:
        """Publish what is due, or note why it may not be; None then, and when it was done meanwhile."""
        with self._writing(f"publicerar leverans {item.batch} på utsatt tid"):
            refusal = None
            with self.snapshot() as latest:
                if item not in schedule.planned(latest.events(item.batch), now):
                    return None
                try:
                    judge(latest, "published", item.batch, item.by, permit)
                except NotAllowedError as error:
                    refusal = str(error)
            timing = Timing(item.due, item.trusted)
            with self._change(item.by) as change:
                if refusal is not None:
                    changes.act(change, "unscheduled", item.batch, note=refusal, derive=None, timing=timing)
                    return None
                return changes.act(
                    change, "published", item.batch, note=item.note, derive=derive, key=key, timing=timing
                )
