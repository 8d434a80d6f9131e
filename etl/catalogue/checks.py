"""What must hold between the files: no unknown reference, no cycle, nothing twice, nothing left out.

Each check takes what was read and gives its problems; none stops the others.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.catalogue.problem import CatalogueProblem
from schemas.catalogue import Direction, Level, Subject, TargetKind
from schemas.period import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from schemas.catalogue import (
        Agreement,
        Area,
        Caveat,
        Decision,
        Division,
        Indicator,
        Membership,
        Roadmap,
        Target,
    )

AGREEMENTS = "agreements.yaml"
AREAS = "areas.yaml"
CAVEATS = "caveats.yaml"
DECISIONS = "decisions.yaml"
DIVISIONS = "divisions.yaml"
INDICATORS = "indicators"
MEMBERSHIPS = "memberships.csv"
POPULATION = "population.csv"
ROADMAP = "roadmap.yaml"
TARGETS = "targets.yaml"

_MUNICIPALITY = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Parts:
    """What was read, before it is known to fit together.

    Attributes:
        indicators: File name → indicator.
        targets, areas, divisions, decisions, agreements, caveats, memberships: Entries with the name that
            each goes by in problems.
        roadmap: The Färdplan itself.
        claimed: File (for indicators the folder) → every id that stands there, also of refused entries, so
            that one mistake is told once.
    """

    indicators: dict[str, Indicator] = field(default_factory=dict)
    targets: list[tuple[str, Target]] = field(default_factory=list)
    areas: list[tuple[str, Area]] = field(default_factory=list)
    divisions: list[tuple[str, Division]] = field(default_factory=list)
    memberships: list[tuple[str, Membership]] = field(default_factory=list)
    roadmap: Roadmap | None = None
    decisions: list[tuple[str, Decision]] = field(default_factory=list)
    agreements: list[tuple[str, Agreement]] = field(default_factory=list)
    caveats: list[tuple[str, Caveat]] = field(default_factory=list)
    claimed: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def by_id(self) -> dict[str, Indicator]:
        """The indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators.values()}

    def known(self, file: str) -> set[str]:
        """Every id that stands in a file."""
        return set(self.claimed.get(file, []))


def check(parts: Parts) -> list[CatalogueProblem]:
    """Every problem between the parts, in order of file."""
    return sorted({problem for rule in _RULES for problem in rule(parts)})


def _unique_ids(parts: Parts) -> Iterable[CatalogueProblem]:
    for file, claimed in parts.claimed.items():
        for twice, count in Counter(claimed).items():
            if count > 1:
                yield CatalogueProblem(file, twice, f"id står {count} gånger. Varje id får finnas en gång.")


def _indicators(parts: Parts) -> Iterable[CatalogueProblem]:
    for file, indicator in parts.indicators.items():
        stem = file.removeprefix(f"{INDICATORS}/").removesuffix(".yaml")
        if indicator.id != stem:
            yield CatalogueProblem(
                file, "id", f"id är ”{indicator.id}” men filen heter ”{stem}”. De ska vara lika."
            )
        for name in ("counterpart", "supersedes"):
            yield from _reference(file, name, getattr(indicator, name), parts.known(INDICATORS), "indikatorn")
        for caveat in indicator.caveats:
            yield from _reference(file, "caveats", caveat, parts.known(CAVEATS), "förbehållet")
        other = parts.by_id.get(indicator.counterpart or "")
        if other is not None and other.counterpart != indicator.id:
            message = f"”{other.id}” pekar inte tillbaka hit. Motparter ska peka på varandra."
            yield CatalogueProblem(file, "counterpart", message)
    after = {indicator.id: indicator.supersedes for indicator in parts.indicators.values()}
    for start in _circular(after):
        yield CatalogueProblem(
            f"{INDICATORS}/{start}.yaml", "supersedes", "indikatorerna ersätter varandra i en cirkel."
        )


