"""A funnel chart: every place by its size, with limits that are wide for a small one and narrow for a large."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.charts import picture, placing
from dashboard.charts.picture import Label, Said
from dashboard.charts.style import faint
from dashboard.signals import VARIATIONS
from dashboard.words import PLACES
from schemas import swedish
from schemas.catalogue import Level
from schemas.results import Compared, Variation

if TYPE_CHECKING:
    from dashboard.charts.style import Palette
    from schemas.catalogue import Indicator

#: The limits: end of the column's name, what it is called, dash.
_LIMITS = (("998", "99,8\u00a0%", "solid"), ("95", "95\u00a0%", "dash"))

#: The denominators that the axis may name, as steps of each power of ten.
_STEPS = (1, 2, 5)

#: Where something is: in a municipality, at a vårdcentral.
_AT = {Level.MUNICIPALITY: "i", Level.HEALTH_CENTRE: "på"}

#: As many as a narrow picture has room for.
_FEW_TICKS = 4

#: What a point that lies outside is drawn as, the same as in the process behaviour chart.
_OUTSIDE = {
    Compared.BETTER: Variation.IMPROVEMENT,
    Compared.WORSE: Variation.CONCERN,
    Compared.HIGHER: Variation.HIGH,
    Compared.LOWER: Variation.LOW,
}

#: About how large a picture is inside, and a letter of a name, in pixels: wide, narrow.
_SIZE = ((860, picture.HEIGHT), (290, picture.HEIGHT))
_LETTER = 7.0

#: How much of the paper covers the curve behind a name.
_PAPER = 0.7


@dataclass(frozen=True)
class Funnel:
    """What one chart shows.

    Attributes:
        indicator: What is drawn.
        points: Rows of `etl.measures.funnel.funnel` with a figure that is counted, of one period.
        curves: Rows of `etl.measures.funnel.curves` for the same.
        names: Area id → name.
        strong: Ids of those of the chosen delregion.
        said: The words in the picture.
        level: What the places are: municipalities or vårdcentraler.
    """

    indicator: Indicator
    points: pl.DataFrame
    curves: pl.DataFrame
    names: dict[str, str]
    strong: frozenset[str]
    said: Said
    level: Level = Level.MUNICIPALITY

    def value(self, number: float) -> str:
        """A value with its unit."""
        return swedish.value_text(number, self.indicator.unit, self.indicator.decimals)


def figure(funnel: Funnel, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The chart as a plotly figure; `narrow` for a phone, where only names with room are written."""
    reach = picture.reach(_drawn(funnel), funnel.indicator.lowest)
    sizes = funnel.curves["denominator"]
    span = (log10(sizes.min()) - 0.04, log10(sizes.max()) + 0.04)  # ty: ignore[invalid-argument-type]
    ticks = _ticks(span)
    ticks = ticks[::2] if narrow and len(ticks) > _FEW_TICKS else ticks
    ends = picture.labels(_ends(funnel, colours), reach, narrow=narrow)
    return {
        "data": [*_curves(funnel, colours), *_points(funnel, colours)],
        "layout": picture.framed(
            funnel.said,
            colours,
            narrow=narrow,
            left=picture.room(reach, picture.suffix(funnel.indicator)),
            annotations=[
                *ends,
                *_names(funnel, colours, span, reach, ends if narrow else []),
            ],
            xaxis={
                "type": "log",
                "range": list(span),
                "tickvals": ticks,
                "ticktext": [swedish.number(tick) for tick in ticks],
                "showgrid": False,
                "linecolor": colours.quiet,
                "ticks": "outside",
                "tickcolor": colours.quiet,
                "fixedrange": True,
            },
            yaxis=picture.value_axis(colours, reach, picture.suffix(funnel.indicator)),
        ),
    }


def _drawn(funnel: Funnel) -> list[float]:
    return [
        *funnel.points["value"],
        *funnel.curves["lower_998"].drop_nulls(),
        *funnel.curves["upper_998"].drop_nulls(),
    ]


def _ticks(span: tuple[float, float]) -> list[int]:
    steps = (step * 10**power for power in range(10) for step in _STEPS)
    return [tick for tick in steps if span[0] <= log10(tick) <= span[1]]


def _curves(funnel: Funnel, colours: Palette) -> list[dict[str, Any]]:
    sizes = funnel.curves["denominator"].to_list()
    limits = [
        (f"{end}_{level}", name, dash, colours.quiet, 1.3)
        for level, name, dash in _LIMITS
        for end in ("lower", "upper")
    ]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": sizes,
            "y": funnel.curves[column].to_list(),
            "line": {"color": colour, "width": width, "dash": dash},
            "hoverinfo": "skip",
        }
        for column, name, dash, colour, width in [*limits, ("centre", "Alla", "solid", colours.ink, 1.8)]
    ]


def _points(funnel: Funnel, colours: Palette) -> list[dict[str, Any]]:
    """The places: those inside the limits as rings, those outside by colour and shape."""
    inside = [str(Compared.SIMILAR), None]
    traces = [
        _marker(
            funnel, funnel.points.filter(pl.col("outcome").is_in(inside, nulls_equal=True)), None, colours
        )
    ]
    for outcome in _OUTSIDE:
        own = funnel.points.filter(pl.col("outcome") == outcome)
        if own.height:
            traces.append(_marker(funnel, own, outcome, colours))
    return traces


