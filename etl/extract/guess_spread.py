"""Guess whether headings say what the figures below them are about: periods, sexes or indicators as columns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.extract.guess_figures import figures
from etl.extract.guess_words import is_code, likeness
from etl.extract.heads import is_part, label_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.extract.guess_columns import Facts, Readings
    from etl.extract.guess_figures import Figures
    from etl.extract.guess_roles import Roles
    from schemas.mapping import Figure

_SEVERAL = 2


@dataclass(frozen=True)
class Spreading:
    """A table whose headings say what their figures are about.

    Attributes:
        said: What they say: `period`, `sex`, `indicator`.
        figures: One column for each figure, as an example of all that are like it.
        labels: What the headings of each figure say besides; a figure that isn't there stands in one column.
        indicators: What the headings say besides → indicator, where they say it.
        parts_only: They say a part of the year without its year.
    """

    said: frozenset[str]
    figures: Figures
    labels: dict[Figure, str]
    indicators: dict[str, str | None] = field(default_factory=dict)
    parts_only: bool = False


def spreading(facts: Sequence[Facts], roles: Roles, readings: Readings) -> Spreading | None:
    """How headings say what figures are about; None where each figure has a column of its own."""
    taken = {column.index for column in roles.values()}
    able = [
        column
        for column in facts
        if column.index not in taken and column.is_numeric and not is_code(column.heading)
    ]
    if "indicator" not in roles and (found := _indicators(able, roles, readings)):
        return found
    said = _said(able, roles)
    return _labelled(able, said) if said else None


def _indicators(able: Sequence[Facts], roles: Roles, readings: Readings) -> Spreading | None:
    """One column an indicator, where at least two headings name one."""
    periods = _are_periods(able, roles)
    said = frozenset({"indicator", "period"} if periods else {"indicator"})
    labels = {column.index: label_of(column.heading, said) for column in able}
    distinct = list(dict.fromkeys(label for label in labels.values() if label))
    named = [readings.like(label) for label in distinct]
    known: dict[str, str | None] = {
        label: found for label, found in zip(distinct, named, strict=True) if found
    }
    if len(set(known.values())) < _SEVERAL:
        return None
    first = next(column for column in able if labels[column.index] in known)
    return Spreading(said, {"value": first}, {"value": ""}, known, _parts_only(able) if periods else False)


def _said(able: Sequence[Facts], roles: Roles) -> frozenset[str]:
    """What the headings of the columns with numbers say."""
    said: set[str] = set()
    if _are_periods(able, roles):
        said.add("period")
    sexes = [parts for column in able if (parts := parts_of(column.heading, sexes=True)).sex]
    same = {(parts.period, parts.label) for parts in sexes}
    distinct = {(parts.sex or "").lower() for parts in sexes}
    if "sex" not in roles and len(distinct) >= _SEVERAL and len(same) < len(sexes):
        said.add("sex")
    return frozenset(said)


def _are_periods(able: Sequence[Facts], roles: Roles) -> bool:
    found = [column for column in able if parts_of(column.heading).period]
    if not found:
        return False
    if "period" in roles:
        return all(is_part(column.heading) for column in found) and len(found) >= _SEVERAL
    periods = {parts_of(column.heading).period for column in found}
    return len(periods) >= _SEVERAL or len(found) == len(able)


def _parts_only(able: Sequence[Facts]) -> bool:
    found = [column.heading for column in able if parts_of(column.heading).period]
    return all(is_part(heading) for heading in found)


def _labelled(able: Sequence[Facts], said: frozenset[str]) -> Spreading:
    periods, sexes = "period" in said, "sex" in said
    groups: defaultdict[tuple[str | None, str], list[Facts]] = defaultdict(list)
    alone: list[Facts] = []
    for column in able:
        if label_of(column.heading, said) is None:
            alone.append(column)
        else:
            parts = parts_of(column.heading, sexes=sexes)
            groups[parts.period if periods else None, (parts.sex or "").lower()].append(column)
    fullest = max(groups.values(), key=len)
    found = figures(fullest)
    labels: dict[Figure, str] = {name: label_of(column.heading, said) or "" for name, column in found.items()}
    if "denominator" not in found and found:
        _with_shared_denominator(found, labels, alone)
    return Spreading(said, found, labels, parts_only=periods and _parts_only(able))


def _with_shared_denominator(found: Figures, labels: dict[Figure, str], alone: Sequence[Facts]) -> None:
    """One column of inhabitants beside counts for every period."""
    counts = found["value"]
    if likeness(counts.heading, "numerator") and not likeness(counts.heading, "value"):
        shared = next((column for column in alone if likeness(column.heading, "denominator")), None)
        if shared is not None:
            found["numerator"], labels["numerator"] = found.pop("value"), labels.pop("value")
            found["denominator"] = shared
