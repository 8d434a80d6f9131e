"""What Medel says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard import money, money_words
from dashboard.money import Share, Sums, Year

NBSP = "\u00a0"
TOTAL = f"81{NBSP}314{NBSP}959{NBSP}kr"
OWN = Sums("Skaraborg", "", Decimal(25), Decimal("5.50"), Decimal(0), 2, 1, "vs-skaraborg")
OTHERS = Sums("Övriga delregioner", "", Decimal(25), None, None, 2, 0, money.OTHERS)
COMMON = Sums("Gemensamt för länet", "", Decimal(40), None, None, 1, 0, money.COMMON)
REGION = Sums("Regionen", "", Decimal(10), None, None, 1, 0, money.REGION)


@pytest.fixture
def agreement(catalogue):
    return catalogue.agreements["psykisk-halsa-2021"]


def whole(allocated, **more):
    return Sums(
        "Allt", "", Decimal(allocated), more.get("used"), more.get("repaid"), 5, more.get("reported", 0)
    )


@pytest.mark.parametrize(
    ("sums", "own", "said"),
    [
        (whole(81314959), None, f"{TOTAL} är fördelade, till sista kronan"),
        (whole("81314958.50"), None, f"81{NBSP}314{NBSP}958,50{NBSP}kr av {TOTAL} är fördelade"),
        (whole(81314959), OWN, f"25{NBSP}kr av {TOTAL} är fördelade till Skaraborg"),
    ],
)
def test_the_finding_is_what_is_allocated(agreement, sums, own, said):
    assert money_words.allocated(agreement, sums, own) == said


def test_below_it_stands_what_is_accounted_for(agreement):
    told = whole(100, used=Decimal(60), reported=2)
    assert money_words.lead(agreement, told, None) == (
        f"{agreement.name}. 60{NBSP}kr är redovisade som använda och 0{NBSP}kr som återbetalda. "
        f"40{NBSP}kr är inte redovisade."
    )
    assert money_words.lead(agreement, told, OWN) == (
        f"{agreement.name}. Av pengarna till Skaraborg är 5,50{NBSP}kr redovisade som använda och "
        f"0{NBSP}kr som återbetalda. 19,50{NBSP}kr är inte redovisade."
    )
    assert money_words.lead(agreement, whole(100), None) == (
        f"{agreement.name}. Ingen mottagare har redovisat vad som är använt."
    )
    assert "av pengarna till Övriga delregioner" in money_words.lead(agreement, told, OTHERS)


def test_the_way_in_shares_that_add_up():
    assert money_words.way([OWN, OTHERS, COMMON, REGION], None) == (
        f"50,0{NBSP}% av pengarna till delregionerna, 10,0{NBSP}% till regionen, 40,0{NBSP}% gemensamt för länet"
    )
    assert money_words.way([OWN, OTHERS], None) == f"100,0{NBSP}% av pengarna till delregionerna"
    assert money_words.way([OWN, OTHERS, COMMON, REGION], "vs-skaraborg") == (
        f"25,0{NBSP}% av pengarna är fördelade till Skaraborg"
    )


@pytest.mark.parametrize(
    ("amounts", "chosen", "said"),
    [
        ((100, 100), None, f"1,00{NBSP}kr per invånare i alla delregioner"),
        ((100, 250), None, f"Mellan 1,00{NBSP}kr och 2,50{NBSP}kr per invånare i delregionerna"),
        ((100, 250), "vs-simba", f"SIMBA: 2,50{NBSP}kr per invånare, alla delregioner 1,75{NBSP}kr"),
    ],
)
def test_per_inhabitant_holds_no_delregion_up(catalogue, amounts, chosen, said):
    shares = [
        Share(catalogue.areas[area], Decimal(amount), 100, Decimal(0))
        for area, amount in zip(("vs-skaraborg", "vs-simba"), amounts, strict=True)
    ]
    assert money_words.per_inhabitant(shares, chosen, 1.75) == said


def test_what_is_accounted_for_in_shares():
    sums = whole(100, used=Decimal(60), repaid=Decimal(10))
    said = f"60,0{NBSP}% är redovisat som använt, 10,0{NBSP}% som återbetalt, 30,0{NBSP}% är inte redovisat"
    assert money_words.accounted(sums, None) == said
    assert money_words.accounted(sums, "Skaraborg") == f"Skaraborg: {said}"
    assert money_words.reported(OWN) == f"1 av 2{NBSP}mottagare har redovisat."


@pytest.mark.parametrize(
    ("before", "last", "said"),
    [
        (10, 15, f"2022: 15{NBSP}kr, 5{NBSP}kr mer än 2021"),
        (15, 10, f"2022: 10{NBSP}kr, 5{NBSP}kr mindre än 2021"),
        (10, 10, f"2022: 10{NBSP}kr, lika mycket som 2021"),
    ],
)
def test_the_newest_year_against_the_one_before(before, last, said):
    years = [
        Year(year, Decimal(amount), {}, is_example=False)
        for year, amount in ((2020, 99), (2021, before), (2022, last))
    ]
    assert money_words.year_by_year(years) == said
