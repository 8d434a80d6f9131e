"""What the cells of a table's columns can be read as, from a sample of its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from etl.extract.headings import cleaned

if TYPE_CHECKING:
    from etl.extract.heads import Head
    from etl.extract.model import Sheet

#: Rows looked at, spread evenly over the sheet.
SAMPLED_ROWS = 400

#: Texts that stand where a number is missing, and what each usually says. A dash is nothing at Kolada and zero
#: at SCB, so the analyst is asked.
MARKS: dict[str, Literal["missing", "suppressed", "zero"]] = {
    **dict.fromkeys(("-", "–", "—", ".", "...", "n/a", "na", "none", "null", "nan", "#n/a", "saknas"), "missing"),
    **dict.fromkeys(("uppgift saknas", "bortfall", "e/t", "ej tillämpligt"), "missing"),
    **dict.fromkeys(("..", "*", "x", "xx", "sekretess", "skyddad", "undertryckt"), "suppressed"),
}  # fmt: skip

_COUNTY_CODE = r"^(?:0[1-9]|1\d|2[0-5])\d{2}(?:\s|$)|^00\d\d(?:\s|$)"
_CODE = r"^\d{4}$"
_AREA_NAME = r"(?i)^region .|\skommun$|s län$|regionen$|^\d{2} .*\blän$"

#: Cells → what each is as that, null where it isn't.
Read = Callable[[pl.Series], pl.Series]


@dataclass(frozen=True)
class Readings:
    """How texts are read, by whoever knows the catalogue.

    Attributes:
        area: Ids of areas in the county.
        period: Types of periods.
        sex: Canonical sexes.
        age: Canonical age groups.
        flag: Canonical flags.
        indicator: Indicator ids.
        number: Numbers.
        named: The indicator that a title or a sheet's name mentions.
        like: The only indicator that a short text can mean.
    """

    area: Read
    period: Read
    sex: Read
    age: Read
    flag: Read
    indicator: Read
    number: Read
    named: Callable[[str], str | None]
    like: Callable[[str], str | None]


@dataclass(frozen=True)
class Facts:
    """What one column's sample says.

    Attributes:
        index: The column.
        heading: Its heading.
        filled: Cells that hold anything.
        empty: Share of the rows in which it is empty.
        shares: Role → share of the filled cells that can be read as that; `code` for codes of municipalities.
        distinct: Different texts.
        texts: The first different texts.
        numbers: Number in each sampled row, None where there is none.
        marks: Texts that stand where a number is missing, as in the file.
        outside: Share of the filled cells that look like areas outside the county.
    """

    index: int
    heading: str
    filled: int
    empty: float
    shares: dict[str, float]
    distinct: int
    texts: tuple[str, ...]
    numbers: tuple[float | None, ...]
    marks: tuple[str, ...]
    outside: float

    @property
    def is_numeric(self) -> bool:
        """True where it holds numbers rather than names of anything."""
        return self.filled > 0 and self.shares["number"] > 0.6  # noqa: PLR2004


def sample(sheet: Sheet, head: Head) -> pl.DataFrame:
    """Rows below the headings that hold anything, spread evenly over the sheet, with their cells cleaned."""
    below = sheet.cells.slice(head.row)
    if below.height > SAMPLED_ROWS:
        below = below.gather_every(below.height // SAMPLED_ROWS).head(SAMPLED_ROWS)
    return _filled(below)


def first_rows(sheet: Sheet, head: Head) -> pl.DataFrame:
    """The first rows below the headings that hold anything, in their order, with their cells cleaned."""
    return _filled(sheet.cells.slice(head.row, SAMPLED_ROWS))


def _filled(below: pl.DataFrame) -> pl.DataFrame:
    cells = below.select(cleaned(place).alias(f"c{place}") for place in range(below.width))
    return cells.filter(pl.any_horizontal(pl.all().is_not_null()))


def facts_of(rows: pl.DataFrame, head: Head, readings: Readings) -> list[Facts]:
    """What each column that holds anything says."""
    return [
        _facts(rows[f"c{place}"], place, head.names[place], readings)
        for place in range(rows.width)
        if rows[f"c{place}"].count()
    ]


def _facts(cells: pl.Series, place: int, heading: str, readings: Readings) -> Facts:
    texts = cells.drop_nulls()
    is_mark = texts.str.to_lowercase().is_in(list(MARKS))
    said = texts.filter(~is_mark)
    kinds: dict[str, Read] = {
        "area": readings.area,
        "period": readings.period,
        "sex": readings.sex,
        "age": readings.age,
        "flag": readings.flag,
        "indicator": readings.indicator,
        "number": readings.number,
    }
    many = max(said.len(), 1)
    shares = {name: read(said).count() / many for name, read in kinds.items()}
    codes = said.filter(said.str.contains(_CODE))
    shares["code"] = readings.area(codes).count() / many
    outside = readings.area(said).is_null() & (
        said.str.contains(_COUNTY_CODE) | said.str.contains(_AREA_NAME)
    )
    numbers = readings.number(cells.set(cells.str.to_lowercase().is_in(list(MARKS)).fill_null(False), None))
    return Facts(
        index=place,
        heading=heading,
        filled=texts.len(),
        empty=cells.null_count() / max(cells.len(), 1),
        shares=shares,
        distinct=texts.n_unique(),
        texts=tuple(texts.unique(maintain_order=True).head(12)),
        numbers=tuple(numbers),
        marks=tuple(texts.filter(is_mark).unique(maintain_order=True)),
        outside=outside.arg_true().len() / many,
    )
