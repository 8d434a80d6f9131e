"""Where the figures are going: what has been, the projection with its band, and what the target asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.charts import lines, picture
from dashboard.charts.picture import Label, Said
from etl.measures import wording
from schemas import swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from datetime import date

    from dashboard.charts.style import Palette
    from schemas.catalogue import Area, Indicator


@dataclass(frozen=True)
class Outlook:
    """What one chart shows.

    Attributes:
        indicator: What is drawn.
        area: Whose figures.
        points: The figures so far, in order of time: period_start, period_end, period_type, value, middle.
        ahead: The projected ones, likewise with lower and upper.
        path: What the target asks for, as (date, value) corners; empty where there is none.
        bounds: The two ends of a target that is a range; empty for any other.
        said: The words in the picture.
    """

    indicator: Indicator
    area: Area
    points: pl.DataFrame
    ahead: pl.DataFrame
    said: Said
    path: list[tuple[date, float]] = field(default_factory=list)
    bounds: list[float] = field(default_factory=list)

    def value(self, number: float | None) -> str:
        """A value with its unit."""
        return swedish.value_text(number, self.indicator.unit, self.indicator.decimals)

    def band(self, row: dict[str, Any]) -> str:
        """The band of a projected figure, with its unit."""
        return swedish.interval_text(row["lower"], row["upper"], self.indicator.unit, self.indicator.decimals)


def figure(outlook: Outlook, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The chart as a plotly figure; `narrow` for a phone."""
    reach = picture.reach(_drawn(outlook), outlook.indicator.lowest)
    return {
        "data": [*_ahead(outlook, colours), *_goal(outlook, colours), *_so_far(outlook, colours)],
        "layout": picture.framed(
            outlook.said,
            colours,
            narrow=narrow,
            left=picture.room(reach, picture.suffix(outlook.indicator)),
            annotations=picture.labels(_ends(outlook, colours, narrow=narrow), reach, narrow=narrow),
            xaxis=picture.time_axis(colours, narrow=narrow),
            yaxis=picture.value_axis(colours, reach, picture.suffix(outlook.indicator)),
        ),
    }


def _drawn(outlook: Outlook) -> list[float]:
    ahead = (value for name in ("value", "lower", "upper") for value in outlook.ahead[name])
    return [*outlook.points["value"], *ahead, *(value for _, value in outlook.path), *outlook.bounds]


def _hover(outlook: Outlook, row: dict[str, Any], *, projected: bool) -> str:
    when = Period(row["period_start"], PeriodType(row["period_type"])).label
    said = [f"<b>{when}</b>", outlook.value(row["value"])]
    if projected:
        said = [f"<b>Prognos {when}</b>", said[1], f"80 %-band {outlook.band(row)}"]
    return "<br>".join([*said, "Exempeldata"] if outlook.said.is_example else said)


def _so_far(outlook: Outlook, colours: Palette) -> list[dict[str, Any]]:
    parts = lines.runs(outlook.points)
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": outlook.area.name,
            "x": lines.apart([lines.dates(part) for part in parts]),
            "y": lines.apart([part["value"].to_list() for part in parts]),
            "line": {"color": colours.chosen, "width": 2.5},
            "marker": {"size": 5, "color": colours.chosen},
            "hovertext": lines.apart(
                [
                    [_hover(outlook, row, projected=False) for row in part.iter_rows(named=True)]
                    for part in parts
                ]
            ),
            "hoverinfo": "text",
            "connectgaps": False,
        }
    ]


def _ahead(outlook: Outlook, colours: Palette) -> list[dict[str, Any]]:
    """The band, and the projection from the newest figure on."""
    newest, ahead = outlook.points.tail(1), outlook.ahead
    return [
        *lines.band(ahead, colours),
        {
            "type": "scatter",
            "mode": "lines",
            "name": "Prognos",
            "x": lines.dates(newest) + lines.dates(ahead),
            "y": [*newest["value"], *ahead["value"]],
            "line": {"color": colours.chosen, "width": 2, "dash": "dot"},
            "hovertext": ["", *(_hover(outlook, row, projected=True) for row in ahead.iter_rows(named=True))],
            "hoverinfo": "text",
        },
    ]


def _goal(outlook: Outlook, colours: Palette) -> list[dict[str, Any]]:
    first, last = _span(outlook)
    paths = [outlook.path] if outlook.path else [[(first, end), (last, end)] for end in outlook.bounds]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "Mål",
            "x": [day.isoformat() for day, _ in path],
            "y": [value for _, value in path],
            "line": {"color": colours.target, "width": 2, "dash": "longdash"},
            "hoverinfo": "skip",
        }
        for path in paths
    ]


def _span(outlook: Outlook) -> tuple[date, date]:
    return outlook.points["period_start"][0], outlook.ahead["period_end"][-1]


def _ends(outlook: Outlook, colours: Palette, *, narrow: bool) -> list[Label]:
    last = outlook.ahead.row(-1, named=True)
    said = f"Prognos {outlook.value(last['value'])}"
    ends = [Label(last["value"], said, colours.chosen, True)]
    if not narrow:
        ends += [
            Label(last["upper"], f"80 %-band till {outlook.value(last['upper'])}", colours.quiet),
            Label(last["lower"], f"80 %-band från {outlook.value(last['lower'])}", colours.quiet),
        ]
    goals = [outlook.path[-1][1]] if outlook.path else outlook.bounds
    return [
        *ends,
        *(Label(goal, f"Mål {wording.goal(goal, outlook.indicator)}", colours.target) for goal in goals),
    ]


def alt(outlook: Outlook) -> str:
    """The chart in words, made from its data."""
    first, newest = outlook.points.row(0, named=True), outlook.points.row(-1, named=True)
    last = outlook.ahead.row(-1, named=True)

    def when(row: dict[str, Any]) -> str:
        return Period(row["period_start"], PeriodType(row["period_type"])).label

    said = [
        f"{outlook.said.title}.",
        f"Linjediagram över {outlook.indicator.name} i {outlook.area.name}: "
        f"{outlook.value(first['value'])} {when(first)}, {outlook.value(newest['value'])} {when(newest)}.",
        f"Prognosen för {when(last)} är {outlook.value(last['value'])}, "
        f"med 80 procents sannolikhet {outlook.band(last)}.",
    ]
    said += [f"Målet är {outlook.value(value)}." for _, value in outlook.path[-1:]]
    if outlook.bounds:
        said.append(f"Målet är {' till '.join(map(outlook.value, outlook.bounds))}.")
    return " ".join([*said, "Exempeldata ingår."] if outlook.said.is_example else said)
