from decimal import Decimal

import pytest

from etl.jobs import funds
from tests.etl.jobs.conftest import allocations

TOTAL = Decimal(81314959)
NBSP = "\u00a0"


def codes(problems):
    return problems.get_column("code").to_list()


def split(*amounts):
    return allocations(
        *({"recipient": f"Mottagare {i}", "amount": Decimal(amount)} for i, amount in enumerate(amounts))
    )


def test_sums_to_the_krona_are_let_through(catalogue, extracted):
    rows = split("81314000.50", "958.50")
    assert funds.cross_check(rows, extracted("template-allocations"), catalogue).is_empty()


@pytest.mark.parametrize(
    ("difference", "told"),
    [
        ("1", "1 kr för mycket"),
        ("-1", "1 kr för lite"),
        ("0.01", "0,01 kr för mycket"),
        ("-0.50", "0,50 kr för lite"),
        ("-1314959", "1 314 959 kr för lite"),
    ],
)
def test_a_wrong_sum_tells_both_sums_and_the_difference(catalogue, extracted, difference, told):
    rows = split("1000000", TOTAL - 1000000 + Decimal(difference))
    problems = funds.cross_check(rows, extracted("template-allocations"), catalogue)
    assert codes(problems) == ["allocation_sum"]
    found = problems.row(0, named=True)
    assert found["severity"] == "error"
    assert found["column"] == "Belopp"
    assert found["expected"] == f"81{NBSP}314{NBSP}959{NBSP}kr"
    assert told in found["hint"].replace(NBSP, " ")
    assert found["value"] in found["hint"]
    assert found["expected"] in found["hint"]


@pytest.mark.parametrize(
    ("used", "repaid", "fine"),
    [("600", "400", True), ("1000", "0", True), ("1000.01", "0", False), ("600", "400.01", False)],
)
def test_no_more_is_used_and_repaid_than_allocated(catalogue, extracted, used, repaid, fine):
    rows = split("1000", TOTAL - 1000).vstack(
        allocations(
            {"recipient": "Mottagare 0", "kind": "used", "amount": Decimal(used), "row": 10},
            {"recipient": "Mottagare 0", "kind": "repaid", "amount": Decimal(repaid), "row": 11},
        )
    )
    problems = funds.cross_check(rows, extracted("template-allocations"), catalogue)
    assert codes(problems) == ([] if fine else ["more_than_allocated"])
    if not fine:
        found = problems.row(0, named=True)
        assert found["row"] == 10
        assert "Mottagare 0" in found["hint"]
        assert f"1{NBSP}000{NBSP}kr" in found["expected"]


def test_money_used_by_someone_who_got_none_is_told(catalogue, extracted):
    rows = split(TOTAL).vstack(allocations({"recipient": "Okänd", "kind": "used", "amount": Decimal(1)}))
    assert codes(funds.overdrawn(rows, "Belopp")) == ["more_than_allocated"]


def test_a_purpose_is_held_against_its_own_money(catalogue, extracted):
    rows = split(TOTAL).vstack(
        allocations(
            {"recipient": "Mottagare 0", "purpose": "Suicidprevention", "kind": "used", "amount": Decimal(5)}
        )
    )
    assert codes(funds.overdrawn(rows, "Belopp")) == ["more_than_allocated"]


def test_a_follow_up_without_the_allocation_itself_is_short_of_everything(catalogue, extracted):
    rows = allocations({"kind": "used", "amount": Decimal(100)})
    problems = funds.cross_check(rows, extracted("template-allocations"), catalogue)
    assert codes(problems) == ["allocation_sum"]
    assert problems["value"][0] == f"0{NBSP}kr"
