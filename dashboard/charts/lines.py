"""Lines and bands over time, broken where a period is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from schemas.period import PeriodType

if TYPE_CHECKING:
    from dashboard.charts.style import Palette


def with_middle(points: pl.DataFrame) -> pl.DataFrame:
    """Points with the day in the middle of their period (middle), where they are drawn."""
    start, end = pl.col("period_start"), pl.col("period_end")
    return points.with_columns((start + (end - start) / 2).alias("middle"))


def runs(own: pl.DataFrame) -> list[pl.DataFrame]:
    """One area's points, cut where a period is missing; a date has no length, so that nothing is missing there."""
    begins = pl.col("period_start") - pl.col("period_end").shift() > pl.duration(days=1)
    missing = begins & (pl.col("period_type") != PeriodType.DATE)
    numbered = own.with_columns(missing.fill_null(value=False).cum_sum().alias("run"))
    return numbered.partition_by("run", maintain_order=True)


def apart(runs: list[list[Any]]) -> list[Any]:
    """Runs after one another with nothing between them, where plotly breaks its line."""
    return [item for run in runs for item in (None, *run)][1:]


def dates(points: pl.DataFrame) -> list[str]:
    """The middles of the points' periods (column middle), as plotly takes them."""
    return [moment.isoformat() for moment in points["middle"].to_list()]


def band(with_interval: pl.DataFrame, colours: Palette) -> list[dict[str, Any]]:
    """The interval around a line, where there are two points after one another.

    Args:
        with_interval: Columns period_start, period_end, period_type, middle, lower and upper, in order of time.
        colours: The theme's palette.
    """
    parts = [run for run in runs(with_interval) if run.height > 1]
    if not parts:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": apart([dates(run) + dates(run)[::-1] for run in parts]),
            "y": apart([run["upper"].to_list() + run["lower"].to_list()[::-1] for run in parts]),
            "fill": "toself",
            "fillcolor": colours.band,
            "line": {"width": 0},
            "hoverinfo": "skip",
        }
    ]
