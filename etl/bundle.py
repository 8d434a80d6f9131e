"""What comes with the program, published figures and examples, loaded into an empty warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.jobs.delivery import as_delivery, check, quietly
from etl.jobs.publishing import derivation
from etl.warehouse import anyone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from etl.catalogue import Knowledge
    from etl.jobs.delivery import Checked, OnStep, Origin
    from etl.warehouse import Delivery, Warehouse

#: Folder under `data/` → origin of its rows.
FOLDERS: dict[str, Origin] = {"published": "published", "examples": "example"}
DELIVERED_BY = "fardplan"
_NOTE = "Följer med programmet"
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
    warehouse: Warehouse, knowledge: Knowledge, data_folder: Path, *, on_step: OnStep = quietly
) -> None:
    """Make the warehouse ready to show.

    An empty one gets everything that comes with the program, published, in one version: cut off half-way it
    is still empty. One whose figures were worked out with another catalogue has them worked out anew.

    Args:
        warehouse: The warehouse.
        knowledge: The catalogue and the population.
        data_folder: With the folders `published` and `examples`.
        on_step: Told of each step.

    Raises:
        BundleError: A bundled file has errors.
    """
    if warehouse.version == 0:
        deliveries = list(_deliveries(data_folder, knowledge, on_step))
        if deliveries:
            on_step("Lagrar det som följer med och räknar")
            warehouse.load_all(
                deliveries, publish=True, by=DELIVERED_BY, derive=derivation(knowledge), key=knowledge.key,
                permit=anyone,
            )  # fmt: skip
    elif warehouse.derived_key != knowledge.key:
        on_step("Räknar om med den nya katalogen")
        warehouse.rederive(knowledge.key, derivation(knowledge))


def bundled_files(data_folder: Path) -> list[tuple[Path, Origin]]:
    """The files that come with the program, real figures first, each with the origin of its rows."""
    return [
        (path, origin)
        for folder, origin in FOLDERS.items()
        for path in sorted((data_folder / folder).glob("*"))
        if path.suffix in _SUFFIXES
    ]


def _deliveries(data_folder: Path, knowledge: Knowledge, on_step: OnStep) -> Iterator[Delivery]:
    for path, origin in bundled_files(data_folder):
        on_step(f"Läser {path.name}")
        content = path.read_bytes()
        checked = check(content, knowledge, origin=origin)
        if not checked.ok:
            raise BundleError(path, checked)
        yield as_delivery(checked, content, path.name, by=DELIVERED_BY, note=_NOTE)
