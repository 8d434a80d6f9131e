"""What a map is drawn of: its areas, borders, names and symbols, and the patterns of what can't be told."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard import geometry
from dashboard.components.markup import text

if TYPE_CHECKING:
    from dashboard.charts.area_map import AreaMap, Class
    from dashboard.geometry import Box

#: Between what an area says of itself: what reads well aloud, and isn't part of a number.
BETWEEN = "; "

#: A symbol in pixels.
_SIGN = 13

#: A letter of a name and the height of a line, in pixels: delregioner, and in a narrow window; municipalities.
_PART_NAME, _SMALL_PART_NAME, _PLACE_NAME = (8.0, 16), (6.6, 12), (6.3, 12)

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


def _names(shown: AreaMap, scale: float) -> tuple[str, list[Box]]:
    """The chosen delregion's municipalities by name, else the delregioner: those with room, and where they stand."""
    outlines = geometry.load()
    own = [place for place in shown.places if shown.parts.get(place.codes[0]) == shown.chosen]
    if shown.chosen and all(len(place.codes) == 1 for place in own):
        css, (letter, high), named = "place", _PLACE_NAME, [(place.name, place.codes) for place in own]
    else:
        css, (letter, high) = ("part", _PART_NAME) if scale > _LARGE else ("small", _SMALL_PART_NAME)
        codes = {part: [code for code, of in shown.parts.items() if of == part] for part in shown.names}
        named = [(name, tuple(codes[part])) for part, name in shown.names.items()]
    drawn, taken = [], []
    for name, codes in named:
        width, height = len(name) * letter / scale, high / scale
        room = outlines.room(codes, width, height, beyond=True)
        if room:
            x, y = room
            taken.append((x - width / 2, x + width / 2, y - height / 2, y + height / 2))
            drawn.append(line(css, x * scale, y * scale + high * 0.35, text(name)))
    return "".join(drawn), taken


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
