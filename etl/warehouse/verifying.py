"""Whether everything in the warehouse is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.warehouse import originals
from etl.warehouse.errors import DamagedError
from etl.warehouse.files import digest

if TYPE_CHECKING:
    from etl.warehouse.reader import Reader
    from etl.warehouse.reading import Snapshot
    from etl.warehouse.versions import Versions


def faults(versions: Versions, reader: Reader) -> list[str]:
    """What is not whole in the live version and the delivered files, in Swedish.

    Checked are the version's checksum, that each batch has the rows that it came with, and that each
    delivered file is what its hash says.
    """
    try:
        found = _of_file(versions)
        with reader.snapshot() as now:
            return found + _of_batches(now) + _of_originals(now, versions)
    except DamagedError as error:
        return [str(error)]


def _of_file(versions: Versions) -> list[str]:
    while number := versions.live():
        path = versions.file(number)
        try:
            whole = versions.checksum(number) in {None, digest(path)}
        except FileNotFoundError:
            if versions.live() != number:
                continue
            raise versions.missing(number) from None
        return [] if whole else [f"{path.name} är inte som den skrevs: kontrollsumman stämmer inte."]
    return []


def _of_batches(now: Snapshot) -> list[str]:
    return [f"Leverans {batch} har inte de rader som den kom med." for batch in now.incomplete()]


def _of_originals(now: Snapshot, versions: Versions) -> list[str]:
    found: list[str] = []
    for sha256, name in now.batches().sort("batch").select("sha256", "name").iter_rows():
        try:
            originals.check(versions.folder, sha256, name)
        except DamagedError as error:
            found.append(str(error))
    return found
