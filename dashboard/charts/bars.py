"""Horizontal bars with their names and numbers written beside them, for a wide and for a narrow window.

A bar may be in parts, told apart by pattern as well as by colour. In a narrow picture the words stand above and
below the bar instead of at its sides. Heights are reckoned in pixels, so that long names get the lines they need.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.charts import picture

if TYPE_CHECKING:
    from dashboard.charts.picture import Said
    from dashboard.charts.style import Palette

#: About how wide a letter is, in pixels.
LETTER = 7.2

LINE = 17
_BAR = {False: 24, True: 16}
_BETWEEN = {False: 12, True: 14}
_HEAD = 34
_MARK = 24

#: Letters on a line of a name to the left of its bar, and above it together with its number.
_FITS_LEFT = 32
_FITS_ABOVE = 46
_SHORTEST = 18

#: So near the left end the words of a mark stand to its right.
_EARLY = 0.4

#: How far a mark reaches out of a bar, where no words stand.
_OUT = 4

#: A little more than the longest bar, for its outline.
_EDGE = 1.004

#: The pattern of a bar that is only an outline.
EMPTY = "empty"


class Look(NamedTuple):
    """How a part of the bars looks: its colour, and a pattern of plotly's, "" for none, EMPTY for an outline."""

    colour: str
    pattern: str = ""


class Bar(NamedTuple):
    """One bar.

    Attributes:
        name: What it is of.
        parts: Lengths, one a look.
        said: What is written at its end, or one text a column.
        below: What is written under it in a narrow picture, instead of `said` above it.
        head: A heading above it.
        strong: Whether it is the chosen one.
    """

    name: str
    parts: tuple[float, ...]
    said: tuple[str, ...]
    below: str = ""
    head: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Bars:
    """What a picture of bars shows.

    Attributes:
        rows: The bars, from the top.
        looks: How each part looks.
        reach: The length of the axis.
        said: The words in the picture.
        columns: What the columns to the right are called; without any, what is said stands at the bars' ends.
        mark: A line across all bars: where, and what it is called.
        key: What the parts are called, in a narrow picture.
        fades: Whether the other bars are pale where one is the chosen one.
    """

    rows: tuple[Bar, ...]
    looks: tuple[Look, ...]
    reach: float
    said: Said
    columns: tuple[str, ...] = ()
    mark: tuple[float, str] | None = None
    key: tuple[str, ...] = ()
    fades: bool = False


@dataclass(frozen=True)
class _Sheet:
    """What a bar's words are written on: the picture, its colours, and the room at the sides, in pixels."""

    bars: Bars
    colours: Palette
    narrow: bool
    left: int
    widths: tuple[int, ...]


class _Spot(NamedTuple):
    """Where a bar stands: the lines of its name, the top of its room, its middle and the room's end."""

    name: list[str]
    top: float
    middle: float
    bottom: float


def figure(bars: Bars, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The bars as a plotly figure; `narrow` for a phone."""
    sheet = _sheet(bars, colours, narrow=narrow)
    top = float(_MARK if bars.mark or (bars.columns and not narrow) else 0)
    spots: list[_Spot] = []
    written: list[dict[str, Any]] = [] if narrow else _column_heads(sheet)
    for row in bars.rows:
        if row.head:
            lines = wrap(row.head, _FITS_ABOVE)
            top += _HEAD + LINE * (len(lines) - 1)
            head = "<br>".join(_bold(line, strong=True) for line in lines)
            written.append(_text(sheet, head, top - 5, yanchor="bottom"))
        spot = _spot(row, top, narrow=narrow)
        spots.append(spot)
        written += [*_named(row, spot, sheet), *_valued(row, spot, sheet)]
        top = spot.bottom + _BETWEEN[narrow]
    tall = int(max(top, 1))
    if bars.mark:
        side = "right" if bars.mark[0] > bars.reach * _EARLY else "left"
        across = {"x": bars.mark[0], "xref": "x", "xanchor": side, "xshift": 4 if side == "right" else -4}
        written.append(_text(sheet, picture.harmless(bars.mark[1]), _MARK / 2 - 3, **across))
    return {
        "data": _traces(sheet, [spot.middle for spot in spots]),
        "layout": picture.framed(
            bars.said,
            colours,
            narrow=narrow,
            annotations=written,
            left=sheet.left,
            right=sum(sheet.widths) + 8,
            tall=tall,
            axis=8,
            key=bars.key if narrow else (),
            barmode="stack",
            shapes=_mark_lines(sheet, spots),
            xaxis={"range": [0, bars.reach * _EDGE], "visible": False, "fixedrange": True},
            yaxis={"range": [tall, 0], "visible": False, "fixedrange": True},
        ),
    }


def _sheet(bars: Bars, colours: Palette, *, narrow: bool) -> _Sheet:
    longest = max((len(line) for row in bars.rows for line in _lines(row, narrow=narrow)), default=0)
    columns = [
        [head, *(row.said[place] for row in bars.rows)] for place, head in enumerate(bars.columns or ("",))
    ]
    widths = tuple(int(22 + LETTER * max(len(text) for text in column)) for column in columns)
    return _Sheet(bars, colours, narrow, 8 if narrow else int(14 + LETTER * longest), widths)


def _lines(row: Bar, *, narrow: bool) -> list[str]:
    beside = 0 if row.below else sum(len(text) + 1 for text in row.said)
    fits = max(_SHORTEST, _FITS_ABOVE - beside) if narrow else _FITS_LEFT
    return wrap(row.name, fits) or [""]


def _spot(row: Bar, top: float, *, narrow: bool) -> _Spot:
    name = _lines(row, narrow=narrow)
    if narrow:
        middle = top + LINE * len(name) + 2 + _BAR[True] / 2
        return _Spot(name, top, middle, middle + _BAR[True] / 2 + (LINE if row.below else 0))
    high = max(_BAR[False], LINE * len(name))
    return _Spot(name, top, top + high / 2, top + high)


def _text(sheet: _Sheet, text: str, y: float, **more: Any) -> dict[str, Any]:
    """Words in the picture, at its left edge unless told otherwise; `y` in pixels from the top."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 2 - sheet.left,
        "y": y,
        "yref": "y",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"color": sheet.colours.ink, "size": 14},
        **more,
    }


