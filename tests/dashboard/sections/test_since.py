"""*Sedan förra mötet*: the day in the address, in the browser and in the field, and what the page then says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import streamlit as st

from dashboard import data, remembered
from dashboard.sections import since
from etl.jobs.publishing import withdraw
from etl.warehouse import anyone
from schemas import clock
from tests.dashboard.conftest import follow, keys, run_page, session, shown, sound

FIRST, LAST = date(2026, 3, 1), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "day", "problem"),
    [
        (None, None, None),
        ("", None, None),
        ("2026-03-01", FIRST, None),
        ("2026-11-22", LAST, None),
        ("2026-02-28", None, "De första uppgifterna kom 1 mars 2026."),
        ("2026-11-23", None, "23 november 2026 har inte varit än."),
        ("i går", None, "”i går” är inget datum. Skriv det som 2026-11-22."),
        ("2026-13-01", None, "är inget datum"),
        ("x" * 100, None, f"”{'x' * 40}” är inget datum"),
    ],
)
def test_a_day_in_an_address(said, day, problem):
    asked = since.read(said, first=FIRST, last=LAST)
    assert asked.day == day
    assert (asked.problem is None) is (problem is None)
    assert (problem or "") in (asked.problem or "")


def test_without_figures_there_is_nothing_to_compare_with():
    assert since.read("2026-03-01", first=None, last=LAST).problem == (
        "Det finns inga uppgifter än, och därför inget att jämföra med."
    )


@pytest.fixture
def met(own, knowledge, time_passes) -> date:
    """The day of a meeting; two days later the examples of vaccination were withdrawn, and today is a week later."""
    then = clock.today()
    examples = data.batches(data.live()).filter(name="vaccination.csv")["batch"].item()
    time_passes(2)
    withdraw(data.warehouse(), examples, knowledge=knowledge, by="bo", note="Fel", permit=anyone)
    time_passes(7)
    return then


@pytest.fixture
def cookies(monkeypatch) -> dict[str, str]:
    """What the browser sends."""
    sent: dict[str, str] = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: sent))
    return sent


def test_what_has_happened_since_then(met, catalogue):
    test = run_page("", sedan=met.isoformat())
    told = shown(test, "since")
    assert told.all("summary")[0].words.startswith(f"Sedan {clock.day_text(met)}: ")
    vaccines = {item.short_name for item in catalogue.indicators.values() if item.subject == "vaccination"}
    names = {
        name for name in told.links if name in {item.short_name for item in catalogue.indicators.values()}
    }
    assert names
    assert names <= vaccines
    matrix = shown(test, "matrix")
    assert "MPR dos 1, 2 år" in names or any("MPR" in name for name in names)
    gone = [row for row in matrix.rows if "MPR" in row[0]]
    assert all("Ingen uppgift" in cell for row in gone for cell in row[1:])
    assert shown(run_page("", sedan=met.isoformat(), amne="Tillgänglighet"), "since").words == (
        f"Inget av det som visas här har ändrats sedan {clock.day_text(met)}."
    )


def test_after_the_change_nothing_has_happened(met):
    day = met + timedelta(days=3)
    assert shown(run_page("", sedan=day.isoformat()), "since").words == (
        f"Inget av det som visas här har ändrats sedan {clock.day_text(day)}."
    )


def test_a_page_of_an_earlier_day_is_compared_until_then(met):
    then = (met + timedelta(days=1)).isoformat()
    assert "har ändrats sedan" in shown(run_page("", sedan=met.isoformat(), datum=then), "since").words
    later = (met + timedelta(days=3)).isoformat()
    assert "har inte varit än" in shown(run_page("", sedan=later, datum=then), "since").words


def test_without_a_day_nothing_is_compared(page, monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr(since, "_html", refuse)
    test = page("")
    assert "since" not in keys(test)
    assert test.date_input(key="sedan").value is None


def test_a_day_that_cannot_be_told_of_is_explained(page):
    test = page("", sedan="1999-01-01")
    assert shown(test, "since").words.startswith("Från 1 januari 1999 finns inget att jämföra med.")


def test_the_browser_remembers_the_day(met, cookies):
    cookies["fardplan-mote"] = met.isoformat()
    test = run_page("")
    assert test.date_input(key="sedan").value == met
    assert "since" in keys(test)
    other = met + timedelta(days=3)
    assert run_page("", sedan=other.isoformat()).date_input(key="sedan").value == other


def test_so_it_does_where_a_link_leads_back_to_the_page_but_not_where_a_choice_is_undone(met, cookies):
    cookies["fardplan-mote"] = met.isoformat()
    test = sound(session().run())
    follow(test, "/indikator")
    follow(test, "/")
    assert test.date_input(key="sedan").value == met
    assert "since" in keys(test)
    follow(test, "/?amne=Kontinuitet")
    assert test.date_input(key="sedan").value is None


def test_a_day_that_is_chosen_is_remembered_and_one_that_is_taken_away_forgotten(met, cookies):
    test = sound(session().run())
    sound(test.date_input(key="sedan").set_value(met).run())
    assert test.session_state["_remembered"] == {remembered.MEETING: met.isoformat()}
    sound(test.date_input(key="sedan").set_value(None).run())
    assert test.session_state["_remembered"] == {remembered.MEETING: None}
    assert test.date_input(key="sedan").value is None
    assert "since" not in keys(test)


@pytest.mark.parametrize("days", [-3000, 1])
def test_a_remembered_day_without_figures_is_left_out(met, cookies, days):
    cookies["fardplan-mote"] = (met + timedelta(days=days if days < 0 else 30)).isoformat()
    assert run_page("").date_input(key="sedan").value is None
