"""The Swedish words that sentences are made of: places, periods, figures, targets, and what a rule saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.measures.spc.rules import ENOUGH_OF_WINDOW, RUN, WINDOW
from schemas.catalogue import Area, Indicator, Level, Target, TargetKind, Unit
from schemas.period import Period, PeriodType
from schemas.swedish import (
    EN_DASH,
    MINUS,
    change_text,
    genitive,
    listing,
    municipality_name,
    number,
    rounded,
    value_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

#: What stands in front of everything that rests on generated figures.
EXAMPLE = "Exempeldata: "

#: What a value of each unit is called, in the definite form, and whether it is an `n` or a `t` word.
_SUBJECTS: dict[str, tuple[str, str]] = {
    Unit.PERCENT: ("andelen", "oförändrad"),
    Unit.INDEX: ("indexet", "oförändrat"),
    Unit.DAYS: ("tiden", "oförändrad"),
    Unit.DAYS_PER_INHABITANT: ("tiden", "oförändrad"),
    Unit.KRONOR: ("summan", "oförändrad"),
}

_NUMBERS = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]

_RUN = _NUMBERS[RUN]
_SOME = f"{_NUMBERS[ENOUGH_OF_WINDOW]} av {_NUMBERS[WINDOW]}"

#: What a rule of the process behaviour chart saw, downwards and upwards.
_RULES = {
    "outside": (
        "det senaste värdet ligger under den vanliga variationen",
        "det senaste värdet ligger över den vanliga variationen",
    ),
    "trend": (f"minst {_RUN} värden i rad har sjunkit", f"minst {_RUN} värden i rad har stigit"),
    "two_of_three": (
        f"{_SOME} värden i rad ligger nära den undre gränsen för den vanliga variationen",
        f"{_SOME} värden i rad ligger nära den övre gränsen för den vanliga variationen",
    ),
    "shift": (
        f"minst {_RUN} värden i rad ligger under medelvärdet",
        f"minst {_RUN} värden i rad ligger över medelvärdet",
    ),
}
_SOME_RULE = ("värdena är lägre än den vanliga variationen", "värdena är högre än den vanliga variationen")


def capital(said: str) -> str:
    """The text with its first letter as a capital."""
    return said[:1].upper() + said[1:]


def sentence(said: str) -> str:
    """A text as a sentence: a capital first, one space between words, a full stop last."""
    words = " ".join(said.split(" ")).strip()
    while "  " in words:
        words = words.replace("  ", " ")
    return capital(words) if words.endswith((".", "!", "?")) else f"{capital(words)}."


def subject(unit: Unit) -> str:
    """What a value is called: `andelen`, `indexet`, `tiden`, `summan`."""
    return _SUBJECTS[unit][0]


def unchanged(unit: Unit) -> str:
    """`andelen är oförändrad`, `indexet är oförändrat`."""
    noun, word = _SUBJECTS[unit]
    return f"{noun} är {word}"


def rule_words(rule: str | None, way: int) -> str:
    """What the chart's rule saw, as a clause; `way` is 1 upwards and -1 downwards."""
    return _RULES.get(rule or "", _SOME_RULE)[way > 0]


def place(area: Area) -> str:
    """An area as it stands after `i`: `Skaraborg`, `Västra Götalands län`, `Ale kommun`."""
    if area.level is Level.MUNICIPALITY:
        return municipality_name(area.name)
    if area.level is Level.COUNTY and not area.name.casefold().endswith(("län", "länet")):
        return f"{genitive(area.name)} län"
    if area.level is Level.DELREGION and area.name.endswith("nämnden"):
        return f"{genitive(area.name)} område"
    return area.name


def places(
    areas: Sequence[Area], of: Sequence[Area], county: Area | None = None, *, nowhere: bool = False
) -> str:
    """Where something holds: `Skaraborg och SIMBA`, `4 av 6 delregioner`, `alla sex delregioner`.

    Half of them at most are named, in the order given; of more, the number is told.

    Args:
        areas: The delregioner that it holds for.
        of: All delregioner of the division.
        county: The county, where it holds for that too.
        nowhere: It stands after `inte`: `någon av de sex delregionerna`, since `inte i alla` would mean that
            it is so in some.
    """
    if not areas:
        return place(county) if county else ""
    if len(areas) == len(of) > 1:
        every = in_words(len(of))
        told = f"någon av de {every} delregionerna" if nowhere else f"alla {every} delregioner"
    elif len(areas) > max(1, len(of) // 2):
        told = f"{len(areas)} av {len(of)} delregioner"
    else:
        told = listing([place(area) for area in areas])
    if not county:
        return told
    return f"länet {'eller' if told.startswith('någon') else 'och'} {told}"


def in_words(count: int) -> str:
    """A small number in letters, a larger one in digits: `sex`, `49`."""
    return _NUMBERS[count] if count < len(_NUMBERS) else number(count)


def during(period: Period) -> str:
    """When a figure is from: `år 2024`, `i maj 2024`, `under första halvåret 2024`, `den 17 maj 2024`."""
    before = {
        PeriodType.YEAR: "år ",
        PeriodType.MONTH: "i ",
        PeriodType.WEEK: "",
        PeriodType.DATE: "den ",
    }
    return f"{before.get(period.type, 'under ')}{period.label}"


def since(previous: date | None, kind: str | None, *, seasonal: bool) -> str:
    """What a change is counted from: `på ett år`, `sedan 2023`."""
    if seasonal:
        return "på ett år"
    if previous is None or kind is None:
        return "sedan den förra uppgiften"
    period = Period(previous, PeriodType(kind))
    article = "den " if period.type is PeriodType.DATE else ""
    return f"sedan {article}{period.label}"


def goal(value: float, indicator: Indicator) -> str:
    """A target's level, without decimals where it is whole as shown: `55 %`."""
    shown = rounded(value, indicator.decimals)
    return value_text(value, indicator.unit, 0 if shown == int(shown) else indicator.decimals)


def target_text(target: Target, value: float | None, indicator: Indicator) -> str:
    """The target in a sentence: `målet 55 %`, `målet 40–60 %`; `målet` where its level isn't known.

    Args:
        target: The target.
        value: What it asks for in the end (`target_value`); null for a range.
        indicator: For unit and decimals.
    """
    if target.kind is TargetKind.RANGE and target.low is not None and target.high is not None:
        low = number(target.low, indicator.decimals)
        return f"målet {low}{EN_DASH}{value_text(target.high, indicator.unit, indicator.decimals)}"
    return "målet" if value is None else f"målet {goal(value, indicator)}"


def distance(value: float, other: float, indicator: Indicator) -> str:
    """How far two figures as shown are apart: `7,6 procentenheter`; empty where they read the same."""
    apart = abs(rounded(value, indicator.decimals) - rounded(other, indicator.decimals))
    if not rounded(apart, indicator.decimals):
        return ""
    return change_text(apart, indicator.unit, indicator.decimals).lstrip(f"+{MINUS}")


def age_text(age: str) -> str:
    """An age group: `65 år och äldre`, `18-29 år`, `alla åldrar`."""
    if age == "total":
        return "alla åldrar"
    return f"{age.removesuffix('+')} år och äldre" if age.endswith("+") else f"{age} år"


def named(indicator: Indicator, age: str) -> str:
    """The indicator's name, with the age group where it isn't the one that pages show first."""
    return indicator.name if age == indicator.headline_age else f"{indicator.name}, {age_text(age)}"
