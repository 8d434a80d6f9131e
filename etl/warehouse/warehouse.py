"""The warehouse as the rest of the program sees it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from etl.warehouse import changes, derived, locking, originals, tables
from etl.warehouse.batches import Change
from etl.warehouse.errors import told_in_swedish
from etl.warehouse.model import Comparison, Receipt
from etl.warehouse.reader import Reader
from etl.warehouse.versions import KEPT, Versions

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    import polars as pl

    from etl.warehouse.batches import Action
    from etl.warehouse.model import Delivery, Derive
    from etl.warehouse.reading import Snapshot

#: Seconds that a writer waits for another one.
WAIT_SECONDS = 30.0

#: What a writer does, for those who wait for it.
_DOING: dict[Action, str] = {
    "published": "publicerar",
    "withdrawn": "återkallar",
    "restored": "återställer",
    "rejected": "avvisar",
}


class Warehouse:
    """Delivered files, their rows, what has become of them, and what is derived from those published.

    One object may be shared by all threads of a process, and any number of processes may use the folder.
    Readers and writers never wait for each other; writers wait for each other.

    Every change is one new version, whole or not at all. All errors are `WarehouseError` with a Swedish text.
    """

    def __init__(self, folder: Path, *, wait: float = WAIT_SECONDS, kept: int = KEPT):
        """Nothing is read or written yet.

        Args:
            folder: The warehouse's folder; created by the first change.
            wait: Seconds to wait for another writer.
            kept: How many versions stay on disk.
        """
        self.folder = folder
        self._wait = wait
        self._versions = Versions(folder, kept=kept)
        self._reader = Reader(self._versions)

    # Reading

    @property
    def version(self) -> int:
        """The live version; 0 when nothing has been written yet. Cheap: what caches hold on to."""
        with told_in_swedish(self.folder):
            return self._versions.live()

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """One version for several questions, as `with warehouse.snapshot() as now: …`; one thread only."""
        return self._reader.snapshot()

    @property
    def derived_key(self) -> str | None:
        """Key of the knowledge that everything was last derived with."""
        with self.snapshot() as now:
            return now.derived_key

    def batches(self) -> pl.DataFrame:
        """See `Snapshot.batches`."""
        with self.snapshot() as now:
            return now.batches()

    def events(self, batch: int | None = None) -> pl.DataFrame:
        """See `Snapshot.events`."""
        with self.snapshot() as now:
            return now.events(batch)

    def problems(self, batch: int) -> pl.DataFrame:
        """See `Snapshot.problems`."""
        with self.snapshot() as now:
            now.batch(batch)
            return now.problems(batch)

    def series(self, indicator: str | None = None) -> pl.DataFrame:
        """See `Snapshot.series`."""
        with self.snapshot() as now:
            return now.series(indicator)

    def judgements(self, indicator: str | None = None) -> pl.DataFrame:
        """See `Snapshot.judgements`."""
        with self.snapshot() as now:
            return now.judgements(indicator)

    def observations(self, indicator: str | None = None) -> pl.DataFrame:
        """See `Snapshot.observations`."""
        with self.snapshot() as now:
            return now.observations(None if indicator is None else [indicator])

    def allocations(self) -> pl.DataFrame:
        """See `Snapshot.allocations`."""
        with self.snapshot() as now:
            return now.allocations()

    def compare(self, observations: pl.DataFrame) -> Comparison:
        """See `Snapshot.compare`."""
        with self.snapshot() as now:
            return now.compare(observations)

    def original(self, batch: int) -> bytes:
        """The delivered bytes of a batch, checked against their hash."""
        with self.snapshot() as now:
            facts = now.batch(batch)
        with told_in_swedish(self.folder):
            return originals.fetch(self.folder, facts["sha256"], facts["name"])

    def close(self) -> None:
        """Let go of the files; the object can still be used."""
        self._reader.close()

    # Changing

    def load(
        self, delivery: Delivery, *, publish: bool, by: str, derive: Derive, key: str | None = None
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
        """
        return self.load_all([delivery], publish=publish, by=by, derive=derive, key=key)[0]

    def load_all(
        self,
        deliveries: Sequence[Delivery],
        *,
        publish: bool,
        by: str,
        derive: Derive,
        key: str | None = None,
    ) -> list[Receipt]:
        """Take in several deliveries in one version: all of them or none, derived once.

        Args:
            deliveries: In order of publishing; where two have the same figure the later one counts.
            publish: Publish them in the same step.
            by: Who does this.
            derive: The measures.
            key: As for `load`.

        Returns:
            A receipt each, as for `load`.
        """
        hashes = [originals.sha256_of(delivery.content) for delivery in deliveries]
        receipts = self._known(hashes)
        if None not in receipts:
            return [receipt for receipt in receipts if receipt]
        with self._writing("tar emot en leverans"):
            # Another writer may have brought them while this one waited.
            if None in self._known(hashes):
                for delivery in deliveries:
                    originals.keep(self.folder, delivery.content)
                with self._change(by) as change:
                    return changes.take_in(change, deliveries, derive=derive if publish else None, key=key)
        return [receipt for receipt in self._known(hashes) if receipt]

    def publish(
        self, batch: int, *, by: str, note: str | None = None, derive: Derive, key: str | None = None
    ) -> Receipt:
        """Publish a staged batch."""
        return self._act("published", batch, by=by, note=note, derive=derive, key=key)

    def withdraw(
        self, batch: int, *, by: str, note: str | None = None, derive: Derive, key: str | None = None
    ) -> Receipt:
        """Withdraw a published batch; what it had replaced counts again."""
        return self._act("withdrawn", batch, by=by, note=note, derive=derive, key=key)

    def restore(
        self, batch: int, *, by: str, note: str | None = None, derive: Derive, key: str | None = None
    ) -> Receipt:
        """Undo a withdrawal (published again, in its old place) or a rejection (staged again)."""
        return self._act("restored", batch, by=by, note=note, derive=derive, key=key)

    def reject(self, batch: int, *, by: str, note: str | None = None) -> Receipt:
        """Reject a staged batch; nothing that is published changes."""
        return self._act("rejected", batch, by=by, note=note, derive=None)

    def rederive(self, key: str, derive: Derive) -> None:
        """Derive everything anew, because the knowledge behind it has changed.

        Args:
            key: The knowledge's key, kept as `derived_key`.
            derive: The measures with that knowledge.
        """
        with self._writing("räknar om allt"), self._change("") as change:
            derived.rebuild(change, key, derive)

    def _act(
        self,
        action: Action,
        batch: int,
        *,
        by: str,
        note: str | None,
        derive: Derive | None,
        key: str | None = None,
    ) -> Receipt:
        with self._writing(f"{_DOING[action]} leverans {batch}"), self._change(by) as change:
            return changes.act(change, action, batch, note=note, derive=derive, key=key)

    def _known(self, hashes: list[str]) -> list[Receipt | None]:
        with self.snapshot() as now:
            found = [now.batch_with(sha256) for sha256 in hashes]
            return [changes.receipt(now, batch, already_delivered=True) if batch else None for batch in found]

    @contextmanager
    def _writing(self, doing: str) -> Generator[None]:
        with (
            told_in_swedish(self.folder),
            locking.writing(self.folder, wait=self._wait, doing=doing),
        ):
            yield

    @contextmanager
    def _change(self, by: str) -> Generator[Change]:
        """The next version, open for writing; it goes live when the block ends well."""
        at = datetime.now(UTC).replace(tzinfo=None)
        with (
            self._versions.next() as (number, path),
            tables.opened(path, read_only=False) as connection,
        ):
            connection.execute("BEGIN")
            yield Change(connection, number, by, at, self.folder)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")
