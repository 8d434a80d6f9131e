"""Classes of values: round bounds, none empty, no value in two, labels as Swedes write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.classes import MOST, Classes, classes

N = "\u00a0"


def test_labels_meet_without_overlap():
    parted = Classes((80.0, 85.0, 90.0), "percent", 1)
    assert parted.labels == [f"under 80,0{N}%", f"80,0–84,9{N}%", f"85,0–89,9{N}%", f"90,0{N}% eller mer"]
    assert [parted.of(value) for value in (79.94, 79.95, 84.94, 84.96, 90.0)] == [0, 1, 1, 2, 3]


@pytest.mark.parametrize(
    ("values", "unit", "decimals", "labels"),
    [
        ([5.0] * 9, "percent", 1, ["alla"]),
        ([], "percent", 1, ["alla"]),
        ([1.0, 2.0], "days", 0, [f"under 2{N}dagar", f"2{N}dagar eller mer"]),
        (
            [0.31, 0.33, 0.35, 0.37, 0.39], "index", 2,
            ["under 0,32", "0,32–0,33", "0,34–0,35", "0,36–0,37", "0,38 eller mer"],
        ),
        (
            [1, 2, 3, 4, 5], "days", 0,
            [f"under 2{N}dagar", f"2{N}dagar", f"3{N}dagar", f"4{N}dagar", f"5{N}dagar eller mer"],
        ),
    ],
)  # fmt: skip
def test_values_are_parted_at_round_numbers(values, unit, decimals, labels):
    assert classes(values, unit, decimals).labels == labels


def test_an_outlier_does_not_leave_all_others_in_one_class():
    parted = classes([*[50 + step * 0.5 for step in range(40)], 400.0], "percent", 1)
    assert len({parted.of(50 + step * 0.5) for step in range(40)}) >= 4


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.floats(0, 1000, allow_nan=False), min_size=1, max_size=60),
    st.sampled_from([0, 1, 2]),
)
def test_classes_are_few_ordered_and_none_empty(values, decimals):
    parted = classes(values, "percent", decimals)
    own = [parted.of(value) for value in sorted(values)]
    assert own == sorted(own)
    assert set(own) == set(range(len(parted.labels)))
    assert 1 <= len(parted.labels) <= MOST
    assert len(set(parted.labels)) == len(parted.labels)
    assert all(bound == round(bound, decimals) for bound in parted.bounds)
    steps = {round(high - low, 9) for low, high in zip(parted.bounds, parted.bounds[1:], strict=False)}
    assert len(steps) <= 1
