from decimal import Decimal

from etl.jobs.comparison import compare_allocations
from tests.etl.jobs.conftest import allocations


def money(recipient, amount, origin="uploaded"):
    return {"recipient": recipient, "amount": Decimal(amount), "origin": origin}


def test_allocations_are_new_revised_or_unchanged():
    delivered = allocations(money("A", 1), money("B", 2), money("C", 3), money("D", 4))
    published = allocations(money("A", 1), money("B", "2.01"), money("C", 3), money("E", 5))
    found = compare_allocations(delivered, published)
    assert (found.new, found.revised, found.unchanged) == (1, 1, 2)


def test_real_sums_are_not_held_against_examples():
    found = compare_allocations(allocations(money("A", 1)), allocations(money("A", 1, "example")))
    assert (found.new, found.revised, found.unchanged) == (1, 0, 0)