def _bold(text: str, *, strong: bool) -> str:
    return f"<b>{picture.harmless(text)}</b>" if strong else picture.harmless(text)


def _named(row: Bar, spot: _Spot, sheet: _Sheet) -> list[dict[str, Any]]:
    y = spot.top + LINE * len(spot.name) / 2 if sheet.narrow else spot.middle
    said = [_text(sheet, "<br>".join(_bold(line, strong=row.strong) for line in spot.name), y)]
    if sheet.narrow and row.below:
        said.append(_text(sheet, picture.harmless(row.below), spot.bottom - LINE / 2))
    return said


def _valued(row: Bar, spot: _Spot, sheet: _Sheet) -> list[dict[str, Any]]:
    right: dict[str, Any] = {"x": 1, "xanchor": "right"}
    if sheet.narrow:
        said = [] if row.below else [" ".join(row.said)]
        y, places = spot.top + LINE / 2, [right | {"xshift": 0}]
    elif sheet.bars.columns:
        said, y = list(row.said), spot.middle
        places = [right | {"xshift": sum(sheet.widths[: place + 1])} for place in range(len(said))]
    else:
        said, y = [row.said[0]], spot.middle
        places = [{"x": sum(row.parts), "xref": "x", "xshift": 6}]
    return [
        _text(sheet, _bold(text, strong=row.strong), y, **place)
        for text, place in zip(said, places, strict=False)
    ]


def _column_heads(sheet: _Sheet) -> list[dict[str, Any]]:
    return [
        _text(
            sheet,
            picture.harmless(head),
            _MARK / 2 - 3,
            x=1,
            xanchor="right",
            xshift=sum(sheet.widths[: place + 1]),
            font={"color": sheet.colours.quiet, "size": 14},
        )
        for place, head in enumerate(sheet.bars.columns)
    ]


def _mark_lines(sheet: _Sheet, spots: list[_Spot]) -> list[dict[str, Any]]:
    """The mark across each bar, with an edge that tells it from a bar of any colour."""
    if not sheet.bars.mark:
        return []
    half = _BAR[sheet.narrow] / 2
    above = 0 if sheet.narrow else _OUT
    return [
        {
            "type": "line",
            "x0": sheet.bars.mark[0],
            "x1": sheet.bars.mark[0],
            "y0": spot.middle - half - above,
            "y1": spot.middle + half + _OUT,
            "line": {"color": colour, "width": width},
        }
        for spot in spots
        for colour, width in ((sheet.colours.paper, 6), (sheet.colours.ink, 2))
    ]


def _traces(sheet: _Sheet, middles: list[float]) -> list[dict[str, Any]]:
    rows = sheet.bars.rows
    chosen = sheet.bars.fades and any(row.strong for row in rows)
    return [
        {
            "type": "bar",
            "orientation": "h",
            "x": [row.parts[place] for row in rows],
            "y": middles,
            "width": _BAR[sheet.narrow],
            "hoverinfo": "skip",
            "cliponaxis": False,
            "marker": _marker(look, [row.strong or not chosen for row in rows], sheet.colours),
        }
        for place, look in enumerate(sheet.bars.looks)
    ]


def _marker(look: Look, shown: list[bool], colours: Palette) -> dict[str, Any]:
    own = [look.colour if strong else colours.muted for strong in shown]
    if look.pattern == EMPTY:
        return {"color": colours.paper, "line": {"width": 1, "color": own}}
    if not look.pattern:
        return {"color": own, "line": {"width": 1, "color": colours.paper}}
    return {
        "color": colours.paper,
        "line": {"width": 1, "color": own},
        "pattern": {
            "shape": look.pattern,
            "fgcolor": own,
            "bgcolor": colours.paper,
            "size": 6,
            "solidity": 0.35,
        },
    }
