"""An agreement's money, against plain sums."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from dashboard import money
from etl.measures.population import newest
from schemas.columns import ALLOCATION_SCHEMA

AGREEMENT = "psykisk-halsa-2021"


def rows(*told: tuple) -> pl.DataFrame:
    keys = ("purpose", "level", "area", "recipient", "kind", "amount", "origin")
    usual = {**dict.fromkeys(ALLOCATION_SCHEMA), "agreement": AGREEMENT, "year": 2021}
    return pl.DataFrame(
        [{**usual, **dict(zip(keys, row, strict=True))} for row in told], schema=ALLOCATION_SCHEMA
    )


@pytest.fixture
def agreement(catalogue):
    return catalogue.agreements[AGREEMENT]


@pytest.fixture
def inhabitants(knowledge):
    return newest(knowledge.population, knowledge.catalogue.municipalities)


SOME = rows(
    ("unga", "kommun", "1480", "Göteborgs Stad", "allocated", Decimal("100.10"), "uploaded"),
    ("unga", "kommun", "1495", "Skara kommun", "allocated", Decimal("20.20"), "uploaded"),
    ("äldre", "kommun", "1495", "Skara kommun", "allocated", Decimal("5.05"), "uploaded"),
    ("äldre", "kommun", "1495", "Skara kommun", "used", Decimal("4.00"), "uploaded"),
    ("äldre", "kommun", "1495", "Skara kommun", "repaid", Decimal("1.05"), "uploaded"),
    ("unga", "länsgemensamt", "14", "Regionen", "allocated", Decimal("1000.00"), "uploaded"),
    ("unga", "länsgemensamt", "vs-skaraborg", "Vårdsamverkan", "allocated", Decimal("300.00"), "uploaded"),
)


@pytest.mark.parametrize(("kind", "total"), [("allocated", "1425.35"), ("used", "4.00"), ("repaid", "1.05")])
def test_a_kinds_sum_is_exact(kind, total):
    assert money.total(SOME, kind) == Decimal(total)


def test_nothing_sums_to_zero():
    assert money.total(SOME.clear()) == Decimal("0.00")
    assert money.by(SOME.clear(), "purpose") == []


def test_sums_per_name_largest_first():
    found = money.by(SOME, "purpose")
    assert [(row.name, row.allocated, row.used, row.repaid) for row in found] == [
        ("unga", Decimal("1420.30"), None, None),
        ("äldre", Decimal("5.05"), Decimal("4.00"), Decimal("1.05")),
    ]


def test_sums_per_name_and_detail_add_up_to_the_whole():
    found = money.by(SOME, "recipient", "level")
    assert {(row.name, row.detail) for row in found} == {
        ("Göteborgs Stad", "kommun"),
        ("Skara kommun", "kommun"),
        ("Regionen", "länsgemensamt"),
        ("Vårdsamverkan", "länsgemensamt"),
    }
    assert sum(row.allocated or Decimal(0) for row in found) == money.total(SOME)


def test_real_rows_stand_alone_and_examples_only_where_there_are_no_real_ones(agreement):
    example = SOME.with_columns(pl.lit("example").alias("origin"))
    foreign = SOME.with_columns(pl.lit("another").alias("agreement"))
    assert money.of_agreement(pl.concat([SOME, example, foreign]), agreement).equals(SOME)
    assert money.of_agreement(pl.concat([example, foreign]), agreement).equals(example)
    assert money.of_agreement(foreign, agreement).is_empty()


@pytest.mark.parametrize("division", ["vardsamverkan", "namnd", "kommunalforbund"])
def test_shares_take_in_the_delregions_own_money_and_its_municipalities(
    agreement, catalogue, inhabitants, division
):
    found = money.shares(SOME, agreement, catalogue, division, inhabitants)
    assert [share.area for share in found] == catalogue.delregioner(division)
    common = money.common(SOME, catalogue)
    assert common == Decimal("1000.00")
    own = {
        "1480": Decimal("100.10"), "1495": Decimal("25.25"), "14": Decimal(1000), "vs-skaraborg": Decimal(300)
    }  # fmt: skip
    for share in found:
        inside = {share.area.id} | {
            row.municipality for row in catalogue.memberships if row.area == share.area.id
        }
        assert share.allocated == sum((own.get(area, Decimal(0)) for area in inside), Decimal(0))
        assert share.inhabitants == sum(inhabitants[area] for area in inside if area in inhabitants)
        assert share.per_inhabitant == pytest.approx(float(share.allocated) / share.inhabitants)


def test_the_example_split_adds_up_to_the_agreed_total_to_the_krona(agreement, catalogue, inhabitants):
    found = money.shares(SOME, agreement, catalogue, "vardsamverkan", inhabitants)
    assert sum(share.example_split for share in found) == Decimal(81314959)
    everyone = sum(inhabitants.values())
    for share in found:
        exact = float(agreement.total) * share.inhabitants / everyone
        assert float(share.example_split) == pytest.approx(exact, abs=1)
