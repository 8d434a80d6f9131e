"""The day that the pages show: what an address may ask for."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import moment

FIRST, TODAY = date(2026, 2, 10), date(2026, 3, 12)


@pytest.mark.parametrize("said", [None, "", "2026-03-12"])
def test_today_is_shown_unless_something_else_is_asked_for(said):
    assert moment.read(said, first=FIRST, today=TODAY) == moment.Asked()


@pytest.mark.parametrize("day", [FIRST, date(2026, 3, 1), date(2026, 3, 11)])
def test_every_day_since_the_first_figures_can_be_shown(day):
    assert moment.read(day.isoformat(), first=FIRST, today=TODAY) == moment.Asked(day)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2026-03-13", "13 mars 2026 har inte varit än."),
        ("9999-12-31", "31 december 9999 har inte varit än."),
        (
            "2026-02-09",
            "Från 9 februari 2026 finns inget att visa. De första uppgifterna kom 10 februari 2026.",
        ),
        ("0001-01-01", "Från 1 januari 1 finns inget att visa."),
        ("2026-02-30", "”2026-02-30” är inget datum. Skriv det som 2026-03-12."),
        ("igår", "”igår” är inget datum."),
        ("20260301", "”20260301” är inget datum."),
        ("<script>", "”<script>” är inget datum."),
    ],
)
def test_what_cannot_be_shown_is_told_and_today_is_shown(said, why):
    asked = moment.read(said, first=FIRST, today=TODAY)
    assert asked.day is None
    assert asked.problem.startswith(why)
    assert asked.problem.endswith(moment.TODAY_INSTEAD)


def test_a_long_text_is_not_said_back_whole():
    assert len(moment.read("x" * 10_000, first=FIRST, today=TODAY).problem) < 200


def test_before_anything_has_been_delivered_there_is_no_other_day():
    assert "Det finns inga uppgifter än." in moment.read("2026-03-01", first=None, today=TODAY).problem


def test_outside_a_page_it_is_today():
    assert moment.day() is None
