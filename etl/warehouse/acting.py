"""Doing something to a batch: judged first, then made as one version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.warehouse import batches, changes, permits
from etl.warehouse.base import Base
from etl.warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from etl.warehouse.batches import Action, Timing
    from etl.warehouse.model import Derive, Receipt
    from etl.warehouse.permits import Permit
    from etl.warehouse.reading import Snapshot

#: What a writer does, for those who wait for it.
_DOING: dict[Action, str] = {
    "published": "publicerar",
    "withdrawn": "återkallar",
    "restored": "återställer",
    "rejected": "avvisar",
    "commented": "kommenterar",
    "scheduled": "ställer in publicering av",
    "unscheduled": "ställer in publicering av",
}

#: What is asked of a permit.
_ASKED: dict[Action, str] = {
    "published": "publish",
    "withdrawn": "withdraw",
    "restored": "restore",
    "rejected": "reject",
    "commented": "comment",
    "scheduled": "publish",
    "unscheduled": "publish",
}

#: What whoever delivered may not do, where four eyes are asked for.
_WATCHED: frozenset[Action] = frozenset(["published", "scheduled"])


class Acting(Base):
    """Batches published, withdrawn, restored, rejected and talked about."""

    def publish(
        self,
        batch: int,
        *,
        by: str,
        note: str | None = None,
        derive: Derive,
        key: str | None = None,
        permit: Permit,
    ) -> Receipt:
        """Publish a staged batch; the permit is asked for `publish`."""
        return self._act("published", batch, by, note, permit, derive=derive, key=key)

    def withdraw(
        self,
        batch: int,
        *,
        by: str,
        note: str | None = None,
        derive: Derive,
        key: str | None = None,
        permit: Permit,
    ) -> Receipt:
        """Withdraw a published batch; what it had replaced counts again. The permit is asked for `withdraw`."""
        return self._act("withdrawn", batch, by, note, permit, derive=derive, key=key)

    def restore(
        self,
        batch: int,
        *,
        by: str,
        note: str | None = None,
        derive: Derive,
        key: str | None = None,
        permit: Permit,
    ) -> Receipt:
        """Undo a withdrawal (published again, in its old place) or a rejection (staged again).

        The permit is asked for `restore`.
        """
        return self._act("restored", batch, by, note, permit, derive=derive, key=key)

    def reject(self, batch: int, *, by: str, note: str | None = None, permit: Permit) -> Receipt:
        """Reject a staged batch; nothing that is published changes. The permit is asked for `reject`."""
        return self._act("rejected", batch, by, note, permit)

    def comment(self, batch: int, text: str, *, by: str, permit: Permit) -> Receipt:
        """Say something about a batch, in any status. The permit is asked for `comment`."""
        if not text.strip():
            raise WarehouseError("Kommentaren är tom. Skriv något och försök igen.")
        return self._act("commented", batch, by, text.strip(), permit)

    def _act(
        self,
        action: Action,
        batch: int,
        by: str,
        note: str | None,
        permit: Permit,
        *,
        derive: Derive | None = None,
        key: str | None = None,
        timing: Timing | None = None,
    ) -> Receipt:
        with self._writing(f"{_DOING[action]} leverans {batch}"):
            with self.snapshot() as now:
                judge(now, action, batch, by, permit)
            with self._change(by) as change:
                return changes.act(change, action, batch, note=note, derive=derive, key=key, timing=timing)


def judge(now: Snapshot, action: Action, batch: int, by: str, permit: Permit) -> None:
    """Refuse what may not be done to a batch, before anything is copied.

    Args:
        now: The version that the change would be made to.
        action: What is to be done.
        batch: The batch.
        by: Who does it.
        permit: What refuses.

    Raises:
        UnknownBatchError: There is no such batch.
        NotAllowedError: The permit refuses it, or four eyes do.
        WrongStatusError: The batch's status does not allow it.
        NotScheduledError: A time for publishing is to be taken away, and there is none.
    """
    facts = now.batch(batch)
    permit(now, permits.about_batch(now, facts, _ASKED[action], by))
    batches.refuse_unless_allowed(facts, action)
    # What is withdrawn and restored is published anew; what is rejected and restored only waits.
    if action in _WATCHED or (action == "restored" and facts["status"] == "withdrawn"):
        permits.hold_four_eyes(now, by, facts["jobs"], facts["delivered_by"])
