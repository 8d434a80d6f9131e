"""Small multiples: one small picture an area, all on the same scale, the county behind, the figure as the title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import figures
from dashboard.components import badge as badges
from dashboard.components import term
from dashboard.components.markup import link, text
from dashboard.components.notes import example_chip
from dashboard.components.outcome import badge
from dashboard.signals import VARIATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.board import Figure
    from dashboard.components.spark import Reach
    from schemas.catalogue import Indicator

#: Size of a picture's box; the style sheet stretches it.
WIDTH, HEIGHT = 200, 84

#: A line's points, broken where a period is missing.
Runs = list[list[tuple["date", float]]]


@dataclass(frozen=True)
class Panel:
    """One area.

    Attributes:
        name: The area.
        address: Where a click on its name leads.
        figure: Its newest figure; None where nothing is delivered.
        runs: Its line.
        told: The line in words.
        strong: Whether it is the chosen area.
    """

    name: str
    address: str
    figure: Figure | None
    runs: Runs
    told: str
    strong: bool = False


@dataclass(frozen=True)
class Panels:
    """All areas of a division.

    Attributes:
        indicator: What the figures are of.
        panels: One an area.
        county: The county's line, drawn grey behind every other.
        within: The scale of all pictures.
        span: First and last day.
        ends: What the first and the last period are called.
        goal: What is asked for, drawn as a dashed line where it is within the scale.
        has_target: Whether there is a judgement to tell.
    """

    indicator: Indicator
    panels: Sequence[Panel]
    county: Runs
    within: Reach
    span: tuple[date, date]
    ends: tuple[str, str]
    goal: float | None
    has_target: bool


def html(shown: Panels) -> str:
    """The pictures as a list, with a line above that says how they are read.

    The word for generated figures stands there where all of them are, else beside each.
    """
    known = [panel.figure for panel in shown.panels if panel.figure and panel.figure.value is not None]
    generated = all(figure.is_example for figure in known) and bool(known)
    items = "".join(_panel(shown, panel, marked=not generated) for panel in shown.panels)
    chip = example_chip(known[0]) if generated else ""
    read = term.explained(f'<p class="fp-small fp-quiet fp-panels-read">{text(_read(shown))}{chip}</p>')
    return f'{read}<ul class="fp-panels">{items}</ul>'


def _read(shown: Panels) -> str:
    low, high = (figures.number(level, shown.indicator) for level in shown.within)
    when = " till ".join(dict.fromkeys(shown.ends))
    said = f"Samma skala i alla rutor: {low} till {high}, {when}. Grå linje: länet."
    return f"{said} Streckad linje: målet." if _goal_within(shown) else said


def _goal_within(shown: Panels) -> bool:
    return shown.goal is not None and shown.within.low <= shown.goal <= shown.within.high


def _panel(shown: Panels, panel: Panel, *, marked: bool) -> str:
    name = link(panel.address, text(panel.name))
    css = ' class="fp-mine"' if panel.strong else ""
    figure = panel.figure
    if figure is None or figure.value is None:
        reason = figure.reason if figure and figure.reason else "Ingen uppgift"
        return f'<li{css}><h3>{name}</h3><p class="fp-small fp-quiet">{text(reason)}</p></li>'
    chip = example_chip(figure) if marked else ""
    return (
        f"<li{css}><h3>{name}</h3>"
        f"<p><strong>{text(figures.value(figure, shown.indicator))}</strong>{chip}</p>"
        f"<p>{_judged(figure, has_target=shown.has_target)}</p>{_picture(shown, panel)}</li>"
    )


def _judged(figure: Figure, *, has_target: bool) -> str:
    if has_target:
        return badge(figure.judgement)
    signal = VARIATIONS.get(figure.variation or "")
    return badges.of(signal) if signal else ""


def _picture(shown: Panels, panel: Panel) -> str:
    goal = ""
    if shown.goal is not None and _goal_within(shown):
        goal = f'<path class="fp-goal" d="M0 {_up(shown, shown.goal)}H{WIDTH}"/>'
    drawn = (
        f'<path class="fp-county" d="{_path(shown, shown.county)}"/><path d="{_path(shown, panel.runs)}"/>'
    )
    end = panel.runs[-1][-1] if panel.runs else None
    dot = f'<path class="fp-dot" d="M{_across(shown, end[0])} {_up(shown, end[1])}h0"/>' if end else ""
    return (
        f'<svg class="fp-line" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{text(panel.told)}">'
        f"{goal}{drawn}{dot}</svg>"
    )


def _path(shown: Panels, runs: Runs) -> str:
    """Lines through each run; a point alone is a dot."""
    parts = []
    for run in runs:
        points = [f"{_across(shown, day)} {_up(shown, value)}" for day, value in run]
        parts.append(f"M{'L'.join(points)}{'h0' if len(run) == 1 else ''}")
    return "".join(parts)


def _across(shown: Panels, day: date) -> int:
    first, last = shown.span
    return round((day - first).days / max((last - first).days, 1) * WIDTH)


def _up(shown: Panels, value: float) -> int:
    low, high = shown.within
    return round((1 - (value - low) / ((high - low) or 1.0)) * HEIGHT)
