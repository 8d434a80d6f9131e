"""The money's way in three stages, each as large as the others."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from dashboard import money
from dashboard.money_stages import MOST, NOT_ALLOCATED, Stop, stages
from tests.dashboard.build import SKARABORG
from tests.dashboard.funds import SOME, allocations

DIVISION = "vardsamverkan"
TOTAL = Decimal("1495.35")


def arranged(catalogue, rows=SOME, agreed=TOTAL, chosen=None):
    found = money.grouped(rows, catalogue, DIVISION, chosen)
    return stages("Avtalet", agreed, found, money.parts(found, catalogue, DIVISION, chosen), chosen)


def test_purposes_are_the_largest_first_and_parts_in_their_own_order(catalogue):
    found = arranged(catalogue)
    assert [(stop.name, stop.amount) for stop in found.purposes] == [
        ("unga", Decimal("1420.30")),
        ("äldre", Decimal("75.05")),
    ]
    assert [stop.name for stop in found.ends] == [
        *(area.name for area in catalogue.delregioner(DIVISION)),
        "Gemensamt för länet",
        "Regionen",
    ]
    skaraborg = next(place for place, stop in enumerate(found.ends) if stop.name == "Skaraborg")
    assert found.links[0, skaraborg] == Decimal("320.20")
    assert found.links[1, skaraborg] == Decimal("5.05")
    assert all(found.links.values()), "a link of nought isn't one"
    assert found.total == TOTAL


def test_the_chosen_delregion_stands_out_and_the_others_are_one(catalogue):
    found = arranged(catalogue, chosen=SKARABORG)
    assert [(stop.name, stop.amount, stop.strong) for stop in found.ends] == [
        ("Skaraborg", Decimal("325.25"), True),
        ("Övriga delregioner", Decimal("100.10"), False),
        ("Gemensamt för länet", Decimal("1000.00"), False),
        ("Regionen", Decimal("70.00"), False),
    ]


def test_what_is_not_allocated_is_a_stop_of_its_own(catalogue):
    found = arranged(catalogue, agreed=TOTAL + 10)
    assert found.purposes[-1] == found.ends[-1] == Stop(NOT_ALLOCATED, Decimal("10.00"))
    assert found.total == TOTAL + 10 == sum(found.links.values())


def test_more_allocated_than_agreed_hides_nothing(catalogue):
    found = arranged(catalogue, agreed=Decimal(1))
    assert found.total == TOTAL
    assert NOT_ALLOCATED not in {stop.name for stop in (*found.purposes, *found.ends)}


@pytest.mark.parametrize("count", [MOST, MOST + 1, MOST + 5])
def test_the_smallest_of_many_purposes_stand_together(catalogue, count):
    rows = allocations(
        *(
            (f"ändamål {number}", "kommun", "1495", "Skara", "allocated", Decimal(100 - number), "uploaded")
            for number in range(count)
        )
    )
    agreed = sum((Decimal(100 - number) for number in range(count)), Decimal(0))
    found = arranged(catalogue, rows, agreed)
    assert len(found.purposes) == MOST
    assert sum(stop.amount for stop in found.purposes) == agreed
    together = found.purposes[-1]
    if count > MOST:
        assert together.name == f"Övriga {count - MOST + 1}\u00a0ändamål"
        assert together.amount == sum(100 - number for number in range(MOST - 1, count))


def test_nothing_allocated_is_nothing_but_what_is_left(catalogue):
    found = arranged(catalogue, SOME.filter(pl.col("kind") == "used"), Decimal(5))
    assert [stop.name for stop in found.purposes] == [NOT_ALLOCATED]
    assert sum(stop.amount for stop in found.ends) == found.total == Decimal(5)
