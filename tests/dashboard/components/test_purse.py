"""An area's money: every sum that is shown is one that was allocated."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.components import purse
from dashboard.money import Sums
from tests.dashboard.build import HOSTILE, SKARABORG
from tests.dashboard.dom import Node, parse

NBSP = "\u00a0"


def drawn(catalogue, *purposes: Sums, area=SKARABORG, name=None, example=False) -> Node:
    agreement = next(iter(catalogue.agreements.values()))
    shown, within = catalogue.areas[area], catalogue.areas[SKARABORG]
    if name:
        shown = shown.model_copy(update={"name": name})
    return parse(purse.html(agreement, shown, within, purposes, people=200, example=example))


ONE = Sums("Suicidprevention", "", Decimal(1000), Decimal(400), None)
TWO = Sums("Brukarmedverkan", "", Decimal(500), None, None)


def test_each_purpose_with_its_share_of_an_inhabitant_and_the_sum(catalogue):
    assert drawn(catalogue, ONE, TWO).rows == [
        ["Suicidprevention", f"1{NBSP}000{NBSP}kr", f"5,00{NBSP}kr", f"400{NBSP}kr"],
        ["Brukarmedverkan", f"500{NBSP}kr", f"2,50{NBSP}kr", "inte redovisat"],
        ["Summa", f"1{NBSP}500{NBSP}kr", f"7,50{NBSP}kr", f"400{NBSP}kr"],
    ]


@pytest.mark.parametrize(
    ("used", "said"),
    [
        (Decimal(400), f"400{NBSP}kr är redovisade som använda."),
        (Decimal(0), f"0{NBSP}kr är redovisade som använda."),
        (None, "Hur mycket som har använts är inte redovisat."),
    ],
)
def test_what_is_used_is_said_or_that_nobody_has_said_it(used, said):
    found = purse.finding("Skaraborg", Decimal(1500), used, 200)
    assert found == f"Skaraborg har fått 1{NBSP}500{NBSP}kr, 7,50{NBSP}kr per invånare. {said}"


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (
            SKARABORG,
            "Pengar till delregionen och till kommunerna i den. Länsgemensamma pengar är inte medräknade.",
        ),
        (
            "1496",
            "Pengar till kommunen själv. Delregionens egna och länsgemensamma pengar är inte medräknade.",
        ),
    ],
)
def test_whose_money_the_sums_are_made_of(catalogue, area, said):
    assert drawn(catalogue, ONE, area=area).one("p", css="fp-small").words == said


def test_without_money(catalogue):
    found = drawn(catalogue)
    assert "Inga medel är redovisade för Skaraborg." in found.words
    assert not found.all("table")


def test_the_way_to_all_of_the_agreement_and_the_mark_of_examples(catalogue):
    found = drawn(catalogue, ONE, example=True)
    assert next(iter(found.links.values())).startswith("/medel?overenskommelse=")
    assert "Exempeldata" in found.words
    assert "Exempeldata" not in drawn(catalogue, ONE).words


def test_names_are_text_and_never_markup(catalogue):
    hostile = Sums(HOSTILE, "", Decimal(1), None, None)
    assert not drawn(catalogue, hostile, name=HOSTILE).all("script", "img")
