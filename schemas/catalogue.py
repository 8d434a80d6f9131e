"""Models of the catalogue: what is followed, towards which target, where, and by whose decision.

The catalogue is data (`data/catalogue/`), read and checked as a whole by `etl.catalogue`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from schemas.catalogue_parts import ENTRY, ProcessChart, Slug, Text, WayOfWorking
from schemas.period import PeriodType


class _Model(BaseModel):
    model_config = ENTRY


class Subject(StrEnum):
    """What an indicator is about; one ETL job each."""

    ACCESSIBILITY = "accessibility"
    CONTINUITY = "continuity"
    VACCINATION = "vaccination"
    FUNDS = "funds"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class RollUp(StrEnum):
    """How municipalities become a delregion."""

    RATIO_OF_SUMS = "ratio_of_sums"
    POPULATION_WEIGHTED = "population_weighted"
    SUM = "sum"
    NONE = "none"


class Unit(StrEnum):
    """Unit of an indicator's value."""

    PERCENT = "percent"
    INDEX = "index"
    DAYS = "days"
    DAYS_PER_INHABITANT = "days_per_inhabitant"
    KRONOR = "kronor"


#: Units of which a value is the mean of single values, of which the denominator counts how many. Days per
#: inhabitant are none: the days may be those of others than the inhabitants that the denominator counts.
MEANS = (Unit.DAYS,)


class Evidence(StrEnum):
    """How sure a fact is: read in a source, read in a secondary source, derived, or not confirmed."""

    CONFIRMED = "confirmed"
    SECONDARY = "secondary"
    DERIVED = "derived"
    UNCONFIRMED = "unconfirmed"


class TargetKind(StrEnum):
    """What a target asks for."""

    LEVEL = "level"
    RANGE = "range"
    RELATIVE_CHANGE = "relative_change"


class Origin(StrEnum):
    """Whose target it is. No source gives a numeric target of the Färdplan itself."""

    LAW = "law"
    NATIONAL_AGREEMENT = "national_agreement"
    WHO = "who"
    REFERENCE = "reference"
    REGIONAL_DECISION = "regional_decision"
    LOCAL_DECISION = "local_decision"


class Level(StrEnum):
    """Level of an area."""

    COUNTRY = "riket"
    COUNTY = "län"
    DELREGION = "delregion"
    MUNICIPALITY = "kommun"
    HEALTH_CENTRE = "vårdcentral"


class Source(_Model):
    """Who publishes, and where."""

    publisher: Text
    title: Text
    address: str | None = None


class Indicator(_Model):
    """One indicator, one file in `data/catalogue/indicators/`.

    Attributes:
        id: Stable id, also used in links; the file's name.
        name: Full name, as a heading.
        short_name: At most 32 characters, for the matrix.
        subject: Which job fills it.
        ways_of_working: Which of the Färdplan's six changed ways of working it follows (1-6).
        principals: Whose it is (huvudman): the region, the municipalities, or both.
        definition: What is measured, in plain Swedish.
        numerator: What is counted.
        denominator: Out of what.
        unit: Unit of the value.
        direction: Which way is better.
        roll_up: How municipalities become a delregion.
        period_type: How often a value is given.
        perspective: A register says something else than a survey.
        counterpart: The same goal seen from the other perspective.
        supersedes: The indicator whose series this one took over.
        ages: Age groups the indicator is given for, headline first; ["total"] where there are none.
        lowest_public_level: The lowest level for which figures are public today.
        source: Publisher.
        owner: Who answers for the figure.
        update_interval_months: How often a new value is expected.
        decimals: Decimals shown.
        minimum_numerator: Counts between 1 and one less than this are hidden, and likewise those not counted
            (denominator minus numerator). 0 switches it off.
        minimum_denominator: A value with a smaller denominator is hidden. 0 switches it off.
        lowest, highest: Bounds of a possible value.
        caveats: Codes explained in `caveats.yaml`.
        kolada_id, kolada_title: Kolada's name for it, where it has one.
        spc: How its process behaviour chart is drawn.
        evidence: How sure the definition is.
    """

    id: Slug
    name: Text
    short_name: Annotated[str, Field(min_length=1, max_length=32)]
    subject: Subject
    ways_of_working: Annotated[list[Annotated[int, Field(ge=1, le=6)]], Field(min_length=1)]
    principals: Annotated[list[Literal["region", "kommun"]], Field(min_length=1, max_length=2)]
    definition: Text
    numerator: Text
    denominator: str | None
    unit: Unit
    direction: Direction
    roll_up: RollUp
    period_type: PeriodType
    perspective: Literal["register", "survey"]
    counterpart: Slug | None = None
    supersedes: Slug | None = None
    ages: Annotated[list[Text], Field(min_length=1)] = ["total"]
    lowest_public_level: Level
    source: Source
    owner: Text
    update_interval_months: Annotated[int, Field(ge=1)]
    decimals: Annotated[int, Field(ge=0, le=4)]
    minimum_numerator: Annotated[int, Field(ge=0)]
    minimum_denominator: Annotated[int, Field(ge=0)]
    lowest: float
    highest: float
    caveats: list[Slug] = []
    kolada_id: Annotated[str, Field(pattern=r"^[NU]\d{5}$")] | None = None
    kolada_title: str | None = None
    spc: ProcessChart = ProcessChart()
    evidence: Evidence = Evidence.CONFIRMED

    @property
    def headline_age(self) -> str:
        """The age group that pages show first."""
        return self.ages[0]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.lowest >= self.highest:
            raise ValueError("lowest must be below highest")
        if self.roll_up is RollUp.RATIO_OF_SUMS and self.denominator is None:
            raise ValueError("ratio_of_sums needs a denominator")
        if (self.kolada_id is None) != (self.kolada_title is None):
            raise ValueError("kolada_id and kolada_title come together")
        return self


