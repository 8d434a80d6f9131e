"""Why a file can't be opened, in the analyst's words. Each is a problem frame of one error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.problem import problem
from schemas.swedish import number

if TYPE_CHECKING:
    import polars as pl

_EXPECTED = "en arbetsbok (.xlsx, .xls eller .ods), en CSV-fil eller en Parquet-fil"


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
    """A workbook that is cut off or broken."""
    return problem(
        "damaged_file",
        expected="en hel arbetsbok",
        hint="Filen är skadad eller avbruten. Hämta den på nytt, eller öppna den i Excel och spara den igen.",
    )


def password_protected() -> pl.DataFrame:
    """An encrypted workbook."""
    return problem(
        "password_protected",
        expected="en arbetsbok utan lösenord",
        hint="Filen är skyddad med lösenord. Ta bort lösenordet i Excel (Arkiv, Info, Skydda arbetsboken) "
        "och spara den igen.",
    )


def damaged_parquet() -> pl.DataFrame:
    """A Parquet file that is cut off or broken."""
    return problem(
        "damaged_file",
        expected="en hel Parquet-fil",
        hint="Filen är skadad eller avbruten. Hämta den på nytt, eller spara uppgifterna som .xlsx eller .csv.",
    )


def nested_columns(names: list[str]) -> pl.DataFrame:
    """A Parquet file some of whose columns hold lists or records.

    Args:
        names: Their headings.
    """
    return problem(
        "nested_columns",
        column=names[0],
        value=", ".join(names[:5]),
        expected="ett tal, en text eller ett datum i varje cell",
        hint="Kolumnen har listor eller poster i sina celler. Ta bort den eller dela upp den i vanliga kolumner.",
    )


def other_json(what: str | None = None) -> pl.DataFrame:
    """A JSON document that isn't a table.

    Args:
        what: What is wrong with it, as a sentence.
    """
    return problem(
        "not_a_spreadsheet",
        value="ett JSON-dokument",
        expected=f"{_EXPECTED}; av JSON läses JSON-stat, version 2",
        hint=f"{what or 'JSON-dokumentet är ingen tabell.'} Hämta tabellen som JSON-stat2, .xlsx eller .csv.",
    )


def old_format(what: str) -> pl.DataFrame:
    """A workbook of a format that isn't read.

    Args:
        what: The format, such as `Excel 4`.
    """
    return problem(
        "old_format",
        value=what,
        expected=_EXPECTED,
        hint=f"Formatet {what} kan inte läsas. Öppna filen i Excel och spara den som .xlsx.",
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


def too_many_rows(found: int, limit: int, sheet: str | None = None) -> pl.DataFrame:
    """A table longer than any delivery.

    Args:
        found: Number of rows.
        limit: How many there may be.
        sheet: The sheet's name.
    """
    return problem(
        "too_many_rows",
        sheet=sheet,
        value=number(found),
        expected=f"högst {number(limit)} rader",
        hint="Filen har fler rader än som läses på en gång. Dela upp den, till exempel ett år i varje fil.",
    )


def too_many_sheets(found: int, limit: int) -> pl.DataFrame:
    """A workbook with more sheets than any delivery.

    Args:
        found: Number of sheets.
        limit: How many there may be.
    """
    return problem(
        "too_many_sheets",
        value=number(found),
        expected=f"högst {number(limit)} blad",
        hint="Ta bort bladen som inte hör till leveransen.",
    )


def forbidden_content() -> pl.DataFrame:
    """A workbook whose XML declares entities, which no spreadsheet program does."""
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
