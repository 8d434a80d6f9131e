"""What can go wrong with the warehouse, told in Swedish: what happened, and what to do about it."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

#: A status as a sentence says it: "leverans 7 är publicerad".
STATUS_WORDS = {
    "staged": "väntar på publicering",
    "published": "är publicerad",
    "withdrawn": "är återkallad",
    "rejected": "är avvisad",
}

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_ACCESS = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_SPACE_TEXTS = ("no space left", "file too large", "disk quota", "not enough space")
_NO_ACCESS_TEXTS = ("permission denied", "read-only file system", "access is denied")


class WarehouseError(Exception):
    """Anything that the warehouse refuses or cannot do; the text is for the user, in Swedish."""


class UnknownBatchError(WarehouseError):
    """There is no batch with that number."""

    def __init__(self, batch: int):
        super().__init__(f"Det finns ingen leverans med nummer {batch}. Se listan över leveranser.")


class WrongStatusError(WarehouseError):
    """The batch is not in a status that allows what was asked for."""

    def __init__(self, batch: int, status: str, verb: str, needed: tuple[str, ...]):
        allowed = " eller ".join(STATUS_WORDS[item] for item in needed)
        super().__init__(
            f"Leverans {batch} kan inte {verb}: den {STATUS_WORDS[status]}. Det går bara när den {allowed}."
        )


class NotAllowedError(WarehouseError):
    """The one who asks may not do it; the text says why."""


class FourEyesError(NotAllowedError):
    """Whoever delivered may not publish, in a subject where four eyes are asked for."""

    def __init__(self, subjects: list[str]):
        super().__init__(
            f"Den som har levererat kan inte själv publicera: för {' och '.join(subjects)} krävs fyra ögon. "
            "Be en annan granskare att publicera."
        )


class NotScheduledError(WarehouseError):
    """The batch has no time at which it is to be published."""

    def __init__(self, batch: int):
        super().__init__(f"Leverans {batch} har ingen tid för publicering att ta bort.")


class BusyError(WarehouseError):
    """Another process held the writer's lock for as long as this one was willing to wait."""

    def __init__(self, holder: str, waited: float):
        seconds = f"{waited:.1f}".removesuffix(".0").replace(".", ",")
        super().__init__(
            f"Datalagret är upptaget: {holder}. Väntade i {seconds}\u00a0sekunder. "
            "Vänta tills den är klar, eller avsluta den processen, och försök igen. Inget har ändrats."
        )


class DamagedError(WarehouseError):
    """A file of the warehouse is missing or cannot be read."""

    def __init__(self, what: str, others: list[str]):
        way_out = (
            f"Versioner som finns kvar: {', '.join(others)}. Återställ filen från en säkerhetskopia, eller "
            "skriv namnet på en av versionerna i filen CURRENT för att gå tillbaka till den."
            if others
            else "Återställ mappen från en säkerhetskopia."
        )
        super().__init__(f"{what} {way_out}")


class NewerFormatError(WarehouseError):
    """The warehouse was written by a later version of the program."""

    def __init__(self, name: str, found: int, known: int):
        super().__init__(
            f"{name} är skriven av en nyare version av programmet (format {found}, den här versionen "
            f"läser till och med {known}). Uppgradera programmet. Inget har ändrats."
        )


class OlderFormatError(WarehouseError):
    """The warehouse was written by a version of the program so early that it can't be brought up to date."""

    def __init__(self, name: str, found: int, known: int):
        super().__init__(
            f"{name} är skriven av en äldre version av programmet (format {found}, den här versionen läser "
            f"format {known}) och kan inte uppgraderas. Flytta undan datalagrets mapp och läs in filerna på "
            "nytt; de ligger kvar i mappen originals. Inget har ändrats."
        )


class AccessError(WarehouseError):
    """The operating system refuses to let the program read or write."""

    def __init__(self, folder: Path):
        super().__init__(
            f"Programmet får inte läsa eller skriva i datalagrets mapp {folder}. Ge rättigheter till mappen, "
            "eller peka ut en annan mapp med FARDPLAN_WAREHOUSE. Inget har ändrats."
        )


class NoSpaceError(WarehouseError):
    """The disk is full."""

    def __init__(self, folder: Path):
        super().__init__(
            f"Det finns inte plats nog på disken där datalagret ligger ({folder}). Frigör utrymme och försök "
            "igen. Inget har ändrats."
        )


class NoMemoryError(WarehouseError):
    """The machine has no memory left for what was asked."""

    def __init__(self) -> None:
        super().__init__(
            "Datorns minne räckte inte till. Stäng andra program, eller dela upp filen i mindre delar, och "
            "försök igen. Inget har ändrats."
        )


class RowShapeError(WarehouseError):
    """Rows that do not have the columns of their table; they have not passed `schemas.gate`."""

    def __init__(self, table: str, details: str):
        super().__init__(f"Raderna passar inte tabellen {table}: {details}. Inget har ändrats.")


@contextmanager
def told_in_swedish(folder: Path) -> Generator[None]:
    """Turn what the operating system or DuckDB says into an error that a user can act on.

    DuckDB's errors that tell of a mistake in a query are let through: they are faults of the program.
    """
    try:
        yield
    except OSError as error:
        raise _of_system(error, folder) from error
    except duckdb.OutOfMemoryException as error:
        # DuckDB says so too when what it wanted to set aside on the disk had no room there.
        raise _of_memory(error, folder) from error
    except (duckdb.IOException, duckdb.FatalException, duckdb.InternalException) as error:
        raise _of_duckdb(error, folder) from error


def _of_system(error: OSError, folder: Path) -> WarehouseError:
    if error.errno in _NO_SPACE:
        return NoSpaceError(folder)
    if error.errno in _NO_ACCESS:
        return AccessError(folder)
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return WarehouseError(
            f"Datalagrets mapp {folder} är inte en mapp. Ange en annan i FARDPLAN_WAREHOUSE."
        )
    return WarehouseError(f"Datalagret i {folder} kunde inte läsas eller skrivas ({error}).")


def _of_memory(error: duckdb.Error, folder: Path) -> WarehouseError:
    text = str(error).casefold()
    return NoSpaceError(folder) if any(part in text for part in _NO_SPACE_TEXTS) else NoMemoryError()


def _of_duckdb(error: duckdb.Error, folder: Path) -> WarehouseError:
    text = str(error).casefold()
    if any(part in text for part in _NO_SPACE_TEXTS):
        return NoSpaceError(folder)
    if any(part in text for part in _NO_ACCESS_TEXTS):
        return AccessError(folder)
    others = sorted(path.name for path in folder.glob("[0-9]*.duckdb"))
    return DamagedError(f"Datalagret i {folder} är skadat och kan inte läsas ({error}).", others)
