"""Rows found by their keys from arrays: what a join, a sort or a grouping gives, in a fraction of the time.

The keys of figures are the same few texts over and over. Told by their places among the known ones they are whole
numbers, and small frames cost little more than what is looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.frames import FEW, is_one, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

#: Before all days that figures have.
_NO_DAY = -1_000_000

#: Codes that go no higher than so many times their number are counted rather than sorted.
_SPREAD = 2

#: More combinations of keys than this don't fit into one whole number.
_MOST_CODES = 2**62


def matching(rows: pl.DataFrame, known: pl.DataFrame, keys: Sequence[str]) -> NDArray[np.int64]:
    """Which of the known rows has the same keys as each row; -1 where none has.

    Some times faster than a join where keys of many rows repeat, as those of figures do.

    Args:
        rows: Any rows.
        known: With the same columns, of texts, dates, truths or whole numbers. Of several rows with the same keys
            the first counts.
        keys: The columns; null is like nothing.
    """
    code, own = np.zeros(rows.height, dtype=np.int64), np.zeros(known.height, dtype=np.int64)
    if not len(own):
        return code - 1
    for key in keys:
        place, own_place, size = _among(rows[key], known[key])
        if size == 1 and not (place.any() or own_place.any()):
            continue  # All are alike.
        code = np.where((code < 0) | (place < 0), -1, code * size + place)
        own = np.where((own < 0) | (own_place < 0), -1, own * size + own_place)
    order = np.argsort(own, kind="stable")
    nearest = order[np.minimum(np.searchsorted(own[order], code), len(own) - 1)]
    return np.where((code >= 0) & (own[nearest] == code), nearest, -1)


def _among(column: pl.Series, known: pl.Series) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Where the values of two columns stand among those of the second, and how many those are."""
    if known.dtype == pl.String:
        names = known.head(1) if is_one(known) else _distinct(known)
        return places(column, names), places(known, names), max(len(names), 1)
    numbers, others = (_whole(one) for one in (known, column))
    values = np.unique(numbers)
    nearest = np.minimum(np.searchsorted(values, others), len(values) - 1)
    found = np.where((values[nearest] == others) & (others != _NO_DAY), nearest, -1)
    return found, np.where(numbers == _NO_DAY, -1, np.searchsorted(values, numbers)), len(values)


def _distinct(names: pl.Series) -> pl.Series:
    """The names without repetition and without null."""
    if len(names) > FEW:
        return names.unique().drop_nulls()
    return pl.Series([name for name in dict.fromkeys(names.to_list()) if name is not None], dtype=pl.String)


def taken(column: pl.Series, place: NDArray[np.int64]) -> pl.Series:
    """The values at these places; null for one below 0."""
    if column.is_empty():
        return column.extend_constant(None, len(place))
    found = column[np.maximum(place, 0).astype(np.uint32)]
    return found if (place >= 0).all() else found.set(pl.Series(place < 0), None)


def in_order(frame: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """The rows sorted, nulls first: some times faster than `sort` where the keys repeat, as those of figures do.

    Args:
        frame: Any rows.
        keys: Columns of texts, dates or truths.
    """
    return frame[np.argsort(codes(frame, keys), kind="stable").astype(np.uint32)]


def codes(frame: pl.DataFrame, keys: Sequence[str]) -> NDArray[np.int64]:
    """Each row's keys as one whole number that sorts as they do, nulls first.

    Args:
        frame: Any rows.
        keys: Columns of texts, dates or truths.
    """
    code, size = np.zeros(frame.height, dtype=np.int64), 1
    if frame.is_empty():
        return code
    for key in keys:
        place = _place(frame[key])
        most = int(place.max()) + 1
        if most == 1:
            continue
        if size * most >= _MOST_CODES:
            code = np.unique(code, return_inverse=True)[1].reshape(-1)
            size = int(code.max()) + 1
        code = code * most + place
        size *= most
    return code


def numbered(code: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first row with each code, in order of the codes, and which of those each row is like.

    `np.unique` without its sorting, where the codes lie close enough to be counted instead.
    """
    if not len(code) or code.max() > _SPREAD * len(code):
        _, first, of = np.unique(code, return_index=True, return_inverse=True)
        return first, of.reshape(-1)
    seen = np.zeros(code.max() + 1, dtype=bool)
    seen[code] = True
    place = np.cumsum(seen, dtype=np.int32)
    of = place[code] - 1
    first = np.empty(np.count_nonzero(seen), dtype=np.int64)
    # Where several rows have the same code the last one written is the first of them.
    first[of[::-1]] = np.arange(len(code))[::-1]
    return first, of


def _place(column: pl.Series) -> NDArray[np.int64]:
    """Where each value of a key stands among all of them, from 0."""
    if column.dtype == pl.String:
        nulls = column.null_count()
        if nulls == len(column) or is_one(column):
            return np.zeros(len(column), dtype=np.int64)
        known = column.unique().sort()
        return places(column, known.drop_nulls() if known.null_count() else known) + 1
    place = _whole(column)
    return place - place.min()


def _whole(column: pl.Series) -> NDArray[np.int64]:
    """Dates, truths or whole numbers as numbers; null is before them all."""
    whole = column.cast(pl.Int32).cast(pl.Int64)
    return (whole.fill_null(_NO_DAY) if whole.null_count() else whole).to_numpy()