class Step(_Model):
    """A dated step on the way to a target, in the target's own unit."""

    date: dt.date
    value: float


class Baseline(_Model):
    """Where a target's path starts.

    `value` is given by the source; without it each area's own value for `period` (a period code) is used.
    """

    period: str | None = None
    date: dt.date | None = None
    value: float | None = None


class Target(_Model):
    """A target for one indicator.

    Attributes:
        id: Stable id.
        indicator: The indicator it is for.
        age: The age group it is for.
        kind: A level, a range, or a relative change from a baseline.
        value: The level, or the relative change in per cent (20 means +20 %).
        low, high: The range.
        baseline: Where the path starts.
        milestones: Dated steps; the last one is when the target itself is due. Without any, the target
            holds at all times.
        level: The level of area that it was set for. Obeyed for indicators that are sums: a part isn't held
            against what was set for a larger whole. A target for any other indicator, such as a share,
            applies to all areas, and `level` only tells whom it was set for.
        origin: Whose target it is.
        label: How pages name it: `Mål 55 %, nationell överenskommelse`.
        source: Where it was read.
        evidence: How sure it is.
        note: What a reader should know.
        cannot_be_judged: Why no judgement can be made, where that is so for everyone.
    """

    id: Slug
    indicator: Slug
    age: str | None = None
    kind: TargetKind
    value: float | None = None
    low: float | None = None
    high: float | None = None
    baseline: Baseline | None = None
    milestones: list[Step] = []
    level: Level
    origin: Origin
    label: Text
    source: Source
    evidence: Evidence
    note: str | None = None
    cannot_be_judged: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.kind is TargetKind.RANGE:
            if self.low is None or self.high is None or self.low >= self.high:
                raise ValueError("a range needs low below high")
        elif self.value is None:
            raise ValueError(f"{self.kind} needs a value")
        if self.kind is TargetKind.RELATIVE_CHANGE and self.baseline is None and not self.cannot_be_judged:
            raise ValueError("relative_change needs a baseline or the reason why it cannot be judged")
        dates = [step.date for step in self.milestones]
        if dates != sorted(set(dates)):
            raise ValueError("milestones must be in order of date")
        return self


class Area(_Model):
    """An area: the country, the county, a delregion of one division, a municipality, or a vårdcentral.

    A vårdcentral's patients are those listed there, wherever they live: nothing is ever the sum of vårdcentraler.

    Attributes:
        id: SCB code for country (00), county (14) and municipality (four digits); for a delregion a slug
            with its division in front, such as `vs-skaraborg`, for a vårdcentral one with `vc-` in front.
        name: Name as shown.
        level: Its level.
        division: The division that it belongs to, for a delregion.
        parent: The area one level up (a vårdcentral's municipality); a municipality's delregion is in the
            memberships instead.
        synonyms: Other names in files.
    """

    id: Text
    name: Text
    level: Level
    division: Slug | None = None
    parent: str | None = None
    synonyms: list[Text] = []


class Division(_Model):
    """One way to divide the county into delregioner."""

    id: Slug
    name: Text
    one: Text
    description: Text
    source: Text
    default: bool = False


