"""Columns that stand in a table and aren't read: told, so that nothing is lost in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from etl.extract.headings import cells_without_heading, cleaned
from schemas.problem import no_problems, problem
from schemas.swedish import number

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from etl.extract.headings import Header
    from etl.extract.model import Sheet

#: Characters of a cell that a problem shows.
_SHOWN = 200

_ALL = r"totalt?|alla(?: åldrar)?|samtliga|båda(?: könen)?|kvinnor och män"
_OLDER = r"(?:\+|(?:år )?(?:och|eller) (?:äldre|över))"

#: Canonical column → its heading, and how its cells are written where they say anything but all. Bare numbers
#: and single letters are left out: they stand for other things, too.
_SAYS = {
    "sex": ("Kön", r"kvinn(?:a|or)|man|män|flick(?:a|or)|pojk(?:e|ar)"),
    "age": ("Ålder", rf"\d{{1,3}} ?(?:{_OLDER}|år|[-–] ?\d{{1,3}} år)|\d{{2,3}} ?[-–] ?\d{{2,3}}"),
    "flag": ("Flagga", r"preliminärt?|prel\.?|undertryckt|sekretess|skydda[dt]|sakna[st]|bortfall"),
}

_FIGURE = r"^[-\u2212]?\d"
_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|^(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?[ -]\d\d$",
    re.IGNORECASE,
)

#: Figures about several periods, or about none that has been: left out on purpose.
_DERIVED = re.compile(r"förändring|skillnad|differens|utveckling|trend|\bmål", re.IGNORECASE)


def unread_columns(sheet: Sheet, header: Header) -> pl.DataFrame:
    """What stands under headings that mean nothing: warnings, errors where it says what the figures are about.

    Args:
        sheet: The sheet.
        header: Its header row.
    """
    return _told(sheet, header.row, dict(zip(header.other_places, header.others, strict=True)), header.places)


def unread_beside_periods(
    sheet: Sheet, row: int, names: Mapping[int, str], taken: Collection[str]
) -> pl.DataFrame:
    """What stands beside columns of periods and belongs to no figure: an error where the heading has a year.

    Args:
        sheet: The sheet.
        row: Row of its lowest headings.
        names: Place → heading of each column that isn't read, "" where it has none.
        taken: Canonical columns that are read.
    """
    blanks = [place for place, name in names.items() if not name]
    periods = {place: name for place, name in names.items() if _is_period(sheet, row, place, name)}
    others = {place: name for place, name in names.items() if name and place not in periods}
    frames = [
        problem(
            "unread_column",
            sheet=sheet.name,
            row=row,
            column=name,
            expected="en rubrik med bara en period, som 2024 eller 2024-05",
            hint="Kolumnen lästes inte, eftersom rubriken inte bara är en period. "
            "Skriv om rubriken, eller ta bort kolumnen.",
        )
        for place, name in periods.items()
    ]
    # A flag can't stand here: it would hold for all of a row's figures.
    frames += [_told(sheet, row, others, {*taken, "flag"}), cells_without_heading(sheet, row, blanks)]
    return pl.concat(frames)


def second_header(sheet: str, above: int, row: int) -> pl.DataFrame:
    """The error of two tables in one sheet, of which one can be read.

    Args:
        sheet: The sheet's name.
        above: Row of the upper one's headings.
        row: Row of the headings that were found.
    """
    return problem(
        "second_header",
        sheet=sheet,
        row=above,
        expected="en tabell med en rubrikrad",
        hint=f"Både rad {number(above)} och rad {number(row)} är rubrikrader. "
        "Lägg varje tabell på ett eget blad eller i en egen fil.",
    )


def _is_period(sheet: Sheet, row: int, place: int, name: str) -> bool:
    """True for a column of figures whose heading names a year and nothing that is left out on purpose."""
    if not _YEAR.search(name) or _DERIVED.search(name):
        return False
    return bool(_texts(sheet, row, place).str.contains(_FIGURE).any())


def _told(sheet: Sheet, row: int, names: Mapping[int, str], taken: Collection[str]) -> pl.DataFrame:
    frames = []
    for place, name in names.items():
        cells = _texts(sheet, row, place)
        if cells.is_empty():
            continue
        said = next((word for word in _SAYS if word not in taken and _says(cells, word)), None)
        frames.append(
            problem(
                "unread_column",
                severity="warning" if said is None else "error",
                sheet=sheet.name,
                row=row,
                column=name,
                value=cells[0][:_SHOWN],
                expected="en rubrik som är känd" if said is None else f"rubriken ”{_SAYS[said][0]}”",
                hint="Kolumnen lästes inte, eftersom rubriken inte är känd."
                if said is None
                else f"Kolumnen lästes inte, men säger något om uppgifterna. Byt rubriken till ”{_SAYS[said][0]}”, "
                "eller ta bort kolumnen.",
            )
        )
    return pl.concat(frames) if frames else no_problems()


def _texts(sheet: Sheet, row: int, place: int) -> pl.Series:
    """The different texts below a heading, in order."""
    below = sheet.cells.slice(row).select(cleaned(place).alias("text")).to_series()
    return below.drop_nulls().unique(maintain_order=True)


def _says(cells: pl.Series, word: str) -> bool:
    """Whether all texts are words of a canonical column and not all of them mean everything."""
    everything = cells.str.contains(f"(?i)^(?:{_ALL})$")
    something = cells.str.contains(f"(?i)^(?:{_SAYS[word][1]})$")
    return bool((everything | something).all() and something.any())
