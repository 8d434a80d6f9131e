"""Judgements arranged for looking up, against the frame they come from."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard import board
from schemas.catalogue import Subject
from schemas.period import Period, PeriodType
from schemas.results import ASSESSED_SCHEMA, Outcome
from tests.dashboard.build import COUNTY, SKARABORG, figure, line, without_value


def judgements(*rows: dict) -> pl.DataFrame:
    usual = {
        **dict.fromkeys(ASSESSED_SCHEMA),
        "area": SKARABORG,
        "level": "delregion",
        "period_start": date(2024, 1, 1),
        "period_type": "year",
        "sex": "total",
        "age": "total",
        "origin": "uploaded",
        "judgement": "not_on_the_way",
    }
    return pl.DataFrame([{**usual, **row} for row in rows], schema=ASSESSED_SCHEMA)


MPR = {"indicator": "mpr-dos-1", "target": "mpr-dos-1-95"}


def test_every_target_and_every_indicator_without_one_is_a_line(catalogue):
    found = board.lines(judgements(), catalogue)
    targeted = {target.indicator for target in catalogue.targets.values()}
    assert {item.target.id for item in found if item.target} == set(catalogue.targets)
    assert {item.indicator.id for item in found if not item.target} == set(catalogue.indicators) - targeted
    assert len(found) == len(catalogue.targets) + len(catalogue.indicators) - len(targeted)


def test_lines_stand_by_subject_and_those_with_a_target_first(catalogue):
    found = board.lines(judgements(), catalogue)
    places = [(list(Subject).index(item.indicator.subject), item.target is None) for item in found]
    assert places == sorted(places)


def test_a_line_has_the_figures_of_its_own_target_and_both_sexes_together(catalogue):
    frame = judgements(
        {**MPR, "value": 95.0},
        {**MPR, "value": 94.0, "area": COUNTY},
        {**MPR, "value": 1.0, "sex": "women"},
        {**MPR, "value": 2.0, "area": "1480", "target": "another"},
        {"indicator": "mpr-dos-2", "target": "mpr-dos-2-95", "value": 3.0},
    )
    found = next(item for item in board.lines(frame, catalogue) if item.indicator.id == "mpr-dos-1")
    assert {area: item.value for area, item in found.figures.items()} == {SKARABORG: 95.0, COUNTY: 94.0}


def test_a_line_without_target_shows_the_headline_age(catalogue):
    indicator = catalogue.indicators["covid19-minst-2-doser"]
    frame = judgements(
        *(
            {"indicator": indicator.id, "age": age, "value": float(place)}
            for place, age in enumerate(indicator.ages)
        )
    )
    found = next(item for item in board.lines(frame, catalogue) if item.indicator is indicator)
    assert found.age == indicator.ages[0]
    assert found.figures[SKARABORG].value == 0.0


def test_a_target_shows_the_age_group_that_it_is_for(catalogue):
    """A target for one age group, of an indicator that has several."""
    target = catalogue.targets["mpr-dos-1-95"].model_copy(
        update={"id": "seventy", "indicator": "covid19-minst-1-dos", "age": "70+"}
    )
    own = catalogue.model_copy(update={"targets": {"seventy": target}})
    told = {"indicator": target.indicator, "target": "seventy"}
    frame = judgements({**told, "age": "12+", "value": 1.0}, {**told, "age": "70+", "value": 2.0})
    found = next(item for item in board.lines(frame, own) if item.target)
    assert found.age == "70+"
    assert found.figures[SKARABORG].value == 2.0


def test_one_indicator_at_one_age(catalogue):
    indicator = catalogue.indicators["covid19-minst-1-dos"]
    frame = judgements(
        {"indicator": indicator.id, "age": "12+", "value": 1.0},
        {"indicator": indicator.id, "age": "70+", "value": 2.0},
        {"indicator": indicator.id, "age": "70+", "value": 3.0, "sex": "men"},
        {"indicator": "mpr-dos-1", "target": "mpr-dos-1-95", "value": 4.0},
    )
    for age, value in (("12+", 1.0), ("70+", 2.0)):
        (found,) = board.lines_of(frame, catalogue, indicator, age)
        assert (found.indicator, found.target, found.age) == (indicator, None, age)
        assert found.figures[SKARABORG].value == value
    (targeted,) = board.lines_of(frame, catalogue, catalogue.indicators["mpr-dos-1"], "total")
    assert targeted.target is catalogue.targets["mpr-dos-1-95"]
    assert targeted.figures[SKARABORG].value == 4.0


@pytest.mark.parametrize("subject", list(Subject))
def test_one_subject_alone(catalogue, subject):
    everything = board.lines(judgements(), catalogue)
    alone = board.lines(judgements(), catalogue, subject=subject)
    assert alone == [item for item in everything if item.indicator.subject is subject]
    assert alone


def test_every_outcome_is_counted_also_those_that_do_not_occur():
    counted = board.tally([figure(), figure(), figure(judgement="target_reached"), without_value()])
    assert counted == {
        Outcome.TARGET_REACHED: 1,
        Outcome.ON_THE_WAY: 0,
        Outcome.NOT_ON_THE_WAY: 2,
        Outcome.WRONG_DIRECTION: 0,
        Outcome.CANNOT_BE_JUDGED: 1,
    }


def test_only_targets_with_a_figure_for_the_area_are_counted(catalogue):
    counted = line(catalogue, "mpr-dos-1", [figure()])
    found = [
        counted,
        line(catalogue, "mpr-dos-2", [figure(COUNTY)]),
        line(catalogue, "hpv-pojkar", [figure()], has_target=False),
    ]
    assert board.with_target(found, SKARABORG) == [(counted, counted.figures[SKARABORG])]


def test_periods_of_a_figure():
    assert figure().period == Period(date(2024, 1, 1), PeriodType.YEAR)
    assert figure().previous_period == Period(date(2023, 1, 1), PeriodType.YEAR)
    gone = without_value(period_start=None, period_type=None)
    assert gone.period is None
    assert gone.previous_period is None


@pytest.mark.parametrize(
    ("origin", "example"), [("example", True), ("published", False), ("uploaded", False)]
)
def test_only_generated_figures_are_examples(origin, example):
    assert figure(origin=origin).is_example is example
