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
    parts = runs(own)
    alone = any(run.height == 1 for run in parts)
    line = {
        "type": "scatter",
        "mode": "lines+markers" if alone or own.height <= _FEW else "lines",
        "x": apart([dates(run) for run in parts]),
        "y": apart([run["value"].to_list() for run in parts]),
        "name": area.name,
        "line": {"color": colour, "width": 3 if strong else (2.5 if county else 1.4)},
        "marker": {"size": 8 if strong else 6, "color": colour},
        "hovertext": apart([_hover(run, trend.indicator) for run in parts]),
        "hoverinfo": "text",
        "connectgaps": False,
    }
    return [*band(own.filter(pl.col("lower").is_not_null()), colours), line] if strong else [line]


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
