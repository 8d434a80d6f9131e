"""Tables of kronor always add up."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from dashboard.components import money_table
from dashboard.money import Share, Sums
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse

NBSP = "\u00a0"


def kronor(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d,]", "", text).replace(",", "."))


def test_the_sum_is_that_of_its_rows():
    rows = [
        Sums("Unga", "", Decimal("1000.10"), Decimal("900.05"), Decimal("100.05")),
        Sums("Äldre", "kommun", Decimal("81313958.90"), Decimal(0), Decimal(0)),
    ]
    table = parse(money_table.sums("Medel", "Ändamål", rows, example=False))
    assert table.heads == ["Ändamål", "Fördelat", "Använt", "Återbetalt"]
    *body, total = table.rows
    assert total[0] == "Summa"
    for column in (1, 2, 3):
        assert kronor(total[column]) == sum(kronor(row[column]) for row in body)
    assert total[1] == f"81{NBSP}314{NBSP}959{NBSP}kr"
    assert body[0][1] == f"1{NBSP}000,10{NBSP}kr"
    assert body[1][0] == "Äldre kommun"


def test_no_rows_sum_to_nothing():
    assert parse(money_table.sums("Medel", "Ändamål", [], example=False)).rows == [
        ["Summa", *[f"0{NBSP}kr"] * 3]
    ]


@pytest.fixture
def shares(catalogue):
    return [
        Share(catalogue.areas["vs-simba"], Decimal(4000), 100, Decimal(5000)),
        Share(catalogue.areas["vs-skaraborg"], Decimal(2000), 300, Decimal(15000)),
    ]


@pytest.mark.parametrize("common", [Decimal(0), Decimal(14000)])
@pytest.mark.parametrize("elsewhere", [Decimal(0), Decimal(2000)])
@pytest.mark.parametrize("with_split", [True, False])
def test_shares_and_the_common_money_add_up(shares, common, elsewhere, with_split):
    total_sum = 6000 + common + elsewhere
    table = parse(
        money_table.shares("Fördelat", shares, common, total_sum, with_split=with_split, example=True)
    )
    *body, total = table.rows
    assert {len(row) for row in table.rows} == {len(table.heads)}
    names = [row[0] for row in body]
    assert ("Gemensamt för länet" in names) is bool(common)
    assert ("Delregioner i annan indelning" in names) is bool(elsewhere)
    assert kronor(total[1]) == sum(kronor(row[1]) for row in body) == total_sum
    assert total[2] == "400"
    assert total[3] == f"{int(total_sum) // 400},00{NBSP}kr"
    assert body[0][3] == f"40,00{NBSP}kr"
    assert ("Räkneexempel" in table.heads[-1]) is with_split
    if with_split:
        assert kronor(total[4]) == 20000


def test_names_are_text_and_never_markup():
    row = Sums(HOSTILE, HOSTILE, Decimal(1), Decimal(0), Decimal(0))
    table = parse(money_table.sums(HOSTILE, "Till", [row], example=True))
    assert not table.all("script", "img")
    assert table.rows[0][0] == f"{HOSTILE} {HOSTILE}"


@pytest.mark.parametrize("example", [True, False])
def test_a_table_of_examples_says_so(example):
    row = Sums("unga", "", Decimal(5), None, Decimal(0))
    table = money_table.sums("Medel", "Ändamål", [row], example=example)
    assert ("Exempeldata" in table) is example


def test_what_nobody_has_reported_is_not_zero():
    (row, total) = parse(
        money_table.sums("Medel", "Ändamål", [Sums("unga", "", Decimal(5), None, Decimal(0))], example=False)
    ).rows
    assert row == ["unga", f"5{NBSP}kr", "inte redovisat", f"0{NBSP}kr"]
    assert total == ["Summa", f"5{NBSP}kr", f"0{NBSP}kr", f"0{NBSP}kr"]
