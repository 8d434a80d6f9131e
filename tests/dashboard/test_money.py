"""An agreement's money, against plain sums."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from dashboard import money
from etl.measures.population import newest
from tests.dashboard.build import SKARABORG
from tests.dashboard.funds import AGREEMENT, SOME, allocations


@pytest.fixture
def agreement(catalogue):
    return catalogue.agreements[AGREEMENT]


@pytest.fixture
def inhabitants(knowledge):
    return newest(knowledge.population, knowledge.catalogue.municipalities)


@pytest.mark.parametrize(("kind", "total"), [("allocated", "1495.35"), ("used", "4.00"), ("repaid", "0.50")])
def test_a_kinds_sum_is_exact(kind, total):
    assert money.total(SOME, kind) == Decimal(total)


def test_nothing_sums_to_zero():
    assert money.total(SOME.clear()) == Decimal("0.00")
    assert money.by(SOME.clear(), "purpose") == []


def test_sums_per_name_largest_first():
    found = money.by(SOME, "purpose")
    assert [(row.name, row.allocated, row.used, row.repaid) for row in found] == [
        ("unga", Decimal("1420.30"), None, None),
        ("äldre", Decimal("75.05"), Decimal("4.00"), Decimal("0.50")),
    ]


def test_sums_per_name_and_detail_add_up_to_the_whole():
    found = money.by(SOME, "recipient", "level")
    assert {(row.name, row.detail) for row in found} == {
        ("Göteborgs Stad", "kommun"),
        ("Skara kommun", "kommun"),
        ("VästKom", "länsgemensamt"),
        ("Regionen", "region"),
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
    assert common == Decimal("1070.00")
    own = {
        "1480": Decimal("100.10"), "1495": Decimal("25.25"), "14": Decimal(1070), "vs-skaraborg": Decimal(300)
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


def test_what_nobody_has_told_of_is_what_is_left():
    unga, aldre = money.by(SOME, "purpose")
    assert (unga.recipients, unga.reported, unga.unreported) == (4, 0, Decimal("1420.30"))
    assert (aldre.recipients, aldre.reported, aldre.unreported) == (2, 1, Decimal("70.55"))
    whole = money.everything(SOME, "Allt")
    assert (whole.name, whole.allocated, whole.recipients, whole.reported) == (
        "Allt",
        Decimal("1495.35"),
        5,
        1,
    )
    assert money.everything(SOME.clear(), "Allt") == money.Sums("Allt", "", Decimal("0.00"), None, None)


@pytest.mark.parametrize("chosen", [None, SKARABORG, "vs-simba"])
def test_each_krona_is_in_one_part_of_the_county(catalogue, chosen):
    found = money.parts(
        money.grouped(SOME, catalogue, "vardsamverkan", chosen), catalogue, "vardsamverkan", chosen
    )
    by_id = {sums.id: sums.allocated for sums in found}
    assert sum(by_id.values()) == money.total(SOME)
    assert by_id[money.COMMON] == Decimal(1000)
    assert by_id[money.REGION] == Decimal(70)
    if chosen is None:
        assert by_id[SKARABORG] == Decimal("325.25")
        assert by_id["vs-simba"] == Decimal(0), "a delregion that got nothing is told of, too"
        assert money.OTHERS not in by_id
    else:
        assert next(iter(by_id)) == chosen
        assert by_id[chosen] + by_id[money.OTHERS] == Decimal("425.35")


def test_money_to_a_delregion_of_another_division_stands_apart(catalogue):
    found = money.parts(money.grouped(SOME, catalogue, "namnd", None), catalogue, "namnd", None)
    (elsewhere,) = (sums for sums in found if sums.id == money.ELSEWHERE)
    assert (elsewhere.name, elsewhere.allocated) == ("Delregioner i annan indelning", Decimal(300))
    assert sum(sums.allocated or 0 for sums in found) == money.total(SOME)


@pytest.mark.parametrize(
    ("amounts", "shares"),
    [
        (["1", "1", "1"], ["33.4", "33.3", "33.3"]),
        (["0.01", "0", "99.99"], ["0", "0", "100"]),
        (["2", "1", "1"], ["50", "25", "25"]),
        (["0", "0"], ["0", "0"]),
    ],
)
def test_per_cent_add_up_to_a_hundred(amounts, shares):
    assert money.percents([Decimal(amount) for amount in amounts]) == [Decimal(share) for share in shares]


def test_the_others_share_is_theirs_together(agreement, catalogue, inhabitants):
    found = money.shares(SOME, agreement, catalogue, "vardsamverkan", inhabitants)
    assert money.folded(found, None) == found
    own, others = money.folded(found, SKARABORG)
    assert own.area.id == SKARABORG
    assert (others.area.name, others.allocated) == ("Övriga delregioner", Decimal("100.10"))
    assert own.inhabitants + others.inhabitants == sum(inhabitants.values())
    assert own.example_split + others.example_split == agreement.total
    assert money.folded([own], SKARABORG) == [own]


def test_years_of_agreements_of_one_kind_side_by_side(agreement, catalogue):
    later = agreement.model_copy(update={"id": "senare", "year": 2022, "total": Decimal(10)})
    foreign = agreement.model_copy(update={"id": "annan", "indicator": "annan"})
    known = catalogue.model_copy(
        update={"agreements": {item.id: item for item in (agreement, later, foreign)}}
    )
    one = ("nytt", "kommun", "1495", "Skara", "allocated", Decimal(10), "example")
    rows = pl.concat(
        [
            SOME,
            allocations(one, year=2022, agreement="senare"),
            allocations(one, year=2022, agreement="annan"),
        ]
    )
    first, second = money.years(money.alike(rows, agreement, known))
    assert (first.year, first.allocated, first.is_example) == (2021, Decimal("1495.35"), False)
    assert first.purposes == {"unga": Decimal("1420.30"), "äldre": Decimal("75.05")}
    assert (second.year, second.purposes, second.is_example) == (2022, {"nytt": Decimal(10)}, True)


def test_an_agreement_of_two_years_has_both(agreement, catalogue):
    rows = pl.concat([SOME, SOME.with_columns(pl.lit(2020, pl.Int32).alias("year"))])
    assert [year.year for year in money.years(money.alike(rows, agreement, catalogue))] == [2020, 2021]
