"""The warehouse as the rest of the program sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.warehouse import changes, derived, originals, permits, verifying
from etl.warehouse.asking import Asking
from etl.warehouse.changes import NOTHING
from etl.warehouse.errors import told_in_swedish
from etl.warehouse.keeping import Keeping
from etl.warehouse.planning import Planning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.warehouse.model import Delivery, Derive, Receipt
    from etl.warehouse.permits import Permit
    from etl.warehouse.reading import Snapshot


class Warehouse(Asking, Planning, Keeping):
    """Delivered files, their rows, what has become of them, and what is derived from those published.

    One object may be shared by all threads of a process, and any number of processes may use the folder.
    Readers and writers never wait for each other; writers wait for each other.

    Every change is one new version, whole or not at all. All errors are `WarehouseError` with a Swedish text.

    Every change that someone asks for needs a `permit`, which is asked with the writer's lock held and before
    anything is written, and refuses with `NotAllowedError`; `anyone` refuses nothing. Where a subject asks for
    four eyes, whoever delivered a file about it is refused with `FourEyesError` to publish it or to set a time
    for that.
    """

    def load(
        self,
        delivery: Delivery,
        *,
        publish: bool,
        by: str,
        derive: Derive,
        key: str | None = None,
        permit: Permit,
    ) -> Receipt:
        """Take in a delivery, as a staged batch or published at once, in one version.

        The same bytes a second time store nothing and make no version, whatever `publish` says: the receipt
        tells of the first delivery and its status, and it is for the caller to publish a batch that is
        still staged, or to restore one that was withdrawn or rejected.

        Args:
            delivery: The file and its admitted rows.
            publish: Publish it in the same step.
            by: Who does this.
            derive: The measures.
            key: Key of the knowledge behind `derive`. Where it is not `derived_key`, publishing derives
                everything anew and notes it, here as in `publish`, `withdraw` and `restore`.
            permit: Asked for `deliver`, and for `publish` too where it is to be published.
        """
        return self.load_all([delivery], publish=publish, by=by, derive=derive, key=key, permit=permit)[0]

    def load_all(
        self,
        deliveries: Sequence[Delivery],
        *,
        publish: bool,
        by: str,
        derive: Derive,
        key: str | None = None,
        permit: Permit,
        instead_of: Mapping[int, str] = NOTHING,
    ) -> list[Receipt]:
        """Take in several deliveries in one version: all of them or none, derived once.

        Args:
            deliveries: In order of publishing; where two have the same figure the later one counts.
            publish: Publish them in the same step.
            by: Who does this.
            derive: The measures.
            key: As for `load`.
            permit: As for `load`, for all of them together; asked for `withdraw` for each of `instead_of`.
            instead_of: Published batches that are withdrawn in the same step, each with a word about why.
                Where nothing is new, or one of them isn't published any more, it stays as it is.

        Returns:
            A receipt each, as for `load`.
        """
        hashes = [originals.sha256_of(delivery.content) for delivery in deliveries]

        def judged(now: Snapshot) -> list[Receipt] | None:
            """The receipts where there is nothing left to store."""
            for action in ("deliver", "publish") if publish else ("deliver",):
                permit(now, permits.about_deliveries(action, by, deliveries))
            for batch in instead_of:
                permit(now, permits.about_batch(now, now.batch(batch), "withdraw", by))
            receipts = changes.known(now, hashes)
            for delivery, receipt in zip(deliveries, receipts, strict=True):
                if publish and receipt is None:
                    permits.hold_four_eyes(now, by, delivery.jobs, delivery.delivered_by)
            found = [receipt for receipt in receipts if receipt]
            return found if len(found) == len(deliveries) else None

        with self.snapshot() as now:
            receipts = judged(now)
        if receipts is not None:
            return receipts
        with self._writing("tar emot en leverans"):
            # Another writer may have brought them, or taken the permission away, while this one waited.
            with self.snapshot() as now:
                receipts = judged(now)
            if receipts is not None:
                return receipts
            for delivery in deliveries:
                originals.keep(self.folder, delivery.content)
            with self._change(by) as change:
                return changes.take_in(
                    change, deliveries, derive=derive if publish else None, key=key, instead_of=instead_of
                )

    def rederive(self, key: str, derive: Derive) -> None:
        """Derive everything anew, because the knowledge behind it has changed.

        No permit: it is the program that does this, and it changes nothing that anyone has decided.

        Args:
            key: The knowledge's key, kept as `derived_key`.
            derive: The measures with that knowledge.
        """
        with self._writing("räknar om allt"), self._change("") as change:
            derived.rebuild(change, key, derive)

    def verify(self) -> list[str]:
        """Whether all is whole: the live version, its batches and the delivered files.

        Returns:
            What is not, in Swedish; nothing where all is well.
        """
        with told_in_swedish(self.folder):
            return verifying.faults(self._versions, self._reader)
