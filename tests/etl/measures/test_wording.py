"""Swedish words: places, periods, targets."""

from __future__ import annotations

from datetime import date

import pytest

from etl.catalogue import load_catalogue
from etl.measures import wording
from schemas.period import Period
from schemas.swedish import NO_BREAK_SPACE
from tests.conftest import ROOT
from tests.etl.measures.county import indicator, target


@pytest.fixture(scope="module")
def real():
    return load_catalogue(ROOT / "data" / "catalogue").catalogue


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("14", "Västra Götalands län"),
        ("vs-skaraborg", "Skaraborg"),
        ("vs-simba", "SIMBA"),
        ("drn-vastra", "Västra nämndens område"),
        ("drn-goteborg", "Göteborgsnämndens område"),
        ("kf-fyrbodal", "Fyrbodals kommunalförbund"),
        ("1480", "Göteborgs kommun"),
        ("1490", "Borås kommun"),
        ("1440", "Ale kommun"),
    ],
)
def test_a_place_after_i(real, area, said):
    assert wording.place(real.areas[area]) == said


@pytest.mark.parametrize(
    ("chosen", "county", "nowhere", "said"),
    [
        ([4], False, False, "Skaraborg"),
        ([4, 1], False, False, "Skaraborg och SIMBA"),
        ([0, 1, 2], False, False, "Göteborgsområdet, SIMBA och SAMLA"),
        ([0, 1, 2, 3], False, False, "4 av 6 delregioner"),
        (range(6), False, False, "alla sex delregioner"),
        (range(6), False, True, "någon av de sex delregionerna"),
        (range(6), True, False, "länet och alla sex delregioner"),
        (range(6), True, True, "länet eller någon av de sex delregionerna"),
        ([4], True, False, "länet och Skaraborg"),
        ([], True, False, "Västra Götalands län"),
    ],
)
def test_where_something_holds(real, chosen, county, nowhere, said):
    every = real.delregioner("vardsamverkan")
    whole = real.county if county else None
    assert wording.places([every[one] for one in chosen], every, whole, nowhere=nowhere) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2024", "år 2024"),
        ("2024-05", "i maj 2024"),
        ("2024H1", "under första halvåret 2024"),
        ("2024K2", "under kvartal 2 2024"),
        ("2024V15", "vecka 15 2024"),
        ("2022/2023", "under säsongen 2022–2023"),
        ("2024-05-17", "den 17 maj 2024"),
    ],
)
def test_when(code, said):
    period = Period.from_code(code)
    assert period is not None
    assert wording.during(period) == said


def test_since_when():
    assert wording.since(date(2023, 1, 1), "year", seasonal=False) == "sedan 2023"
    assert wording.since(date(2021, 6, 10), "date", seasonal=False) == "sedan den 10 juni 2021"
    assert wording.since(date(2021, 7, 1), "season", seasonal=False) == "sedan säsongen 2021–2022"
    assert wording.since(None, "year", seasonal=False) == "sedan den förra uppgiften"
    assert wording.since(date(2023, 1, 1), "month", seasonal=True) == "på ett år"


def test_a_target_in_a_sentence():
    item = indicator()
    n = NO_BREAK_SPACE
    assert wording.target_text(target(), 80.0, item) == f"målet 80{n}%"
    assert wording.target_text(target(), 72.46, item) == f"målet 72,5{n}%"
    assert wording.target_text(target(), None, item) == "målet"
    ranged = target(kind="range", value=None, low=40, high=60)
    assert wording.target_text(ranged, None, item) == f"målet 40,0–60,0{n}%"


@pytest.mark.parametrize(
    ("value", "other", "unit", "decimals", "said"),
    [
        # between the numbers as shown: 72,4 and 72,6, though the figures themselves are 0,1 apart
        (72.44, 72.55, "percent", 1, "0,2 procentenheter"),
        (79.96, 80.0, "percent", 1, ""),
        (79.0, 80.0, "percent", 0, "1 procentenhet"),
        (3.5, 2.0, "days", 1, "1,5 dagar"),
        (0.30, 0.42, "index", 2, "0,12"),
    ],
)
def test_how_far_apart_the_shown_numbers_are(value, other, unit, decimals, said):
    item = indicator(unit=unit, decimals=decimals)
    assert wording.distance(value, other, item).replace(NO_BREAK_SPACE, " ") == said


def test_a_sentence_begins_with_a_capital_and_ends_with_a_full_stop():
    assert wording.sentence("uppgift  saknas ") == "Uppgift saknas."
    assert wording.sentence("Redan klar.") == "Redan klar."
    assert wording.sentence("är det så?") == "Är det så?"


def test_names_and_ages():
    item = indicator(name="Vaccinerade", ages=["65+", "total", "18-29"])
    assert wording.named(item, "65+") == "Vaccinerade"
    assert wording.named(item, "total") == "Vaccinerade, alla åldrar"
    assert wording.named(item, "18-29") == "Vaccinerade, 18-29 år"
    assert wording.age_text("90+") == "90 år och äldre"


def test_every_rule_has_words_for_both_ways():
    for rule in ("outside", "trend", "two_of_three", "shift", None):
        assert wording.rule_words(rule, 1) != wording.rule_words(rule, -1)
    assert (wording.in_words(6), wording.in_words(49)) == ("sex", "49")