def _tint(outcome: str | None, colours: Palette) -> str:
    if outcome == Compared.BETTER:
        return colours.better
    if outcome == Compared.WORSE:
        return colours.worse
    return colours.neither if outcome else colours.quiet


def _marker(funnel: Funnel, own: pl.DataFrame, outcome: str | None, colours: Palette) -> dict[str, Any]:
    shape = VARIATIONS[_OUTSIDE[Compared(outcome)]].marker if outcome else "circle"
    colour = _tint(outcome, colours)
    mine = own["area"].is_in(list(funnel.strong)).to_list()
    return {
        "type": "scatter",
        "mode": "markers",
        "name": outcome or "inside",
        "x": own["denominator"].to_list(),
        "y": own["value"].to_list(),
        "marker": {
            "symbol": shape,
            "opacity": 1.0,
            "size": [10 if outcome or chosen else 7 for chosen in mine],
            "color": [colours.ink if chosen and not outcome else colour for chosen in mine],
            "line": {"color": colours.paper, "width": 1},
        },
        "hovertext": [_hover(funnel, row) for row in own.iter_rows(named=True)],
        "hoverinfo": "text",
    }


def _hover(funnel: Funnel, row: dict[str, Any]) -> str:
    said = [
        f"<b>{funnel.names[row['area']]}</b>",
        f"{funnel.value(row['value'])}, underlag {swedish.number(row['denominator'])}",
    ]
    return "<br>".join([*said, "Exempeldata"] if row["example"] else said)


def _ends(funnel: Funnel, colours: Palette) -> list[Label]:
    last = funnel.curves.row(-1, named=True)
    ends = [Label(last["centre"], f"Alla {funnel.value(last['centre'])}", colours.ink, True)]
    for level, name, _ in _LIMITS:
        ends += [Label(last[f"{end}_{level}"], f"{name}-gräns", colours.quiet) for end in ("upper", "lower")]
    return ends


def _names(
    funnel: Funnel,
    colours: Palette,
    span: tuple[float, float],
    reach: tuple[float, float],
    inside: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """The names of those outside, beside their points and never over one another.

    Where there is no room for all, those far outside (99,8 %) are named first; the table names every one.

    Args:
        funnel: What is drawn.
        colours: The theme's palette.
        span: The ends of the axis of sizes, as powers of ten.
        reach: The ends of the axis of values.
        inside: What else is written within a narrow picture, at its right edge; empty for a wide one.
    """
    width, height = _SIZE[bool(inside)]
    outside = funnel.points.filter(pl.col("outcome_level").is_not_null()).sort(
        "outcome_level", "denominator", descending=True
    )
    taken = [
        placing.box(_across(row["denominator"], span) * width, _up(row["value"], reach) * height, 8.0, 8.0)
        for row in funnel.points.iter_rows(named=True)
    ]
    for label in inside:
        long = len(label["text"]) * _LETTER
        taken.append(
            placing.box(width - long / 2, label["y"] * height + placing.LINE / 2, long, placing.LINE)
        )
    written = []
    for row in outside.iter_rows(named=True):
        name = funnel.names[row["area"]]
        x, y = _across(row["denominator"], span) * width, _up(row["value"], reach) * height
        place = placing.beside((x, y), len(name) * _LETTER, (width, height), taken)
        if place is None:
            continue
        across, up = place
        taken.append(placing.box(x + across, y + up, len(name) * _LETTER, placing.LINE))
        written.append(
            {
                "x": log10(row["denominator"]),
                "y": row["value"],
                "xshift": across,
                "yshift": up,
                "text": name,
                "showarrow": False,
                "xanchor": "center",
                "yanchor": "middle",
                "font": {"size": 12, "color": _tint(row["outcome"], colours)},
                "bgcolor": faint(colours.paper, _PAPER),
            }
        )
    return written


def _across(size: float, span: tuple[float, float]) -> float:
    return (log10(size) - span[0]) / (span[1] - span[0])


def _up(value: float, reach: tuple[float, float]) -> float:
    return (value - reach[0]) / ((reach[1] - reach[0]) or 1.0)


def alt(funnel: Funnel) -> str:
    """The chart in words, made from its data."""
    points = funnel.points
    said = [
        f"{funnel.said.title}.",
        f"Trattdiagram över {funnel.indicator.name} {_AT[funnel.level]} {points.height} "
        f"{PLACES[funnel.level].several} mot underlagets storlek. "
        f"Alla tillsammans: {funnel.value(funnel.curves['centre'][0])}.",
    ]
    for level, name in ((99.8, "99,8"), (95.0, "95")):
        outside = points.filter(pl.col("outcome_level") == level).sort("area")
        told = [
            f"{funnel.names[row['area']]} {funnel.value(row['value'])}"
            for row in outside.iter_rows(named=True)
        ]
        if told:
            said.append(f"Utanför gränsen för {name} procent: {swedish.listing(told)}.")
    return " ".join([*said, "Exempeldata ingår."] if funnel.said.is_example else said)
