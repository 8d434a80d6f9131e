from datetime import date

import polars as pl
import pytest

from etl.jobs.age_groups import into_groups, with_bounds
from tests.etl.jobs.conftest import observations

DOSE = "covid19-minst-1-dos"
AGES = {DOSE: ["12+", "18+", "60+"]}


def band(age, numerator, denominator, area="1480", **more):
    counts = {"value": None, "numerator": numerator, "denominator": denominator}
    return {
        "indicator": DOSE, "period_type": "date", "period_start": date(2022, 10, 27), "area": area,
        "age": age, **counts, **more,
    }  # fmt: skip


WHOLE = [band("12-17", 10, 40), band("18-59", 50, 100), band("60-69", 30, 50), band("70+", 45, 50)]


def groups(rows, ages=AGES):
    frame = into_groups(observations(*rows), ages)
    return {(area, age): rest for area, age, *rest in frame.select(
        "area", "age", "value", "numerator", "denominator", "flag").rows()}  # fmt: skip


@pytest.mark.parametrize(
    ("age", "low", "high"),
    [("18-29", 18, 29), ("90+", 90, None), ("90 eller äldre", 90, None), ("total", None, None)],
)
def test_bounds_of_a_band(age, low, high):
    assert with_bounds(pl.DataFrame({"age": [age]})).select("low", "high").row(0) == (low, high)


def test_counts_are_summed_and_shares_counted_anew():
    assert groups(WHOLE) == {
        ("1480", "12+"): [56.25, 135, 240, None],
        ("1480", "18+"): [62.5, 125, 200, None],
        ("1480", "60+"): [75.0, 75, 100, None],
    }


def test_a_group_that_no_band_begins_is_left_out():
    assert {age for _, age in groups(WHOLE[1:])} == {"18+", "60+"}
    assert {age for _, age in groups([band("12-64", 1, 2), band("65+", 1, 2)])} == {"12+"}


def test_a_hole_between_bands_makes_no_group_over_it():
    assert {age for _, age in groups([band("12-17", 1, 2), *WHOLE[2:]])} == {"60+"}


def test_a_file_without_the_open_band_makes_no_group():
    assert groups(WHOLE[:3]) == {}


def test_a_dose_without_numbers_in_any_area_for_a_band_has_no_group_with_it():
    uncounted = [band("12-17", None, 40), *WHOLE[1:]]
    other = [{**row, "area": "1401"} for row in uncounted]
    assert {age for _, age in groups(uncounted + other)} == {"18+", "60+"}


@pytest.mark.parametrize(
    ("flag", "told"), [(None, "missing"), ("suppressed", "suppressed"), ("missing", "missing")]
)
def test_an_area_that_lacks_what_others_have_is_flagged(flag, told):
    other = [{**row, "area": "1401"} for row in WHOLE]
    other[3] = band("70+", None, 50, area="1401", flag=flag)
    found = groups(WHOLE + other)
    assert found["1480", "60+"] == [75.0, 75, 100, None]
    assert found["1401", "60+"] == [None, None, None, told]
    assert {age for area, age in found if area == "1401"} == {"12+", "18+", "60+"}


def test_the_first_band_tells_where_the_figure_was_read():
    frame = into_groups(observations(*WHOLE), AGES)
    assert dict(frame.select("age", "row").rows()) == {"12+": 2, "18+": 3, "60+": 4}
