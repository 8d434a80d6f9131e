"""What is said of one indicator in one area."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given

from etl.measures.findings import known, signal
from etl.measures.sentences import sentences
from schemas.results import Compared
from schemas.swedish import rounded
from tests.etl.measures import county
from tests.etl.measures.rows import CATALOGUE, random_rows, row

N = "\u00a0"
DUE_2022 = {"target": "mal-2022", "period_start": dt.date(2020, 1, 1), "previous_start": dt.date(2019, 1, 1)}

#: A sum that a target was set for as a whole, and says that nobody is judged by it.
MONEY = county.catalogue(
    [county.indicator("medel", unit="kronor", roll_up="sum", highest=1e9)],
    [county.target("avtalet", indicator="medel", value=400, cannot_be_judged="Summan är avtalad")],
)


def told(**changed) -> list[str]:
    return [said.replace(N, " ") for said in sentences(row(**changed), CATALOGUE)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "I Länet var andelen 72,4 % år 2024, 7,6 procentenheter under målet 80 %."),
        ({"value": 81.0, "judgement": "target_reached"}, "I Länet var andelen 81,0 % år 2024, vilket når målet 80 %."),
        ({"value": 79.96}, "I Länet var andelen 80,0 % år 2024, vilket når målet 80 %."),
        ({"area": "1401"}, "I Alfa kommun var andelen 72,4 % år 2024, 7,6 procentenheter under målet 80 %."),
        ({"target": None, "target_value": None}, "I Länet var andelen 72,4 % år 2024."),
        (
            {"flag": "preliminary"},
            "I Länet var andelen preliminärt 72,4 % år 2024, 7,6 procentenheter under målet 80 %.",
        ),
        (
            {"origin": "example"},
            "Exempeldata: i Länet var andelen 72,4 % år 2024, 7,6 procentenheter under målet 80 %.",
        ),
        (
            {"indicator": "dagar", "target": "dagar-3", "value": 4.2, "target_value": 3.0},
            "I Länet var tiden 4,2 dagar år 2024, 1,2 dagar över målet 3 dagar.",
        ),
        (
            {"indicator": "index", "target": "index-20", "value": 0.4, "target_value": 0.42},
            "I Länet var indexet 0,40 år 2024, 0,02 under målet 0,42.",
        ),
        (
            {"indicator": "antal", "target": "antal-mellan", "value": 50.0, "target_value": None},
            "I Länet var andelen 50,0 % år 2024, inom målet 40,0–60,0 %.",
        ),
        (
            {"indicator": "antal", "target": "antal-mellan", "value": 38.5, "target_value": None},
            "I Länet var andelen 38,5 % år 2024, 1,5 procentenheter under målet 40,0–60,0 %.",
        ),
        # on the way to a dated target, and after it
        (
            {**DUE_2022, "required": 70.0},
            "I Länet var andelen 72,4 % år 2020, 7,6 procentenheter under målet 80 %, men det räcker för målets "
            "väg, som nu kräver 70 %.",
        ),
        (
            {**DUE_2022, "required": 75.5},
            "I Länet var andelen 72,4 % år 2020, 7,6 procentenheter under målet 80 % och inte i fas med målets "
            "väg, som nu kräver 75,5 %.",
        ),
        (
            {"target": "mal-2022"},
            "I Länet var andelen 72,4 % år 2024, 7,6 procentenheter under målet 80 %, som skulle ha nåtts 2022.",
        ),
    ],
)  # fmt: skip
def test_the_figure_and_the_target(changed, said):
    assert told(**changed)[0] == said


MONTH = {"period_type": "month", "period_start": dt.date(2024, 5, 1), "previous_start": dt.date(2024, 4, 1)}
UNTRIED = {"year_change_is_certain": None}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Läget har förbättrats: andelen ökade med 1,3 procentenheter sedan 2023, mer än slumpen."),
        (MONTH, "Läget har förbättrats: andelen ökade med 1,3 procentenheter på ett år, mer än slumpen."),
        (
            {"year_change": -1.3},
            "Läget har försämrats: andelen minskade med 1,3 procentenheter sedan 2023, mer än slumpen.",
        ),
        (
            {"year_change_is_certain": False},
            "Andelen ökade med 1,3 procentenheter sedan 2023, vilket kan bero på slump.",
        ),
        (
            UNTRIED,
            "Andelen ökade med 1,3 procentenheter sedan 2023, vilket inte kan prövas och därför kan bero på slump.",
        ),
        (
            {**UNTRIED, "variation": "common"},
            "Andelen ökade med 1,3 procentenheter sedan 2023, vilket kan bero på slump.",
        ),
        ({"year_change": 0.04}, "Andelen är oförändrad sedan 2023."),
        ({**MONTH, "year_change": 0.0}, "Andelen är oförändrad jämfört med samma period året före."),
        ({"indicator": "index", "target": None, "year_change": 0.0}, "Indexet är oförändrat sedan 2023."),
        ({"year_change": None, **UNTRIED}, "Ingen tidigare uppgift att jämföra med."),
        (
            {**MONTH, "year_change": None, **UNTRIED},
            "Ingen uppgift från samma period året före att jämföra med.",
        ),
        # the chart and the trend, with what they saw
        (
            {**UNTRIED, "variation": "improvement", "variation_rule": "shift"},
            "Läget har förbättrats: andelen ökade med 1,3 procentenheter sedan 2023; minst sju värden i rad ligger "
            "över medelvärdet.",
        ),
        (
            {**UNTRIED, "year_change": None, "variation": "concern", "variation_rule": "outside"},
            "Läget har försämrats: det senaste värdet ligger under den vanliga variationen.",
        ),
        (
            {"indicator": "dagar", "target": None, "year_change": -0.5, **UNTRIED, "trend": "better"},
            "Läget har förbättrats: tiden minskade med 0,5 dagar sedan 2023; de fem senaste värdena visar en "
            "säkerställd trend nedåt.",
        ),
        (
            {**UNTRIED, "year_change": None, "before": "worse"},
            "Läget har försämrats: skillnaden är mer än slumpen.",
        ),
        # signs that don't agree
        (
            {"variation": "improvement", "variation_rule": "trend", "year_change": -1.3},
            "Tecknen pekar åt olika håll: andelen minskade med 1,3 procentenheter sedan 2023, mer än slumpen; minst "
            "sju värden i rad har stigit.",
        ),
        # no way is better
        (
            {"indicator": "antal", "target": None, "year_change": 1.0},
            "Andelen har ökat med 1,0 procentenheter sedan 2023, mer än slumpen.",
        ),
        (
            {"indicator": "antal", "target": None, "year_change": None, **UNTRIED, "trend": "decreasing"},
            "Andelen har minskat: de fem senaste värdena visar en säkerställd trend nedåt.",
        ),
        (
            {"indicator": "antal", "target": None, "year_change": None, **UNTRIED, "before": "higher"},
            "Andelen har ökat: skillnaden är mer än slumpen.",
        ),
        (
            {"indicator": "antal", "target": None, "year_change": 1.0, **UNTRIED},
            "Andelen ökade med 1,0 procentenheter sedan 2023, vilket inte kan prövas och därför kan bero på slump.",
        ),
    ],
)
def test_whether_it_has_really_changed(changed, said):
    assert told(**changed)[1] == said


PROJECTED = {"projected": 78.0, "reach_first": 2029, "reach_last": 2034}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (PROJECTED, "Med dagens takt nås målet tidigast 2029 och senast 2034."),
        ({**PROJECTED, "reach_last": 2029}, "Med dagens takt nås målet 2029."),
        (
            {**PROJECTED, "reach_last": None},
            "Med dagens takt nås målet tidigast 2029, kanske inte före 2040.",
        ),
        ({"projected": 74.0}, "Målet nås inte före 2040 i nuvarande takt."),
        (
            {"projected": 74.0, "projection_reason": "Inte före 2040 i nuvarande takt"},
            "Målet nås inte före 2040 i nuvarande takt.",
        ),
        ({"assurance": "met"}, "Med dagens process brukar målet nås."),
        ({"assurance": "missed"}, "Med dagens process nås inte målet."),
        ({"assurance": "inconsistent"}, "Med dagens process nås målet ibland och ibland inte."),
        (
            {"assurance": "missed", **PROJECTED},
            "Med dagens process nås inte målet, men med dagens takt nås det tidigast 2029 och senast 2034.",
        ),
        (
            {"assurance": "missed", "projected": 74.0},
            "Med dagens process nås inte målet, och det nås inte före 2040 i nuvarande takt.",
        ),
        (
            {"assurance": "inconsistent", "projected": 74.0},
            "Med dagens process nås målet ibland och ibland inte, men det nås inte före 2040 i nuvarande takt.",
        ),
        (
            {"assurance": "met", "projected": 74.0},
            "Med dagens process brukar målet nås, men det nås inte före 2040 i nuvarande takt.",
        ),
        (
            {"projection_reason": "Färre än åtta värden"},
            "Det går inte att säga när målet nås. Färre än åtta värden.",
        ),
        (
            {"assurance": "met", "judgement": "target_reached", "value": 81.0},
            "Med dagens process fortsätter målet att nås.",
        ),
        (
            {"assurance": "inconsistent", "judgement": "target_reached", "value": 81.0},
            "Målet är nått nu, men med dagens process nås det ibland och ibland inte.",
        ),
    ],
)
def test_whether_we_will_get_there(changed, said):
    assert told(**changed)[2:] == [said]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"judgement": "target_reached", "value": 81.0, **PROJECTED, "projection_reason": "Målet är nått"},
    ],
)
def test_nothing_more_is_said_where_nothing_is_known_or_needed(changed):
    assert len(told(**changed)) == 2


def test_what_is_not_shown_says_why():
    gone = {"value": None, "judgement": "cannot_be_judged", "reason": "Dold hos källan"}
    assert told(**gone) == ["För Länet finns inget värde att visa.", "Dold hos källan."]
    assert told(**{**gone, "reason": None})[1] == "Ingen uppgift."
    assert told(**{**gone, "area": "e-norr", "origin": "example"})[0] == (
        "Exempeldata: för e-norr finns inget värde att visa."
    )


def test_what_cannot_be_judged_says_why():
    unjudged = {"judgement": "cannot_be_judged"}
    assert (
        told(**unjudged, target=None, target_value=None, reason="Inget mål är satt")[2]
        == "Inget mål är satt."
    )
    first = told(
        **unjudged, year_change=None, **UNTRIED, reason=f"72,4{N}%, målet är 80{N}%; ingen tidigare uppgift …"
    )
    assert first[1:] == [
        "Ingen tidigare uppgift att jämföra med.",
        "Därför kan det inte bedömas om målet är på väg att nås.",
    ]
    shifted = {"year_change": None, **UNTRIED, "variation": "better", "variation_rule": "shift"}
    reason = f"72,4{N}%, målet är 80{N}%; ingen tidigare uppgift …"
    yearly, monthly = (
        told(**unjudged, **shifted, period_type=kind, reason=reason) for kind in ("year", "month")
    )
    assert yearly[1].startswith("Läget har förbättrats")
    assert yearly[2] == (
        "Ingen tidigare uppgift att jämföra med, så det kan inte bedömas om målet är på väg att nås."
    )
    assert monthly[2] == (
        "Ingen uppgift från samma period året före att jämföra med, så det kan inte bedömas om målet är på väg "
        "att nås."
    )


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:,\d+)?", text.replace(N, "")))


def _of_the_row(one) -> set[str]:
    """Every number that a sentence may have: the row's own as shown, and those of its target."""
    indicator = CATALOGUE.indicators[one["indicator"]]
    target = CATALOGUE.targets.get(one["target"] or "")
    numbers = [one["value"], one["year_change"], one["target_value"], one["required"]]
    ends = [target.low, target.high] if target else []
    shown = [rounded(number, indicator.decimals) for number in [*numbers, *ends] if known(number) is not None]
    value = known(one["value"])
    apart = [abs(rounded(value, indicator.decimals) - other) for other in shown] if value is not None else []
    texts = {f"{abs(number):.{indicator.decimals}f}".replace(".", ",") for number in [*shown, *apart]}
    texts |= {f"{abs(number):.0f}" for number in shown}
    dates = [one["period_start"], one["previous_start"], dt.date(2022, 12, 31)]
    texts |= {str(day.year + more) for day in dates if day for more in (-1, 0, 1)}
    texts |= {str(day.day) for day in dates if day} | {str(day.isocalendar().week) for day in dates if day}
    return texts | {str(one[name]) for name in ("reach_first", "reach_last")} | {"1", "2040"}


