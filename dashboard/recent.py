"""The newest figures of every series, for the small trend lines beside a figure; cached by version."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from dashboard import data
from schemas.period import PeriodType

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Periods that a trend line shows at most.
MOST = 24

#: Months between the starts of two periods of a type; weeks are counted in days, dates not at all.
_MONTHS = {
    PeriodType.MONTH: 1, PeriodType.QUARTER: 3, PeriodType.HALF_YEAR: 6, PeriodType.YEAR: 12, PeriodType.SEASON: 12,
}  # fmt: skip

#: Indicator, age group, area.
Key = tuple[str, str, str]

#: Oldest first; None where a period is missing or its figure isn't shown.
Values = tuple[float | None, ...]

_KEY = ["indicator", "age", "area"]


def recent(version: data.Version) -> Mapping[Key, Values]:
    """The last `MOST` periods of every series, ending with its newest.

    They are of the period type that the judgement goes by. A figure that isn't shown, because it rests on few
    people or isn't delivered, is None, and so is a period between two others of which nothing is known.

    Args:
        version: What the page shows.

    Returns:
        (indicator, age group, area) → values in order of time; nothing for an indicator without figures.
    """
    return _recent(version)


@lru_cache(maxsize=3)
def _recent(version: data.Version) -> dict[Key, Values]:
    rows, judgements = data.newest_figures(version, MOST), data.judgements(version)
    kinds = judgements.filter(pl.col("sex") == "total").select(*_KEY, "period_type").unique()
    return arranged(rows.join(kinds, on=[*_KEY, "period_type"], how="semi", maintain_order="left"))


def arranged(rows: pl.DataFrame) -> dict[Key, Values]:
    """Figures as a sequence for each series, with None for the periods between that are missing.

    Args:
        rows: Columns indicator, age, area, period_type, period_start and value, a series' oldest first; of one
            period type for each series.
    """
    placed = rows.with_columns(_place().alias("place")).group_by(_KEY, maintain_order=True)
    return {
        (indicator, age, area): _with_gaps(places, values)
        for indicator, age, area, places, values in placed.agg("place", "value").iter_rows()
    }


def _place() -> pl.Expr:
    """Which period a row is, such that two that follow on each other are one apart."""
    start, kind = pl.col("period_start"), pl.col("period_type")
    months = start.dt.year().cast(pl.Int32) * 12 + start.dt.month().cast(pl.Int32) - 1
    length = kind.replace_strict(
        {str(name): number for name, number in _MONTHS.items()}, default=None, return_dtype=pl.Int32
    )
    weeks = start.to_physical() // 7
    by_order = pl.int_range(pl.len(), dtype=pl.Int32).over(_KEY)
    return pl.when(kind == PeriodType.WEEK).then(weeks).otherwise(pl.coalesce(months // length, by_order))


def _with_gaps(places: list[int], values: list[float | None]) -> Values:
    first = max(places[0], places[-1] - MOST + 1)
    known = dict(zip(places, values, strict=True))
    return tuple(known.get(place) for place in range(first, places[-1] + 1))
