"""What is written in the chart of an indicator's story: names and figures where the lines end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.charts import picture
from dashboard.charts.picture import Label, harmless
from dashboard.charts.style import faint, spread
from dashboard.layers import Layer
from etl.measures import wording

if TYPE_CHECKING:
    from datetime import date

    from dashboard.charts.story import Story
    from dashboard.charts.style import Palette

#: The part of the picture that the name of the usual variation takes, from the left.
_NAMED = 0.3

#: The smallest distance between two names inside the picture, as a share of the height.
_APART = 0.05

#: How much of the paper covers what lies behind a name.
_PAPER = 0.8


def labels(
    story: Story, colours: Palette, reach: tuple[float, float], *, narrow: bool
) -> list[dict[str, Any]]:
    """All that is written in the picture but the marked days."""
    found = picture.labels(_ends(story, colours, narrow=narrow), reach, narrow=narrow)
    found += _steps(story, colours)
    if _ends_ahead(story):
        found.append(_newest(story, colours))
    if not narrow:
        found += _usual(story, colours)
        found += _inside(story, colours, reach)
    return found


def _ends_ahead(story: Story) -> bool:
    """Whether the axis goes on after the newest figure."""
    return story.span[1] > story.points["period_end"][-1]


def _ends(story: Story, colours: Palette, *, narrow: bool) -> list[Label]:
    """What stands at the right edge."""
    ends: list[Label] = []
    if Layer.AHEAD in story.drawn:
        last = story.ahead.row(-1, named=True)
        said = f"{last['period_end'].year}: {story.value(last['value'])}"
        if narrow:
            ends.append(Label(last["upper"], said, colours.chosen, True))
        else:
            ends.append(Label(last["value"], f"Prognos {said}", colours.chosen, True))
            band = f"80\u00a0%-band {story.interval(last['lower'], last['upper'])}"
            ends.insert(0, Label(last["value"], band, colours.quiet))
    if not _ends_ahead(story):
        newest = story.with_value.row(-1, named=True)
        said = f"{story.area.name} {story.value(newest['value'])}"
        ends.append(Label(newest["value"], said, colours.chosen, True))
        ends += [] if narrow else _other_ends(story, colours)
    if story.shown_goal:
        goal = story.shown_goal
        levels = [goal.path[-1][1]] if goal.path else goal.bounds
        ends += [
            Label(level, f"Mål {wording.goal(level, story.indicator)}", colours.target) for level in levels
        ]
    return ends


def _other_ends(story: Story, colours: Palette) -> list[Label]:
    if Layer.AREAS not in story.drawn:
        return []
    return [
        Label(
            own["value"][-1],
            f"{area.name} {story.value(own['value'][-1])}",
            colours.quiet if area.division else colours.ink,
        )
        for area, own in story.others
        if own.height
    ]


def _newest(story: Story, colours: Palette) -> dict[str, Any]:
    """The newest figure at its point, on the side that the line doesn't come from."""
    values = story.with_value["value"].tail(4)
    up = values[-1] >= values.mean()
    return {
        "x": story.with_value["middle"][-1].isoformat(),
        "y": values[-1],
        "text": f"<b>{story.value(values[-1])}</b>",
        "showarrow": False,
        "xanchor": "center",
        "yanchor": "bottom" if up else "top",
        "yshift": 9 if up else -9,
        "font": {"color": colours.chosen, "size": 14},
        "bgcolor": faint(colours.paper, _PAPER),
    }


def _steps(story: Story, colours: Palette) -> list[dict[str, Any]]:
    """The years of the target's dated levels."""
    goal, (first, last) = story.shown_goal, story.span
    steps = [step for step in goal.steps if first <= step.day <= last] if goal else []
    own = {step.day.year for step in steps if step.is_own}
    return [
        {
            "x": step.day.isoformat(),
            "y": step.level,
            "text": str(step.day.year),
            "showarrow": False,
            "yanchor": "top",
            "yshift": -8,
            "font": {"color": colours.target, "size": 12},
            "bgcolor": faint(colours.paper, _PAPER),
        }
        for step in steps
        if step.is_own or step.day.year not in own
    ]


def _usual(story: Story, colours: Palette) -> list[dict[str, Any]]:
    """The name of the usual variation, over or under its area, where the fewer figures are."""
    if Layer.USUAL not in story.drawn:
        return []
    limited = story.points.filter(pl.col("mean").is_not_null())
    part = limited.filter(pl.col("stretch") == limited["stretch"][-1])
    first, last = story.span
    begin: date = part["period_start"][0]
    near = story.with_value.filter(pl.col("period_start").is_between(begin, begin + (last - first) * _NAMED))[
        "value"
    ]
    low, high = part["lower_limit"][0], part["upper_limit"][0]
    above = int((near > high).sum()) <= int((near < low).sum())
    return [
        {
            "x": begin.isoformat(),
            "y": high if above else low,
            "text": f"Vanlig variation {story.interval(low, high)}",
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom" if above else "top",
            "font": {"color": colours.quiet, "size": 12},
        }
    ]


def _inside(story: Story, colours: Palette, reach: tuple[float, float]) -> list[dict[str, Any]]:
    """The other areas' names, where their lines end inside the picture and no projection lies there."""
    if not _ends_ahead(story) or Layer.AHEAD in story.drawn:
        return []
    ends = _other_ends(story, colours)
    low, span = reach[0], reach[1] - reach[0] or 1.0
    placed = spread([(end.value - low) / span for end in ends], _APART, within=(0.0, 1.0))
    return [
        {
            "x": story.points["period_end"][-1].isoformat(),
            "xshift": 34,
            "xanchor": "left",
            "y": place,
            "yref": "paper",
            "yanchor": "middle",
            "text": harmless(end.text),
            "font": {"color": end.colour, "size": 12},
            "bgcolor": faint(colours.paper, _PAPER),
            "showarrow": False,
        }
        for place, end in zip(placed, ends, strict=True)
    ]