class Membership(_Model):
    """A municipality's delregion in one division."""

    division: Slug
    municipality: Text
    area: Text
    evidence: Evidence
    source: Text


class Roadmap(_Model):
    """The Färdplan itself."""

    title: Text
    vision: Annotated[list[Text], Field(min_length=1)]
    ways_of_working: Annotated[list[WayOfWorking], Field(min_length=6, max_length=6)]
    questions: list[Text]
    in_force: dt.date
    follow_ups: list[int]
    horizon: int
    source: Source
    principals: dict[Literal["region", "kommun"], Text]


class Decision(_Model):
    """A milestone of the roadmap: what was decided, by whom, when, and when it had been planned for.

    Attributes:
        id: Stable id.
        date: First day of when it happened (or is to happen).
        date_text: The date as the source gives it, such as `hösten 2019`.
        body: Who decided.
        what: What was decided.
        planned: The plan as the source gives it.
        planned_date: The day the plan named, to compare with `date`.
        mark: Its text in a chart, a few words; without one it is not shown in charts.
        subjects: Subjects whose charts show the mark; none means all of them.
        source: Where it was read.
    """

    id: Slug
    date: dt.date
    date_text: Text
    body: str | None = None
    what: Text
    planned: str | None = None
    planned_date: dt.date | None = None
    mark: Annotated[str, Field(min_length=1, max_length=32)] | None = None
    subjects: list[Subject] = []
    source: Text


class Agreement(_Model):
    """An agreement that money comes from, and what it must add up to.

    Attributes:
        id: Stable id, used in the allocation table.
        name: As shown.
        year: Year of the money.
        total: What all allocated sums must add up to, to the krona.
        indicator: The funds indicator that shows it.
        purposes: Purposes known from the source.
        purpose_indicators: Purpose → the indicators that a source says it is meant for. Figures are shown beside
            the money for these only; a purpose that no source ties to an indicator isn't here.
        decided_by, decided_on: Who backed the division, and when.
        note: What the total covers and what it doesn't.
        source: Where it was read.
    """

    id: Slug
    name: Text
    year: int
    total: Decimal
    indicator: Slug
    purposes: list[Text] = []
    purpose_indicators: dict[Text, Annotated[list[Slug], Field(min_length=1)]] = {}
    decided_by: Text
    decided_on: dt.date
    note: Text
    source: Source

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.total != self.total.to_integral_value():
            raise ValueError("the total must be whole kronor")
        if not self.purpose_indicators.keys() <= set(self.purposes):
            raise ValueError("purpose_indicators may only name purposes of the agreement")
        return self


class Caveat(_Model):
    """A word of warning from a closed list."""

    id: Slug
    text: Text


class Catalogue(_Model):
    """Everything in `data/catalogue/`, checked as a whole."""

    indicators: dict[str, Indicator]
    targets: dict[str, Target]
    areas: dict[str, Area]
    divisions: dict[str, Division]
    memberships: list[Membership]
    roadmap: Roadmap
    decisions: list[Decision]
    agreements: dict[str, Agreement]
    caveats: dict[str, Caveat]

    def __hash__(self) -> int:
        """By which catalogue it is: what is worked out from one, such as its table of names, is kept for it."""
        return id(self)

    @cached_property
    def default_division(self) -> Division:
        """The division that pages open with."""
        return next(division for division in self.divisions.values() if division.default)

    @cached_property
    def county(self) -> Area:
        """The county."""
        return next(area for area in self.areas.values() if area.level is Level.COUNTY)

    @cached_property
    def municipalities(self) -> list[Area]:
        """The municipalities, in order of name."""
        return [area for area in self.areas.values() if area.level is Level.MUNICIPALITY]

    @cached_property
    def health_centres(self) -> list[Area]:
        """The vårdcentraler, in order of municipality and name; none where nobody has added any."""
        return [area for area in self.areas.values() if area.level is Level.HEALTH_CENTRE]

    def delregioner(self, division: str) -> list[Area]:
        """The delregioner of a division, in the catalogue's order."""
        return [area for area in self.areas.values() if area.division == division]

    def members(self, delregion: str) -> list[Area]:
        """The municipalities of a delregion."""
        return [self.areas[row.municipality] for row in self.memberships if row.area == delregion]

    def targets_of(self, indicator: str) -> list[Target]:
        """The targets for an indicator, in the catalogue's order."""
        return [target for target in self.targets.values() if target.indicator == indicator]
