"""An indicator over time: the county, the delregioner, the target's path and the roadmap's dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.charts import lines, picture
from dashboard.charts.style import Palette, example_mark, layout, spread
from schemas import swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from datetime import date

    from dashboard.charts.picture import Said
    from schemas.catalogue import Area, Indicator

#: Height in pixels, and the smallest distance between two labels as a share of it.
HEIGHT = 440
_LABEL_GAP = 0.055

#: Room kept above and below the values, as a share of their range.
_AIR = 0.08


@dataclass(frozen=True)
class Trend:
    """What one trend chart shows.

    Attributes:
        indicator: What is drawn.
        series: Columns as in `schemas.results.SERIES_SCHEMA`, of one age group and both sexes together.
        areas: The areas to draw; the others are left out.
        chosen: The area that is drawn strong, with its interval.
        target: The target's name as shown at its line.
        path: What the target asks for, as (date, value) corners; empty where there is none.
        marks: Dates to mark, with their text.
        said: The words around the picture; None draws it bare.
    """

    indicator: Indicator
    series: pl.DataFrame
    areas: list[Area]
    chosen: Area
    target: str | None = None
    path: list[tuple[date, float]] = field(default_factory=list)
    marks: list[tuple[date, str]] = field(default_factory=list)
    said: Said | None = None


def drawn(trend: Trend) -> pl.DataFrame:
    """The points that are drawn: those with a value, in the middle of their period."""
    names = {area.id: area.name for area in trend.areas}
    return (
        lines.with_middle(trend.series)
        .filter(pl.col("area").is_in(list(names)) & pl.col("value").is_not_null())
        .with_columns(pl.col("area").replace_strict(names, default="", return_dtype=pl.String).alias("name"))
        .sort("area", "period_start")
    )


def figure(trend: Trend, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The chart as a plotly figure.

    Args:
        trend: What to draw.
        colours: The theme's palette.
        narrow: For a phone: only the chosen area and the county are named, and the marks have no text.
    """
    points = drawn(trend)
    low, high = _range(trend, points)
    traces: list[dict[str, Any]] = []
    order = [area for area in trend.areas if area.id != trend.chosen.id] + [trend.chosen]
    for area in order:
        own = points.filter(pl.col("area") == area.id)
        if own.height:
            traces += lines.traces(trend, area, own, colours)
    if trend.path:
        traces.append(_path(trend, colours))
    annotations = _annotations(trend, points, colours, (low, high), narrow=narrow)
    suffix = picture.suffix(trend.indicator)
    axes: dict[str, Any] = {
        "xaxis": picture.time_axis(colours, narrow=narrow),
        "yaxis": picture.value_axis(colours, (low, high), suffix),
        "shapes": _mark_lines(trend, points, colours),
    }
    if trend.said is None:
        margin = {"l": picture.room((low, high), suffix), "r": 8 if narrow else 190, "t": 24, "b": 30}
        bare = layout(
            colours, height=HEIGHT, margin=margin, annotations=annotations, hovermode="closest", **axes
        )
        return {"data": traces, "layout": bare}
    return {
        "data": traces,
        "layout": picture.framed(
            trend.said,
            colours,
            narrow=narrow,
            annotations=annotations,
            marks=0 if narrow else 1,
            left=picture.room((low, high), suffix),
            **axes,
        ),
    }


def _range(trend: Trend, points: pl.DataFrame) -> tuple[float, float]:
    chosen = points.filter(pl.col("area") == trend.chosen.id)
    values = [
        *points["value"].to_list(),
        *chosen["lower"].drop_nulls().to_list(),
        *chosen["upper"].drop_nulls().to_list(),
        *(value for _, value in trend.path),
    ]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    air = (high - low or abs(high) or 1.0) * _AIR
    bottom = max(low - air, trend.indicator.lowest) if trend.indicator.lowest <= low else low - air
    return bottom, high + air


def _path(trend: Trend, colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [moment.isoformat() for moment, _ in trend.path],
        "y": [value for _, value in trend.path],
        "line": {"color": colours.target, "width": 2, "dash": "dash"},
        "hovertext": trend.target,
        "hoverinfo": "text",
    }


