"""Sentences about judgements."""

from __future__ import annotations

from dashboard import summary
from tests.dashboard.build import figure, line, without_value

REACHED = "target_reached"


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
