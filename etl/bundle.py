"""What comes with the program, published figures and examples, brought into the warehouse.

An empty warehouse gets all of it. A warehouse in use gets the files that are new to it, byte for byte, and nothing
that somebody has decided is undone by that:

* A new edition of a file (of the same name) that was withdrawn, rejected or still waits is staged, for a person
  to publish. So is a file of real figures that would take the place of what somebody else delivered, and
  one about a subject that asks for four eyes.
* A new edition of an example file replaces the former one as a whole, which is withdrawn in the same step:
  generated series of two editions must not be mixed. Real figures replace the former ones figure by
  figure, as any delivery does.
* A file that no longer comes with the program stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.warehouse import DIVISION_KEY, anyone, sha256_of
from schemas.columns import OBSERVATION_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from etl.catalogue import Knowledge
    from etl.jobs.delivery import Checked, OnStep, Origin
    from etl.warehouse import Delivery, Snapshot, Warehouse

#: Folder under `data/` → origin of its rows.
FOLDERS: dict[str, Origin] = {"published": "published", "examples": "example"}
DELIVERED_BY = "fardplan"
_NOTE = "Följer med programmet"
_REPLACED = "Ersatt av en nyare utgåva av filen, som följer med programmet"
_SUFFIXES = {".csv", ".xlsx"}
_SHOWN = 3


class BundleError(Exception):
    """A bundled file has errors; the message names the file and the first of them, in Swedish."""

    def __init__(self, path: Path, checked: Checked):
        errors = checked.report.errors
        told = "; ".join(
            f"rad {row['row'] or '–'}: {row['value'] or ''} (väntat {row['expected']})"
            for row in errors.head(_SHOWN).to_dicts()
        )
        super().__init__(f"Den medföljande filen {path.name} har {errors.height} fel: {told}")


def ensure_ready(
    warehouse: Warehouse, knowledge: Knowledge, data_folder: Path, *, on_step: OnStep | None = None
) -> None:
    """Make the warehouse ready to show; where it is ready this takes a few milliseconds.

    What comes with the program and is new is published in one version: cut off half-way nothing has happened.
    A warehouse whose figures were worked out with another catalogue has them worked out anew.

    Args:
        warehouse: The warehouse.
        knowledge: The catalogue and the population.
        data_folder: With the folders `published` and `examples`.
        on_step: Told of each step.

    Raises:
        BundleError: A bundled file has errors.
    """
    told = on_step or (lambda _step: None)
    new = new_files(warehouse, data_folder)
    if new:
        deliveries = list(_deliveries(new, knowledge, told))
        told("Lagrar det som följer med och räknar")
        _bring(deliveries, warehouse, knowledge)
    if warehouse.version and warehouse.derived_key != knowledge.key:
        from etl.jobs.publishing import derivation  # noqa: PLC0415 - the measures, which most starts don't need

        told("Räknar om med den nya katalogen")
        warehouse.rederive(knowledge.key, derivation(knowledge))


def bundled_files(data_folder: Path) -> list[tuple[Path, Origin]]:
    """The files that come with the program, real figures first, each with the origin of its rows."""
    return [
        (path, origin)
        for folder, origin in FOLDERS.items()
        for path in sorted((data_folder / folder).glob("*"))
        if path.suffix in _SUFFIXES
    ]


def new_files(warehouse: Warehouse, data_folder: Path) -> list[tuple[Path, Origin]]:
    """Those of `bundled_files` whose bytes have never been delivered."""
    known = set(warehouse.batches()["sha256"])
    return [
        (path, origin)
        for path, origin in bundled_files(data_folder)
        if sha256_of(path.read_bytes()) not in known
    ]


def _deliveries(
    files: Iterable[tuple[Path, Origin]], knowledge: Knowledge, on_step: OnStep
) -> Iterator[Delivery]:
    from etl.jobs.delivery import as_delivery, check  # noqa: PLC0415 - validation, half a second

    for path, origin in files:
        on_step(f"Läser {path.name}")
        content = path.read_bytes()
        checked = check(content, knowledge, origin=origin)
        if not checked.ok:
            raise BundleError(path, checked)
        yield as_delivery(checked, content, path.name, by=DELIVERED_BY, note=_NOTE)


def _bring(deliveries: list[Delivery], warehouse: Warehouse, knowledge: Knowledge) -> None:
    """Publish the deliveries that may be, and have the others wait."""
    from etl.jobs.publishing import derivation  # noqa: PLC0415 - as above

    published, waiting = [], []
    with warehouse.snapshot() as now:
        for delivery in deliveries:
            (published if _may_publish(delivery, now) else waiting).append(delivery)
        former = {
            batch: _REPLACED
            for delivery in published
            if delivery.origin == "example"
            for batch in _editions(delivery, now).filter(status="published")["batch"]
        }
    derive, key = derivation(knowledge), knowledge.key
    if published:
        warehouse.load_all(
            published, publish=True, by=DELIVERED_BY, derive=derive, key=key, permit=anyone, instead_of=former
        )
    if waiting:
        warehouse.load_all(waiting, publish=False, by=DELIVERED_BY, derive=derive, key=key, permit=anyone)


def _may_publish(delivery: Delivery, now: Snapshot) -> bool:
    """Whether publishing a file undoes nothing that somebody has decided."""
    former = _editions(delivery, now)
    if former.height and former["status"][0] != "published":
        return False
    if now.four_eyes() & set(delivery.jobs):
        return False
    return delivery.origin == "example" or not _in_the_way(delivery, now)


def _editions(delivery: Delivery, now: Snapshot) -> pl.DataFrame:
    """The earlier editions of a bundled file, newest first."""
    return now.batches().filter(name=delivery.name, origin=delivery.origin, delivered_by=DELIVERED_BY)


def _in_the_way(delivery: Delivery, now: Snapshot) -> bool:
    """Whether real figures that somebody else delivered stand where the delivery's would."""
    others = now.batches().filter(pl.col("delivered_by") != DELIVERED_BY).select("batch")
    if others.is_empty():
        return False
    real = pl.col("origin") != "example"
    indicators = delivery.observations["indicator"].unique().to_list()
    return any(
        current.filter(real).join(others, on="batch", how="semi").join(rows, on=key, how="semi").height
        for current, rows, key in (
            (now.observations(indicators), delivery.observations, OBSERVATION_KEY),
            (now.allocations(), delivery.allocations, DIVISION_KEY),
        )
    )
