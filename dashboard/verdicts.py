"""What a section of an indicator's page says: titles that are findings, and the sentences beside a chart. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.signals import VARIATIONS
from dashboard.words import PLACES
from etl.measures import wording
from etl.measures.findings import signal
from etl.measures.outlook import NOT_KNOWN, outlook, pace, too_slow
from schemas import swedish
from schemas.catalogue import Direction, Level
from schemas.period import Period, PeriodType
from schemas.results import Compared, Outcome, Variation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Area, Indicator

Row = dict[str, Any]

NO_RULE = "Inget tecken på annat än slump: skillnaderna mellan perioderna är sådana som brukar förekomma."

#: How a figure stands to its target, in a title.
_STANDS: dict[str, str] = {
    Outcome.TARGET_REACHED: "Målet är nått",
    Outcome.ON_THE_WAY: "På väg mot målet",
    Outcome.NOT_ON_THE_WAY: "Inte på väg mot målet",
    Outcome.WRONG_DIRECTION: "Det går åt fel håll",
}

#: The chance below which areas are said to differ by more than chance.
_RISK = 0.05

_COMPARED: dict[str, str] = {
    Compared.BETTER: "Bättre",
    Compared.WORSE: "Sämre",
    Compared.HIGHER: "Högre",
    Compared.LOWER: "Lägre",
}

_NOT_ADJUSTED = {
    True: "{all} varierar inte säkert mer än slumpen ger, så gränserna visar enbart slump.",
    False: "Gränserna visar enbart slump: {all} är för få för att pröva om de varierar mer än så.",
}
_ADJUSTED = "{all} varierar mer än slumpen ger, av skäl som ingen mäter. Gränserna är därför vidgade för överspridning."


def period(row: Row) -> Period:
    """The period of a row."""
    return Period(row["period_start"], PeriodType(row["period_type"]))


def value(number: float, indicator: Indicator) -> str:
    """A value with its unit."""
    return swedish.value_text(number, indicator.unit, indicator.decimals)


def unit_line(indicator: Indicator) -> str:
    """What is drawn, with its unit: `Medelvårdtid som utskrivningsklar, dagar`."""
    unit = swedish.UNIT_WORDS[indicator.unit][1]
    return f"{indicator.name}, {unit}" if unit else indicator.name


def story_title(
    row: Row,
    newest: Row,
    area: Area,
    indicator: Indicator,
    *,
    usual: bool,
    last: Row | None,
    goal: bool = False,
) -> str:
    """`Skaraborg 85,5 % i december 2025: bättre än vanligt. Målet nås inte före 2040 i nuvarande takt`.

    Args:
        row: A row of `ASSESSED_SCHEMA`.
        newest: The newest figure.
        area: Whose figure it is.
        indicator: What it is of.
        usual: Whether the usual variation is shown.
        last: The last projected period; None where no projection is shown.
        goal: Whether the target is shown.
    """
    value = swedish.value_text(newest["value"], indicator.unit, indicator.decimals)
    said = f"{area.name} {value} {wording.during(period(newest))}"
    if usual and row["variation"] and row["period_start"] == newest["period_start"]:
        said += f": {VARIATIONS[row['variation']].word.lower()}"
    if last:
        return f"{said}. {wording.capital(_expected(row, indicator, last))}"
    stands = _STANDS.get(row["judgement"]) if goal else None
    if stands and row["judgement"] == Outcome.ON_THE_WAY and too_slow(row):
        stands += ", men för långsamt"
    return f"{said}. {stands}" if stands else said


def rule(row: Row, indicator: Indicator) -> str:
    """What the chart's rule saw, as a sentence."""
    if row["variation"] == Variation.COMMON:
        return NO_RULE
    return wording.sentence(
        wording.rule_words(row["variation_rule"], signal(row["variation"], indicator.direction))
    )


def point_rule(row: Row, indicator: Indicator) -> str:
    """What a rule saw at one point of the chart, as a clause without a full stop."""
    said = wording.rule_words(row["rule"], signal(row["signal"], indicator.direction))
    return wording.capital(said.replace("det senaste värdet", "värdet"))