def _annotations(
    trend: Trend, points: pl.DataFrame, colours: Palette, reach: tuple[float, float], *, narrow: bool
) -> list[dict[str, Any]]:
    mark = [example_mark(colours)] if trend.said is None and (points["origin"] == "example").any() else []
    if narrow:
        return _labels(trend, points, colours, reach, only={trend.chosen.id}, inside=True) + mark
    return _labels(trend, points, colours, reach) + _mark_labels(trend, points, colours) + mark


def _labels(
    trend: Trend,
    points: pl.DataFrame,
    colours: Palette,
    reach: tuple[float, float],
    *,
    only: set[str] | None = None,
    inside: bool = False,
) -> list[dict[str, Any]]:
    """Names at the lines' right ends instead of a legend, moved apart where they would collide."""
    ends: list[tuple[float, str, str, bool]] = []
    for area in trend.areas:
        own = points.filter(pl.col("area") == area.id)
        if own.height and (only is None or area.id in only):
            strong = area.id == trend.chosen.id
            colour = colours.chosen if strong else (colours.ink if area.division is None else colours.quiet)
            value = swedish.value_text(own["value"][-1], trend.indicator.unit, trend.indicator.decimals)
            ends.append((own["value"][-1], f"{area.name} {value}", colour, strong))
    if trend.path and trend.target:
        ends.append((trend.path[-1][1], "Mål", colours.target, False))
    low, span = reach[0], reach[1] - reach[0] or 1.0
    placed = spread([(value - low) / span for value, *_ in ends], _LABEL_GAP, within=(0.0, 1.0))
    return [
        {
            "x": 1.0 if inside else 1.01,
            "xref": "paper",
            "xanchor": "right" if inside else "left",
            "y": place,
            "yref": "paper",
            "yanchor": "bottom" if inside else "middle",
            "text": f"<b>{name}</b>" if strong else name,
            "font": {"color": colour, "size": 13},
            "showarrow": False,
        }
        for place, (_, name, colour, strong) in zip(placed, ends, strict=True)
    ]


def _within(trend: Trend, points: pl.DataFrame) -> list[tuple[date, str]]:
    if not points.height:
        return []
    first, last = points.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
    last = max([last, *(moment for moment, _ in trend.path)])
    return [(moment, text) for moment, text in trend.marks if first <= moment <= last]


def _mark_lines(trend: Trend, points: pl.DataFrame, colours: Palette) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "x0": moment.isoformat(),
            "x1": moment.isoformat(),
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": colours.quiet, "width": 1, "dash": "dot"},
        }
        for moment, _ in _within(trend, points)
    ]


def _mark_labels(trend: Trend, points: pl.DataFrame, colours: Palette) -> list[dict[str, Any]]:
    return [
        {
            "x": moment.isoformat(),
            "y": 1.0,
            "yref": "paper",
            "yanchor": "bottom",
            "text": text,
            "showarrow": False,
            "font": {"color": colours.quiet, "size": 12},
        }
        for moment, text in _within(trend, points)
    ]


def alt(trend: Trend) -> str:
    """The chart in words, made from its data: first and last value of every area, and the target."""
    points = drawn(trend)
    indicator = trend.indicator
    said = []
    for area in trend.areas:
        own = points.filter(pl.col("area") == area.id)
        if own.height:
            first, last = own.row(0, named=True), own.row(-1, named=True)
            said.append(
                f"{area.name}: {swedish.value_text(first['value'], indicator.unit, indicator.decimals)} "
                f"{Period(first['period_start'], PeriodType(first['period_type'])).label}, "
                f"{swedish.value_text(last['value'], indicator.unit, indicator.decimals)} "
                f"{Period(last['period_start'], PeriodType(last['period_type'])).label}."
            )
    if trend.target:
        said.append(f"{trend.target}.")
    if (points["origin"] == "example").any():
        said.append("Exempeldata ingår.")
    return f"Linjediagram över {indicator.name}. " + " ".join(said)
