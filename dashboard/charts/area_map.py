"""A map of the county: municipalities, or delregioner, in a few classes, drawn as SVG in the page itself.

No tiles and no map service: 49 outlines of a few kilobytes. The style sheet colours it, so that it follows the
theme; what a class says is told by its shade's lightness or its symbol, and by a word, never by a hue alone. Every
area can be pointed at, touched, or reached by the arrow keys, and then says its name and figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dashboard import geometry
from dashboard.charts import map_ground, picture
from dashboard.components.markup import text
from dashboard.words import EXAMPLE_CHIP
from schemas import swedish

if TYPE_CHECKING:
    from dashboard.charts.picture import Said

#: Lines of the title, of what stands below, and of the foot, in pixels.
_TITLE_LINE, _BELOW_LINE, _FOOT_LINE = 21, 19, 16

#: A row of the legend, and a swatch, in pixels.
_ROW, _SWATCH = 27, (26, 17)


class _Format(NamedTuple):
    """Measures of a picture in pixels: its width, the map's height, and where the legend begins, None for below."""

    name: str
    width: int
    map_height: int
    legend: int | None


_WIDE, _NARROW = _Format("wide", 960, 590, 572), _Format("narrow", 358, 400, None)


@dataclass(frozen=True)
class Class:
    """A class of areas.

    Attributes:
        css: What colours it: `s0` to `s4` from little to much, one of `schemas.results.Compared`, `hidden`,
            `unknown` or `none`.
        label: What it means.
        count: How many areas it has.
        symbol: SVG inside a 16 × 16 box, drawn on each of its areas; empty for none.
    """

    css: str
    label: str
    count: int
    symbol: str = ""


@dataclass(frozen=True)
class Place:
    """An area of the map.

    Attributes:
        name: Its name.
        codes: The municipalities that it is made of.
        css: The class it belongs to.
        told: What is said of it when it is pointed at, each a few words.
    """

    name: str
    codes: tuple[str, ...]
    css: str
    told: tuple[str, ...]


@dataclass(frozen=True)
class AreaMap:
    """What one map shows.

    Attributes:
        said: The words in the picture.
        classes: Its classes, in the order of the legend.
        places: Its areas, in order of name.
        parts: Municipality → the delregion it belongs to.
        names: Delregion → name.
        chosen: The delregion to set off; its municipalities are named, else the delregioner are.
        noun: One area and several: `kommun`, `kommuner`.
        beside: What stands under the legend, such as the county's value.
    """

    said: Said
    classes: tuple[Class, ...]
    places: tuple[Place, ...]
    parts: dict[str, str]
    names: dict[str, str]
    chosen: str | None = None
    noun: tuple[str, str] = ("kommun", "kommuner")
    beside: tuple[str, ...] = ()


def html(shown: AreaMap, key: str) -> str:
    """The map for a wide and for a narrow window; the style sheet shows the one that fits.

    Args:
        shown: What it shows.
        key: Unique on the page.
    """
    drawn = "".join(_svg(shown, form, f"{key}-{form.name}") for form in (_WIDE, _NARROW))
    return (
        f'<figure class="fp-map" data-map><figcaption class="fp-sr">{text(alt(shown))}</figcaption>{drawn}'
        '<div class="fp-map-tip" hidden></div></figure>'
    )


def alt(shown: AreaMap) -> str:
    """The map in words, made from its data: how many areas each class has. Nobody is ranked."""
    counted = [
        f"{kind.label}: {swedish.count_text(kind.count, *shown.noun)}" for kind in shown.classes if kind.count
    ]
    said = [f"{shown.said.title}.", f"Karta: {shown.said.below}.", f"{'. '.join(counted)}."]
    said += [f"{one}." for one in shown.beside]
    return " ".join([*said, "Exempeldata ingår."] if shown.said.is_example else said)


def _svg(shown: AreaMap, form: _Format, key: str) -> str:
    outlines = geometry.load()
    scale = form.map_height / outlines.size[1]
    head, top = _head(shown.said, form)
    across = 0 if form.legend else (form.width - outlines.size[0] * scale) / 2
    beside = form.legend or 0
    legend, ends = _legend(shown, key, beside, top + 8 if form.legend else top + form.map_height + 12)
    bottom = max(top + form.map_height, ends) + 14 if form.legend else ends + 6
    foot, height = _foot(shown.said, form, bottom)
    return (
        f'<svg class="fp-map-{form.name}" viewBox="0 0 {form.width} {height}" width="{form.width}" height="{height}" '
        f'data-picture xmlns="http://www.w3.org/2000/svg">{map_ground.patterns(key, scale)}'
        f'<g aria-hidden="true">{head}{legend}{foot}</g>'
        f'<g transform="translate({across:.0f} {top}) scale({scale:.4f})">{map_ground.ground(shown, key)}</g>'
        f'<g aria-hidden="true" class="fp-map-over" transform="translate({across:.0f} {top})">'
        f"{map_ground.over(shown, scale)}</g></svg>"
    )


def _head(said: Said, form: _Format) -> tuple[str, int]:
    """Title and what stands below it, and where they end."""
    narrow = form is _NARROW
    title = picture.lines(said.title, "title", narrow=narrow)
    below = picture.lines(
        f"{EXAMPLE_CHIP} · {said.below}" if said.is_example else said.below, "below", narrow=narrow
    )
    if said.is_example:
        below[0] = below[0].replace(EXAMPLE_CHIP, f'<tspan class="fp-map-example">{EXAMPLE_CHIP}</tspan>', 1)
    first = 16 + _TITLE_LINE * len(title)
    drawn = [
        map_ground.line("title", 0, 16 + _TITLE_LINE * number, line) for number, line in enumerate(title)
    ]
    drawn += [
        map_ground.line("below", 0, first + _BELOW_LINE * number, line) for number, line in enumerate(below)
    ]
    return "".join(drawn), first + _BELOW_LINE * len(below)


def _foot(said: Said, form: _Format, top: int | float) -> tuple[str, int]:
    told = f"{said.foot} Karta: {geometry.load().source}."
    lines = picture.lines(told, "foot", narrow=form is _NARROW)
    first = round(top) + 12
    drawn = [
        map_ground.line("foot", 0, first + _FOOT_LINE * number, line) for number, line in enumerate(lines)
    ]
    return "".join(drawn), first + _FOOT_LINE * (len(lines) - 1) + 6


def _legend(shown: AreaMap, key: str, x: int, y: float) -> tuple[str, float]:
    """The classes with how many areas each has; and where they end."""
    drawn = []
    for kind in shown.classes:
        drawn.append(
            f'<rect class="fp-map-area fp-map-{kind.css}"{map_ground.fill(kind.css, key)} x="{x + 1}" y="{y:g}" '
            f'width="{_SWATCH[0]}" height="{_SWATCH[1]}"/>'
        )
        if kind.symbol:
            drawn.append(map_ground.sign(kind, x + 1 + _SWATCH[0] / 2, y + _SWATCH[1] / 2))
        count = swedish.count_text(kind.count, *shown.noun)
        drawn.append(
            map_ground.line(
                "label",
                x + _SWATCH[0] + 10,
                y + 13,
                f'{text(kind.label)}<tspan class="fp-map-count" dx="8">{text(count)}</tspan>',
            )
        )
        y += _ROW
    for one in shown.beside:
        drawn.append(map_ground.line("beside", x, y + 15, text(one)))
        y += _ROW - 6
    return "".join(drawn), y
