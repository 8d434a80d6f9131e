"""Rättelser: what was published and then changed, for everybody."""

from __future__ import annotations

import pytest

from dashboard import access, data
from dashboard.pages import corrections
from etl.jobs.delivery import deliver
from etl.warehouse import anyone
from tests.dashboard.conftest import keys, run_page, shown, sound
from tests.etl import files


def bring(knowledge, *rows: list[str], note: str | None = None) -> None:
    outcome = deliver(
        files.csv(list(rows)), "a.csv", knowledge=knowledge, warehouse=data.warehouse(), by="asa", publish=True,
        note=note, permit=anyone,
    )  # fmt: skip
    assert outcome.receipt is not None


def row(area="1490", value="90", period="2026") -> list[str]:
    return files.row("mpr-dos-1", area, period, value)


def test_nothing_was_corrected_and_why_nothing_is_listed(page):
    test = page("rattelser")
    assert test.title[0].value == "Inga tal har rättats"
    assert "Exempeldata räknas inte." in test.info[0].value
    assert not test.download_button
    assert "corrections" not in keys(test)


def test_a_correction_in_a_sentence_for_everybody(own, knowledge, catalogue, monkeypatch):
    monkeypatch.setattr(access.st, "get_option", lambda name: "0.0.0.0")
    bring(knowledge, row(), row("1401"))
    bring(knowledge, row(value="88,5"), note="Dubbletter")
    test = run_page("rattelser")
    assert test.title[0].value.replace("\u00a0", " ") == "1 tal har rättats, vid 1 publicering"
    newest = shown(test, "corrections").all("li")[0]
    assert "Borås 2026 ändrades från 90,0 % till 88,5 %" in newest.words.replace("\u00a0", " ")
    assert newest.one(css="fp-said").words == "Skäl: Dubbletter"
    assert "asa" not in newest.words
    assert test.download_button(key="corrections-csv")


def test_real_figures_that_take_the_place_of_examples_are_told_apart(own, knowledge, catalogue):
    bring(knowledge, row())
    test = run_page("rattelser")
    assert test.title[0].value == "Inga tal har rättats"
    assert shown(test, "corrections").all("p")[0].words == (
        f"Exempeldata ersattes av verkliga tal: {catalogue.indicators['mpr-dos-1'].name}."
    )


@pytest.mark.parametrize(("subject", "there"), [("Vaccination", True), ("Medel", False)])
def test_one_subject(own, knowledge, subject, there):
    bring(knowledge, row())
    bring(knowledge, row(value="88,5"))
    assert ("corrections" in keys(run_page("rattelser", amne=subject))) is there


def test_many_publications_are_listed_some_at_a_time(own, knowledge, monkeypatch):
    for value in ("90", "91", "92"):
        bring(knowledge, row(value=value))
    monkeypatch.setattr(corrections, "SHOWN", 1)
    test = run_page("rattelser")
    assert len(shown(test, "corrections").all("li")) == 1
    sound(test.toggle(key="alla-rattelser").set_value(True).run())
    assert len(shown(test, "corrections").all("li")) == 3


def test_as_of_a_day_later_corrections_are_not_there(own, knowledge, time_passes):
    from schemas import clock

    day = clock.today().isoformat()
    bring(knowledge, row())
    time_passes(2)
    bring(knowledge, row(value="88,5"))
    assert "1\u00a0tal" in run_page("rattelser").title[0].value
    assert run_page("rattelser", datum=day).title[0].value == "Inga tal har rättats"


def test_nothing_is_published(empty_page):
    assert "Ingenting är publicerat ännu" in empty_page("rattelser").info[0].value
