"""What is drawn in the chart of an indicator's story: lines, bands and points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.charts import lines
from dashboard.charts.story import period
from dashboard.charts.style import faint
from dashboard.layers import Layer
from dashboard.signals import VARIATIONS
from schemas.results import Variation

if TYPE_CHECKING:
    from dashboard.charts.story import Story
    from dashboard.charts.style import Palette

#: How large a point is in pixels: wide and narrow, a signal and a common one.
_SIZES = ((10, 6), (8, 4))

#: Fewer figures than this are drawn as points too.
_FEW = 16

#: What a band is drawn of.
_BAND = ("period_start", "period_end", "period_type", "middle", "lower", "upper")

#: How strong the area of the usual variation is.
_SHADE = 0.13


def signal_colours(colours: Palette) -> dict[str, str]:
    """The colour of each signal's points."""
    return {
        Variation.IMPROVEMENT: colours.better,
        Variation.CONCERN: colours.worse,
        Variation.HIGH: colours.neither,
        Variation.LOW: colours.neither,
        Variation.COMMON: colours.quiet,
    }


def traces(story: Story, colours: Palette, *, narrow: bool) -> list[dict[str, Any]]:
    """Everything that is drawn, the area's own figures on top."""
    drawn = story.drawn
    return [
        *(_usual(story, colours) if Layer.USUAL in drawn else []),
        *(lines.band(_with_interval(story), colours) if Layer.INTERVAL in drawn else []),
        *(_ahead(story, colours) if Layer.AHEAD in drawn else []),
        *(_others(story, colours) if Layer.AREAS in drawn else []),
        *_goal(story, colours),
        *_own(story, colours, narrow=narrow),
    ]


def _line(parts: list[pl.DataFrame], **more: Any) -> dict[str, Any]:
    """A line through the parts, broken between them."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": lines.apart([lines.dates(part) for part in parts]),
        "y": lines.apart([part["value"].to_list() for part in parts]),
        "hoverinfo": "skip",
        "connectgaps": False,
        **more,
    }


def _with_interval(story: Story) -> pl.DataFrame:
    return story.with_value.filter(pl.col("lower").is_not_null())


def _usual(story: Story, colours: Palette) -> list[dict[str, Any]]:
    """The area between the limits and the mean within it, anew in each stretch."""
    parts = story.points.filter(pl.col("mean").is_not_null()).partition_by("stretch", maintain_order=True)
    edges = [
        (
            lines.dates(part) + lines.dates(part)[::-1],
            part["upper_limit"].to_list() + part["lower_limit"].to_list()[::-1],
        )
        for part in parts
    ]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "Gränser",
            "x": lines.apart([x for x, _ in edges]),
            "y": lines.apart([y for _, y in edges]),
            "fill": "toself",
            "fillcolor": faint(colours.quiet, _SHADE),
            "line": {"width": 0},
            "hoverinfo": "skip",
        },
        _line(
            [part.with_columns(pl.col("mean").alias("value")) for part in parts],
            name="Medel",
            line={"color": colours.quiet, "width": 1},
        ),
    ]


def _ahead(story: Story, colours: Palette) -> list[dict[str, Any]]:
    """The band, and the projection from the newest figure on."""
    newest, ahead = story.with_value.tail(1), story.ahead
    told = ["", *(_hover_ahead(story, row) for row in ahead.iter_rows(named=True))]
    begin = newest.with_columns(pl.col("value").alias("lower"), pl.col("value").alias("upper"))
    fan = pl.concat([begin.select(_BAND), ahead.select(_BAND)])
    return [
        *lines.band(fan, colours),
        {
            "type": "scatter",
            "mode": "lines",
            "name": "Prognos",
            "x": lines.dates(newest) + lines.dates(ahead),
            "y": [*newest["value"], *ahead["value"]],
            "line": {"color": colours.chosen, "width": 2, "dash": "dot"},
            "hovertext": told,
            "hoverinfo": "text",
        },
    ]


def _hover_ahead(story: Story, row: dict[str, Any]) -> str:
    said = [f"<b>Prognos {period(row).label}</b>", story.value(row["value"])]
    said.append(f"80\u00a0%-band {story.interval(row['lower'], row['upper'])}")
    return "<br>".join([*said, "Exempeldata"] if story.said.is_example else said)


def _others(story: Story, colours: Palette) -> list[dict[str, Any]]:
    """The delregioner thin, the county above them."""
    found = []
    for area, own in sorted(story.others, key=lambda other: other[0].division is None):
        if own.is_empty():
            continue
        county = area.division is None
        parts = lines.runs(own)
        colour = colours.ink if county else colours.muted
        told = [[_hover_other(story, area.name, row) for row in part.iter_rows(named=True)] for part in parts]
        found.append(
            _line(
                parts,
                name=area.name,
                line={"color": colour, "width": 1.6 if county else 1.2},
                mode="lines+markers" if any(part.height == 1 for part in parts) else "lines",
                marker={"size": 4, "color": colour},
                hovertext=lines.apart(told),
                hoverinfo="text",
            )
        )
    return found


def _hover_other(story: Story, name: str, row: dict[str, Any]) -> str:
    said = [f"<b>{name}</b>, {period(row).label}", story.value(row["value"])]
    return "<br>".join([*said, "Exempeldata"] if row["origin"] == "example" else said)


def _goal(story: Story, colours: Palette) -> list[dict[str, Any]]:
    """The target's path with its dated levels, or the two ends of a range."""
    goal = story.shown_goal
    if goal is None:
        return []
    first, last = story.span
    paths = [goal.path] if goal.path else [[(first, end), (last, end)] for end in goal.bounds]
    found: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "Mål",
            "x": [day.isoformat() for day, _ in path],
            "y": [value for _, value in path],
            "line": {"color": colours.target, "width": 2, "dash": "dash"},
            "hoverinfo": "skip",
        }
        for path in paths
    ]
    steps = [step for step in goal.steps if first <= step.day <= last]
    if steps:
        found.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": "Delmål",
                "cliponaxis": False,
                "x": [step.day.isoformat() for step in steps],
                "y": [step.level for step in steps],
                "marker": {
                    "symbol": ["circle" if step.is_own else "circle-open" for step in steps],
                    "size": 9,
                    "color": colours.target,
                    "line": {"color": colours.target, "width": 2},
                },
                "hovertext": [
                    f"<b>{step.text}</b><br>Målet är då {story.value(step.level)}" for step in steps
                ],
                "hoverinfo": "text",
            }
        )
    return found


