"""Where real figures take the place of examples."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.measures.pipeline import judged
from tests.etl.measures import county
from tests.etl.measures.county import counted, observations, only

ALL = list(county.MUNICIPALITIES)
EXAMPLES = [counted(area, 1, 2, origin="example", source="Exempeldata", batch=1) for area in ALL]
LATER = dt.date(2021, 1, 1)


def origins(*rows):
    """Layer → the origins of its figures that have a value."""
    frame = observations(*EXAMPLES, *rows)
    series = judged(frame, county.allocations(), county.catalogue(), county.population())[0]
    keys = series.select("indicator", "area", "period_start").is_duplicated()
    assert not keys.any()
    layers = series.group_by("level", "division").agg("origin").rows()
    return {division or level: set(found) for level, division, found in layers}, series


def test_examples_alone_are_shown_everywhere_as_examples():
    found, _ = origins()
    assert found == {layer: {"example"} for layer in ("län", "ett", "tva", "kommun")}


def test_real_county_figures_drop_the_countys_examples_only():
    found, series = origins({"area": "14", "value": 60.0, "origin": "published", "batch": 2})
    assert found == {"län": {"published"}, "ett": {"example"}, "tva": {"example"}, "kommun": {"example"}}
    assert series.filter(area="14")["value"].to_list() == [60.0]


def test_a_delivered_example_for_the_county_goes_too():
    example = counted("14", 9, 10, origin="example", period_start=LATER)
    found, series = origins(example, {"area": "14", "value": 60.0, "batch": 2})
    assert found["län"] == {"published"}
    assert series.filter(area="14").height == 1


def test_the_whole_county_in_one_period_drops_every_example():
    rows = [counted(area, 3, 4, origin="uploaded", batch=2, period_start=LATER) for area in ALL]
    found, series = origins(*rows, counted("14", 1, 9, origin="example", period_start=dt.date(2019, 1, 1)))
    assert found == {layer: {"uploaded"} for layer in ("län", "ett", "tva", "kommun")}
    assert set(series["period_start"]) == {LATER}


def test_the_whole_county_drops_examples_even_where_a_roll_up_is_refused():
    catalogue = county.catalogue([county.indicator(roll_up="none")])
    rows = [counted(area, 3, 4, origin="uploaded", batch=2) for area in ALL]
    frame = observations(*rows, counted("14", 9, 10, origin="example", period_start=LATER))
    series = judged(frame, county.allocations(), catalogue, county.population())[0]
    assert set(series["origin"]) == {"uploaded"}


def test_a_source_that_suppresses_one_still_covers_the_county():
    rows = [counted(area, 3, 4, origin="uploaded") for area in ALL[1:]]
    found, series = origins(*rows, {"area": "1401", "flag": "suppressed", "origin": "uploaded"})
    assert "example" not in set(series["origin"])
    assert found["kommun"] == {"uploaded"}


def test_some_real_municipalities_drop_the_municipalities_examples_only():
    found, series = origins(counted("1402", 3, 4, origin="uploaded", batch=2))
    assert found == {"län": {"example"}, "ett": {"example"}, "tva": {"example"}, "kommun": {"uploaded"}}
    # the example roll-ups are made of examples alone, the empty real ones are left out
    assert series.filter(area="14")["value"].to_list() == [50.0]
    assert only(series, area="e-norr")["members"] == 3


def test_a_delregion_whose_municipalities_are_all_real_drops_its_divisions_examples():
    rows = [counted(area, 3, 4, origin="uploaded", batch=2) for area in ("1404", "1405")]
    found, series = origins(*rows)
    assert found["tva"] == {"example"}
    assert found["ett"] == {"uploaded"}
    assert series.filter(division="ett")["area"].to_list() == ["e-syd"]
    assert only(series, area="e-syd")["value"] == 75.0


@pytest.mark.parametrize("example_share", [1, 99])
def test_real_and_example_rows_are_never_in_one_sum(example_share):
    rows = [counted("1404", 30, 40, batch=2)]
    half = [counted("1405", example_share, 100, origin="example")]
    frame = observations(*rows, *half)
    series = judged(frame, county.allocations(), county.catalogue(), county.population())[0]
    assert series.filter(area="e-syd")["value"].drop_nulls().is_empty()


def test_a_delivered_missing_answer_drops_the_example():
    _, series = origins({"area": "14", "flag": "missing", "batch": 2})
    row = only(series, area="14")
    assert (row["value"], row["origin"], row["reason"]) == (None, "published", "Uppgift saknas hos källan")


def test_other_indicators_keep_their_examples():
    catalogue = county.catalogue([county.indicator(), county.indicator("annan")])
    other = [{**row, "indicator": "annan"} for row in EXAMPLES]
    real = [counted(area, 3, 4) for area in ALL]
    frame = observations(*EXAMPLES, *[r | {"period_start": LATER} for r in real], *other)
    series = judged(frame, county.allocations(), catalogue, county.population())[0]
    assert set(series.filter(indicator="annan")["origin"]) == {"example"}
    assert set(series.filter(indicator="andel")["origin"]) == {"published"}
