"""Versions of the warehouse: one immutable file each, and `CURRENT` naming the live one.

    CURRENT            name of the live version; 000000.duckdb stands for "nothing yet"
    000042.duckdb      a version; the last few are kept
    000042.sha256      its checksum, as `sha256sum` writes and checks it
    change-….duckdb    the next version while it is being made
    lock, lock.json    the writer's lock and who holds it
    originals/         the delivered files

A version file is never changed once it has its name, so that readers need no lock. `CURRENT` is replaced in
one step, and only when the file that it names is whole on the disk.
"""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from etl.warehouse import originals
from etl.warehouse.errors import DamagedError
from etl.warehouse.files import digest, flush, flush_folder, put_in_place, write_flushed, write_whole

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

CURRENT = "CURRENT"
CHANGE = "change-"
CHECKSUM = ".sha256"
#: How many versions are kept on disk, the live one included.
KEPT = 5

_VERSION = re.compile(r"(\d{6,})\.duckdb")


class Versions:
    """The version files of one folder.

    Attributes:
        folder: The warehouse's folder. It need not exist as long as nothing is written.
        kept: How many versions stay on disk.
    """

    def __init__(self, folder: Path, *, kept: int = KEPT):
        self.folder = folder
        self.kept = max(kept, 1)

    def live(self) -> int:
        """The live version's number; 0 when nothing has been written yet.

        Raises:
            DamagedError: `CURRENT` is unreadable, or missing although there are versions: an empty warehouse
                is never silently begun over existing ones.
        """
        number = self._named()
        if number is None and self.on_disk():
            # The very first writer may have come in between.
            number = self._named()
            if number is None:
                raise DamagedError(f"Filen CURRENT saknas i datalagrets mapp {self.folder}.", self._names())
        return number or 0

    def file(self, number: int) -> Path:
        """The file of a version."""
        return self.folder / f"{number:06d}.duckdb"

    def on_disk(self) -> list[int]:
        """Numbers of the version files that are there, oldest first."""
        if not self.folder.is_dir():
            return []
        matches = (_VERSION.fullmatch(path.name) for path in self.folder.iterdir())
        return sorted(int(match[1]) for match in matches if match)

    def checksum(self, number: int) -> str | None:
        """The sha256 that a version had when it went live; None where an earlier program wrote it."""
        with suppress(FileNotFoundError):
            return self._checksum_file(number).read_text(encoding="ascii").partition(" ")[0]
        return None

    def missing(self, number: int) -> DamagedError:
        """The error that tells that a version's file is missing."""
        return DamagedError(
            f"Datalagrets version {self.file(number).name} saknas i {self.folder}.", self._names()
        )

    @contextmanager
    def next(self) -> Generator[tuple[int, Path]]:
        """Make the next version; the caller holds the writer's lock.

        Yields:
            The next version's number, and the path of a copy of the live version (of no file when there is
            none yet) to change and close. When the block ends well the copy becomes the live version, in one
            step; when it raises, nothing has happened.
        """
        self._sweep()
        live = self.live()
        if live == 0:
            self._point_to(0)
        elif not self.file(live).is_file():
            raise self.missing(live)
        # A number is never used twice: a later file may be what someone has gone back from.
        number = max([live, *self.on_disk()]) + 1
        change = self.folder / f"{CHANGE}{number:06d}.duckdb"
        try:
            if live:
                shutil.copyfile(self.file(live), change)
            yield number, change
            flush(change)
            # Its name is flushed together with the version's; until that is there nobody asks for it.
            checksum = f"{digest(change)}  {self.file(number).name}\n"
            write_flushed(self._checksum_file(number), checksum.encode())
            put_in_place(change, self.file(number))
        except BaseException:
            with suppress(OSError):
                self._sweep()
            raise
        self._point_to(number)
        self._prune()

    def _named(self) -> int | None:
        """The number in `CURRENT`; None when there is no such file."""
        try:
            text = (self.folder / CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            text = ""
        match = _VERSION.fullmatch(text)
        if match is None:
            raise DamagedError(
                f"Filen CURRENT i {self.folder} ska innehålla namnet på en version, men gör inte det.",
                self._names(),
            )
        return int(match[1])

    def _checksum_file(self, number: int) -> Path:
        return self.file(number).with_suffix(CHECKSUM)

    def _names(self) -> list[str]:
        return [self.file(number).name for number in self.on_disk()]

    def _point_to(self, number: int) -> None:
        current = self.folder / CURRENT
        write_whole(current, f"{self.file(number).name}\n".encode(), current.with_suffix(".tmp"))

    def _sweep(self) -> None:
        """Remove what a writer that was cut off left behind; only a holder of the lock may."""
        for path in self.folder.glob(f"{CHANGE}*"):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        (self.folder / CURRENT).with_suffix(".tmp").unlink(missing_ok=True)
        for path in self.folder.glob(f"*{CHECKSUM}"):
            if not path.with_suffix(".duckdb").exists():
                path.unlink(missing_ok=True)
        originals.sweep(self.folder)

    def _prune(self) -> None:
        """Remove all but the last few versions; one that cannot be removed now is removed later."""
        for number in self.on_disk()[: -self.kept]:
            with suppress(OSError):
                self.file(number).unlink(missing_ok=True)
                self._checksum_file(number).unlink(missing_ok=True)
        flush_folder(self.folder)
