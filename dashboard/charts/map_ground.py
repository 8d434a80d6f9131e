"""What a map is drawn of: its areas, borders, names and symbols, and the patterns of what can't be told."""

from __future__ import annotations

from functools import lru_cache
from math import hypot
from typing import TYPE_CHECKING

from dashboard import geometry
from dashboard.components.markup import text

if TYPE_CHECKING:
    from dashboard.charts.area_map import AreaMap, Class
    from dashboard.geometry import Box

    Point = tuple[float, float]

#: Between what an area says of itself: what reads well aloud, and isn't part of a number.
BETWEEN = "; "

#: A symbol in pixels.
_SIGN = 13

#: A letter of a name and the height of a line, in pixels: delregioner, and in a narrow window; municipalities.
_PART_NAME, _SMALL_PART_NAME, _PLACE_NAME = (8.0, 16), (6.6, 12), (6.3, 12)

#: How wide a strip a line to a name keeps free, in pixels.
_STEP = 6

#: As many pixels a step that the larger names have room.
_LARGE = 0.2


def line(css: str, x: float, y: float, markup: str) -> str:
    """A line of text, of the style sheet's class `fp-map-…`; `markup` is safe."""
    return f'<text class="fp-map-{css}" x="{x:g}" y="{y:g}">{markup}</text>'


def patterns(key: str, scale: float) -> str:
    """What can't be told is drawn without colour: lines for what isn't known, dots for what is hidden."""
    lined = '<path d="M0 0v6" class="fp-map-hatch"/>'
    dotted = '<circle cx="2" cy="2" r="1" class="fp-map-dot"/>'
    found = []
    for name, size, drawn, turn in (("unknown", 6, lined, "rotate(45)"), ("hidden", 4, dotted, "")):
        for end, factor in (("", 1 / scale), ("-key", 1.0)):
            found.append(
                f'<pattern id="{key}-{name}{end}" patternUnits="userSpaceOnUse" width="{size}" height="{size}" '
                f'patternTransform="{turn}scale({factor:.4g})">'
                f'<rect width="{size}" height="{size}" class="fp-map-bare"/>{drawn}</pattern>'
            )
    return f"<defs>{''.join(found)}</defs>"


_PATTERNED = ("unknown", "hidden")


def fill(css: str, key: str, end: str = "-key") -> str:
    """The pattern of a class that has one, as an attribute: the legend's, or that of the map with `end` empty."""
    return f' fill="url(#{key}-{css}{end})"' if css in _PATTERNED else ""


def ground(shown: AreaMap, key: str) -> str:
    """The areas, which are pointed at, and the borders over them, which aren't."""
    outlines = geometry.load()
    areas = []
    for number, place in enumerate(shown.places):
        x, y = _middle(place.codes)
        areas.append(
            f'<path id="{key}-{number}" role="option" aria-selected="false" data-x="{x:.0f}" data-y="{y:.0f}" '
            f'class="fp-map-area fp-map-{place.css}"{fill(place.css, key, "")} d="{outlines.outline(place.codes)}" '
            f'aria-label="{text(BETWEEN.join((place.name, *place.told)))}"/>'
        )
    chosen = [code for code, part in shown.parts.items() if part == shown.chosen]
    strong = outlines.outline(chosen) if chosen else ""
    name = f"{text(shown.noun[1].capitalize())} på kartan. Gå med piltangenterna."
    return (
        f'<g role="listbox" tabindex="0" aria-label="{name}">{"".join(areas)}</g>'
        f'<g aria-hidden="true" class="fp-map-over"><path class="fp-map-border" d="{outlines.borders(shown.parts)}"/>'
        f'<path class="fp-map-edge" d="{outlines.outline(outlines.rings)}"/>'
        + (
            f'<path class="fp-map-casing" d="{strong}"/><path class="fp-map-chosen" d="{strong}"/>'
            if strong
            else ""
        )
        + '<path class="fp-map-focus" d=""/></g>'
    )


def over(shown: AreaMap, scale: float) -> str:
    """Names, and symbols beside them, in pixels."""
    names, taken = _names(shown, scale)
    signs = {kind.css: kind for kind in shown.classes if kind.symbol}
    side = (_SIGN + 2) / scale
    drawn = []
    for place in shown.places:
        if place.css in signs:
            rooms = (geometry.load().room(place.codes, one, one, taken=taken) for one in (side, side / 2))
            x, y = next((room for room in rooms if room), _middle(place.codes))
            drawn.append(sign(signs[place.css], x * scale, y * scale))
    return names + "".join(drawn)