def _targets(parts: Parts) -> Iterable[CatalogueProblem]:
    for name, target in parts.targets:
        yield from _reference(
            TARGETS, f"{name}.indicator", target.indicator, parts.known(INDICATORS), "indikatorn"
        )
        indicator = parts.by_id.get(target.indicator)
        if indicator is None:
            continue
        if target.age is not None and target.age not in indicator.ages:
            message = f"åldern ”{target.age}” finns inte för indikatorn ({', '.join(indicator.ages)})."
            yield CatalogueProblem(TARGETS, f"{name}.age", message)
        if target.kind is TargetKind.RANGE and indicator.direction is not Direction.NONE:
            message = (
                "med ett intervall som mål är inget håll bättre i sig. Sätt indikatorns direction till none."
            )
            yield CatalogueProblem(TARGETS, f"{name}.kind", message)
        for where, value in _levels(target):
            if not indicator.lowest <= value <= indicator.highest:
                limits = f"{indicator.lowest:g}–{indicator.highest:g}"
                message = f"{value:g} ligger utanför indikatorns gränser, {limits}."
                yield CatalogueProblem(TARGETS, f"{name}.{where}", message)
        if target.milestones and target.kind is not TargetKind.RANGE:
            last = target.milestones[-1].value
            if last != target.value:
                where = f"{name}.milestones[{len(target.milestones)}].value"
                message = f"det sista delmålet är {last:g} men målet {target.value:g}. De ska vara lika."
                yield CatalogueProblem(TARGETS, where, message)
        period = target.baseline.period if target.baseline else None
        if period is not None and Period.from_code(period) is None:
            message = f"”{period}” är ingen period. Skriv till exempel 2022 eller 2022-05."
            yield CatalogueProblem(TARGETS, f"{name}.baseline.period", message)


def _levels(target: Target) -> Iterable[tuple[str, float]]:
    steps = [
        (f"milestones[{place}].value", step.value) for place, step in enumerate(target.milestones, start=1)
    ]
    found = [("low", target.low), ("high", target.high), *steps]
    if target.kind is TargetKind.LEVEL:
        found.append(("value", target.value))
    if target.baseline is not None:
        found.append(("baseline.value", target.baseline.value))
    return [(where, value) for where, value in found if value is not None]


def _areas(parts: Parts) -> Iterable[CatalogueProblem]:
    for name, area in parts.areas:
        yield from _reference(AREAS, f"{name}.parent", area.parent, parts.known(AREAS), "området")
        yield from _reference(AREAS, f"{name}.division", area.division, parts.known(DIVISIONS), "indelningen")
        if (area.level is Level.DELREGION) != (area.division is not None):
            message = "en delregion ska ha en indelning (division), andra områden ingen."
            yield CatalogueProblem(AREAS, f"{name}.division", message)
        if area.level is Level.HEALTH_CENTRE:
            message = "vårdcentraler står i health_centres.csv, en rad för varje."
            yield CatalogueProblem(AREAS, f"{name}.level", message)
        if area.level is Level.MUNICIPALITY and not _MUNICIPALITY.fullmatch(area.id):
            yield CatalogueProblem(AREAS, f"{name}.id", "en kommuns id ska vara SCB:s kod med fyra siffror.")
    for start in _circular({area.id: area.parent for _, area in parts.areas}):
        yield CatalogueProblem(AREAS, f"{start}.parent", "områdena ligger i varandra i en cirkel.")
    for level, word in ((Level.COUNTRY, "rike"), (Level.COUNTY, "län")):
        found = sum(area.level is level for _, area in parts.areas)
        if parts.areas and found != 1:
            yield CatalogueProblem(AREAS, "level", f"det ska finnas exakt ett {word}, nu finns {found}.")


def _area_names(parts: Parts) -> Iterable[CatalogueProblem]:
    owner: dict[str, str] = {}
    for name, area in parts.areas:
        for text in dict.fromkeys(word.casefold() for word in (area.id, area.name, *area.synonyms)):
            other = owner.setdefault(text, area.id)
            if other != area.id:
                message = f"”{text}” är redan namn på ”{other}”. En fil kan inte skilja dem åt."
                yield CatalogueProblem(AREAS, f"{name}.synonyms", message)