def _expected(row: Row, indicator: Indicator, last: Row) -> str:
    """When the target is reached, where that can be told; else what the projection is for."""
    value = swedish.value_text(last["value"], indicator.unit, indicator.decimals)
    expected = f"{value} {wording.during(period(last))}"
    if row["judgement"] == Outcome.TARGET_REACHED:
        return f"målet är nått, och i nuvarande takt är {wording.subject(indicator.unit)} {expected}"
    told = pace(row) if row["judgement"] != Outcome.CANNOT_BE_JUDGED else None
    return told.rstrip(".") if told else f"i nuvarande takt {expected}"


def outlook_said(row: Row, indicator: Indicator, last: Row | None) -> list[str]:
    """Whether the target is reached and when, and what the projection expects, each a sentence."""
    said = []
    if row["target"] is None:
        said.append("Inget mål är satt för indikatorn.")
    elif row["judgement"] == Outcome.CANNOT_BE_JUDGED:
        said.append(wording.sentence(row["reason"] or "Målet kan inte bedömas"))
    else:
        reached = row["judgement"] == Outcome.TARGET_REACHED
        said.append(outlook(row) or ("Målet är nått." if reached else NOT_KNOWN))
    if last is not None:
        value = swedish.value_text(last["value"], indicator.unit, indicator.decimals)
        band = swedish.interval_text(last["lower"], last["upper"], indicator.unit, indicator.decimals)
        said.append(
            f"I nuvarande takt väntas {value} {wording.during(period(last))}, "
            f"med 80{swedish.NO_BREAK_SPACE}% sannolikhet inom {band}."
        )
    return said


def standardised_said(row: Row, indicator: Indicator, place: str) -> list[str]:
    """`Med länets fördelning på åldersgrupper vore andelen i Skaraborg 71,2 %`, or why that can't be told."""
    if row["value"] is None:
        return [
            f"Värdet kan inte räknas om till länets fördelning på åldersgrupper. {wording.sentence(row['reason'])}"
        ]
    value = swedish.value_text(row["value"], indicator.unit, indicator.decimals)
    interval = ""
    if row["lower"] is not None:
        bounds = swedish.interval_text(row["lower"], row["upper"], indicator.unit, indicator.decimals)
        interval = f" (95{swedish.NO_BREAK_SPACE}%-intervall {bounds})"
    noun = wording.subject(indicator.unit)
    return [f"Med länets fördelning på åldersgrupper vore {noun} i {place} {value}{interval}."]


def gap_size(number: float, indicator: Indicator) -> str:
    """A gap with its unit: `7,6 procentenheter`."""
    return swedish.change_text(number, indicator.unit, indicator.decimals).lstrip(f"+{swedish.MINUS}")


def gap_unit(indicator: Indicator) -> str:
    """The unit of a gap: `procentenheter`, `dagar`."""
    return swedish.CHANGE_WORDS[indicator.unit][1] or "indexenheter"


def basis(indicator: Indicator) -> str:
    """What the denominator counts, inside a sentence."""
    counted = indicator.denominator or "antal"
    return f"{counted[0].lower()}{counted[1:]}"


def funnel_below(indicator: Indicator, chosen: Area, level: Level = Level.MUNICIPALITY) -> str:
    """What the funnel chart draws, and which places are drawn large."""
    mine = f". Stora punkter: {PLACES[level].all} i {chosen.name}" if chosen.division else ""
    return f"{unit_line(indicator)}, mot underlagets storlek: {basis(indicator)}{mine}"


def compared(outcome: str | None, level: float | None) -> str:
    """How a place stands beside all of them, in a table."""
    if level is None or outcome is None:
        return "Inom gränserna"
    return f"{_COMPARED[outcome]} (utanför {swedish.number(level, 1 if level % 1 else 0)}{swedish.NO_BREAK_SPACE}%)"


def unseen(missing: int, level: Level = Level.MUNICIPALITY) -> list[str]:
    """How many places aren't in the chart, as a sentence; none where all are."""
    if not missing:
        return []
    told = swedish.count_text(missing, PLACES[level].one, PLACES[level].several)
    return [f"{told} visas inte: uppgift saknas eller är dold."]


def gap_title(row: Row, indicator: Indicator, names: Mapping[str, str]) -> str:
    """`Det skiljer 7,6 procentenheter mellan Skaraborg och SIMBA år 2025`."""
    if row["highest_area"] == row["lowest_area"]:
        return f"Ingen skillnad mellan områdena {wording.during(period(row))}"
    return (
        f"Det skiljer {gap_size(row['gap'], indicator)} mellan {names[row['highest_area']]} och "
        f"{names[row['lowest_area']]} {wording.during(period(row))}"
    )


