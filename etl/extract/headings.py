"""Find the header row of a sheet, whatever stands above it and however its headings are written."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from schemas.problem import no_problems, problem
from schemas.swedish import count_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from etl.extract.model import Sheet

#: The header row stands within this many rows.
SEARCHED_ROWS = 30

#: Canonical column → headings as `fold` leaves them, in order of preference.
Columns: TypeAlias = Mapping[str, tuple[str, ...]]

#: No heading is longer.
_LONGEST = 500

_UNIT = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
_BETWEEN = re.compile(r"[\s_\-]+")


def fold(heading: str) -> str:
    """A heading without what doesn't matter: case, kinds of space, hyphens, a unit in brackets, a colon.

    `Värde (%)`, `VÄRDE` and `värde:` are all `värde`. A text too long to be a heading is cut short, so that a
    file that is one long line costs nothing.
    """
    if len(heading) > _LONGEST:
        return f"{heading[:_LONGEST].strip()}…"
    text = unicodedata.normalize("NFC", heading).casefold()
    text = _UNIT.sub("", text).strip(" :*.%\u00a0\ufeff\u200b")
    return _BETWEEN.sub(" ", text).strip()


@dataclass(frozen=True)
class Header:
    """A sheet's header row.

    Attributes:
        index: Frame row of it, from 0.
        places: Canonical column → index of its frame column.
        headings: Canonical column → heading as in the file.
        doubled: Headings that stand in the row more than once.
        unused: Known headings passed over for a better one, as (heading, the one that was used).
        others: Headings that mean nothing here.
        other_places: Indexes of their frame columns.
        blanks: Indexes of frame columns without a heading.
    """

    index: int
    places: dict[str, int]
    headings: dict[str, str]
    doubled: tuple[str, ...]
    unused: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    other_places: tuple[int, ...]
    blanks: tuple[int, ...]

    @property
    def row(self) -> int:
        """Its row number in the sheet."""
        return self.index + 1

    def missing(self, required: Sequence[str]) -> list[str]:
        """The required columns that it lacks."""
        return [column for column in required if column not in self.places]


def find_header(cells: pl.DataFrame, columns: Columns) -> Header | None:
    """The row among the first ones that holds most of the columns; None where no row holds two."""
    best: Header | None = None
    for index, row in enumerate(cells.head(SEARCHED_ROWS).rows()):
        found = _header(index, row, columns)
        if len(found.places) >= 2 and (best is None or len(found.places) > len(best.places)):  # noqa: PLR2004
            best = found
    return best


def header_above(
    cells: pl.DataFrame, header: Header, columns: Columns, complete: Callable[[Header], bool]
) -> Header | None:
    """A complete header row above the one that was found, with rows of its own; None where there is none.

    Args:
        cells: The sheet's cells.
        header: The header row that was found.
        columns: Accepted headings.
        complete: Whether a row has all headings that a table needs.
    """
    rows = cells.head(header.index).rows()
    above = (_header(index, row, columns) for index, row in enumerate(rows))
    return next(
        (found for found in above if complete(found) and has_rows_between(cells, found.row, header.row)), None
    )


def has_rows_between(cells: pl.DataFrame, above: int, below: int) -> bool:
    """Whether any row between two rows has more than one cell, which a line of text hasn't."""
    between = cells.slice(above, below - above - 1).select(cleaned(place) for place in range(cells.width))
    return bool(between.select((pl.sum_horizontal(pl.all().is_not_null()) > 1).any()).item())


def _header(index: int, row: Sequence[str | None], columns: Columns) -> Header:
    texts = [(cell or "").strip() for cell in row]
    folded = [fold(text) for text in texts]
    places: dict[str, int] = {}
    unused: list[tuple[str, str]] = []
    known: set[str] = set()
    for column, accepted in columns.items():
        hits = [name for name in accepted if name in folded]
        known.update(hits)
        if hits:
            places[column] = folded.index(hits[0])
            unused += [(texts[folded.index(name)], texts[places[column]]) for name in hits[1:]]
    others = tuple(place for place, name in enumerate(folded) if name and name not in known)
    counts = Counter(name for name in folded if name in known)
    return Header(
        index=index,
        places=places,
        headings={column: texts[place] for column, place in places.items()},
        doubled=tuple(texts[folded.index(name)] for name, count in counts.items() if count > 1),
        unused=tuple(unused),
        others=tuple(texts[place] for place in others),
        other_places=others,
        blanks=tuple(place for place, name in enumerate(folded) if not name),
    )


