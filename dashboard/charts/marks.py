"""Days marked in a chart: what happened, and where the level is counted anew."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.charts.picture import MARK_LINE, harmless

if TYPE_CHECKING:
    from datetime import date

    from dashboard.charts.style import Palette

#: Letters that a mark's text may have on one line, and letters that fit across a wide picture.
_LETTERS = 34
_ACROSS = 95


class Mark(NamedTuple):
    """A day to mark: a dotted line for what happened, a full one (`is_break`) where the level is counted anew."""

    day: date
    text: str
    is_break: bool = False


def uprights(marks: list[Mark], colours: Palette) -> list[dict[str, Any]]:
    """An upright line at each marked day."""
    return [
        {
            "type": "line",
            "x0": mark.day.isoformat(),
            "x1": mark.day.isoformat(),
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {
                "color": colours.ink if mark.is_break else colours.quiet,
                "width": 1.5 if mark.is_break else 1,
                "dash": "solid" if mark.is_break else "dot",
            },
        }
        for mark in marks
    ]


def texts(marks: list[Mark], within: tuple[date, date], colours: Palette) -> tuple[list[dict[str, Any]], int]:
    """The marks' texts above the picture, none over another, and how many lines they take.

    Args:
        marks: The days.
        within: First and last day of the picture.
        colours: The theme's palette.
    """
    first, days = within[0], max((within[1] - within[0]).days, 1)
    taken: list[tuple[float, float, int, int]] = []
    written = []
    for mark in sorted(marks):
        lines = wrap(mark.text, _LETTERS) or [""]
        place = (mark.day - first).days / days
        width = max(map(len, lines)) / _ACROSS
        left = min(max(place - width / 2, 0.0), max(1.0 - width, 0.0))
        level = 0
        while any(
            left < end and begin < left + width and level < above and below < level + len(lines)
            for begin, end, below, above in taken
        ):
            level += 1
        taken.append((left, left + width, level, level + len(lines)))
        written.append(
            {
                "x": left + width / 2,
                "xref": "paper",
                "xanchor": "center",
                "y": 1.0,
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": MARK_LINE * level,
                "align": "center",
                "text": "<br>".join(map(harmless, lines)),
                "showarrow": False,
                "font": {"color": colours.ink if mark.is_break else colours.quiet, "size": 12},
            }
        )
    return written, max((above for *_, above in taken), default=0)
