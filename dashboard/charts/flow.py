"""The way of an agreement's money: from the agreement by its purposes to the parts of the county.

On a wide window bands run between three columns, each as thick as its kronor. On a phone there is no room for
them: there bars show the same sums, those of the parts divided by purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard import figures
from dashboard.charts import bars, picture
from dashboard.charts.bars import Bar, Bars, Look
from dashboard.money_stages import Stop
from schemas import swedish

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from dashboard.charts.picture import Said
    from dashboard.charts.style import Palette
    from dashboard.money_stages import Stages

#: Where the columns stand, as shares of the width.
_COLUMNS = (0.0, 0.44, 1.0)

_TALL = 400
_NODE = 9
_LINE = 18
_GAP = 10
_CURVE = 0.45

#: Letters on a line of a label, in each column.
_FITS = (22, 26, 30)

#: As many more, for a name and its kronor on one line.
_ALSO = 12

#: How the purposes are told apart on a phone, where their bars stand apart.
_PATTERNS = ("", "/", ".", "x", "-", "|", "\\")

_FAINT, _USUAL, _STRONG = 0.13, 0.26, 0.62


@dataclass(frozen=True)
class Flow:
    """What the picture shows: the stages, and the words in it."""

    stages: Stages
    said: Said


class _Label(NamedTuple):
    """A stop's words as markup, line by line, and the letters of the longest line."""

    lines: list[str]
    longest: int


class _Node(NamedTuple):
    """A stop of a column: where its kronor begin, in pixels from the top, and the middle of its label."""

    top: float
    middle: float