def _names(shown: AreaMap, scale: float) -> tuple[str, tuple[Box, ...]]:
    """The chosen delregion's municipalities by name, else the delregioner, and what they take up.

    A name without room in its area stands beside the county with a line to the area; one too far from it is left out.
    """
    own = [place for place in shown.places if shown.parts.get(place.codes[0]) == shown.chosen]
    if shown.chosen and all(len(place.codes) == 1 for place in own):
        return _placed(tuple((place.name, place.codes) for place in own), "place", *_PLACE_NAME, scale)
    css, (letter, high) = ("part", _PART_NAME) if scale > _LARGE else ("small", _SMALL_PART_NAME)
    codes = {part: tuple(code for code, of in shown.parts.items() if of == part) for part in shown.names}
    return _placed(tuple((name, codes[part]) for part, name in shown.names.items()), css, letter, high, scale)


@lru_cache(maxsize=64)
def _placed(
    named: tuple[tuple[str, tuple[str, ...]], ...], css: str, letter: float, high: int, scale: float
) -> tuple[str, tuple[Box, ...]]:
    """Names on their areas, each the codes of its municipalities; the same for all that maps show of them."""
    outlines = geometry.load()
    drawn, taken, left = [], [], []
    for name, codes in named:
        width, height = len(name) * letter / scale, high / scale
        room = outlines.room(codes, width, height, beyond=True, taken=taken)
        if room:
            taken.append(_box(room, width, height))
            drawn.append(_named(css, room, name, high, scale))
        else:
            left.append((name, codes, width, height))
    for name, codes, width, height in left:
        room = outlines.beside(codes, width, height, taken=taken)
        if room:
            end = _middle(codes)
            taken += [_box(room, width, height), *_along(room, end, _STEP / scale)]
            drawn.insert(0, _lead(room, end, _box(room, width, height), scale))
            drawn.append(_named(css, room, name, high, scale))
    return "".join(drawn), tuple(taken)


def _box(middle: Point, width: float, height: float) -> Box:
    x, y = middle
    return x - width / 2, x + width / 2, y - height / 2, y + height / 2


def _named(css: str, middle: Point, name: str, high: int, scale: float) -> str:
    return line(css, middle[0] * scale, middle[1] * scale + high * 0.35, text(name))


def _along(start: Point, end: Point, side: float) -> list[Box]:
    """Small boxes along a line, for what mustn't cover it."""
    count = max(1, round(hypot(end[0] - start[0], end[1] - start[1]) / side))
    ways = [step / count for step in range(count + 1)]
    return [
        _box((start[0] + (end[0] - start[0]) * way, start[1] + (end[1] - start[1]) * way), side, side)
        for way in ways
    ]


def _lead(middle: Point, end: Point, box: Box, scale: float) -> str:
    """A thin line from the edge of a name's box to a point in its area, both also drawn in the paper's colour below."""
    away = end[0] - middle[0], end[1] - middle[1]
    reach = ((box[1] - box[0]) / 2, (box[3] - box[2]) / 2)
    way = min(half / abs(step) for half, step in zip(reach, away, strict=True) if step)
    x, y = (middle[side] + away[side] * min(way, 1.0) for side in (0, 1))
    drawn = f"M{x * scale:.1f} {y * scale:.1f}L{end[0] * scale:.1f} {end[1] * scale:.1f}"
    return (
        f'<path class="fp-map-lead-under" d="{drawn}"/><path class="fp-map-lead" d="{drawn}"/>'
        f'<path class="fp-map-lead-end" d="M{end[0] * scale:.1f} {end[1] * scale:.1f}h0"/>'
    )


def sign(kind: Class, x: float, y: float) -> str:
    """A class's symbol with its middle at a place."""
    half = _SIGN / 2
    return (
        f'<svg class="fp-map-sign fp-map-on-{kind.css}" x="{x - half:.1f}" y="{y - half:.1f}" width="{_SIGN}" '
        f'height="{_SIGN}" viewBox="0 0 16 16">{kind.symbol}</svg>'
    )


@lru_cache(maxsize=256)
def _middle(codes: tuple[str, ...]) -> tuple[float, float]:
    return geometry.load().middle(codes)
