"""Headings as an analyst's table has them: over one row or several, with periods and sexes inside them.

A heading such as `Andel kvinnor 2023` says a figure (`andel`), a sex and a period. Only texts are told apart
here; whether `2023` is a period of the indicator is for the transform to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from etl.extract.headings import fold
from schemas.mapping import LONGEST_TEXT, Column

if TYPE_CHECKING:
    from collections.abc import Collection

    import polars as pl

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))

_Y = r"(?:199\d|20\d\d)"
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:s)?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_QUARTER = r"(?:k|q|kv|kvartal)\.? ?[1-4]"
_HALF = r"(?:h|halvår) ?[12]"
_WEEK = r"(?:v|w|vecka)\.? ?\d{1,2}"
_TERM = r"(?:vt|ht|våren|hösten)"
_PART = rf"(?:{_MONTH}|{_QUARTER}|{_HALF}|{_WEEK}|{_TERM})"
_TIME = r"(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?"
_FORMS = "|".join(
    (
        rf"{_Y}-\d\d-\d\d{_TIME}",
        rf"{_Y}[01]\d[0-3]\d",
        rf"(?:säsong(?:en)? )?{_Y} ?[-/] ?(?:{_Y}|\d\d)",
        rf"{_Y} ?m ?\d\d",
        rf"{_Y}[01]\d",
        rf"{_Y}[ -]?{_PART}",
        rf"{_PART},?[ -]?{_Y}",
        rf"(?:år )?{_Y}(?:\.0+)?",
    )
)
_PERIOD = re.compile(rf"(?<![0-9a-zåäö.,])(?:{_FORMS})(?![0-9a-zåäö])", re.IGNORECASE)
_BARE_PART = re.compile(rf"^{_PART}$", re.IGNORECASE)

_SEXES = re.compile(
    r"(?<![a-zåäö])(kvinnor och män|män och kvinnor|båda könen|kvinnor|kvinna|flickor|pojkar|män|totalt|samtliga"
    r"|båda)(?![a-zåäö])",
    re.IGNORECASE,
)

#: What a period is in a heading from which it was taken out, so that next year's heading is the same.
PERIOD_MARK = "‹period›"


@dataclass(frozen=True)
class Parts:
    """What a heading says.

    Attributes:
        period: The period's own text, or that of its part (`maj`, `kv 1`) where the year isn't there.
        sex: The word for the sex.
        label: The rest, folded.
    """

    period: str | None
    sex: str | None
    label: str


def _plain(heading: str) -> str:
    return re.sub(r"[\s_]+", " ", heading[: 4 * LONGEST_TEXT].translate(_DASHES)).strip()


def period_in(text: str) -> str | None:
    """The first period in a text such as a title or a sheet's name; None where there is none."""
    found = _PERIOD.search(_plain(text))
    return found.group() if found else None


def is_part(text: str) -> bool:
    """True for a part of a year without its year: `maj`, `kv 1`, `vecka 15`."""
    return bool(_BARE_PART.match(_plain(text)))


@lru_cache(maxsize=20_000)
def parts_of(heading: str, *, sexes: bool = False) -> Parts:
    """Tell apart what a heading says.

    Args:
        heading: As in the file.
        sexes: Whether to look for a sex, too.
    """
    text = _plain(heading)
    period = None
    if _BARE_PART.match(text):
        text, period = "", text
    elif found := _PERIOD.search(text):
        period = found.group()
        text = f"{text[: found.start()]} {text[found.end() :]}"
    sex = None
    if sexes and (told := _SEXES.search(text)):
        sex = told.group()
        text = f"{text[: told.start()]} {text[told.end() :]}"
    return Parts(period, sex, _rest(text))


def _rest(text: str) -> str:
    bare = re.sub(r"[(\[]\s*[)\]]", " ", text)
    return fold(bare).strip(" ,;:/").removesuffix(" år").strip() if bare.strip() else ""


def label_of(heading: str, says: Collection[str]) -> str | None:
    """What a heading says besides what is read from it otherwise; None where it doesn't say that.

    Args:
        heading: As in the file.
        says: What is read from headings: `period`, `sex`, `indicator`.
    """
    said = parts_of(heading, sexes="sex" in says)
    if "period" in says:
        return None if said.period is None else said.label
    if "sex" in says and said.sex is None:
        return None
    return said.label if said.period is None else f"{said.label} {PERIOD_MARK}".strip()


@lru_cache(maxsize=20_000)
def normal(heading: str) -> str:
    """A heading as it will be in next year's file: folded, its period replaced by a mark."""
    said = parts_of(heading)
    if said.period is None:
        return fold(heading)
    return f"{said.label} {PERIOD_MARK}".strip()


@dataclass(frozen=True)
class Head:
    """A sheet's headings.

    Attributes:
        row: Row of the lowest of them, from 1; the data begin below it.
        names: Heading of each column, "" where there is none; several rows of them joined by a space.
    """

    row: int
    names: tuple[str, ...]

    def place(self, column: Column) -> int | None:
        """The index of a remembered column in this sheet; None where it isn't there."""
        wanted = normal(column.heading)
        if not wanted:
            blank = column.column < len(self.names) and not self.names[column.column]
            return column.column if blank else None
        if column.column < len(self.names) and self.names[column.column] == column.heading:
            return column.column
        same = [index for index, name in enumerate(self.names) if name == column.heading]
        alike = same or [index for index, name in enumerate(self.names) if normal(name) == wanted]
        return alike[column.nth] if column.nth < len(alike) else None

    def column(self, index: int) -> Column:
        """How to remember the column with this index."""
        name = self.names[index]
        before = sum(other == name for other in self.names[:index])
        return Column(column=index, heading=name, nth=before if name else 0)


def read_head(cells: pl.DataFrame, row: int, height: int = 1) -> Head | None:
    """The headings in the given rows; None where the sheet ends above them.

    A cell of an upper row stands for the columns to its right as long as they have nothing of their own
    there, as a merged cell does.

    Args:
        cells: The sheet's cells.
        row: Row of the lowest headings, from 1.
        height: How many rows they stand in.
    """
    if row > cells.height or height > row:
        return None
    rows = [
        [(cell or "").strip()[:LONGEST_TEXT].strip() for cell in found]
        for found in cells.slice(row - height, height).rows()
    ]
    names = list(rows[-1])
    for upper in reversed(rows[:-1]):
        merged = zip(_merged(upper, names), names, strict=True)
        names = [f"{over} {name}".strip()[:LONGEST_TEXT].strip() for over, name in merged]
    return Head(row, tuple(names))


def _merged(upper: list[str], lower: list[str]) -> list[str]:
    filled, last = [], ""
    for own, below in zip(upper, lower, strict=True):
        # With nothing below it, a heading is one over two rows and not one over several columns.
        last = (own or last) if below else ""
        filled.append(own or last)
    return filled
