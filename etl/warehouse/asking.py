"""Single questions to the live version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.warehouse import originals
from etl.warehouse.base import Base
from etl.warehouse.errors import told_in_swedish
from etl.warehouse.model import NOW

if TYPE_CHECKING:
    from datetime import datetime

    import polars as pl

    from etl.warehouse.model import View


class Asking(Base):
    """Each question opens a snapshot of its own; several that must agree are asked of one `snapshot()`."""

    @property
    def derived_key(self) -> str | None:
        """Key of the knowledge that everything was last derived with."""
        with self.snapshot() as now:
            return now.derived_key

    @property
    def first_change(self) -> datetime | None:
        """See `Snapshot.first_change`."""
        with self.snapshot() as now:
            return now.first_change

    def batches(self, at: datetime | None = None) -> pl.DataFrame:
        """See `Snapshot.batches`."""
        with self.snapshot() as now:
            return now.batches(at)

    def events(self, batch: int | None = None) -> pl.DataFrame:
        """See `Snapshot.events`."""
        with self.snapshot() as now:
            return now.events(batch)

    def problems(self, batch: int) -> pl.DataFrame:
        """See `Snapshot.problems`."""
        with self.snapshot() as now:
            now.batch(batch)
            return now.problems(batch)

    def rows_of(self, batch: int) -> tuple[pl.DataFrame, pl.DataFrame]:
        """See `Snapshot.rows_of`."""
        with self.snapshot() as now:
            return now.rows_of(batch)

    def series(self, indicator: str | None = None) -> pl.DataFrame:
        """See `Snapshot.series`."""
        with self.snapshot() as now:
            return now.series(indicator)

    def judgements(self, indicator: str | None = None) -> pl.DataFrame:
        """See `Snapshot.judgements`."""
        with self.snapshot() as now:
            return now.judgements(indicator)

    def observations(self, indicator: str | None = None, view: View = NOW) -> pl.DataFrame:
        """See `Snapshot.observations`."""
        with self.snapshot() as now:
            return now.observations(None if indicator is None else [indicator], view)

    def allocations(self, view: View = NOW) -> pl.DataFrame:
        """See `Snapshot.allocations`."""
        with self.snapshot() as now:
            return now.allocations(view)

    def original(self, batch: int) -> bytes:
        """The delivered bytes of a batch, checked against their hash."""
        with self.snapshot() as now:
            facts = now.batch(batch)
        with told_in_swedish(self.folder):
            return originals.fetch(self.folder, facts["sha256"], facts["name"])

    def grants(self) -> pl.DataFrame:
        """See `Snapshot.grants`."""
        with self.snapshot() as now:
            return now.grants()

    def grant_events(self) -> pl.DataFrame:
        """See `Snapshot.grant_events`."""
        with self.snapshot() as now:
            return now.grant_events()

    def four_eyes(self) -> frozenset[str]:
        """See `Snapshot.four_eyes`."""
        with self.snapshot() as now:
            return now.four_eyes()

    def setting_events(self) -> pl.DataFrame:
        """See `Snapshot.setting_events`."""
        with self.snapshot() as now:
            return now.setting_events()

    def mappings(self) -> pl.DataFrame:
        """See `Snapshot.mappings`."""
        with self.snapshot() as now:
            return now.mappings()
