"""Tables of kronor always add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.charts.picture import Said
from dashboard.charts.years import Years
from dashboard.components import money_table
from dashboard.money import Share, Sums, Year
from dashboard.money_stages import Stages, Stop
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse
from tests.dashboard.funds import kronor

NBSP = "\u00a0"

UNGA = Sums("Unga", "", Decimal("1000.10"), Decimal("900.05"), Decimal("99.05"), 3, 2, "a")
ALDRE = Sums("Äldre", "kommun", Decimal("81313958.90"), None, Decimal(0), 1, 1, "b")
BOTH = Sums("Allt", "", Decimal("81314959.00"), Decimal("900.05"), Decimal("99.05"), 4, 3)


def test_the_sum_is_that_of_its_rows():
    table = parse(money_table.sums("Medel", "Ändamål", [UNGA, ALDRE], BOTH, example=False))
    assert table.heads == ["Ändamål", "Fördelat", "Använt", "Återbetalt", "Inte redovisat", "Har redovisat"]
    *body, total = table.rows
    assert total[0] == "Summa"
    for column in (1, 2, 3, 4):
        assert kronor(total[column]) == sum(kronor(row[column]) for row in body)
    assert total[1] == f"81{NBSP}314{NBSP}959{NBSP}kr"
    assert body[0][1] == f"1{NBSP}000,10{NBSP}kr"
    assert body[0][5] == "2 av 3"
    assert body[1][0] == "Äldre kommun"


def test_what_nobody_has_reported_is_not_zero():
    first, second, total = parse(
        money_table.sums("Medel", "Ändamål", [UNGA, ALDRE], BOTH, example=False, with_reported=False)
    ).rows
    assert second[2:4] == ["inte redovisat", f"0{NBSP}kr"]
    assert first[4] == f"1{NBSP}kr"
    assert len(total) == 5


def test_no_rows_sum_to_nothing():
    nothing = Sums("", "", None, None, None)
    assert parse(
        money_table.sums("Medel", "Ändamål", [], nothing, example=False, with_reported=False)
    ).rows == [["Summa", f"0{NBSP}kr", "inte redovisat", "inte redovisat", f"0{NBSP}kr"]]


@pytest.mark.parametrize("chosen", [None, "a"])
def test_the_chosen_row_stands_out(chosen):
    drawn = money_table.sums("Medel", "Ändamål", [UNGA, ALDRE], BOTH, example=False, chosen=chosen)
    rows = parse(drawn).one("tbody").all("tr")
    assert ["fp-mine" in row.css for row in rows] == [bool(chosen), False, False]


def test_each_cell_says_what_it_is_of_where_rows_are_read_one_by_one():
    table = parse(money_table.sums("Medel", "Ändamål", [UNGA], BOTH, example=False))
    assert "fp-stack" in table.one("table").css
    assert [cell.attrs["data-head"] for cell in table.one("tbody").all("tr")[0].all("td")] == table.heads[1:]


@pytest.fixture
def shares(catalogue):
    return [
        Share(catalogue.areas["vs-simba"], Decimal(4000), 100, Decimal(5000)),
        Share(catalogue.areas["vs-skaraborg"], Decimal(2000), 300, Decimal(15000)),
    ]


@pytest.mark.parametrize(
    "beside", [[], [("Gemensamt för länet", 14000)], [("Gemensamt för länet", 1), ("Regionen", 2000)]]
)
@pytest.mark.parametrize("with_split", [True, False])
def test_shares_and_what_is_beside_them_add_up(shares, beside, with_split):
    others = [Sums(name, "", Decimal(amount), None, None) for name, amount in beside]
    total_sum = 6000 + sum(amount for _, amount in beside)
    table = parse(
        money_table.shares("Fördelat", shares, others, chosen="vs-simba", with_split=with_split, example=True)
    )
    *body, total = table.rows
    assert {len(row) for row in table.rows} == {len(table.heads)}
    assert [row[0] for row in body] == ["SIMBA", "Skaraborg", *(name for name, _ in beside)]
    assert kronor(total[1]) == sum(kronor(row[1]) for row in body) == total_sum
    assert total[2] == "400"
    assert kronor(total[3]) == pytest.approx(Decimal(total_sum) / 400, abs=Decimal("0.005"))
    assert body[0][3] == f"40,00{NBSP}kr"
    assert "fp-mine" in table.one("tbody").all("tr")[0].css
    assert ("Räkneexempel" in table.heads[-1]) is with_split
    if with_split:
        assert kronor(total[4]) == 20000


WAY = Stages(
    "Avtalet",
    Decimal("10.50"),
    (Stop("Unga", Decimal("8.50")), Stop("Äldre", Decimal(2))),
    (Stop("Skaraborg", Decimal(4), strong=True), Stop("Regionen", Decimal("6.50"))),
    {(0, 0): Decimal(2), (0, 1): Decimal("6.50"), (1, 0): Decimal(2)},
)


def test_the_flows_table_has_each_krona_and_the_sums_of_both():
    table = parse(money_table.cross("Väg", WAY, example=True))
    assert table.heads == ["Till", "Unga", "Äldre", "Summa"]
    assert table.rows == [
        ["Skaraborg", f"2{NBSP}kr", f"2{NBSP}kr", f"4{NBSP}kr"],
        ["Regionen", f"6,50{NBSP}kr", f"0{NBSP}kr", f"6,50{NBSP}kr"],
        ["Summa", f"8,50{NBSP}kr", f"2{NBSP}kr", f"10,50{NBSP}kr"],
    ]
    assert "Exempeldata" in table.one("caption").words


def test_the_years_have_their_sums_and_say_what_is_generated():
    shown = Years(
        (
            Year(2021, Decimal(5), {"Unga": Decimal(5)}, is_example=True),
            Year(2022, Decimal(7), {"Unga": Decimal(4), "Äldre": Decimal(3)}, is_example=False),
        ),
        Said("", "", ""),
    )
    table = parse(money_table.by_year("År", shown))
    assert table.heads == ["Ändamål", "2021 (exempeldata)", "2022"]
    assert table.rows == [
        ["Unga", f"5{NBSP}kr", f"4{NBSP}kr"],
        ["Äldre", "inget fördelat", f"3{NBSP}kr"],
        ["Summa", f"5{NBSP}kr", f"7{NBSP}kr"],
    ]


def test_names_are_text_and_never_markup():
    row = Sums(HOSTILE, HOSTILE, Decimal(1), Decimal(0), Decimal(0))
    table = parse(money_table.sums(HOSTILE, HOSTILE, [row], row, example=True))
    assert not table.all("script", "img")
    assert table.rows[0][0] == f"{HOSTILE} {HOSTILE}"
    way = Stages("", Decimal(1), (Stop(HOSTILE, Decimal(1)),), (Stop(HOSTILE, Decimal(1)),), {})
    assert not parse(money_table.cross(HOSTILE, way, example=False)).all("script", "img")


@pytest.mark.parametrize("example", [True, False])
def test_a_table_of_examples_says_so(example):
    table = money_table.sums("Medel", "Ändamål", [UNGA], BOTH, example=example)
    assert ("Exempeldata" in table) is example