@given(random_rows())
def test_every_sentence_is_well_formed_and_has_no_number_of_its_own(one):
    said = sentences(one, CATALOGUE)
    assert 2 <= len(said) <= 3
    for text in said:
        assert text.endswith(".")
        assert not text.endswith("..")
        assert text[0].isupper()
        assert not re.search(r"None|\bnan\b|  |\bNan\b|{|}", text)
        assert not re.search(r"\s[.,;:]", text)
        assert _numbers(text) <= _of_the_row(one)


@given(random_rows())
def test_better_and_worse_are_said_only_where_a_rule_fires_and_nothing_contradicts_it(one):
    said = " ".join(sentences(one, CATALOGUE)).casefold()
    direction = CATALOGUE.indicators[one["indicator"]].direction
    good = {"higher": 1, "lower": -1, "none": 0}[direction]
    change = rounded(known(one["year_change"]) or 0.0, CATALOGUE.indicators[one["indicator"]].decimals)
    words = [signal(one[name], direction) for name in ("variation", "trend", "before")]
    fired = {way for way in words if way} | (
        {(change > 0) - (change < 0)} - {0} if one["year_change_is_certain"] else set()
    )
    for word, way in (("förbättr", good), ("försämr", -good)):
        if word in said:
            assert way
            assert fired == {way}
            assert change * way >= 0
    if "har ökat" in said:
        assert fired == {1}
    if "har minskat" in said:
        assert fired == {-1}
    if "mer än slumpen" in said:
        assert one["year_change_is_certain"] or one["before"] in set(Compared) - {Compared.SIMILAR}
    if "kan bero på slump" in said:
        assert not fired
        assert change


@given(random_rows())
def test_generated_and_preliminary_figures_are_told(one):
    said = sentences(one, CATALOGUE)
    assert said[0].startswith("Exempeldata: ") == (one["origin"] == "example")
    assert ("preliminärt" in said[0]) == (one["flag"] == "preliminary" and one["value"] is not None)


def test_money_is_never_held_against_what_was_set_for_the_whole_county():
    for part in ({"area": "e-norr", "level": "delregion"}, {"area": "14"}):
        told = sentences(
            row(judgement="cannot_be_judged", target="avtalet", indicator="medel", value=400.0, **part), MONEY
        )
        assert "målet" not in told[0]
