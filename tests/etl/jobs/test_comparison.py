from decimal import Decimal

import pytest

from etl.jobs.comparison import Comparison, compare_allocations, compare_observations
from tests.etl.jobs.conftest import allocations, observations


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"area": "1490"}, Comparison(new=1, revised=0, unchanged=0)),
        ({"origin": "example"}, Comparison(new=1, revised=0, unchanged=0)),
        ({"value": 1.5}, Comparison(new=0, revised=1, unchanged=0)),
        ({"numerator": 4.0}, Comparison(new=0, revised=1, unchanged=0)),
        ({"denominator": 4.0}, Comparison(new=0, revised=1, unchanged=0)),
        ({"standard_deviation": 4.0}, Comparison(new=0, revised=1, unchanged=0)),
        ({"flag": "preliminary"}, Comparison(new=0, revised=1, unchanged=0)),
        ({"value": None, "flag": "missing"}, Comparison(new=0, revised=1, unchanged=0)),
        ({"origin": "published", "source": "annan"}, Comparison(new=0, revised=0, unchanged=1)),
    ],
)
def test_a_delivered_figure_is_new_revised_or_unchanged(row: dict, expected: Comparison):
    assert compare_observations(observations(row), observations({}, {"area": "1441"})) == expected


def test_every_delivered_row_is_counted_once():
    def figures(places: range, value: float | None = None) -> list[dict]:
        return [{"area": str(place), "value": float(place) if value is None else value} for place in places]

    published = observations(*figures(range(40)), *figures(range(40, 60), 0.5), *figures(range(60, 100)))
    delivered = observations(*figures(range(50, 130)))
    assert compare_observations(delivered, published) == Comparison(new=30, revised=10, unchanged=40)
    assert compare_observations(observations(), published) == Comparison(new=0, revised=0, unchanged=0)
    assert compare_observations(delivered, observations()) == Comparison(new=80, revised=0, unchanged=0)


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
