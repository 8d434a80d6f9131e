"""A goal's register and survey versions beside each other."""

from __future__ import annotations

import polars as pl

from etl.measures.counterparts import side_by_side
from etl.measures.judgement import judge
from tests.etl.measures import county
from tests.etl.measures.county import indicator, only, series, target


def known(*targets, survey="survey"):
    return county.catalogue(
        [
            indicator("register", counterpart="enkat"),
            indicator("enkat", perspective=survey, counterpart="register"),
            indicator("annan"),
        ],
        list(targets),
    )


def seen(catalogue, *rows):
    judged = judge(series(*rows), catalogue, list(catalogue.indicators))
    return side_by_side(judged, catalogue)


REGISTER = {"indicator": "register", "value": 60.0}
SURVEY = {"indicator": "enkat", "value": 30.0}


def test_the_same_goal_is_met_in_the_register_and_not_in_the_survey():
    catalogue = known(target("r", indicator="register", value=55), target("e", indicator="enkat", value=55))
    found = seen(catalogue, REGISTER, SURVEY)
    row = only(found, area="14")
    assert row["goal"] == "r"
    assert (row["register_indicator"], row["register_value"], row["register_judgement"]) == (
        "register",
        60.0,
        "target_reached",
    )
    assert (row["survey_indicator"], row["survey_value"], row["survey_judgement"]) == (
        "enkat",
        30.0,
        "cannot_be_judged",
    )
    assert row["survey_reason"] == "30,0\u00a0%, målet är 55\u00a0%; ingen tidigare uppgift att jämföra med"
    assert found.height == found["area"].n_unique() == 10


def test_targets_that_ask_for_different_things_stand_apart():
    catalogue = known(target("r", indicator="register", value=55), target("e", indicator="enkat", value=40))
    found = seen(catalogue, REGISTER, SURVEY).filter(pl.col("area") == "14")
    assert found["goal"].to_list() == ["e", "r"]
    mine = only(found, goal="r")
    assert (mine["survey_value"], mine["survey_judgement"], mine["survey_reason"]) == (30.0, None, None)
    theirs = only(found, goal="e")
    assert (theirs["register_value"], theirs["register_judgement"]) == (60.0, None)
    assert theirs["survey_judgement"] == "cannot_be_judged"


def test_without_any_target():
    row = only(seen(known(), REGISTER, SURVEY), area="14")
    assert (row["goal"], row["register_value"], row["survey_value"]) == ("register", 60.0, 30.0)
    assert row["register_reason"] == row["survey_reason"] == "Inget mål är satt"


def test_a_side_without_a_figure_says_why():
    row = only(seen(known(), REGISTER), area="14")
    assert (row["survey_value"], row["survey_reason"]) == (None, "Ingen uppgift")


def test_two_registers_are_no_two_sides():
    assert seen(known(survey="register"), REGISTER, SURVEY).is_empty()


def test_nothing_judged():
    catalogue = known()
    assert side_by_side(judge(series(), catalogue, []), catalogue).is_empty()
