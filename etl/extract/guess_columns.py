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

#: Different texts of a column that are kept.
_SHOWN_TEXTS = 12

#: Texts that stand where a number is missing, and what each usually says. A dash is nothing at Kolada and zero
#: at SCB, so the analyst is asked.
MARKS: dict[str, Literal["missing", "suppressed", "zero"]] = {
    **dict.fromkeys(("-", "–", "—", ".", "...", "n/a", "na", "none", "null", "nan", "saknas"), "missing"),
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
    filled = [place for place in range(rows.width) if rows[f"c{place}"].count()]
    if not filled:
        return []
    texts = pl.concat([rows[f"c{place}"].rename("text") for place in filled]).drop_nulls().unique()
    meanings = _meanings(texts, readings)
    return [_facts(rows[f"c{place}"].to_list(), place, head.names[place], meanings) for place in filled]


@dataclass(frozen=True)
class _Meanings:
    """What the texts of a sample can be read as: role → texts; and the number that each is."""

    roles: dict[str, frozenset[str]]
    numbers: dict[str, float]


def _meanings(texts: pl.Series, readings: Readings) -> _Meanings:
    """All texts at once: each reading costs about as much for one text as for thousands."""
    said = texts.filter(~texts.str.to_lowercase().is_in(list(MARKS)))
    areas, numbers = readings.area(said), readings.number(said)
    outside = areas.is_null() & (said.str.contains(_COUNTY_CODE) | said.str.contains(_AREA_NAME))
    kinds: dict[str, Read] = {
        "period": readings.period,
        "sex": readings.sex,
        "age": readings.age,
        "flag": readings.flag,
        "indicator": readings.indicator,
    }
    roles = {name: frozenset(said.filter(read(said).is_not_null())) for name, read in kinds.items()}
    roles |= {
        "area": frozenset(said.filter(areas.is_not_null())),
        "code": frozenset(said.filter(areas.is_not_null() & said.str.contains(_CODE))),
        "outside": frozenset(said.filter(outside)),
        "number": frozenset(said.filter(numbers.is_not_null())),
    }
    known = pl.DataFrame({"text": said, "number": numbers}).drop_nulls()
    return _Meanings(roles, dict(zip(known["text"], known["number"], strict=True)))


def _facts(cells: list[str | None], place: int, heading: str, meanings: _Meanings) -> Facts:
    texts = [cell for cell in cells if cell is not None]
    distinct = list(dict.fromkeys(texts))
    said = [text for text in texts if text.lower() not in MARKS]
    many = max(len(said), 1)
    shares = {name: sum(text in able for text in said) / many for name, able in meanings.roles.items()}
    outside = shares.pop("outside")
    return Facts(
        index=place,
        heading=heading,
        filled=len(texts),
        empty=1 - len(texts) / max(len(cells), 1),
        shares=shares,
        distinct=len(distinct),
        texts=tuple(distinct[:_SHOWN_TEXTS]),
        numbers=tuple(None if cell is None else meanings.numbers.get(cell) for cell in cells),
        marks=tuple(text for text in distinct if text.lower() in MARKS),
        outside=outside,
    )
