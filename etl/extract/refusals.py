"""Why a file can't be opened, in the analyst's words. Each is a problem frame of one error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.problem import problem

if TYPE_CHECKING:
    import polars as pl

_EXPECTED = "en Excel-arbetsbok (.xlsx) eller en CSV-fil"


def empty_file() -> pl.DataFrame:
    """Nothing in it, or nothing but blanks."""
    return problem(
        "empty_file",
        expected="en fil med innehåll",
        hint="Filen är tom. Kontrollera att exporten blev klar och välj filen igen.",
    )


def not_a_spreadsheet(what: str | None = None) -> pl.DataFrame:
    """Something else than a table.

    Args:
        what: What it seems to be, such as `en PDF-fil`.
    """
    seen = f"Filen är {what}, inte en tabell." if what else "Filen är inte en tabell."
    return problem(
        "not_a_spreadsheet",
        value=what,
        expected=_EXPECTED,
        hint=f"{seen} Spara uppgifterna som .xlsx eller .csv.",
    )


def damaged_file() -> pl.DataFrame:
    """An XLSX that is cut off or broken."""
    return problem(
        "damaged_file",
        expected="en hel Excel-arbetsbok",
        hint="Filen är skadad eller avbruten. Hämta den på nytt, eller öppna den i Excel och spara den igen.",
    )


def password_protected() -> pl.DataFrame:
    """An encrypted XLSX."""
    return problem(
        "password_protected",
        expected="en arbetsbok utan lösenord",
        hint="Filen är skyddad med lösenord. Ta bort lösenordet i Excel (Arkiv, Info, Skydda arbetsboken) "
        "och spara den igen.",
    )


def old_excel(kind: str) -> pl.DataFrame:
    """A spreadsheet in a format that isn't read.

    Args:
        kind: The format, such as `.xls`.
    """
    return problem(
        "old_excel",
        value=kind,
        expected="en Excel-arbetsbok (.xlsx)",
        hint=f"Formatet {kind} kan inte läsas. Öppna filen i Excel och spara den som .xlsx.",
    )


def too_large(found: str, limit: str) -> pl.DataFrame:
    """More than can be read safely.

    Args:
        found: How large it is.
        limit: How large it may be.
    """
    return problem(
        "too_large",
        value=found,
        expected=f"högst {limit}",
        hint="Filen är för stor. Dela upp den, eller ta bort blad och rader som inte behövs.",
    )


def too_many_columns(found: int, limit: int, sheet: str | None = None) -> pl.DataFrame:
    """A table wider than any delivery.

    Args:
        found: Number of columns.
        limit: How many there may be.
        sheet: The sheet's name.
    """
    return problem(
        "too_many_columns",
        sheet=sheet,
        value=str(found),
        expected=f"högst {limit} kolumner",
        hint="Ta bort kolumner till höger om tabellen som inte hör till leveransen.",
    )


def forbidden_content() -> pl.DataFrame:
    """An XLSX whose XML declares entities, which no spreadsheet program does."""
    return problem(
        "forbidden_content",
        expected="en arbetsbok sparad av ett kalkylprogram",
        hint="Filen innehåller XML-deklarationer som inte hör hemma i en arbetsbok. "
        "Öppna den i Excel och spara den igen.",
    )


def unclosed_quote(row: int) -> pl.DataFrame:
    """A quotation mark that is opened and never closed.

    Args:
        row: Where it is opened.
    """
    return problem(
        "unclosed_quote",
        row=row,
        expected="citattecken i par",
        hint="Ett citattecken på raden öppnas men stängs aldrig. Ta bort det eller sätt ett till.",
    )
