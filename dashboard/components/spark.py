"""A small trend line as inline SVG, beside a figure whose text says it: `html` draws it on a scale from `reach`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Values = Sequence[float | None]

#: Size of a line's box in pixels, and the room kept within it for the dot.
WIDTH, HEIGHT = 100, 24
_AIR = 3

#: Points that a line has its full length from; fewer keep the same distance from each other.
_FULL = 12

#: Fewer figures than this are told by the change between them.
_FEWEST = 3

#: How much higher scales that are alike are than the tallest line, for a target close by.
_ROOM = 1.25

#: The share of the height that the values keep where the target is drawn as well.
_LEAST_SHARE = 0.35


class Reach(NamedTuple):
    """The values at the bottom and the top of the box."""

    low: float
    high: float


def reach(lines: Iterable[Values], targets: Iterable[float | None] = (), *, least: float = 0) -> Reach | None:
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


def alike(
    lines: Sequence[Values], targets: Sequence[float | None], *, least: float = 0
) -> list[Reach | None]:
    """A scale for each of several lines, all equally high: each shows its own level's surroundings.

    So lines show how much they move beside one another, and their levels are left to the figures.

    Args:
        lines: The lines' values.
        targets: What each of them is asked for. Its scale takes it in where it is near enough.
        least: As for `reach`.
    """
    own = [reach([line], least=least) for line in lines]
    height = max((one.high - one.low for one in own if one), default=0.0) * _ROOM
    return [one and _around(one, target, height) for one, target in zip(own, targets, strict=True)]


def _around(own: Reach, target: float | None, height: float) -> Reach:
    low, high = own
    if target is not None and max(high, target) - min(low, target) <= height:
        low, high = min(low, target), max(high, target)
    spare = (height - (high - low)) / 2
    return Reach(low - spare, high + spare)


def html(values: Values, within: Reach | None = None, *, target: float | None = None) -> str:
    """The line, its newest figure marked by a dot; empty where there are too few figures for one.

    Args:
        values: In order of time; a None is a gap in the line.
        within: The scale; the line's own where None.
        target: What is asked for, drawn as a dashed line where it is within the scale.
    """
    if sum(value is not None for value in values) < _FEWEST:
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
