"""The points of all charts as arrays: every series in turn, each in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from etl.measures.spc import gaps
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
        keys: One row per series: `SERIES`, direction, lowest, highest, screening, season (it has one that must
            be taken out), cycle (periods of a year, 0 unless it can be), number (of the indicator).
        rows: One row per point: period_start, value (null where there is none).
        series: Which row of `keys` each point belongs to.
        day: First day of its period.
        place: The number of its period (`gaps.number`).
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
    rolled = pl.col("method").is_null() | (
        (pl.col("method") != Method.DIRECT) & (pl.col("flag") == "missing")
    )
    waiting = pl.col("value").is_null() & rolled.fill_null(value=False)
    rows = series.filter((pl.col("sex") == "total") & ~waiting)
    keys = _keys(rows, rules)
    rows = (
        rows.select(*SERIES, "period_start", "value")
        .join(keys.select(*SERIES, pl.int_range(pl.len(), dtype=pl.Int64).alias("series")), on=SERIES)
        .with_columns(
            pl.when(pl.col("value").is_finite()).then(pl.col("value")).alias("value"),
            gaps.number(pl.col("period_start"), pl.col("period_type")).alias("place"),
        )
        .drop(SERIES)
        .sort("series", "period_start")
    )
    return Points(
        keys,
        rows.select("period_start", "value"),
        rows["series"].to_numpy(),
        rows["period_start"].to_physical().cast(pl.Int64).to_numpy(),
        rows.select(pl.coalesce("place", pl.int_range(pl.len(), dtype=pl.Int64)))["place"].to_numpy(),
        rows["value"].fill_null(float("nan")).to_numpy(),
    )


def _keys(rows: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    kind = pl.col("period_type")
    season = pl.col("season") & ~kind.is_in(_WHOLE_YEARS)
    cycle = kind.replace_strict(CYCLES, default=0, return_dtype=pl.Int64)
    return (
        rows.select(SERIES)
        .unique()
        .join(
            rules.select("indicator", "direction", "lowest", "highest", "screening", "season"), on="indicator"
        )
        .sort(SERIES)
        .with_columns(
            season.alias("season"),
            pl.when(season).then(cycle).otherwise(0).alias("cycle"),
            pl.col("indicator").rle_id().cast(pl.Int64).alias("number"),
        )
    )
