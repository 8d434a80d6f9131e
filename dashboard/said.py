"""What the measures say of a figure besides its judgement, as short texts. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.signal_icons import COUNTY
from dashboard.signals import ASSURANCES, VARIATIONS
from etl.measures.findings import signal
from etl.measures.outlook import outlook
from etl.measures.wording import rule_words, sentence
from schemas import swedish
from schemas.results import Compared, Outcome, Trend

if TYPE_CHECKING:
    from dashboard.board import Figure, Line

_TRENDS = {
    Trend.BETTER: "Trenden över flera år går åt det bättre hållet",
    Trend.WORSE: "Trenden över flera år går åt det sämre hållet",
    Trend.INCREASING: "Trenden över flera år går uppåt",
    Trend.DECREASING: "Trenden över flera år går nedåt",
}


def words(figure: Figure) -> list[str]:
    """The words of the symbols that stand in a figure's cell: variation, assurance, comparison."""
    told = []
    if figure.variation in VARIATIONS:
        told.append(VARIATIONS[figure.variation].word)
    if figure.assurance in ASSURANCES:
        told.append(f"{ASSURANCES[figure.assurance].word} med dagens process")
    if stands_out(figure):
        told.append(COUNTY[figure.county or ""].word)
    return told


def stands_out(figure: Figure) -> bool:
    """Whether the figure is certainly another than the county's."""
    return figure.county in COUNTY and figure.county != Compared.SIMILAR


def details(line: Line, figure: Figure) -> list[str]:
    """All that is known of a figure, a sentence each: why it is judged so, chance, the county, the future.

    What couldn't be reckoned isn't mentioned; the indicator's page has the reasons.
    """
    told = [sentence(figure.reason)] if figure.reason else []
    told += [sentence(said) for said in (rule(line, figure), against_county(figure)) if said]
    trend = _TRENDS.get(figure.trend or "")
    if trend:
        told.append(sentence(trend))
    ahead = future(line, figure)
    return [*told, ahead] if ahead else told


def rule(line: Line, figure: Figure) -> str:
    """`Sämre än vanligt: det senaste värdet ligger under den vanliga variationen`; empty without a chart."""
    said = VARIATIONS.get(figure.variation or "")
    if said is None:
        return ""
    way = signal(figure.variation, line.indicator.direction)
    return f"{said.word}: {rule_words(figure.variation_rule, way)}" if way else said.meaning


def against_county(figure: Figure) -> str:
    """`Sämre än länet, säkert på nivån 99,8 %`; empty where nothing is compared."""
    said = COUNTY.get(figure.county or "")
    if said is None:
        return ""
    if figure.county == Compared.SIMILAR or figure.county_level is None:
        return f"{said.word} mot länet" if figure.county == Compared.SIMILAR else said.word
    level = swedish.number(figure.county_level, 1 if figure.county_level % 1 else 0)
    return f"{said.word}, säkert på nivån {level}{swedish.NO_BREAK_SPACE}%"


def future(line: Line, figure: Figure) -> str:
    """Whether and when the target will be reached, a sentence; empty where it can't be told."""
    known = figure.assurance is not None or figure.projected is not None
    if line.target is None or not known or figure.judgement == Outcome.CANNOT_BE_JUDGED:
        return ""
    return outlook(figure._asdict()) or ""
