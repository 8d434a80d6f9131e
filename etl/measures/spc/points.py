"""The points of all charts as arrays: every series in turn, each in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures import regular
from etl.measures.frames import places, with_rules
from etl.measures.grouped import Groups
from etl.measures.interval import as_series
from etl.measures.spc.season import CYCLES
from schemas.period import PeriodType
from schemas.results import Method

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What a chart is of.
SERIES = ["indicator", "area", "age", "period_type"]

#: Nothing of the time of the year is left in a whole year's figure.
_WHOLE_YEARS = [PeriodType.YEAR, PeriodType.SEASON]


@dataclass(frozen=True)
class Points:
    """All points.

    Attributes:
        keys: One row per series: `SERIES`, way (which is better), lowest, highest, screening, season (it has one that
            must be taken out), cycle (periods of a year, 0 unless it can be), number (of the indicator).
        rows: One row per point: period_start, value (null where there is none).
        series: Which row of `keys` each point belongs to.
        day: First day of its period.
        place: The number of its period (`etl.measures.regular.numbers`).
        value: Its value, NaN where there is none.
    """

    keys: pl.DataFrame
    rows: pl.DataFrame
    series: NDArray[np.int64]
    day: NDArray[np.int64]
    place: NDArray[np.int64]
    value: NDArray[np.float64]

    @property
    def indicator(self) -> NDArray[np.int64]:
        """The number of each point's indicator."""
        return self.of_series("number")[self.series]

    def of_series(self, column: str) -> NDArray:
        """A column of `keys` as an array."""
        return self.keys[column].to_numpy()


def prepared(series: pl.DataFrame, rules: pl.DataFrame) -> Points:
    """The points of both sexes together, of the indicators that `rules` names.

    A roll-up without a value, because a municipality hasn't delivered or it can't be rolled up, is no point; a
    figure that was delivered as missing, or is hidden, is a point without a value.

    Args:
        series: `SERIES_SCHEMA`.
        rules: `etl.measures.frames.rules`.
    """
    is_known = places(series["indicator"], rules["indicator"]) >= 0
    there = series.select(_is_point()).to_series() & pl.Series(is_known)
    rows = series[[*SERIES, "period_start", "value"]].filter(there)
    groups = Groups(rows, SERIES)
    days = rows["period_start"].cast(pl.Int32).to_numpy().astype(np.int64)
    order = np.lexsort((days, groups.of)).astype(np.uint32)
    rows = rows[order]
    place = regular.numbers(rows["period_start"], rows["period_type"]).cast(pl.Float64).to_numpy()
    value = rows["value"].to_numpy()
    value = np.where(np.isfinite(value), value, np.nan)
    return Points(
        _keys(groups.keys, rules),
        pl.DataFrame([rows["period_start"], as_series("value", value)]),
        groups.of[order],
        days[order],
        np.where(np.isnan(place), np.arange(len(place)), place).astype(np.int64),
        value,
    )


@cache
def _is_point() -> pl.Expr:
    rolled = pl.col("method").is_null() | (
        (pl.col("method") != Method.DIRECT) & (pl.col("flag") == "missing")
    )
    waiting = pl.col("value").is_null() & rolled.fill_null(value=False)
    return (pl.col("sex") == "total") & ~waiting


def _keys(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    kind = pl.col("period_type")
    season = pl.col("season") & ~kind.is_in(_WHOLE_YEARS)
    cycle = kind.replace_strict(CYCLES, default=0, return_dtype=pl.Int64)
    return with_rules(
        lines, rules, "way", "lowest", "highest", "screening", "season", how="left"
    ).with_columns(
        season.alias("season"),
        pl.when(season).then(cycle).otherwise(0).alias("cycle"),
        pl.col("indicator").rle_id().cast(pl.Int64).alias("number"),
    )
