"""What makes a chart a picture that can stand alone: its finding as the title, unit, source and date, and its labels.

A picture is drawn for a wide and for a narrow window; text is broken here, since plotly doesn't break lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.charts.style import Palette, layout, spread
from dashboard.words import EXAMPLE_CHIP as _EXAMPLE
from schemas import swedish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.catalogue import Indicator

#: Height of what is drawn, in pixels, without title and foot.
HEIGHT = 340

#: Room to the right for the labels of a wide picture.
RIGHT = 200

_TITLE = 16
_SMALL = 13
_TITLE_LINE = 21
_FOOT_LINE = 16

#: Room below what is drawn, for the numbers of an axis of time.
AXIS = 34

#: Height of a line of a mark's text.
MARK_LINE = 15

#: How many letters fit on a line of the title, of what stands under it and of the foot: wide, narrow.
#: What is narrow fits at 400 % zoom, 320 pixels.
_FITS = {"title": (82, 36), "below": (104, 45), "foot": (120, 50)}

#: The smallest distance between two labels, as a share of the height.
_LABEL_GAP = 0.065

#: A digit of an axis in pixels, and a reach so small that its numbers have decimals.
_DIGIT = 9
_SMALL_REACH = 5.0

#: Room kept above and below the values, as a share of their range.
_AIR = 0.08


@dataclass(frozen=True)
class Said:
    """The words in a picture.

    Attributes:
        title: The finding.
        below: What is drawn, with its unit.
        foot: Source and date.
        is_example: Whether any of the figures is generated.
    """

    title: str
    below: str
    foot: str
    is_example: bool = False


class Label(NamedTuple):
    """A name at a line's end: where the line ends, what is said, its colour, and whether it is the chosen one."""

    value: float
    text: str
    colour: str
    strong: bool = False


def framed(
    said: Said,
    colours: Palette,
    *,
    narrow: bool,
    annotations: list[dict[str, Any]],
    marks: int = 0,
    left: int = 56,
    right: int = RIGHT,
    tall: int = HEIGHT,
    axis: int = AXIS,
    key: Sequence[str] = (),
    **more: Any,
) -> dict[str, Any]:
    """A layout with the picture's words around what is drawn.

    Args:
        said: The words.
        colours: The theme's palette.
        narrow: Whether it is for a phone.
        annotations: What is written inside.
        marks: Lines of marks' texts above what is drawn, as `dashboard.charts.marks.texts` gives them.
        left: Room to the left, for the axis' numbers.
        right: Room to the right of a wide picture.
        tall: Height of what is drawn.
        axis: Room below what is drawn, for the axis' numbers.
        key: What symbols and lines stand for, as markup; each a line of its own under the title.
        more: The rest of the layout.
    """
    title = lines(said.title, "title", narrow=narrow)
    below = lines(f"{_EXAMPLE} · {said.below}" if said.is_example else said.below, "below", narrow=narrow)
    small = [f'<span style="font-size:{_SMALL}px;color:{colours.quiet}">{line}</span>' for line in below]
    if said.is_example:
        marked = f'<b style="color:{colours.note}">{_EXAMPLE}</b>'
        small[0] = small[0].replace(_EXAMPLE, marked, 1)
    small += [f'<span style="font-size:{_SMALL}px">{line}</span>' for line in key]
    foot = lines(said.foot, "foot", narrow=narrow)
    top = 12 + _TITLE_LINE * (len(title) + len(small)) + 10 + MARK_LINE * marks
    bottom = axis + _FOOT_LINE * len(foot) + 6
    source = {
        "text": "<br>".join(foot),
        "align": "left",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 2 - left,
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -axis,
        "showarrow": False,
        "font": {"size": 12, "color": colours.quiet},
    }
    height = tall + top + bottom
    return layout(
        colours,
        height=height,
        margin={"l": left, "r": 12 if narrow else right, "t": top, "b": bottom},
        title={
            "text": "<br>".join([*(f"<b>{line}</b>" for line in title), *small]),
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1 - _TITLE / height,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": 2},
            "font": {"size": _TITLE, "color": colours.ink},
        },
        annotations=[*annotations, source],
        hovermode="closest",
        **more,
    )


