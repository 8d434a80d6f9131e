"""Cells of the overview that would read otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.components.difference_cells import changed_cells
from tests.dashboard.build import SKARABORG, figure, line, without_value

CASES = {
    "alike": (figure(), figure(), None),
    "judged otherwise": (figure(), figure(judgement="target_reached", value=99.0), ("var inte på väg", True)),
    "another value": (figure(), figure(value=72.6), ("nytt värde", False)),
    "another value that reads the same": (figure(), figure(value=72.41), None),
    "another period": (figure(), figure(period_start=date(2025, 1, 1)), ("nytt värde", False)),
    "a new figure": (without_value(), figure(), ("ny uppgift", True)),
    "no figure any more": (figure(), without_value(), ("försvinner", True)),
    "no figure either way": (without_value(), without_value(reason="Dold"), None),
    "an example no longer": (figure(origin="example"), figure(), ("var exempeldata", True)),
    "an example again": (figure(), figure(origin="example"), ("var verkliga tal", True)),
}


@pytest.mark.parametrize("case", CASES)
def test_a_cell(catalogue, case):
    before, after, expected = CASES[case]
    found = changed_cells([line(catalogue, "mpr-dos-1", [before])], [line(catalogue, "mpr-dos-1", [after])])
    if expected is None:
        assert found == {}
        return
    target = catalogue.targets_of("mpr-dos-1")[0].id
    ((cell, mark),) = found.items()
    assert cell == ("mpr-dos-1", target, catalogue.indicators["mpr-dos-1"].headline_age, SKARABORG)
    assert (mark.word, mark.turned) == expected


def test_cells_that_come_and_go(catalogue):
    with_figure, without = line(catalogue, "mpr-dos-1", [figure()]), line(catalogue, "mpr-dos-1", [])
    assert [mark.word for mark in changed_cells([without], [with_figure]).values()] == ["ny uppgift"]
    assert [mark.word for mark in changed_cells([with_figure], [without]).values()] == ["försvinner"]


def test_without_a_target_there_is_no_judgement_to_change(catalogue):
    before = line(catalogue, "mpr-dos-1", [figure()], has_target=False)
    after = line(catalogue, "mpr-dos-1", [figure(judgement="cannot_be_judged")], has_target=False)
    assert changed_cells([before], [after]) == {}
