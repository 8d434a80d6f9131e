"""Guess in which rows of a sheet the headings stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.extract.guess_words import has_a_role
from etl.extract.headings import SEARCHED_ROWS
from etl.extract.heads import Head, parts_of, read_head

if TYPE_CHECKING:
    from etl.extract.guess_columns import Readings
    from etl.extract.model import Sheet

_LONGEST_HEADING = 80
_BELOW = 6
_MAX_HEIGHT = 2
_COUNTED = 12


def guess_head(sheet: Sheet, readings: Readings) -> tuple[int, int] | None:
    """The row of the lowest headings and how many rows they stand in; None in a sheet without any row."""
    first = sheet.cells.head(SEARCHED_ROWS + _BELOW)
    data = _data_texts(first, readings)
    best: tuple[float, int, int] | None = None
    for row in range(1, min(sheet.cells.height, SEARCHED_ROWS) + 1):
        for height in range(1, min(_MAX_HEIGHT, row) + 1):
            score = _score(first, row, height, data)
            if score is not None and (best is None or score > best[0]):
                best = (score, row, height)
    return None if best is None else best[1:]


def _data_texts(first: pl.DataFrame, readings: Readings) -> set[str]:
    """The texts among the first rows that are cells of data: areas and numbers that are no period."""
    every = pl.concat([first[name].str.strip_chars() for name in first.columns]) if first.width else None
    if every is None:
        return set()
    texts = every.drop_nulls().unique()
    is_data = readings.area(texts).is_not_null() | (
        readings.number(texts).is_not_null() & readings.period(texts).is_null()
    )
    return set(texts.filter(is_data))


def _score(first: pl.DataFrame, row: int, height: int, data: set[str]) -> float | None:
    head = read_head(first, row, height)
    if head is None:
        return None
    own = [(cell or "").strip() for cell in first.row(row - 1)]
    names = [name for name in head.names if name]
    if not names or not any(own):
        return None
    if height > 1 and not _is_upper(first, row, head):
        return None
    below = first.slice(row, _BELOW)
    filled = [below[name].count() > 0 for name in below.columns]
    used = [bool(name) and full for name, full in zip(head.names, filled, strict=True)]
    unnamed = sum(full and not name for name, full in zip(head.names, filled, strict=True))
    hits = sum(has_a_role(name) or parts_of(name).period is not None for name in names)
    doubled = len(names) - len(set(names))
    too_long = sum(len(name) > _LONGEST_HEADING for name in names)
    is_data = sum(cell in data for cell in own)
    return (
        1.5 * min(hits, _COUNTED)
        + 0.6 * min(sum(used), _COUNTED)
        - 1.2 * min(is_data, _COUNTED)
        - 0.8 * min(unnamed, _COUNTED)
        - 1.5 * min(doubled, _COUNTED)
        - 2.0 * too_long
        - 0.3 * (height - 1)
        - 0.02 * row
    )


def _is_upper(first: pl.DataFrame, row: int, head: Head) -> bool:
    """True where the row above says something of the headings below it, rather than being a title."""
    upper = [(cell or "").strip() for cell in first.row(row - 2)]
    filled = [text for text in upper if text]
    if len(filled) < 2 or any(len(text) > _LONGEST_HEADING for text in filled):  # noqa: PLR2004
        return False
    lower = read_head(first, row)
    if lower is None:
        return False
    more_periods = _periods(head) > _periods(lower)
    return more_periods or len({name for name in head.names if name}) > len(
        {name for name in lower.names if name}
    )


def _periods(head: Head) -> int:
    return sum(parts_of(name).period is not None for name in head.names)
