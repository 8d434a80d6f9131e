"""A process behaviour chart: the figures, their mean and limits, and which of them are more than chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.charts import lines, marks, picture
from dashboard.charts.picture import Label, Said
from dashboard.signals import VARIATIONS
from schemas import swedish
from schemas.period import Period, PeriodType
from schemas.results import Variation

if TYPE_CHECKING:
    from dashboard.charts.marks import Mark
    from dashboard.charts.style import Palette
    from schemas.catalogue import Area, Indicator

#: Each signal's shape as a letter, for the line under the title.
_SHAPES = {"diamond": "◆", "square": "■", "triangle-up": "▲", "triangle-down": "▼", "circle": "●"}

#: How large a point is in pixels: wide and narrow, a signal and a common one.
_SIZES = ((10, 7), (7, 5))

#: The lines of a stretch: column, name, dash, and width.
_LINES = (
    ("upper_limit", "Övre gräns", "dash", 1.2),
    ("mean", "Medel", "solid", 1.6),
    ("lower_limit", "Nedre gräns", "dash", 1.2),
)


@dataclass(frozen=True)
class Process:
    """What one chart shows.

    Attributes:
        indicator: What is drawn.
        area: Whose figures.
        points: `etl.measures.spc.chart.CHART_SCHEMA` of one series, in order of time, with period_end, origin
            and middle.
        said: The words in the picture.
        goals: Levels that the target asks for, with what they are called.
        marks: Days to mark.
    """

    indicator: Indicator
    area: Area
    points: pl.DataFrame
    said: Said
    goals: list[tuple[float, str]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def has_limits(self) -> bool:
        """Whether any point has limits."""
        return self.points["mean"].null_count() < self.points.height

    def value(self, number: float | None) -> str:
        """A value with its unit."""
        return swedish.value_text(number, self.indicator.unit, self.indicator.decimals)


def signal_colours(colours: Palette) -> dict[str, str]:
    """The colour of each signal's points."""
    return {
        Variation.IMPROVEMENT: colours.better,
        Variation.CONCERN: colours.worse,
        Variation.HIGH: colours.neither,
        Variation.LOW: colours.neither,
        Variation.COMMON: colours.quiet,
    }


def _within(process: Process) -> list[Mark]:
    first, last = process.points.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
    return [mark for mark in process.marks if first <= mark.day <= last]


