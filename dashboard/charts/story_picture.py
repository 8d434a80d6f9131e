"""The chart that tells an indicator's story, as a plotly figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts import marks, picture, story_labels, story_traces, story_words
from dashboard.layers import Layer

if TYPE_CHECKING:
    from dashboard.charts.story import Story
    from dashboard.charts.style import Palette

#: Height of what is drawn, in pixels.
_TALL = 380

#: Room to the right of a wide picture.
_RIGHT = 210


def figure(story: Story, colours: Palette, *, narrow: bool = False) -> dict[str, Any]:
    """The chart as a plotly figure; `narrow` for a phone, where marks have no text and few lines are named."""
    reach = picture.reach(_values(story), story.indicator.lowest)
    suffix = picture.suffix(story.indicator)
    marked, span = story.shown_marks, story.span
    written, levels = ([], 0) if narrow else marks.texts(marked, span, colours)
    return {
        "data": story_traces.traces(story, colours, narrow=narrow),
        "layout": picture.framed(
            story.said,
            colours,
            narrow=narrow,
            left=picture.room(reach, suffix),
            right=_RIGHT,
            tall=_TALL,
            annotations=[*story_labels.labels(story, colours, reach, narrow=narrow), *written],
            marks=levels,
            key=story_words.key(story, colours, narrow=narrow),
            xaxis=picture.time_axis(colours, narrow=narrow) | {"range": [day.isoformat() for day in span]},
            yaxis=picture.value_axis(colours, reach, suffix),
            shapes=marks.uprights(marked, colours),
        ),
    }


def _values(story: Story) -> list[float]:
    """All that the value axis has to hold."""
    held = story.points["value"].drop_nulls().to_list()
    columns = {Layer.USUAL: ("lower_limit", "upper_limit"), Layer.INTERVAL: ("lower", "upper")}
    for layer in story.drawn & columns.keys():
        for name in columns[layer]:
            held += story.points[name].drop_nulls().to_list()
    if Layer.AHEAD in story.drawn:
        for name in ("value", "lower", "upper"):
            held += story.ahead[name].to_list()
    if Layer.AREAS in story.drawn:
        for _, own in story.others:
            held += own["value"].to_list()
    return [*held, *(story.shown_goal.levels if story.shown_goal else [])]