def lines(text: str, kind: str, *, narrow: bool) -> list[str]:
    """Text broken into lines that fit, safe as markup; no-break spaces hold.

    Args:
        text: What is said.
        kind: Where: `title`, `below` it, or `foot`.
        narrow: Whether the picture is for a phone.
    """
    held = "\ue000"
    broken = wrap(text.replace("\u00a0", held), _FITS[kind][narrow], break_on_hyphens=False)
    return [harmless(line.replace(held, "\u00a0")) for line in broken]


def harmless(text: str) -> str:
    """Text without what plotly would read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def time_axis(colours: Palette, *, narrow: bool) -> dict[str, Any]:
    """Years from left to right."""
    return {
        "type": "date",
        "tickformat": "%Y",
        "dtick": "M24" if narrow else "M12",
        "tick0": "2000-01-01",
        "showgrid": False,
        "linecolor": colours.quiet,
        "ticks": "outside",
        "tickcolor": colours.quiet,
        "fixedrange": True,
    }


def value_axis(colours: Palette, reach: tuple[float, float], suffix: str) -> dict[str, Any]:
    """Values from bottom to top.

    Args:
        colours: The theme's palette.
        reach: Lowest and highest value of the axis.
        suffix: What follows each number.
    """
    return {
        "range": list(reach),
        "gridcolor": colours.line,
        "zeroline": False,
        "ticksuffix": suffix,
        "fixedrange": True,
        "nticks": 6,
        **_decimals(reach[1] - reach[0]),
    }


def _decimals(span: float) -> dict[str, str]:
    """As many decimals on all numbers of an axis that is short: 0,30 under 0,35."""
    fits = [form for longest, form in ((0.05, ".3f"), (0.6, ".2f")) if span < longest]
    return {"tickformat": fits[0]} if fits else {}


def room(reach: tuple[float, float], suffix: str) -> int:
    """How wide the numbers of a value axis are, in pixels.

    Args:
        reach: Lowest and highest value of the axis.
        suffix: What follows each number.
    """
    whole = max(len(swedish.number(end)) for end in reach)
    decimals = 2 if reach[1] - reach[0] < _SMALL_REACH else 0
    return 16 + _DIGIT * (whole + decimals + len(suffix))


def suffix(indicator: Indicator) -> str:
    """What follows a number of the indicator on an axis."""
    return "\u00a0%" if indicator.unit == "percent" else ""


def reach(values: list[float], lowest: float) -> tuple[float, float]:
    """The axis that holds the values with some air, and nothing below what is possible.

    Args:
        values: All that is drawn.
        lowest: The lowest value that is possible.
    """
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    air = (high - low or abs(high) or 1.0) * _AIR
    return (max(low - air, lowest) if lowest <= low else low - air), high + air


def labels(ends: list[Label], reach: tuple[float, float], *, narrow: bool) -> list[dict[str, Any]]:
    """Names at the lines' right ends instead of a legend, moved apart where they would collide.

    In a narrow picture they stand inside, above the lines.
    """
    low, span = reach[0], reach[1] - reach[0] or 1.0
    placed = spread([(end.value - low) / span for end in ends], _LABEL_GAP, within=(0.0, 1.0))
    return [
        {
            "x": 1.0 if narrow else 1.01,
            "xref": "paper",
            "xanchor": "right" if narrow else "left",
            "y": place,
            "yref": "paper",
            "yanchor": "bottom" if narrow else "middle",
            "text": f"<b>{harmless(end.text)}</b>" if end.strong else harmless(end.text),
            "font": {"color": end.colour, "size": 12 if narrow else 13},
            "showarrow": False,
        }
        for place, end in zip(placed, ends, strict=True)
    ]
