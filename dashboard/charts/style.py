"""What all charts share: colours in light and dark, Swedish separators, fonts."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any


@dataclass(frozen=True)
class Palette:
    """Colours of one theme, the same as in `.streamlit/config.toml`."""

    ink: str
    paper: str
    quiet: str
    line: str
    chosen: str
    band: str
    target: str
    muted: str
    note: str
    better: str
    worse: str
    neither: str


LIGHT = Palette(
    ink="#1b2126",
    paper="#ffffff",
    quiet="#59636a",
    line="#dfe4e7",
    chosen="#0b5394",
    band="rgba(11,83,148,0.16)",
    target="#a34400",
    muted="#aeb7bd",
    note="#6b4e00",
    better="#0083bd",
    worse="#d45f00",
    neither="#490092",
)
DARK = Palette(
    ink="#e9edf0",
    paper="#12171b",
    quiet="#aab4bb",
    line="#2c363d",
    chosen="#7cbcf0",
    band="rgba(124,188,240,0.22)",
    target="#ffb27a",
    muted="#5d6a73",
    note="#ffe08a",
    better="#35b6f2",
    worse="#f08a36",
    neither="#c3a1f5",
)

#: Plotly's own buttons are in English and seen only by who points at the chart; ours are in `components.drawing`.
CONFIG = {"displaylogo": False, "displayModeBar": False, "responsive": True}


#: Streamlit's theme types; the first where a browser tells none, and what a projector needs.
THEMES = ("light", "dark")


def palette(theme: str | None) -> Palette:
    """The palette of Streamlit's theme type, `light` or `dark`."""
    return DARK if theme == "dark" else LIGHT


def layout(colours: Palette, **more: Any) -> dict[str, Any]:
    """A chart's layout: our own fonts and colours, decimal comma and no-break space."""
    return {
        "separators": ",\u00a0",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Source Sans, sans-serif", "size": 14, "color": colours.ink},
        "hoverlabel": {
            "bgcolor": colours.paper,
            "bordercolor": colours.quiet,
            "font": {"color": colours.ink, "size": 14},
        },
        "showlegend": False,
        "dragmode": False,
        **more,
    }


def faint(colour: str, share: float) -> str:
    """A colour that what lies behind it shines through.

    Args:
        colour: As `#1b2126`.
        share: How much of it there is, 0–1.
    """
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def spread(positions: list[float], gap: float, *, within: tuple[float, float] = (-inf, inf)) -> list[float]:
    """Move labels apart so that none covers another, in their own order.

    Args:
        positions: Where each label would like to stand, in any order.
        gap: The smallest distance between two.
        within: Lowest and highest position that there is room for.

    Returns:
        New positions, in the order given, at least `gap` apart, as a group centred where they were or as near
        that as there is room for.
    """

    def centre_of(group: list[int]) -> float:
        half = gap * (len(group) - 1) / 2
        wanted = sum(positions[item] for item in group) / len(group)
        return max(min(wanted, within[1] - half), within[0] + half)

    order = sorted(range(len(positions)), key=lambda index: positions[index])
    groups: list[list[int]] = []
    centres: list[float] = []
    for index in order:
        groups.append([index])
        centres.append(centre_of([index]))
        while len(groups) > 1 and _top(groups[-2], centres[-2], gap) + gap > _bottom(
            groups[-1], centres[-1], gap
        ):
            merged = groups[-2] + groups[-1]
            groups[-2:] = [merged]
            centres[-2:] = [centre_of(merged)]
    moved = list(positions)
    for group, centre in zip(groups, centres, strict=True):
        low = _bottom(group, centre, gap)
        for place, index in enumerate(group):
            moved[index] = low + place * gap
    return moved


def _bottom(group: list[int], centre: float, gap: float) -> float:
    return centre - gap * (len(group) - 1) / 2


def _top(group: list[int], centre: float, gap: float) -> float:
    return centre + gap * (len(group) - 1) / 2
