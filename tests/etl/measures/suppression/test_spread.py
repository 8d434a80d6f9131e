"""What a standard deviation would tell of hidden values isn't shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.measures import frames
from etl.measures.pipeline import judged
from etl.measures.suppression import hidden_keys, without_spread
from schemas.results import SERIES_SCHEMA
from tests.etl.measures import county
from tests.etl.measures.county import indicator, observations

CATALOGUE = county.catalogue([indicator(unit="days", direction="lower", highest=365, minimum_denominator=20)])
MEMBERS = frames.members(CATALOGUE)
ALL = list(county.MUNICIPALITIES)
INTERVAL = ("lower", "upper", "interval_method", "interval_level")


def row(area, number=100, days=7, deviation: float | None = 8.0, **more):
    figures = {
        "numerator": float(days * number),
        "denominator": float(number),
        "standard_deviation": deviation,
    }
    return {"area": area, "value": float(days), **figures, **more}


def shown(rows, **options):
    return judged(observations(*rows), county.allocations(), CATALOGUE, county.population(), **options)[0]


def with_interval(series, **wanted):
    return set(series.filter(interval_method="student", **wanted)["area"])


def test_where_nothing_is_hidden_every_mean_and_every_whole_has_its_interval():
    found = shown(row(area) for area in ALL)
    assert with_interval(found) == {*ALL, "14", "e-norr", "e-syd", "t-stad", "t-land"}


def test_a_hidden_mean_and_all_that_it_is_a_part_of_have_none():
    found = shown(row(area, number=15 if area in {"1404", "1405"} else 100) for area in ALL)
    gone = found.filter(flag="suppressed")
    assert {"1404", "1405"} <= set(gone["area"])
    assert all(gone[name].null_count() == gone.height for name in INTERVAL)
    assert found.filter(area="14")["value"].is_not_null().all(), "the county's mean itself is shown"
    assert with_interval(found) == {"1401", "1402", "1403", "e-norr", "t-stad"}


def test_a_figure_of_both_sexes_has_none_where_one_of_them_is_hidden():
    men = [row(area, sex="men") for area in ALL]
    women = [row(area, number=15 if area == "1401" else 100, sex="women") for area in ALL]
    both = [row(area, number=115 if area == "1401" else 200) for area in ALL]
    found = shown([*men, *women, *both])
    hidden = set(found.filter(flag="suppressed").select("area", "sex").rows())
    assert ("1401", "women") in hidden
    for area in {area for area, _ in hidden} | {"14", "e-norr", "t-stad"}:
        assert area not in with_interval(found, sex="total")
    assert "1404" in with_interval(found, sex="total")


def test_what_the_source_hides_is_hidden_here_too():
    rows = [*(row(area) for area in ALL[1:]), row("14", number=500)]
    assert "14" in with_interval(shown([*rows, row("1401")]))
    found = shown([*rows, {"area": "1401", "flag": "suppressed"}])
    assert found.filter(area="14")["value"].is_not_null().all()
    assert with_interval(found).isdisjoint({"14", "e-norr", "t-stad", "1401"})
    assert {"1403", "1404", "1405"} <= with_interval(found)


def test_examples_and_other_periods_don_t_count():
    hidden = {"area": "1401", "flag": "suppressed", "origin": "example"}
    other = {**hidden, "origin": "published", "period_start": county.YEAR_2020.replace(year=2019)}
    found = shown([row("14"), hidden, other])
    assert with_interval(found, period_start=county.YEAR_2020) == {"14"}


def test_an_earlier_day_has_none_either_where_a_part_is_hidden_today():
    rows = [row(area) for area in ALL]
    today = shown([*rows[:3], *(row(area, number=15) for area in ALL[3:])])
    then = shown(rows, hidden=hidden_keys(today))
    assert with_interval(then) == with_interval(today)


def test_a_series_without_means_is_the_same_frame():
    series = county.series({"value": 50.0, "lower": 40.0, "upper": 60.0, "interval_method": "wilson"},
                           {"area": "1401", "flag": "suppressed"})  # fmt: skip
    assert without_spread(series, MEMBERS) is series
    assert dict(series.schema) == SERIES_SCHEMA


NUMBERS = st.sampled_from([5, 19, 20, 60, 400])
SPREADS = st.floats(0.5, 40)


@st.composite
def worlds(draw):
    """Rows by municipality, alone or with women and men, some too few to be shown."""
    rows = []
    for area in ALL:
        women, men = draw(NUMBERS), draw(NUMBERS)
        rows.append(row(area, women + men, draw(st.integers(1, 20)), draw(SPREADS)))
        if draw(st.booleans()):
            rows.append(row(area, women, draw(st.integers(1, 20)), draw(SPREADS), sex="women"))
            rows.append(row(area, men, draw(st.integers(1, 20)), draw(SPREADS), sex="men"))
    return rows


@given(worlds(), SPREADS)
@settings(max_examples=60, deadline=None)
def test_nothing_that_is_shown_depends_on_the_spread_of_what_is_hidden(rows, other):
    before = shown(rows)
    hidden = set(before.filter(flag="suppressed").select("area", "sex").rows())
    changed = [
        {**one, "standard_deviation": other} if (one["area"], one.get("sex", "total")) in hidden else one
        for one in rows
    ]
    assert_frame_equal(shown(changed), before)


@pytest.mark.parametrize("sex", ["women", "total"])
def test_a_place_that_no_area_is_above_hides_only_its_own(sex):
    found = shown([row("00"), row("14"), {"area": "00", "flag": "suppressed", "sex": sex, "age": "18+"}])
    assert with_interval(found) == {"14"}