def _divisions(parts: Parts) -> Iterable[CatalogueProblem]:
    defaults = [division.id for _, division in parts.divisions if division.default]
    if parts.divisions and len(defaults) != 1:
        message = f"exakt en indelning ska ha default: true, nu har {len(defaults)} det."
        yield CatalogueProblem(DIVISIONS, "default", message)
    used = {area.division for _, area in parts.areas}
    for name, division in parts.divisions:
        if division.id not in used:
            yield CatalogueProblem(DIVISIONS, name, "indelningen har inga delregioner i areas.yaml.")


def _memberships(parts: Parts) -> Iterable[CatalogueProblem]:
    areas = {area.id: area for _, area in parts.areas}
    known = parts.known(AREAS)
    for name, row in parts.memberships:
        yield from _reference(
            MEMBERSHIPS, f"{name}, division", row.division, parts.known(DIVISIONS), "indelningen"
        )
        yield from _reference(MEMBERSHIPS, f"{name}, municipality", row.municipality, known, "kommunen")
        yield from _reference(MEMBERSHIPS, f"{name}, area", row.area, known, "delregionen")
        municipality, area = areas.get(row.municipality), areas.get(row.area)
        if municipality is not None and municipality.level is not Level.MUNICIPALITY:
            yield CatalogueProblem(
                MEMBERSHIPS, f"{name}, municipality", f"”{row.municipality}” är ingen kommun."
            )
        if area is not None and area.division != row.division:
            message = f"”{row.area}” hör inte till indelningen ”{row.division}”."
            yield CatalogueProblem(MEMBERSHIPS, f"{name}, area", message)


def _every_municipality_once(parts: Parts) -> Iterable[CatalogueProblem]:
    if not parts.memberships:
        return
    counted = Counter((row.division, row.municipality) for _, row in parts.memberships)
    municipalities = [area for _, area in parts.areas if area.level is Level.MUNICIPALITY]
    for _, division in parts.divisions:
        for area in municipalities:
            count = counted[(division.id, area.id)]
            if count != 1:
                message = (
                    f"{area.name} ({area.id}) ska ha en rad i indelningen ”{division.id}”, nu finns "
                    f"{count or 'ingen'}."
                )
                yield CatalogueProblem(MEMBERSHIPS, "municipality", message)


def _money_and_roadmap(parts: Parts) -> Iterable[CatalogueProblem]:
    for name, agreement in parts.agreements:
        where = f"{name}.indicator"
        yield from _reference(AGREEMENTS, where, agreement.indicator, parts.known(INDICATORS), "indikatorn")
        indicator = parts.by_id.get(agreement.indicator)
        if indicator is not None and indicator.subject is not Subject.FUNDS:
            yield CatalogueProblem(AGREEMENTS, where, f"”{indicator.id}” är ingen indikator för medel.")
        for purpose, wanted in agreement.purpose_indicators.items():
            for one in wanted:
                place = f"{name}.purpose_indicators.{purpose}"
                yield from _reference(AGREEMENTS, place, one, parts.known(INDICATORS), "indikatorn")
        if agreement.total <= 0:
            yield CatalogueProblem(AGREEMENTS, f"{name}.total", "summan ska vara större än noll.")
    if parts.roadmap is not None and sorted(way.number for way in parts.roadmap.ways_of_working) != [
        *range(1, 7)
    ]:
        yield CatalogueProblem(ROADMAP, "ways_of_working", "arbetssätten ska ha numren 1–6, ett av varje.")


def _reference(
    file: str, where: str, wanted: str | None, known: set[str], what: str
) -> Iterable[CatalogueProblem]:
    if wanted is not None and wanted not in known:
        yield CatalogueProblem(file, where, f"{what} ”{wanted}” finns inte i katalogen.")


def _circular(after: Mapping[str, str | None]) -> list[str]:
    found = []
    for start in after:
        seen, step = {start}, after[start]
        while step is not None and step not in seen:
            seen.add(step)
            step = after.get(step)
        if step == start:
            found.append(start)
    return found


_RULES: tuple[Callable[[Parts], Iterable[CatalogueProblem]], ...] = (
    _unique_ids,
    _indicators,
    _targets,
    _areas,
    _area_names,
    _divisions,
    _memberships,
    _every_municipality_once,
    _money_and_roadmap,
)
