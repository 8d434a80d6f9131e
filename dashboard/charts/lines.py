"""The lines of a trend chart: one an area, with what is told of each point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from schemas import swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from dashboard.charts.style import Palette
    from dashboard.charts.trend import Trend
    from schemas.catalogue import Area, Indicator

#: Fewer points than this are drawn as dots too.
_FEW = 16


def _hover(own: pl.DataFrame, indicator: Indicator) -> list[str]:
    texts = []
    for row in own.select(
        "name", "period_start", "period_type", "value", "lower", "upper", "origin"
    ).iter_rows():
        name, start, kind, value, lower, upper, origin = row
        lines = [
            f"<b>{name}</b>, {Period(start, PeriodType(kind)).label}",
            swedish.value_text(value, indicator.unit, indicator.decimals),
        ]
        if lower is not None:
            lines.append(
                f"95 %-intervall {swedish.interval_text(lower, upper, indicator.unit, indicator.decimals)}"
            )
        if origin == "example":
            lines.append("Exempeldata")
        texts.append("<br>".join(lines))
    return texts


def _runs(own: pl.DataFrame) -> list[pl.DataFrame]:
    """One area's points, cut where a period is missing; a date has no length, so that nothing is missing there."""
    begins = pl.col("period_start") - pl.col("period_end").shift() > pl.duration(days=1)
    missing = begins & (pl.col("period_type") != PeriodType.DATE)
    numbered = own.with_columns(missing.fill_null(value=False).cum_sum().alias("run"))
    return numbered.partition_by("run", maintain_order=True)


def _apart(runs: list[list[Any]]) -> list[Any]:
    """Runs after one another with nothing between them, where plotly breaks its line."""
    return [item for run in runs for item in (None, *run)][1:]


def traces(trend: Trend, area: Area, own: pl.DataFrame, colours: Palette) -> list[dict[str, Any]]:
    """An area's line, broken where a period is missing, and below it the interval of the chosen area.

    Args:
        trend: What the chart shows.
        area: The area to draw.
        own: Its points, as `dashboard.charts.trend.drawn` gives them.
        colours: The theme's palette.
    """
    strong = area.id == trend.chosen.id
    county = area.division is None
    colour = colours.chosen if strong else (colours.ink if county else colours.muted)
    runs = _runs(own)
    alone = any(run.height == 1 for run in runs)
    line = {
        "type": "scatter",
        "mode": "lines+markers" if alone or own.height <= _FEW else "lines",
        "x": _apart([_dates(run) for run in runs]),
        "y": _apart([run["value"].to_list() for run in runs]),
        "name": area.name,
        "line": {"color": colour, "width": 3 if strong else (2.5 if county else 1.4)},
        "marker": {"size": 8 if strong else 6, "color": colour},
        "hovertext": _apart([_hover(run, trend.indicator) for run in runs]),
        "hoverinfo": "text",
        "connectgaps": False,
    }
    return [*_band(own.filter(pl.col("lower").is_not_null()), colours), line] if strong else [line]


def _dates(points: pl.DataFrame) -> list[str]:
    return [moment.isoformat() for moment in points["middle"].to_list()]


def _band(with_interval: pl.DataFrame, colours: Palette) -> list[dict[str, Any]]:
    """The interval around the chosen area's line, where there are two points after one another."""
    runs = [run for run in _runs(with_interval) if run.height > 1]
    if not runs:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": _apart([_dates(run) + _dates(run)[::-1] for run in runs]),
            "y": _apart([run["upper"].to_list() + run["lower"].to_list()[::-1] for run in runs]),
            "fill": "toself",
            "fillcolor": colours.band,
            "line": {"width": 0},
            "hoverinfo": "skip",
        }
    ]
