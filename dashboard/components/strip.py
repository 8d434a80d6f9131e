"""A strip of dots as inline SVG: where the municipalities lie, with the area's own, the county's and the target's.

Better is to the right. Each kind of mark has a shape of its own; the text beside the picture has the numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components import spark
from schemas.catalogue import Direction

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Size of the box in pixels, and the room kept on both sides for the marks.
WIDTH, HEIGHT = 200, 24
_AIR = 6
_MIDDLE = HEIGHT // 2

_DOT = '<circle class="fp-dot" cx="{x}" cy="12" r="3.5"/>'
_CHOSEN = '<circle class="fp-chosen" cx="{x}" cy="12" r="5"/>'
_OWN = '<path class="fp-own" d="M{x} 1v22"/>'
_COUNTY = '<path class="fp-whole" d="M{x} 6l6 6-6 6-6-6z"/>'
_GOAL = '<path class="fp-goal" d="M{x} 0v24"/>'


def html(
    values: Sequence[float],
    *,
    own: float | None,
    county: float | None,
    target: float | None,
    direction: Direction,
    chosen: float | None = None,
) -> str:
    """The picture; empty where there is no value at all.

    Args:
        values: The municipalities', in the indicator's unit.
        own: The area's own value.
        county: The county's, where it can be held against the others.
        target: What is asked for; left out where it lies so far away that the dots would run together.
        direction: Which way is better.
        chosen: The value of one municipality, to be told from the others.
    """
    marks = [value for value in (*values, own, county, chosen) if value is not None]
    within = spark.reach([marks], [target]) if values or chosen is not None else None
    if within is None:
        return ""
    low, high = within
    span = high - low or 1.0

    def x(value: float) -> int:
        share = (value - low) / span
        if direction is Direction.LOWER:
            share = 1 - share
        return round(_AIR + share * (WIDTH - 2 * _AIR))

    parts = [f'<path class="fp-axis" d="M0 {_MIDDLE}h{WIDTH}"/>']
    if target is not None and low <= target <= high:
        parts.append(_GOAL.format(x=x(target)))
    parts += [_DOT.format(x=x(value)) for value in values]
    parts += [
        mark.format(x=x(value))
        for mark, value in ((_COUNTY, county), (_OWN, own), (_CHOSEN, chosen))
        if value is not None
    ]
    return _svg("".join(parts), WIDTH)


def _svg(inside: str, width: int) -> str:
    return f'<svg class="fp-strip" viewBox="0 0 {width} {HEIGHT}" aria-hidden="true">{inside}</svg>'


def key(own: str, *, chosen: str | None = None) -> list[tuple[str, str]]:
    """The marks and what they stand for, each as a picture and a word.

    Args:
        own: Name of the area whose municipalities are shown.
        chosen: Name of the one municipality that is told from the others.
    """
    marks = [(_DOT, "en kommun"), (_OWN, own), (_COUNTY, "länet"), (_GOAL, "målet")]
    if chosen:
        marks.insert(1, (_CHOSEN, chosen))
    return [(_svg(mark.format(x=8), 16), word) for mark, word in marks]