def figure(flow: Flow, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The picture as a plotly figure; `narrow` for a phone."""
    return bars.figure(_stacked(flow, colours), colours, narrow=True) if narrow else _bands(flow, colours)


def _bands(flow: Flow, colours: Palette) -> dict[str, Any]:
    stages = flow.stages
    columns = ((Stop(stages.agreement, stages.total),), stages.purposes, stages.ends)
    labels = [[_label(stop, place) for stop in column] for place, column in enumerate(columns)]
    amounts = [[stop.amount for stop in column] for column in columns]
    rooms = [[_LINE * len(label.lines) for label in column] for column in labels]
    tall = max(_TALL, *(int(1.7 * sum(room) + _GAP * len(room)) for room in rooms))
    scale = min(_scale(column, room, tall) for column, room in zip(amounts, rooms, strict=True))
    nodes = [_stacked_nodes(column, room, scale, tall) for column, room in zip(amounts, rooms, strict=True)]
    written = [
        _written(label, node, place, colours)
        for place in range(len(columns))
        for label, node in zip(labels[place], nodes[place], strict=True)
    ]
    return {
        "data": [{"type": "scatter", "x": [], "y": [], "hoverinfo": "skip"}],
        "layout": picture.framed(
            flow.said,
            colours,
            narrow=False,
            annotations=written,
            left=8,
            right=int(28 + bars.LETTER * max((label.longest for label in labels[2]), default=0)),
            tall=tall,
            axis=14,
            shapes=[*_ribbons(stages, nodes, scale, colours), *_marks(nodes, amounts, scale, colours)],
            xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
            yaxis={"range": [tall, 0], "visible": False, "fixedrange": True},
        ),
    }


def _label(stop: Stop, place: int) -> _Label:
    """Name and kronor, in the last column on one line where they fit."""
    name, kronor = wrap(stop.name, _FITS[place]) or [""], figures.kronor(stop.amount)
    bold = [f"<b>{picture.harmless(line)}</b>" for line in name]
    amount = f"<b>{kronor}</b>" if stop.strong else kronor
    together = len(stop.name) + len(kronor) + 2
    if len(name) == 1 and place and together <= _FITS[place] + _ALSO:
        return _Label([f"{bold[0]}\u2002{amount}"], together)
    return _Label([*bold, amount], max(len(line) for line in [*name, kronor]))


def _scale(amounts: Sequence[Decimal], rooms: Sequence[int], tall: int) -> float:
    """Pixels a krona, so that a column fits with the room that its labels need."""
    small: set[int] = set()
    while True:
        left = tall - _GAP * (len(rooms) - 1) - sum(rooms[place] for place in small)
        kronor = float(sum(amount for place, amount in enumerate(amounts) if place not in small))
        if not kronor:
            return 1.0
        scale = left / kronor
        more = {place for place, amount in enumerate(amounts) if float(amount) * scale < rooms[place]} - small
        if not more:
            return scale
        small |= more


def _stacked_nodes(amounts: Sequence[Decimal], rooms: Sequence[int], scale: float, tall: int) -> list[_Node]:
    high = [max(float(amount) * scale, room) for amount, room in zip(amounts, rooms, strict=True)]
    gap = min((tall - sum(high)) / max(len(high) - 1, 1), 4.0 * _GAP)
    top = (tall - sum(high) - gap * (len(high) - 1)) / 2
    nodes = []
    for amount, room in zip(amounts, high, strict=True):
        nodes.append(_Node(top + (room - float(amount) * scale) / 2, top + room / 2))
        top += room + gap
    return nodes


def _ribbons(
    stages: Stages, nodes: list[list[_Node]], scale: float, colours: Palette
) -> list[dict[str, Any]]:
    """The bands between the columns; those of the chosen part stand out."""
    chosen = any(stop.strong for stop in stages.ends)
    made = []
    start = nodes[0][0].top
    for node, stop in zip(nodes[1], stages.purposes, strict=True):
        thick = float(stop.amount) * scale
        made.append(_ribbon(0, (start, node.top, thick), colours, _FAINT if chosen else _USUAL))
        start += thick
    leaves = [node.top for node in nodes[1]]
    arrives = [node.top for node in nodes[2]]
    for (purpose, end), amount in sorted(stages.links.items()):
        thick = float(amount) * scale
        strength = (_STRONG if stages.ends[end].strong else _FAINT) if chosen else _USUAL
        made.append(_ribbon(1, (leaves[purpose], arrives[end], thick), colours, strength))
        leaves[purpose] += thick
        arrives[end] += thick
    return made


def _ribbon(
    column: int, span: tuple[float, float, float], colours: Palette, strength: float
) -> dict[str, Any]:
    """A band to the next column; `span` is where it begins and ends, from the top, and how thick it is."""
    start, end, thick = span
    left, right = _COLUMNS[column : column + 2]
    near, far = left + (right - left) * _CURVE, right - (right - left) * _CURVE
    path = (
        f"M{left},{start:.2f}C{near:.3f},{start:.2f} {far:.3f},{end:.2f} {right},{end:.2f}"
        f"L{right},{end + thick:.2f}"
        f"C{far:.3f},{end + thick:.2f} {near:.3f},{start + thick:.2f} {left},{start + thick:.2f}Z"
    )
    return {
        "type": "path",
        "path": path,
        "fillcolor": colours.chosen,
        "opacity": strength,
        "line": {"width": 0.5, "color": colours.paper},
        "layer": "below",
    }


def _marks(
    nodes: list[list[_Node]], amounts: list[list[Decimal]], scale: float, colours: Palette
) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "x0": _COLUMNS[place],
            "x1": _COLUMNS[place],
            "y0": round(node.top, 2),
            "y1": round(node.top + max(float(amount) * scale, 1.0), 2),
            "line": {"width": _NODE, "color": colours.chosen},
        }
        for place, column in enumerate(nodes)
        for node, amount in zip(column, amounts[place], strict=True)
    ]


def _written(label: _Label, node: _Node, place: int, colours: Palette) -> dict[str, Any]:
    return {
        "text": "<br>".join(label.lines),
        "x": _COLUMNS[place],
        "xref": "x",
        "xanchor": "left",
        "xshift": _NODE,
        "y": node.middle,
        "yref": "y",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"size": 14, "color": colours.ink},
    }


def _stacked(flow: Flow, colours: Palette) -> Bars:
    """The stages as bars on one scale."""
    stages = flow.stages
    count = len(stages.purposes)

    def lengths(end: int) -> tuple[float, ...]:
        return tuple(float(stages.links.get((purpose, end), 0)) for purpose in range(count))

    whole = tuple(float(stop.amount) for stop in stages.purposes)
    rows = [Bar("Hela överenskommelsen", whole, (figures.kronor(stages.total),))]
    for place, stop in enumerate(stages.purposes):
        own = tuple(float(stop.amount) if place == at else 0.0 for at in range(count))
        rows.append(Bar(stop.name, own, (figures.kronor(stop.amount),), head="" if place else "Till vad"))
    for place, stop in enumerate(stages.ends):
        head = "" if place else "Till vem, och till vad"
        rows.append(Bar(stop.name, lengths(place), (figures.kronor(stop.amount),), "", head, stop.strong))
    looks = tuple(Look(colours.chosen, pattern) for pattern in _PATTERNS[:count])
    return Bars(tuple(rows), looks, float(stages.total) or 1.0, flow.said, fades=True)


def alt(flow: Flow) -> str:
    """The picture in words, made from its data."""
    stages = flow.stages
    purposes = [f"{stop.name} {figures.kronor(stop.amount)}" for stop in stages.purposes]
    ends = [f"{stop.name} {figures.kronor(stop.amount)}" for stop in stages.ends]
    said = [
        f"{flow.said.title}.",
        f"Flödesbild: {stages.agreement} {figures.kronor(stages.total)}",
        f"till {swedish.listing(purposes)}," if purposes else "",
        f"och vidare till {swedish.listing(ends)}.",
        "Exempeldata ingår." if flow.said.is_example else "",
    ]
    return " ".join(part for part in said if part)
