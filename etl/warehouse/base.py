"""The folder of a warehouse: reading a version of it, and making the next one."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from etl.warehouse import connecting, locking, tables
from etl.warehouse.batches import Change
from etl.warehouse.errors import told_in_swedish
from etl.warehouse.reader import Reader
from etl.warehouse.versions import KEPT, Versions

if TYPE_CHECKING:
    from collections.abc import Generator
    from contextlib import AbstractContextManager
    from pathlib import Path

    import duckdb

    from etl.warehouse.reading import Snapshot

#: Seconds that a writer waits for another one.
WAIT_SECONDS = 30.0


class Base:
    """What reading and writing rest on."""

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

    @property
    def version(self) -> int:
        """The live version; 0 when nothing has been written yet. Cheap: what caches hold on to."""
        with told_in_swedish(self.folder):
            return self._versions.live()

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """One version for several questions, as `with warehouse.snapshot() as now: …`; one thread only."""
        return self._reader.snapshot()

    def close(self) -> None:
        """Let go of the files; the object can still be used."""
        self._reader.close()

    @contextmanager
    def _writing(self, doing: str) -> Generator[None]:
        with (
            told_in_swedish(self.folder),
            locking.writing(self.folder, wait=self._wait, doing=doing),
        ):
            yield

    @contextmanager
    def _change(self, by: str) -> Generator[Change]:
        """The next version, open for writing; it goes live when the block ends well. Needs the lock."""
        with (
            self._versions.next() as (number, path),
            connecting.opened(path, read_only=False) as connection,
        ):
            # Straight into the file, not by a log first: nobody reads the version before it is whole.
            connection.execute("SET wal_autocheckpoint = '0B'")
            connection.execute("BEGIN")
            yield Change(connection, number, by, _moment(connection), self.folder)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")


def _moment(connection: duckdb.DuckDBPyConnection) -> datetime:
    """Now, UTC without zone, and after all that has happened before, whatever the machine's clock says.

    What is shown as of a moment rests on times that follow the order of events.
    """
    last = tables.fetch(connection, 'SELECT max("at") AS "at" FROM event').item()
    now = datetime.now(UTC).replace(tzinfo=None)
    return now if last is None or now > last else last + timedelta(microseconds=1)
