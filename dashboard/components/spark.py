"""A small trend line as inline SVG, beside a figure whose text says it: `html` draws it, `reach` sets its scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Size of a line's box in pixels, and the room kept within it for the dot.
WIDTH, HEIGHT = 100, 24
_AIR = 3

#: Points that a line has its full length from; fewer keep the same distance from each other.
_FULL = 12

#: The share of the height that the values keep where the target is drawn as well.
_LEAST_SHARE = 0.35


class Reach(NamedTuple):
    """The values at the bottom and the top of the box."""

    low: float
    high: float


def reach(
    lines: Iterable[Sequence[float | None]], targets: Iterable[float | None] = (), *, least: float = 0
) -> Reach | None:
    """A scale that several lines share, so that they can be held against each other.

    Args:
        lines: The lines' values.
        targets: What is asked for, in the same unit. The scale reaches those that leave the lines room enough.
        least: The smallest distance between bottom and top, so that next to no change doesn't look like much.

    Returns:
        None where there is no value.
    """
    values = [value for line in lines for value in line if value is not None]
    if not values:
        return None
    low, high = min(values), max(values)
    lacking = max(least - (high - low), 0.0) / 2
    low, high = low - lacking, high + lacking
    most = (high - low) / _LEAST_SHARE
    for target in targets:
        if target is not None and max(high, target) - min(low, target) <= most:
            low, high = min(low, target), max(high, target)
    return Reach(low, high)


def html(values: Sequence[float | None], within: Reach | None = None, *, target: float | None = None) -> str:
    """The line, its newest figure marked by a dot; empty where there are fewer than two figures.

    Args:
        values: In order of time; a None is a gap in the line.
        within: The scale; the line's own where None.
        target: What is asked for, drawn as a dashed line where it is within the scale.
    """
    if sum(value is not None for value in values) < 2:  # noqa: PLR2004 - a line has two ends
        return ""
    low, high = within or reach([values]) or Reach(0, 1)
    span = high - low or 1.0
    room = HEIGHT - 2 * _AIR
    step = (WIDTH - 2 * _AIR) / max(len(values) - 1, _FULL - 1)
    begin = WIDTH - _AIR - step * (len(values) - 1)
    points = [
        None
        if value is None
        else (round(begin + place * step), round(HEIGHT - _AIR - (value - low) / span * room))
        for place, value in enumerate(values)
    ]
    drawn = [f'<path d="{_path(points)}"/>']
    if target is not None and low <= target <= high:
        level = round(HEIGHT - _AIR - (target - low) / span * room)
        drawn.insert(0, f'<path class="fp-goal" d="M0 {level}h{WIDTH}"/>')
    x, y = next(point for point in reversed(points) if point)
    drawn.append(f'<circle cx="{x}" cy="{y}" r="2.5"/>')
    return f'<svg class="fp-spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{"".join(drawn)}</svg>'


def _path(points: list[tuple[int, int] | None]) -> str:
    """The points as a path of whole numbers, each counted from the one before; a lone point is a dot."""
    said: list[str] = []
    before: tuple[int, int] | None = None
    for place, point in enumerate(points):
        if point is not None and before is None:
            alone = place + 1 == len(points) or points[place + 1] is None
            said.append(f"M{point[0]} {point[1]}{'h0' if alone else ''}")
        elif point is not None and before is not None:
            down = point[1] - before[1]
            said.append(f"l{point[0] - before[0]}{'' if down < 0 else ' '}{down}")
        before = point
    return "".join(said)
