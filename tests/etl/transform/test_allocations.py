from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from etl.transform.allocations import to_allocations
from schemas.columns import ALLOCATION_SCHEMA
from schemas.gate import admit
from schemas.tables import Allocation
from tests.etl.transform.build import money, told


@pytest.fixture(scope="module")
def read(catalogue):
    return lambda *rows: to_allocations(money(*rows), catalogue, origin="uploaded")


def test_a_row_becomes_canonical(read):
    rows, problems = read(
        {"agreement": "Länsgemensamma medel psykisk hälsa 2021", "area": "Göteborgs stad", "kind": "Använt",
         "amount": "1 234 567,50 kr"}
    )  # fmt: skip
    assert problems.is_empty()
    assert rows.schema == pl.Schema(ALLOCATION_SCHEMA)
    assert rows.row(0, named=True) == {
        "agreement": "psykisk-halsa-2021", "year": 2021, "purpose": "Brukarmedverkan", "level": "kommun",
        "area": "1480", "recipient": "Göteborgs stad", "kind": "used", "amount": Decimal("1234567.50"),
        "origin": "uploaded", "source": "Eget uttag", "sheet": "Blad", "row": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("level", "area", "expected"),
    [
        ("region", None, "14"), ("länsgemensamt", None, "14"), ("region", "VGR", "14"), ("kommun", "Ale", "1440"),
        ("länsgemensamt", "Skaraborg", "vs-skaraborg"), ("länsgemensamt", "Västra Götaland", "14"),
    ],
)  # fmt: skip
def test_money_of_the_county_and_the_region_belongs_to_the_county(read, level, area, expected):
    rows, problems = read({"level": level, "area": area})
    assert problems.is_empty()
    assert rows["area"].item() == expected


@pytest.mark.parametrize(
    ("amount", "kronor"),
    [("81314959", "81314959"), ("81 314 959", "81314959"), ("81.314.959", "81314959"), ("1.234", "1234"),
     ("1.234,50", "1234.50"), ("1234.5", "1234.5"), ("0", "0"), ("0,07", "0.07"), ("33.3300000000001", "33.33")],
)  # fmt: skip
def test_amounts_are_exact(read, amount, kronor):
    rows, problems = read({"amount": amount})
    assert problems.is_empty()
    assert rows["amount"].item() == Decimal(kronor)


def test_an_amount_in_per_cent_is_told(read):
    rows, problems = read({"amount": "12 %"})
    assert rows.is_empty()
    assert told(problems) == [("bad_number", 2, "Belopp")]


def test_many_amounts_add_up_to_the_krona(read):
    rows, _ = read(*({"amount": "0,10", "recipient": f"Mottagare {i}"} for i in range(1000)))
    assert rows["amount"].sum() == Decimal("100.00")


WRONG = [
    ({"agreement": None}, "missing_value", "Överenskommelse"),
    ({"agreement": "Psykisk ohälsa 1999"}, "unknown_agreement", "Överenskommelse"),
    ({"year": None}, "missing_value", "År"),
    ({"year": "tjugo"}, "bad_year", "År"),
    ({"year": "1066"}, "bad_year", "År"),
    ({"year": "2022"}, "wrong_year", "År"),
    ({"purpose": None}, "missing_value", "Ändamål"),
    ({"level": None}, "missing_value", "Nivå"),
    ({"level": "stat"}, "unknown_level", "Nivå"),
    ({"area": None}, "missing_value", "Område"),
    ({"area": "Stockholm"}, "unknown_area", "Område"),
    ({"area": "VGR"}, "wrong_area_level", "Område"),
    ({"area": "Ale", "level": "region"}, "wrong_area_level", "Område"),
    ({"area": "Riket", "level": "länsgemensamt"}, "wrong_area_level", "Område"),
    ({"recipient": None}, "missing_value", "Mottagare"),
    ({"kind": None}, "missing_value", "Typ"),
    ({"kind": "lånat"}, "unknown_kind", "Typ"),
    ({"amount": None}, "missing_value", "Belopp"),
    ({"amount": "tusen"}, "bad_number", "Belopp"),
    ({"amount": "10,005"}, "bad_number", "Belopp"),
    ({"amount": "<5"}, "bad_number", "Belopp"),
    ({"amount": ".."}, "bad_number", "Belopp"),
    ({"amount": "-1"}, "out_of_range", "Belopp"),
]


@pytest.mark.parametrize(("cells", "code", "column"), WRONG)
def test_each_mistake_is_told_once_with_its_place(read, cells, code, column):
    rows, problems = read({"recipient": "Annan"}, cells)
    assert told(problems) == [(code, 3, column)]
    assert problems["severity"].to_list() == ["error"]
    assert rows["row"].to_list() == [2]


def test_money_may_be_used_and_repaid_in_a_later_year(read):
    rows, problems = read({"kind": "använt", "year": "2022"}, {"kind": "återbetalt", "year": "2023"})
    assert problems.is_empty()
    assert rows["year"].to_list() == [2022, 2023]


def test_the_same_money_twice_is_told_on_both_rows(read):
    rows, problems = read({}, {"area": "Göteborg", "amount": "5"}, {"kind": "använt"})
    assert told(problems) == [
        ("duplicate_key", 2, "Överenskommelse"),
        ("duplicate_key", 3, "Överenskommelse"),
    ]
    assert rows["kind"].to_list() == ["used"]


def test_example_money_is_known_by_its_source(read):
    rows, _ = read({"source": "Exempeldata, skapad"})
    assert rows["origin"].item() == "example"


def test_what_is_handed_on_passes_the_gate(read):
    rows, _ = read({}, {"level": "region", "area": None}, *(cells for cells, _, _ in WRONG))
    assert rows.height >= 1
    assert admit(rows, Allocation)[1].is_empty()


def test_no_rows_give_no_rows(read):
    rows, problems = read()
    assert rows.schema == pl.Schema(ALLOCATION_SCHEMA)
    assert problems.is_empty()
