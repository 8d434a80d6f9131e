"""How far apart the areas of the county lie, period by period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.charts import lines, picture
from dashboard.charts.picture import Label, Said
from schemas import swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from dashboard.charts.style import Palette
    from schemas.catalogue import Indicator


@dataclass(frozen=True)
class Gap:
    """What one chart shows.

    Attributes:
        indicator: What the gap is of.
        points: Rows of `etl.measures.equality.gaps` with a gap, of one level, division and period type, in order
            of time, with period_end and middle.
        names: Area id → name.
        said: The words in the picture.
    """

    indicator: Indicator
    points: pl.DataFrame
    names: dict[str, str]
    said: Said

    def size(self, number: float) -> str:
        """A gap with its unit: percentage points for a share."""
        return swedish.change_text(number, self.indicator.unit, self.indicator.decimals).lstrip(
            f"+{swedish.MINUS}"
        )


def figure(gap: Gap, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The chart as a plotly figure; `narrow` for a phone. The axis begins at no gap at all."""
    columns = ("gap", "lower", "upper")
    values = [value for name in columns for value in gap.points[name].drop_nulls()]
    reach = (min(0.0, *values), picture.reach([0.0, *values], 0.0)[1])
    newest = gap.points["gap"][-1]
    end = Label(newest, gap.size(newest), colours.chosen, True)
    parts = lines.runs(gap.points)
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Skillnad",
        "x": lines.apart([lines.dates(part) for part in parts]),
        "y": lines.apart([part["gap"].to_list() for part in parts]),
        "line": {"color": colours.chosen, "width": 2.5},
        "marker": {"size": 6, "color": colours.chosen},
        "hovertext": lines.apart(
            [[_hover(gap, row) for row in part.iter_rows(named=True)] for part in parts]
        ),
        "hoverinfo": "text",
        "connectgaps": False,
    }
    return {
        "data": [*lines.band(gap.points.filter(pl.col("lower").is_not_null()), colours), line],
        "layout": picture.framed(
            gap.said,
            colours,
            narrow=narrow,
            left=picture.room(reach, ""),
            annotations=[] if narrow else picture.labels([end], reach, narrow=narrow),
            xaxis=picture.time_axis(colours, narrow=narrow),
            yaxis=picture.value_axis(colours, reach, ""),
        ),
    }


def _hover(gap: Gap, row: dict[str, Any]) -> str:
    said = [
        f"<b>{_period(row).label}</b>",
        f"{gap.size(row['gap'])}: {gap.names[row['lowest_area']]} lägst, {gap.names[row['highest_area']]} högst",
    ]
    return "<br>".join([*said, "Exempeldata"] if row["example"] else said)


def _period(row: dict[str, Any]) -> Period:
    return Period(row["period_start"], PeriodType(row["period_type"]))


def alt(gap: Gap) -> str:
    """The chart in words, made from its data."""
    first, last = gap.points.row(0, named=True), gap.points.row(-1, named=True)
    said = [
        f"{gap.said.title}.",
        f"Linjediagram över skillnaden mellan högsta och lägsta värde av {gap.indicator.name}: "
        f"{gap.size(first['gap'])} {_period(first).label}, {gap.size(last['gap'])} {_period(last).label}.",
    ]
    return " ".join([*said, "Exempeldata ingår."] if gap.said.is_example else said)