def figure(process: Process, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The chart as a plotly figure; `narrow` for a phone, where the marks have no text."""
    points = process.points
    reach = picture.reach(_drawn(process), process.indicator.lowest)
    marked = _within(process)
    first, last = points.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
    written, levels = ([], 0) if narrow else marks.texts(marked, (first, last), colours)
    return {
        "data": [
            *_stretches(process, colours),
            *_goals(process, colours),
            *_figures(process, colours, narrow=narrow),
        ],
        "layout": picture.framed(
            process.said,
            colours,
            narrow=narrow,
            left=picture.room(reach, picture.suffix(process.indicator)),
            annotations=[
                *picture.labels(_ends(process, colours, narrow=narrow), reach, narrow=narrow),
                *written,
            ],
            marks=levels,
            key=_key(process, colours, narrow=narrow),
            xaxis=picture.time_axis(colours, narrow=narrow)
            | {"range": [first.isoformat(), last.isoformat()]},
            yaxis=picture.value_axis(colours, reach, picture.suffix(process.indicator)),
            shapes=marks.uprights(marked, colours),
        ),
    }


def _drawn(process: Process) -> list[float]:
    columns = ("value", "lower_limit", "upper_limit")
    values = [value for name in columns for value in process.points[name].drop_nulls()]
    return [*values, *(level for level, _ in process.goals)]


def _stretches(process: Process, colours: Palette) -> list[dict[str, Any]]:
    """Mean and limits, broken where they are counted anew."""
    parts = process.points.filter(pl.col("mean").is_not_null()).partition_by("stretch", maintain_order=True)
    if not parts:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": lines.apart([lines.dates(part) for part in parts]),
            "y": lines.apart([part[column].to_list() for part in parts]),
            "line": {"color": colours.quiet, "width": width, "dash": dash},
            "hoverinfo": "skip",
            "connectgaps": False,
        }
        for column, name, dash, width in _LINES
    ]


def _goals(process: Process, colours: Palette) -> list[dict[str, Any]]:
    first, last = process.points.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": [first.isoformat(), last.isoformat()],
            "y": [level, level],
            "line": {"color": colours.target, "width": 2, "dash": "longdash"},
            "hoverinfo": "skip",
        }
        for level, name in process.goals
    ]


def _figures(process: Process, colours: Palette, *, narrow: bool) -> list[dict[str, Any]]:
    """The line between neighbours, and a marker for each figure by what it says."""
    with_value = process.points.filter(pl.col("value").is_not_null())
    parts = lines.runs(with_value)
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": process.area.name,
        "x": lines.apart([lines.dates(part) for part in parts]),
        "y": lines.apart([part["value"].to_list() for part in parts]),
        "line": {"color": colours.muted, "width": 1.5},
        "hoverinfo": "skip",
        "connectgaps": False,
    }
    return [line, *(_marker(process, own, colours, narrow=narrow) for own in _by_signal(with_value))]


def _by_signal(with_value: pl.DataFrame) -> list[pl.DataFrame]:
    order = [None, Variation.COMMON, Variation.LOW, Variation.HIGH, Variation.CONCERN, Variation.IMPROVEMENT]
    parts = (with_value.filter(pl.col("signal").eq_missing(pl.lit(word, pl.String))) for word in order)
    return [part for part in parts if part.height]


def _marker(process: Process, own: pl.DataFrame, colours: Palette, *, narrow: bool) -> dict[str, Any]:
    word = own["signal"][0]
    signal = VARIATIONS.get(word)
    colour = signal_colours(colours)[word] if word else colours.chosen
    common = word in (None, Variation.COMMON)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": signal.word if signal else process.area.name,
        "x": lines.dates(own),
        "y": own["value"].to_list(),
        "marker": {
            "symbol": signal.marker if signal else "circle",
            "size": _SIZES[narrow][common],
            "color": colour,
            "line": {"color": colours.paper, "width": 0 if common else 1},
        },
        "hovertext": [_hover(process, row) for row in own.iter_rows(named=True)],
        "hoverinfo": "text",
    }


def _hover(process: Process, row: dict[str, Any]) -> str:
    said = [f"<b>{_period(row).label}</b>", process.value(row["value"])]
    if row["signal"]:
        said.append(VARIATIONS[row["signal"]].word)
    if row["origin"] == "example":
        said.append("Exempeldata")
    return "<br>".join(said)


def _period(row: dict[str, Any]) -> Period:
    return Period(row["period_start"], PeriodType(row["period_type"]))


def _ends(process: Process, colours: Palette, *, narrow: bool) -> list[Label]:
    """The names at the right: the newest figure, the target, and in a wide picture mean and limits."""
    ends = []
    newest = process.points.filter(pl.col("value").is_not_null()).tail(1)
    last = process.points.filter(pl.col("mean").is_not_null()).tail(1)
    if newest.height:
        value = newest["value"][0]
        ends.append(
            Label(
                value,
                f"{_period(newest.row(0, named=True)).label}: {process.value(value)}",
                colours.ink,
                True,
            )
        )
    if not narrow and last.height and last["stretch"][0] == process.points["stretch"][-1]:
        ends += [
            Label(last[column][0], f"{name} {process.value(last[column][0])}", colours.quiet)
            for column, name, *_ in _LINES
        ]
    return [*ends, *(Label(level, name, colours.target) for level, name in process.goals)]


def _key(process: Process, colours: Palette, *, narrow: bool) -> list[str]:
    """What the shapes of the points stand for, and in a narrow picture the lines."""
    present = [word for word in VARIATIONS if (process.points["signal"] == word).any()]
    tints = signal_colours(colours)
    said = []
    for word in present:
        signal = VARIATIONS[word]
        shape = _SHAPES[signal.marker or "circle"]
        said.append(f'<span style="color:{tints[word]}">{shape}</span> {signal.word.lower()}')
    limits = _limits(process) if narrow else None
    return [*(["   ".join(said)] if said else []), *([limits] if limits else [])]


def _limits(process: Process) -> str | None:
    """Mean and limits of the present stretch, in words."""
    last = process.points.row(-1, named=True)
    if last["mean"] is None:
        return None
    reach = swedish.interval_text(
        last["lower_limit"], last["upper_limit"], process.indicator.unit, process.indicator.decimals
    )
    return f"Medel {process.value(last['mean'])}, vanlig variation {reach}"


def alt(process: Process) -> str:
    """The chart in words, made from its data."""
    with_value = process.points.filter(pl.col("value").is_not_null())
    if not with_value.height:
        return f"{process.said.title}. Diagrammet saknar värden."
    first, last = with_value.row(0, named=True), with_value.row(-1, named=True)
    count = swedish.count_text(with_value.height, "värde", "värden")
    said = [
        f"{process.said.title}.",
        f"Styrdiagram över {process.indicator.name} i {process.area.name}: {count} från {_period(first).label} till "
        f"{_period(last).label}, det senaste {process.value(last['value'])}.",
    ]
    limits = _limits(process)
    said += [f"{limits}."] if limits else []
    for word, signal in VARIATIONS.items():
        found = int((with_value["signal"] == word).sum())
        if found and word != Variation.COMMON:
            said.append(f"{swedish.count_text(found, 'värde', 'värden')} {signal.word.lower()}.")
    said += [f"{name}." for _, name in process.goals]
    said += [f"{mark.day.isoformat()}: {mark.text}." for mark in _within(process)]
    return " ".join([*said, "Exempeldata ingår."] if process.said.is_example else said)
