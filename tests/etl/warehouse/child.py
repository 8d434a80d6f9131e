"""Writers in processes of their own, to be waited for, starved or killed."""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.warehouse import Warehouse, WarehouseError, WrongStatusError, anyone
from tests.etl.warehouse.doubles import allocation, delivery, derive, observation

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    import polars as pl

    from etl.warehouse import Delivery, Receipt


def parcel(number: int, height: int = 100) -> Delivery:
    """A delivery whose every figure is its number."""
    rows = [observation(area=str(area), value=float(number)) for area in range(1400, 1400 + height)]
    return delivery(f"leverans {number}", *rows, money=(allocation(amount=f"{number}"),))


#: Rows of a delivery of `work`.
FEW = 6


def work(folder: Path, first: int, to: Connection) -> None:
    """Deliver, publish and withdraw until killed, telling of each thing when it is done.

    Args:
        folder: The warehouse.
        first: Number of the first delivery.
        to: Gets the delivery's number and its status, each time that the warehouse has given a receipt.
    """
    warehouse = Warehouse(folder, wait=60)
    pauses = random.Random(first)

    def tell(number: int, receipt: Receipt) -> int:
        to.send((number, receipt.status))
        # A moment for the other one, who asks for the lock a hundred times a second.
        time.sleep(pauses.uniform(0, 0.03))
        return receipt.batch

    who: dict[str, Any] = {"by": "barn", "derive": derive, "permit": anyone}
    for number in itertools.count(first, 2):
        batch = tell(number, warehouse.load(parcel(number, FEW), publish=False, **who))
        tell(number, warehouse.publish(batch, **who))
        tell(number + 1, warehouse.load(parcel(number + 1, FEW), publish=True, **who))
        tell(number, warehouse.withdraw(batch, **who))


def load_and_die(folder: Path, number: int, call: str, nth: int, when: str) -> None:
    """Publish a delivery, and be killed just before or after the nth call of a function of `os`."""
    real, left = getattr(os, call), [nth]

    def deadly(*args: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*args)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(os, call, deadly)
    Warehouse(folder).load(parcel(number), publish=True, by="barn", derive=derive, permit=anyone)


def load_and_linger(folder: Path, number: int, to: Connection) -> None:
    """Publish a delivery and stay inside the change until killed."""

    def linger(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        to.send("inside")
        signal.pause()
        return derive(rows, money)

    Warehouse(folder).load(parcel(number), publish=True, by="barn", derive=linger, permit=anyone)


def load_on_a_full_disk(folder: Path, number: int, room: int, to: Connection) -> None:
    """Publish a delivery when no file may grow beyond `room` bytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        Warehouse(folder).load(parcel(number), publish=True, by="barn", derive=derive, permit=anyone)
        to.send(("none", ""))
    except WarehouseError as error:
        to.send((type(error).__name__, str(error)))


#: What the processes below do to batches.
WORDS = ["published", "withdrawn", "restored", "scheduled", "unscheduled", "commented"]

#: What such a process tells: what it did to which batch, and what it was told when it could not.
Told = tuple[list[tuple[str, int]], list[str]]

_WHO: dict[str, Any] = {"by": "barn", "permit": anyone}


def deliver_and_schedule(folder: Path, numbers: range, to: Connection) -> None:
    """Deliver, and have what was delivered published by itself at once."""
    warehouse, told = Warehouse(folder, wait=60), _nothing()
    for number in numbers:
        batch = warehouse.load(parcel(number), publish=False, derive=derive, **_WHO).batch
        try:
            warehouse.schedule(batch, datetime.now(UTC), trusted=True, **_WHO)
            told[0].append(("scheduled", batch))
        except WrongStatusError as error:
            told[1].append(str(error))
    to.send(told)


def deliver_and_publish(folder: Path, numbers: range, to: Connection) -> None:
    """Deliver and publish in one step."""
    warehouse, told = Warehouse(folder, wait=60), _nothing()
    for number in numbers:
        receipt = warehouse.load(parcel(number), publish=True, derive=derive, **_WHO)
        told[0].append(("published", receipt.batch))
    to.send(told)


def command_lines(folder: Path, waiting: int, to: Connection) -> None:
    """As by hand: a new program each time. Publish what waits, take the newest back and put it there again.

    Args:
        folder: The warehouse.
        waiting: How many deliveries there will be that are not published when they come.
        to: Gets what was told.
    """
    told = _nothing()
    while not _all_done(folder, waiting):
        warehouse = Warehouse(folder, wait=60)
        staged = warehouse.batches().filter(status="staged")["batch"]
        published = warehouse.batches().filter(status="published")["batch"]
        for action, batch in (
            *(("published", batch) for batch in staged[:1]),
            *(("withdrawn", batch) for batch in published[:1]),
            *(("restored", batch) for batch in published[:1]),
            *(("commented", batch) for batch in staged[-1:]),
        ):
            try:
                _do(warehouse, action, batch)
                told[0].append((action, batch))
            except WrongStatusError as error:
                told[1].append(str(error))
        warehouse.close()
        time.sleep(0.1)
    to.send(told)


def publish_what_is_due(folder: Path, waiting: int, to: Connection) -> None:
    """Publish what is due, over and over; arguments as for `command_lines`."""
    warehouse, told = Warehouse(folder, wait=60), _nothing()
    while not _all_done(folder, waiting):
        receipts = warehouse.publish_due(
            datetime.now(UTC), permit_for=lambda _by, _trusted: anyone, derive=derive
        )
        told[0].extend(("published", receipt.batch) for receipt in receipts)
        time.sleep(0.1)
    to.send(told)


def publish_due_at_a_sign(folder: Path, to: Connection) -> None:
    """Publish what is due once, when told to, and tell which batches that were."""
    warehouse = Warehouse(folder, wait=60)
    warehouse.batches()
    to.send("ready")
    to.recv()
    receipts = warehouse.publish_due(
        datetime.now(UTC), permit_for=lambda _by, _trusted: anyone, derive=derive
    )
    to.send([receipt.batch for receipt in receipts])


def _nothing() -> Told:
    return [], []


def _all_done(folder: Path, waiting: int) -> bool:
    """All that was to come has come and is published."""
    warehouse = Warehouse(folder)
    batches = warehouse.batches()
    warehouse.close()
    return batches.height == 2 * waiting and set(batches["status"]) == {"published"}


def _do(warehouse: Warehouse, action: str, batch: int) -> None:
    match action:
        case "published":
            warehouse.publish(batch, derive=derive, **_WHO)
        case "withdrawn":
            warehouse.withdraw(batch, derive=derive, **_WHO)
        case "restored":
            warehouse.restore(batch, derive=derive, **_WHO)
        case _:
            warehouse.comment(batch, "sett", **_WHO)
