"""Sentences about judgements."""

from __future__ import annotations

import pytest

from dashboard import summary
from tests.dashboard.build import COUNTY, figure, line, without_value

WRONG, BEHIND, REACHED = "wrong_direction", "not_on_the_way", "target_reached"
PLACES = ["vs-simba", "vs-samla", "vs-skaraborg", "vs-fyrbodal"]


@pytest.fixture
def places(catalogue):
    return [catalogue.areas[key] for key in PLACES]


def told(catalogue, indicator, *judged, county=BEHIND, has_target=True):
    figures = [figure(area, judgement=one) for area, one in zip(PLACES, judged, strict=False)]
    return line(catalogue, indicator, [figure(COUNTY, judgement=county), *figures], has_target=has_target)


def pairs(catalogue, *figures, indicator="hpv-flickor"):
    return [(line(catalogue, indicator, [one]), one) for one in figures]


def test_targets_that_cannot_be_judged_are_counted_among_the_targets(catalogue):
    counted = pairs(
        catalogue, figure(judgement=REACHED), figure(judgement=REACHED), figure(), without_value()
    )
    assert summary.reached("Skaraborg", counted) == "Skaraborg når 2 av 4 mål"


def test_what_nobody_decided_is_called_a_reference(catalogue):
    counted = [
        *pairs(catalogue, figure()),
        *pairs(catalogue, figure(judgement=REACHED), indicator="mpr-dos-1"),
    ]
    assert catalogue.targets_of("mpr-dos-1")[0].origin == "reference"
    assert summary.reached("Skaraborg", counted) == "Skaraborg når 1 av 2 mål och riktmärken"


def test_a_count_with_one_example_in_it_is_an_example(catalogue):
    counted = pairs(catalogue, figure(), figure(origin="example"))
    assert summary.reached("Skaraborg", counted) == "Exempel: Skaraborg når 0 av 2 mål"


def test_without_targets_or_figures(catalogue):
    assert summary.reached("Skaraborg", []) == "Skaraborg: inga mål att bedöma"
    assert summary.reached("SIMBA", pairs(catalogue, without_value())) == "SIMBA: inga mål att bedöma"


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        ([WRONG, BEHIND, BEHIND, REACHED], "Det går åt fel håll i SIMBA."),
        ([WRONG, REACHED, WRONG, REACHED], "Det går åt fel håll i SIMBA och Skaraborg."),
        ([WRONG, WRONG, WRONG, REACHED], "Det går åt fel håll i 3 av 4 delregioner."),
        ([WRONG] * 4, "Det går åt fel håll i alla 4 delregioner."),
        ([REACHED, BEHIND, REACHED, REACHED], "Målet är inte på väg att nås i SAMLA."),
        ([BEHIND] * 4, "Målet är inte på väg att nås i alla 4 delregioner."),
    ],
)
def test_the_most_urgent_sentence(catalogue, places, judged, said):
    found = [told(catalogue, "mpr-dos-1", *judged)]
    name = catalogue.indicators["mpr-dos-1"].name
    urgent = summary.most_urgent(found, places, catalogue.county)
    assert urgent == f"Att prata om först: {name}. {said}"


def test_one_wrong_direction_comes_before_any_number_not_on_the_way(catalogue, places):
    found = [told(catalogue, "mpr-dos-1", *[BEHIND] * 4), told(catalogue, "mpr-dos-2", WRONG)]
    assert catalogue.indicators["mpr-dos-2"].name in summary.most_urgent(found, places, catalogue.county)


def test_then_the_one_that_holds_for_most(catalogue, places):
    found = [told(catalogue, "mpr-dos-1", WRONG), told(catalogue, "mpr-dos-2", WRONG, WRONG)]
    assert catalogue.indicators["mpr-dos-2"].name in summary.most_urgent(found, places, catalogue.county)


def test_what_rests_on_examples_says_so(catalogue, places):
    found = line(catalogue, "mpr-dos-1", [figure("vs-simba", judgement=WRONG, origin="example")])
    assert summary.most_urgent([found], places, catalogue.county).startswith("Exempel: Att prata om först: ")


def test_then_the_first(catalogue, places):
    found = [told(catalogue, "mpr-dos-1", BEHIND), told(catalogue, "mpr-dos-2", BEHIND)]
    assert catalogue.indicators["mpr-dos-1"].name in summary.most_urgent(found, places, catalogue.county)


def test_one_delregion_is_named(catalogue, places):
    found = [told(catalogue, "mpr-dos-1", WRONG)]
    assert summary.most_urgent(found, places[:1], catalogue.county).endswith("fel håll i SIMBA.")


@pytest.mark.parametrize(
    "judged",
    [[REACHED] * 4, ["on_the_way"] * 4, ["cannot_be_judged"] * 4, []],
    ids=lambda item: str(item[:1]),
)
def test_nothing_is_urgent_where_nothing_is_behind(catalogue, places, judged):
    assert summary.most_urgent([told(catalogue, "mpr-dos-1", *judged)], places, catalogue.county) is None


def test_what_has_no_target_is_never_urgent(catalogue, places):
    found = [told(catalogue, "hpv-pojkar", *[WRONG] * 4, has_target=False)]
    assert summary.most_urgent(found, places, catalogue.county) is None
