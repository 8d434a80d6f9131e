"""A large delivery a few indicators at a time: what is joined and sorted takes many times the memory of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Rows of a delivery that are looked at together, unless one indicator has more.
PORTION = 120_000


def by_indicator(
    delivered: pl.DataFrame, published: pl.DataFrame
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Both sides, the same indicators of each at a time; all at once where the delivery is small.

    Args:
        delivered: Rows with a column `indicator`.
        published: Likewise; rows of indicators that are not delivered are left out where there are several
            portions.
    """
    if delivered.height <= PORTION:
        yield delivered, published
        return
    portions: list[list[str]] = [[]]
    rows = 0
    for indicator, count in delivered.group_by("indicator", maintain_order=True).len().iter_rows():
        if portions[-1] and rows + count > PORTION:
            portions.append([])
            rows = 0
        portions[-1].append(indicator)
        rows += count
    for indicators in portions:
        own = pl.col("indicator").is_in(indicators)
        yield delivered.filter(own), published.filter(own)