def cleaned(place: int) -> pl.Expr:
    """A frame column without white space around its texts; empty texts are null."""
    text = pl.col(f"c{place}").str.strip_chars()
    return pl.when(text != "").then(text)


def rows_under(sheet: Sheet, header: Header) -> pl.DataFrame:
    """The rows below a header that hold anything: its canonical columns, `sheet` and `row`."""
    wanted = [cleaned(place).alias(column) for column, place in header.places.items()]
    below = sheet.cells.slice(header.index + 1).select(
        *wanted,
        pl.lit(sheet.name, pl.String).alias("sheet"),
        pl.int_range(header.row + 1, header.row + 1 + pl.len(), dtype=pl.Int64).alias("row"),
    )
    return below.filter(pl.any_horizontal(pl.col(list(header.places)).is_not_null()))


def missing_columns(
    sheet: str, header: Header | None, missing: Sequence[str], names: Mapping[str, str], columns: Columns
) -> pl.DataFrame:
    """One error for each required column that a sheet lacks, with the heading that comes nearest.

    Args:
        sheet: The sheet's name.
        header: Its header row, where one was found.
        missing: Canonical columns that it lacks.
        names: Canonical column → the heading to ask for.
        columns: Accepted headings.
    """
    others = {fold(text): text for text in header.others} if header else {}
    frames = []
    for column in missing:
        near = next(
            (
                hit
                for name in columns.get(column, ())
                for hit in difflib.get_close_matches(name, others, 1, 0.7)
            ),
            None,
        )
        hint = f"Lägg till kolumnen ”{names[column]}”."
        if near:
            hint = f"Är ”{others[near]}” samma sak? Byt i så fall rubriken till ”{names[column]}”."
        frames.append(
            problem(
                "missing_column",
                sheet=sheet,
                row=header.row if header else None,
                column=names[column],
                value=others.get(near) if near else None,
                expected=f"en kolumn med rubriken ”{names[column]}”",
                hint=hint,
            )
        )
    return pl.concat(frames) if frames else no_problems()


def heading_problems(sheet: Sheet, header: Header) -> pl.DataFrame:
    """What is odd about a header row: a heading twice, two headings for one thing, cells without any."""
    frames = [
        problem(
            "duplicate_column",
            sheet=sheet.name,
            row=header.row,
            column=text,
            expected="varje rubrik en gång",
            hint="Samma rubrik finns på flera kolumner. Ta bort eller byt namn på den som inte ska användas.",
        )
        for text in header.doubled
    ]
    frames += [
        problem(
            "unused_column",
            severity="warning",
            sheet=sheet.name,
            row=header.row,
            column=text,
            expected=f"en kolumn, ”{used}” användes",
            hint=f"Kolumnen lästes inte, eftersom ”{used}” säger samma sak.",
        )
        for text, used in header.unused
    ]
    stray = cells_without_heading(sheet, header.row, header.blanks)
    return pl.concat([*frames, stray]) if frames else stray


def cells_without_heading(sheet: Sheet, row: int, blanks: Sequence[int]) -> pl.DataFrame:
    """The warning of texts below no heading; nothing where there are none.

    Args:
        sheet: The sheet.
        row: Row of its headings.
        blanks: Indexes of the columns without one.
    """
    if not blanks:
        return no_problems()
    below = sheet.cells.slice(row).select(
        pl.coalesce(*(cleaned(place) for place in blanks)).alias("value"),
        pl.int_range(row + 1, row + 1 + pl.len(), dtype=pl.Int64).alias("row"),
    )
    found = below.drop_nulls("value")
    if found.is_empty():
        return no_problems()
    first = found.row(0, named=True)
    return problem(
        "cell_without_heading",
        severity="warning",
        sheet=sheet.name,
        row=first["row"],
        value=first["value"],
        expected="en rubrik över varje kolumn",
        hint=f"{count_text(found.height, 'rad', 'rader')} har text i kolumner utan rubrik. Den texten lästes inte. "
        "Kontrollera att inga celler har flyttats åt höger.",
    )