def _own(story: Story, colours: Palette, *, narrow: bool) -> list[dict[str, Any]]:
    """The area's line, and a marker for each figure that says something."""
    with_value = story.with_value
    parts = lines.runs(with_value)
    usual = Layer.USUAL in story.drawn
    line = _line(
        parts,
        name=story.area.name,
        line={"color": colours.chosen, "width": 1.6 if usual else 2.6},
    )
    dotted = usual or with_value.height <= _FEW or any(part.height == 1 for part in parts)
    if not dotted:
        line |= {
            "hovertext": lines.apart([_told(story, part) for part in parts]),
            "hoverinfo": "text",
        }
        return [line]
    groups = _by_signal(with_value) if usual else [with_value.with_columns(signal=pl.lit(None, pl.String))]
    return [line, *(_marker(story, own, colours, narrow=narrow) for own in groups)]


def _by_signal(with_value: pl.DataFrame) -> list[pl.DataFrame]:
    order = [None, Variation.COMMON, Variation.LOW, Variation.HIGH, Variation.CONCERN, Variation.IMPROVEMENT]
    parts = (with_value.filter(pl.col("signal").eq_missing(pl.lit(word, pl.String))) for word in order)
    return [part for part in parts if part.height]


def _marker(story: Story, own: pl.DataFrame, colours: Palette, *, narrow: bool) -> dict[str, Any]:
    word = own["signal"][0]
    signal = VARIATIONS.get(word)
    common = word in (None, Variation.COMMON)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": signal.word if signal else "Värden",
        "x": lines.dates(own),
        "y": own["value"].to_list(),
        "marker": {
            "symbol": signal.marker if signal else "circle",
            "size": _SIZES[narrow][common],
            "color": colours.chosen if common else signal_colours(colours)[word],
            "line": {"color": colours.paper, "width": 0 if common else 1},
        },
        "hovertext": _told(story, own),
        "hoverinfo": "text",
    }


def _told(story: Story, own: pl.DataFrame) -> list[str]:
    told = []
    for row in own.iter_rows(named=True):
        said = [f"<b>{story.area.name}</b>, {period(row).label}", story.value(row["value"])]
        if row["signal"]:
            said.append(VARIATIONS[row["signal"]].word)
        if row["lower"] is not None and Layer.INTERVAL in story.drawn:
            said.append(f"95\u00a0%-intervall {story.interval(row['lower'], row['upper'])}")
        if row["origin"] == "example":
            said.append("Exempeldata")
        told.append("<br>".join(said))
    return told