def gap_said(row: Row, indicator: Indicator, names: Mapping[str, str]) -> list[str]:
    """The gap with its interval, whether the areas differ by more than chance, and how many it is."""
    if row["gap"] is None:
        return [wording.sentence(row["reason"] or "Skillnaden kan inte räknas ut")]
    if row["highest_area"] == row["lowest_area"]:
        value = swedish.value_text(row["highest_value"], indicator.unit, indicator.decimals)
        return [f"{wording.capital(wording.during(period(row)))} låg alla områden med uppgift på {value}."]
    ends = [
        f"{names[row[f'{end}_area']]} {word} "
        f"({swedish.value_text(row[f'{end}_value'], indicator.unit, indicator.decimals)})"
        for end, word in (("highest", "högst"), ("lowest", "lägst"))
    ]
    interval = ""
    if row["lower"] is not None:
        bounds = swedish.interval_text(row["lower"], row["upper"], indicator.unit, indicator.decimals)
        interval = (
            f", 95{swedish.NO_BREAK_SPACE}%-intervall {bounds.removesuffix(f'{swedish.NO_BREAK_SPACE}%')}"
        )
    said = [
        f"{wording.capital(wording.during(period(row)))} låg {ends[0]} och {ends[1]}: det skiljer "
        f"{gap_size(row['gap'], indicator)}{interval}."
    ]
    if row["spread_p"] is not None:
        certain = row["spread_p"] < _RISK
        said.append(
            "Tillsammans skiljer sig områdena mer än slumpen ger."
            if certain
            else "Så stora skillnader mellan områdena kan bero på slump."
        )
    elif row["spread_reason"]:
        said.append(f"Om det är slump går inte att säga. {wording.sentence(row['spread_reason'])}")
    return [*said, *_people(row, indicator)]


def _people(row: Row, indicator: Indicator) -> list[str]:
    """`Om alla låg minst på länets nivå skulle 3 400 fler räknas`; none where nobody would."""
    if not row["people"]:
        return []
    lower = indicator.direction is Direction.LOWER
    counted = f"{indicator.numerator[0].lower()}{indicator.numerator[1:]}"
    return [
        f"Om alla låg {'högst' if lower else 'minst'} på länets nivå skulle {swedish.number(row['people'])} "
        f"{'färre' if lower else 'fler'} räknas in ({counted})."
    ]


def funnel_title(points: pl.DataFrame, level: Level = Level.MUNICIPALITY) -> str:
    """`2 av 49 kommuner ligger utanför gränsen för 99,8 %`."""
    beyond = points.filter(pl.col("outcome_level") == pl.lit(99.8)).height
    who = f"{swedish.number(beyond) if beyond else 'Ingen'} av {swedish.number(points.height)}"
    return f"{who} {PLACES[level].several} ligger utanför gränsen för 99,8{swedish.NO_BREAK_SPACE}%"


def funnel_said(
    points: pl.DataFrame, names: Mapping[str, str], level: Level = Level.MUNICIPALITY
) -> list[str]:
    """Who lies outside which limit, in order of name, and whether the limits are widened."""
    said = []
    for limit, text in ((99.8, "99,8"), (95.0, "95")):
        outside = points.filter(pl.col("outcome_level") == pl.lit(limit))["area"].to_list()
        if outside:
            told = swedish.listing([name for area, name in names.items() if area in outside])
            only = "" if limit > 99 else "bara "  # noqa: PLR2004
            said.append(f"Utanför {only}gränsen för {text}{swedish.NO_BREAK_SPACE}%: {told}.")
    if any("95" in one for one in said):
        said.append(
            f"Av en slump väntas ungefär en {PLACES[level].one} av tjugo hamna utanför gränsen för "
            f"95{swedish.NO_BREAK_SPACE}%."
        )
    adjusted, known = points["adjusted"].any(), points["phi"].null_count() < points.height
    told = _ADJUSTED if adjusted else _NOT_ADJUSTED[known]
    return [*said, wording.capital(told.format(all=PLACES[level].all))]
