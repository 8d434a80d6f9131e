"""The Swedish words of the pages, each in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from schemas.catalogue import Direction, Evidence, Level, Origin, RollUp, Subject, Target
from schemas.results import IntervalMethod, Outcome
from schemas.words import OUTCOME_WORDS, SUBJECT_WORDS


@dataclass(frozen=True)
class OutcomeWords:
    """How an outcome looks and reads.

    Attributes:
        word: One or two words.
        counted: What follows one target, and several.
        css: Class that colours it.
        symbol: SVG inside a 16 × 16 box, told apart by shape alone.
        meaning: One sentence for the legend.
    """

    word: str
    counted: tuple[str, str]
    css: str
    symbol: str
    meaning: str


_RING = '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_LINE = 'fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'

OUTCOMES: dict[Outcome, OutcomeWords] = {
    Outcome.TARGET_REACHED: OutcomeWords(
        OUTCOME_WORDS[Outcome.TARGET_REACHED],
        ("nått", "nådda"),
        "reached",
        '<circle cx="8" cy="8" r="7.4" fill="currentColor"/>'
        f'<path d="M4.6 8.3l2.3 2.4 4.5-5" stroke="var(--fp-paper)" {_LINE}/>',
        "Värdet når hela målet.",
    ),
    Outcome.ON_THE_WAY: OutcomeWords(
        OUTCOME_WORDS[Outcome.ON_THE_WAY],
        ("på väg", "på väg"),
        "onway",
        f'{_RING}<path d="M5.4 10.6l5-5M6.6 5.4h4v4" stroke="currentColor" {_LINE}/>',
        "Målet är inte nått, men värdet följer målets väg eller blir bättre, mer än slumpen. Om det går fort nog står "
        "för sig.",
    ),
    Outcome.NOT_ON_THE_WAY: OutcomeWords(
        OUTCOME_WORDS[Outcome.NOT_ON_THE_WAY],
        ("inte på väg", "inte på väg"),
        "notway",
        f'{_RING}<path d="M4.8 8h6.4" stroke="currentColor" {_LINE}/>',
        "Målet är inte nått, och förändringen räcker inte eller kan vara slump.",
    ),
    Outcome.WRONG_DIRECTION: OutcomeWords(
        OUTCOME_WORDS[Outcome.WRONG_DIRECTION],
        ("åt fel håll", "åt fel håll"),
        "wrong",
        '<path d="M1 2.2h14L8 14.6z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/>'
        '<path d="M8 5v4.4" stroke="var(--fp-paper)" stroke-width="1.8" stroke-linecap="round"/>',
        "Målet är inte nått, och värdet blir sämre, mer än slumpen.",
    ),
    Outcome.CANNOT_BE_JUDGED: OutcomeWords(
        OUTCOME_WORDS[Outcome.CANNOT_BE_JUDGED],
        ("kan inte bedömas", "kan inte bedömas"),
        "unknown",
        '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.4" '
        'stroke-dasharray="2.4 2"/>'
        f'<path d="M6.2 6.3a1.8 1.8 0 1 1 2.5 1.8c-.5.2-.7.5-.7 1" stroke="currentColor" {_LINE}/>'
        '<circle cx="8" cy="11.3" r="1" fill="currentColor"/>',
        "Underlaget räcker inte för en bedömning. Skälet visas när du pekar på rutan, och står på indikatorns sida.",
    ),
}

SUBJECTS: dict[Subject, str] = {subject: SUBJECT_WORDS[subject] for subject in Subject}

ORIGINS: dict[Origin, str] = {
    Origin.LAW: "lag",
    Origin.NATIONAL_AGREEMENT: "nationell överenskommelse",
    Origin.WHO: "WHO",
    Origin.REFERENCE: "riktvärde ur indikatorns beskrivning",
    Origin.REGIONAL_DECISION: "regionalt beslut",
    Origin.LOCAL_DECISION: "lokalt beslut",
}

EVIDENCE: dict[Evidence, str] = {
    Evidence.CONFIRMED: "bekräftad i källan",
    Evidence.SECONDARY: "läst i andra hand",
    Evidence.DERIVED: "härledd ur andra uppgifter",
    Evidence.UNCONFIRMED: "inte bekräftad i någon källa",
}

PERSPECTIVES = {"register": "Register", "survey": "Enkät"}
PRINCIPALS = {"region": "regionen", "kommun": "kommunerna"}

DIRECTIONS: dict[Direction, str] = {
    Direction.HIGHER: "Högre är bättre",
    Direction.LOWER: "Lägre är bättre",
    Direction.NONE: "Inget håll är bättre i sig",
}

#: What computed an interval, after "95 %-intervall med".
INTERVAL_METHODS: dict[str, str] = {
    IntervalMethod.WILSON: "Wilsons metod",
    IntervalMethod.BYAR: "Byars metod",
    IntervalMethod.EXACT: "exakt metod för antal",
    IntervalMethod.STUDENT: "Students t-fördelning",
    IntervalMethod.DOBSON: "Dobsons metod",
    IntervalMethod.NEWCOMBE: "Newcombes metod",
    IntervalMethod.MOVER: "MOVER-metoden",
    IntervalMethod.RATE_RATIO: "metod för kvoten av två tal",
}

ROLL_UPS: dict[RollUp, str] = {
    RollUp.RATIO_OF_SUMS: (
        "Kommunernas täljare och nämnare läggs ihop var för sig och delas sedan. "
        "Det är aldrig ett genomsnitt av kommunernas procenttal."
    ),
    RollUp.POPULATION_WEIGHTED: (
        "Kommunernas värden vägs med antalet personer bakom dem, eller med invånarantalet. Värdet för en delregion är "
        "därför ungefärligt."
    ),
    RollUp.SUM: "Beloppen läggs ihop.",
    RollUp.NONE: "Kan inte räknas samman från kommuner. Värdet måste levereras för varje område.",
}

LEVELS: dict[Level, str] = {
    Level.COUNTRY: "Riket",
    Level.COUNTY: "Länet",
    Level.DELREGION: "Delregion",
    Level.MUNICIPALITY: "Kommun",
    Level.HEALTH_CENTRE: "Vårdcentral",
}


class Places(NamedTuple):
    """What the places of a level are called inside a sentence: one, several, and all of them."""

    one: str
    several: str
    all: str


#: The levels that a funnel is drawn of.
PLACES: dict[Level, Places] = {
    Level.MUNICIPALITY: Places("kommun", "kommuner", "kommunerna"),
    Level.HEALTH_CENTRE: Places("vårdcentral", "vårdcentraler", "vårdcentralerna"),
}

#: What a figure's origin is called beside the figure; a published or delivered figure needs no mark.
EXAMPLE_CHIP = "Exempeldata"

METHODS = {
    "direct": "levererat värde",
    "ratio_of_sums": "summerat från kommunerna",
    "population_weighted": "ungefärligt, vägt från kommunerna",
    "sum": "summerat",
}


def target_name(target: Target) -> str:
    """A target's name, with the doubt where no source confirms its level."""
    doubt = " (obekräftad nivå)" if target.evidence is Evidence.UNCONFIRMED else ""
    return f"{target.label}{doubt}"
