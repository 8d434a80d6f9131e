"""The judgements arranged for looking up: one row per target, one entry per area.

Pure: takes frames and the catalogue, knows nothing of Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from schemas.catalogue import Catalogue, Indicator, Subject, Target
from schemas.period import Period, PeriodType
from schemas.results import Outcome

if TYPE_CHECKING:
    import polars as pl


class Figure(NamedTuple):
    """One area's latest figure against one target; fields as in `schemas.results.ASSESSED_SCHEMA`."""

    area: str
    level: str
    value: float | None
    numerator: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    period_start: date | None
    period_type: str | None
    method: str | None
    flag: str | None
    origin: str | None
    source: str | None
    previous_start: date | None
    previous_value: float | None
    change: float | None
    change_is_certain: bool | None
    course: str | None
    required: float | None
    target_value: float | None
    judgement: str
    reason: str | None
    batch: int | None
    variation: str | None = None
    variation_rule: str | None = None
    variation_reason: str | None = None
    assurance: str | None = None
    assurance_reason: str | None = None
    trend: str | None = None
    county: str | None = None
    county_level: float | None = None
    county_reason: str | None = None
    projected: float | None = None
    reach_first: int | None = None
    reach_last: int | None = None
    projection_reason: str | None = None
    interval_method: str | None = None
    interval_level: float | None = None

    @property
    def is_example(self) -> bool:
        """Whether the figure is generated."""
        return self.origin == "example"

    @property
    def period(self) -> Period | None:
        """The figure's period."""
        if self.period_start is None or self.period_type is None:
            return None
        return Period(self.period_start, PeriodType(self.period_type))

    @property
    def previous_period(self) -> Period | None:
        """The period that `change` is counted from."""
        if self.previous_start is None or self.period_type is None:
            return None
        return Period(self.previous_start, PeriodType(self.period_type))


@dataclass(frozen=True)
class Line:
    """One row of the overview: an indicator and one of its targets.

    Attributes:
        indicator: What is followed.
        target: Its target, None where there is none.
        age: The age group shown.
        figures: Area id → figure.
    """

    indicator: Indicator
    target: Target | None
    age: str
    figures: dict[str, Figure]


def lines(judgements: pl.DataFrame, catalogue: Catalogue, *, subject: Subject | None = None) -> list[Line]:
    """Every target of every indicator, in the order of `in_order`, with all areas' figures.

    Args:
        judgements: Columns as in `schemas.results.ASSESSED_SCHEMA`.
        catalogue: The catalogue that the judgements were made with.
        subject: Keep the lines of this subject only.
    """
    grouped = _figures(judgements)
    found = []
    for indicator in in_order(catalogue):
        if subject is not None and indicator.subject is not subject:
            continue
        for target in catalogue.targets_of(indicator.id) or [None]:
            age = (target.age if target else None) or indicator.headline_age
            key = (indicator.id, target.id if target else None, age)
            found.append(Line(indicator, target, age, grouped.get(key, {})))
    return found


def lines_of(judgements: pl.DataFrame, catalogue: Catalogue, indicator: Indicator, age: str) -> list[Line]:
    """One indicator's lines for one age group: one a target, or a single one with no target.

    Never empty: without any figure the line has none.
    """
    grouped = _figures(judgements.filter(judgements["indicator"] == indicator.id))
    targets = [
        target
        for target in catalogue.targets_of(indicator.id)
        if (target.age or indicator.headline_age) == age
    ]
    return [
        Line(indicator, target, age, grouped.get((indicator.id, target.id if target else None, age), {}))
        for target in targets or [None]
    ]


def _figures(judgements: pl.DataFrame) -> dict[tuple[str, str | None, str], dict[str, Figure]]:
    """(indicator, target, age) → area → figure."""
    grouped: dict[tuple[str, str | None, str], dict[str, Figure]] = {}
    columns = ["indicator", "target", "age", *Figure._fields]
    for row in judgements.filter(judgements["sex"] == "total").select(columns).iter_rows():
        grouped.setdefault((row[0], row[1], row[2]), {})[row[3]] = Figure._make(row[3:])
    return grouped


def in_order(catalogue: Catalogue) -> list[Indicator]:
    """The indicators as pages list them: by subject, those with a target first, then by name."""
    subjects = list(Subject)
    targeted = {target.indicator for target in catalogue.targets.values()}
    return sorted(
        catalogue.indicators.values(),
        key=lambda item: (subjects.index(item.subject), item.id not in targeted, item.name),
    )


def tally(figures: list[Figure]) -> dict[Outcome, int]:
    """How many figures there are of each outcome; every outcome is a key."""
    counts = dict.fromkeys(Outcome, 0)
    for figure in figures:
        counts[Outcome(figure.judgement)] += 1
    return counts


def with_target(found: list[Line], area: str) -> list[tuple[Line, Figure]]:
    """The area's figures on those lines that have a target."""
    return [(line, line.figures[area]) for line in found if line.target and area in line.figures]
