"""The chart of an indicator's story in words: what its shapes stand for, and all that it shows as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.charts.story import period
from dashboard.charts.story_traces import signal_colours
from dashboard.layers import Layer
from dashboard.signals import VARIATIONS
from etl.measures import wording
from schemas import swedish
from schemas.results import Variation

if TYPE_CHECKING:
    from dashboard.charts.story import Story
    from dashboard.charts.style import Palette

#: Each signal's shape as a letter, for the line under the title.
_SHAPES = {"diamond": "◆", "square": "■", "triangle-up": "▲", "triangle-down": "▼", "circle": "●"}


def key(story: Story, colours: Palette, *, narrow: bool) -> list[str]:
    """What the shapes of the points stand for, and what isn't named in the picture."""
    said = []
    if Layer.USUAL in story.drawn:
        tints = signal_colours(colours) | {Variation.COMMON: colours.chosen}
        for word, signal in VARIATIONS.items():
            if (story.points["signal"] == word).any():
                shape = _SHAPES[signal.marker or "circle"]
                said.append(f'<span style="color:{tints[word]}">{shape}</span> {signal.word.lower()}')
    lines = ["   ".join(said)] if said else []
    if narrow and Layer.USUAL in story.drawn:
        lines.append(f"Grå yta: {limits(story)}")
    if Layer.AREAS in story.drawn and (narrow or Layer.AHEAD in story.drawn):
        lines.append(others(story))
    return lines


def limits(story: Story) -> str:
    """The usual variation of the present stretch, in words."""
    last = story.points.filter(pl.col("mean").is_not_null()).row(-1, named=True)
    reach = story.interval(last["lower_limit"], last["upper_limit"])
    return f"vanlig variation {reach}, medel {story.value(last['mean'])}"


def others(story: Story) -> str:
    """The thin lines in a few words: `Tunna linjer: länet (svart) och delregionerna, 83,1–85,9 %`."""
    newest = [own["value"][-1] for area, own in story.others if own.height and area.division]
    county = (
        "länet (mörkare) och " if any(not area.division and own.height for area, own in story.others) else ""
    )
    between = f", {story.interval(min(newest), max(newest))}" if newest else ""
    return f"Tunna linjer: {county}delregionerna{between}"


def alt(story: Story) -> str:
    """The chart in words, made from what it shows."""
    with_value = story.with_value
    first, last = with_value.row(0, named=True), with_value.row(-1, named=True)
    count = swedish.count_text(with_value.height, "värde", "värden")
    said = [
        f"{story.said.title}.",
        f"Linjediagram över {story.indicator.name} i {story.area.name}: {count} från {period(first).label} "
        f"({story.value(first['value'])}) till {period(last).label} ({story.value(last['value'])}).",
        *_layers_told(story),
    ]
    return " ".join([*said, "Exempeldata ingår."] if story.said.is_example else said)


def _layers_told(story: Story) -> list[str]:
    told = {
        Layer.USUAL: _usual_told,
        Layer.TARGET: _goal_told,
        Layer.AHEAD: _ahead_told,
        Layer.AREAS: _others_told,
        Layer.EVENTS: _marks_told,
    }
    return [sentence for layer, tell in told.items() if layer in story.drawn for sentence in tell(story)]


def _usual_told(story: Story) -> list[str]:
    found = [f"{wording.capital(limits(story))}."]
    for word, signal in VARIATIONS.items():
        many = int((story.with_value["signal"] == word).sum())
        if many and word != Variation.COMMON:
            found.append(f"{swedish.count_text(many, 'värde', 'värden')} {signal.word.lower()}.")
    return found


def _goal_told(story: Story) -> list[str]:
    goal = story.goal
    if goal is None:
        return []
    steps = "; ".join(f"{step.text} {story.value(step.level)}" for step in goal.steps)
    return [f"{goal.name}.", *([f"Målets väg: {steps}."] if steps else [])]


def _ahead_told(story: Story) -> list[str]:
    last = story.ahead.row(-1, named=True)
    return [
        f"Prognosen för {period(last).label} är {story.value(last['value'])}, med 80 procents sannolikhet "
        f"{story.interval(last['lower'], last['upper'])}."
    ]


def _others_told(story: Story) -> list[str]:
    newest = [
        f"{area.name} {story.value(own['value'][-1])} {period(own.row(-1, named=True)).label}"
        for area, own in story.others
        if own.height
    ]
    return [f"Tunna linjer: {swedish.listing(newest)}."]


def _marks_told(story: Story) -> list[str]:
    return [f"{mark.day.isoformat()}: {mark.text}." for mark in story.shown_marks]
