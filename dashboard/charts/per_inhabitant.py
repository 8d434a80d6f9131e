"""Kronor per inhabitant as bars, one a delregion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts.style import Palette, example_mark, layout
from schemas import swedish

if TYPE_CHECKING:
    from dashboard.money import Share

_ROW = 44


def figure(rows: list[Share], colours: Palette, *, example: bool) -> dict[str, Any]:
    """Horizontal bars, largest at the top, each with its value at its end; `example` marks the picture."""
    ordered = sorted(rows, key=lambda row: row.per_inhabitant)
    values = [row.per_inhabitant for row in ordered]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": values,
                "y": [row.area.name for row in ordered],
                "text": [swedish.kronor(value, 2) for value in values],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": colours.chosen},
                "hoverinfo": "skip",
            }
        ],
        "layout": layout(
            colours,
            height=60 + _ROW * len(ordered),
            margin={"l": 8, "r": 90, "t": 28, "b": 8},
            xaxis={"visible": False, "rangemode": "tozero", "fixedrange": True},
            yaxis={"automargin": True, "fixedrange": True, "ticks": "", "ticklabelstandoff": 8},
            bargap=0.35,
            annotations=[example_mark(colours) | {"y": 1.0}] if example else [],
        ),
    }


def alt(rows: list[Share]) -> str:
    """The bars in words."""
    ordered = sorted(rows, key=lambda row: -row.per_inhabitant)
    said = ", ".join(f"{row.area.name} {swedish.kronor(row.per_inhabitant, 2)}" for row in ordered)
    return f"Stapeldiagram över fördelade kronor per invånare: {said}."
