"""An indicator's story in one area, as data to draw: its figures, and layers that say what to make of them.

Each layer can be there or not: the target's path, the projection, the usual variation with its signals, what
happened, the other areas, and the interval. What isn't shown takes no room on the axes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from dashboard.layers import Layer
from schemas import swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from datetime import date

    from dashboard.charts.marks import Mark
    from dashboard.charts.picture import Said
    from schemas.catalogue import Area, Indicator


class Step(NamedTuple):
    """A dated level on the target's path: the target's own, or what the path is at one of the roadmap's days."""

    day: date
    level: float
    text: str
    is_own: bool


@dataclass(frozen=True)
class Goal:
    """What the target asks for.

    Attributes:
        name: The target's name with its origin.
        path: (date, value) corners; empty for a range.
        steps: Its dated levels.
        bounds: The two ends of a range; empty for any other.
    """

    name: str
    path: list[tuple[date, float]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    bounds: list[float] = field(default_factory=list)

    @property
    def levels(self) -> list[float]:
        """All that the axis has to hold."""
        return [*(value for _, value in self.path), *self.bounds]


@dataclass(frozen=True)
class Story:
    """What one chart shows.

    Attributes:
        indicator: What is drawn.
        area: Whose figures.
        points: The area's figures in order of time, a row without value where one is missing or hidden:
            `etl.measures.spc.chart.CHART_SCHEMA`, and period_end, middle, lower, upper and origin.
        others: The county and the delregioner but the area itself, each with its figures (value, middle,
            period_start, period_end, period_type, origin), in the order of the tables.
        ahead: The projected figures: value, lower, upper and their periods; empty where there are none.
        goal: The target; None where there is none to draw.
        marks: Days to mark.
        last: The last day of the axis with every layer on.
        layers: What is shown.
        said: The words in the picture.
    """

    indicator: Indicator
    area: Area
    points: pl.DataFrame
    others: list[tuple[Area, pl.DataFrame]]
    ahead: pl.DataFrame
    goal: Goal | None
    marks: list[Mark]
    last: date
    layers: frozenset[Layer]
    said: Said

    def value(self, number: float | None) -> str:
        """A value with its unit."""
        return swedish.value_text(number, self.indicator.unit, self.indicator.decimals)

    def interval(self, lower: float, upper: float) -> str:
        """Two bounds with their unit."""
        return swedish.interval_text(lower, upper, self.indicator.unit, self.indicator.decimals)

    @cached_property
    def with_value(self) -> pl.DataFrame:
        """The figures that are there."""
        return self.points.filter(pl.col("value").is_not_null())

    @cached_property
    def drawn(self) -> frozenset[Layer]:
        """The layers that are chosen and have something to show."""
        return self.layers & available(self)

    @property
    def shown_goal(self) -> Goal | None:
        """The target, where it is shown."""
        return self.goal if Layer.TARGET in self.drawn else None

    @cached_property
    def span(self) -> tuple[date, date]:
        """First and last day of the axis."""
        first, last = self.points.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
        ahead = self.drawn & {Layer.TARGET, Layer.AHEAD}
        return first, max(last, self.last) if ahead else last

    @cached_property
    def shown_marks(self) -> list[Mark]:
        """The marked days that are shown: where the limits are counted anew whenever the limits are."""
        first, last = self.span
        events, usual = Layer.EVENTS in self.drawn, Layer.USUAL in self.drawn
        return [
            mark for mark in self.marks if first <= mark.day <= last and (events or (usual and mark.is_break))
        ]


def period(row: dict[str, Any]) -> Period:
    """The period of a row."""
    return Period(row["period_start"], PeriodType(row["period_type"]))


def available(story: Story) -> frozenset[Layer]:
    """The layers that there is something to show of."""
    first = story.points["period_start"].min()
    last = max(story.last, story.points["period_end"].max())  # ty: ignore[invalid-argument-type]
    known = {
        Layer.TARGET: story.goal is not None and bool(story.goal.levels),
        Layer.AHEAD: not story.ahead.is_empty(),
        Layer.USUAL: story.points["mean"].null_count() < story.points.height,
        Layer.EVENTS: any(first <= mark.day <= last for mark in story.marks),  # ty: ignore[unsupported-operator]
        Layer.AREAS: any(not own.is_empty() for _, own in story.others),
        Layer.INTERVAL: story.points["lower"].null_count() < story.points.height,
    }
    return frozenset(layer for layer, there in known.items() if there)
