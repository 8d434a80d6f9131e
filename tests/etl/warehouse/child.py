"""Writers in processes of their own, to be waited for, starved or killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.warehouse import Warehouse, WarehouseError, anyone
from tests.etl.warehouse.doubles import allocation, delivery, derive, observation

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    import polars as pl

    from etl.warehouse import Delivery

_KIND = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
processes: Any = multiprocessing.get_context(_KIND)
if _KIND == "forkserver":
    # Imported once, so that a child is at work within milliseconds.
    processes.set_forkserver_preload(["pytest", "tests.etl.warehouse.child"])


def parcel(number: int) -> Delivery:
    """A delivery whose every figure is its number."""
    rows = [observation(area=str(area), value=float(number)) for area in range(1400, 1500)]
    return delivery(f"leverans {number}", *rows, money=(allocation(amount=f"{number}"),))


def load(folder: Path, numbers: list[int], to: Connection) -> None:
    """Publish deliveries one after the other."""
    warehouse = Warehouse(folder, wait=60)
    to.send("ready")
    for number in numbers:
        warehouse.load(parcel(number), publish=True, by="barn", derive=derive, permit=anyone)
    to.send("done")


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
