"""Will the target be met?"""

from __future__ import annotations

import pytest

from etl.measures.reasons import NO_DIRECTION, NO_FIGURE, NO_TARGET
from etl.measures.spc.assurance import NO_REQUIREMENT
from tests.etl.measures.spc.making import asked, drawn, judged, limits_of

CHART = drawn([50.0, 52.0] * 10)
LOWER, MEAN, UPPER = limits_of(CHART)


def test_the_limits_are_as_reckoned_by_hand():
    assert pytest.approx((51 - 5.32, 51 + 5.32)) == (LOWER, UPPER)


@pytest.mark.parametrize(
    ("direction", "required", "wanted"),
    [
        ("higher", 45.6, "met"),
        ("higher", 45.7, "met"),
        ("higher", 45.8, "inconsistent"),
        ("higher", 51.0, "inconsistent"),
        ("higher", 56.3, "inconsistent"),
        ("higher", 56.4, "missed"),
        ("lower", 45.6, "missed"),
        ("lower", 45.7, "inconsistent"),
        ("lower", 51.0, "inconsistent"),
        ("lower", 56.2, "inconsistent"),
        # shown as 56,3, as the limit is
        ("lower", 56.3, "met"),
        ("lower", 56.4, "met"),
    ],
)
def test_a_level(direction, required, wanted):
    row = judged(CHART, asked(required), direction=direction)
    assert (row["assurance"], row["assurance_reason"]) == (wanted, None)


@pytest.mark.parametrize("direction", ["higher", "lower", "none"])
@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (40, 60, "met"),
        (45.7, 56.3, "met"),
        (50, 60, "inconsistent"),
        (40, 50, "inconsistent"),
        (48, 52, "inconsistent"),
        (57, 60, "missed"),
        (30, 45, "missed"),
    ],
)
def test_a_range(direction, low, high, wanted):
    assert judged(CHART, asked(low=low, high=high), direction=direction)["assurance"] == wanted


@pytest.mark.parametrize(("direction", "required", "wanted"), [
    ("higher", 80.0, "met"), ("lower", 80.0, "met"), ("higher", 80.1, "missed"), ("lower", 79.9, "missed"),
])  # fmt: skip
def test_a_constant_that_is_the_target_meets_it(direction, required, wanted):
    assert judged(drawn([80.0] * 13), asked(required), direction=direction)["assurance"] == wanted


def test_as_shown():
    assert judged(drawn([54.96] * 13), asked(55.0))["assurance"] == "met"
    assert judged(drawn([54.94] * 13), asked(55.0))["assurance"] == "missed"


@pytest.mark.parametrize(
    ("targets", "changes", "reason"),
    [
        (asked(target=None), {}, NO_TARGET),
        (asked(50.0), {"direction": "none"}, NO_DIRECTION),
        (asked(), {}, NO_REQUIREMENT),
        (asked(low=1.0), {}, NO_REQUIREMENT),
        (asked(50.0).clear(), {}, NO_TARGET),
    ],
)
def test_why_not(targets, changes, reason):
    row = judged(CHART, targets, **changes)
    assert (row["assurance"], row["assurance_reason"]) == (None, reason)
    assert row["variation"] == "common"


def test_a_target_of_an_area_without_points():
    from etl.measures import spc
    from tests.etl.measures.spc.making import rules

    rows = spc.process(CHART, asked(50.0, area="1401"), rules())
    assert rows["area"].to_list() == ["14", "1401"]
    row = rows.row(1, named=True)
    assert (row["period_type"], row["variation"], row["assurance"], row["points"]) == (None, None, None, 0)
    assert (row["variation_reason"], row["assurance_reason"]) == (NO_FIGURE, NO_FIGURE)
