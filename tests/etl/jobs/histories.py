"""Warehouses with a history, made by hand or at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.jobs import publishing
from etl.jobs.delivery import deliver
from etl.warehouse import anyone
from tests.etl import files

if TYPE_CHECKING:
    from etl.catalogue import Knowledge
    from etl.warehouse import Warehouse

#: What can be done to a batch and its status before that.
ACTIONS = {"staged": "publish", "published": "withdraw", "withdrawn": "restore"}


class History:
    """A warehouse and short words for what is done in it."""

    def __init__(self, warehouse: Warehouse, knowledge: Knowledge):
        self.warehouse = warehouse
        self.knowledge = knowledge
        self._delivered = 0

    def bring(
        self,
        *rows: list[str],
        publish: bool = True,
        note: str | None = None,
        headings=files.HEADINGS,
        **other,
    ):
        """Deliver a file of its own with these rows; its batch."""
        self._delivered += 1
        content = files.csv([*rows], headings=headings) + b"\r\n" * self._delivered
        outcome = deliver(
            content, f"{self._delivered}.csv", knowledge=self.knowledge, warehouse=self.warehouse, by="asa",
            publish=publish, note=note, permit=anyone, **other,
        )  # fmt: skip
        assert outcome.receipt is not None, outcome.checked.report.frame.to_dicts()
        return outcome.receipt.batch

    def publish(self, batch: int, note: str | None = None) -> None:
        self._act("publish", batch, note)

    def withdraw(self, batch: int, note: str | None = None) -> None:
        self._act("withdraw", batch, note)

    def restore(self, batch: int, note: str | None = None) -> None:
        self._act("restore", batch, note)

    def _act(self, what: str, batch: int, note: str | None) -> None:
        act = getattr(publishing, what)
        act(self.warehouse, batch, knowledge=self.knowledge, by="bo", note=note, permit=anyone)

    def turn(self, batch: int) -> None:
        """Do what can be done to a batch as it stands."""
        status = dict(self.warehouse.batches().select("batch", "status").iter_rows())[batch]
        self._act(ACTIONS[status], batch, None)
