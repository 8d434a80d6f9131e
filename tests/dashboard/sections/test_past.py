"""The pages as they were: every page, with nothing to change and no way to miss it."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import access, data, moment
from dashboard.registry import PAGES
from dashboard.sections import past
from etl.jobs.publishing import withdraw
from etl.warehouse import NotAllowedError, Warehouse, anyone, base
from schemas import clock
from tests.dashboard.conftest import click, follow, keys, run_page, session, shown, sound
from tests.dashboard.dom import parse
from tests.etl import files
from tests.etl.jobs.histories import History

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@pytest.fixture(scope="module")
def aged(bundled, knowledge, tmp_path_factory) -> Path:
    """A warehouse whose examples were withdrawn two days from now; only looked at."""
    folder = tmp_path_factory.mktemp("aged") / "warehouse"
    shutil.copytree(bundled, folder)
    warehouse = Warehouse(folder)
    examples = warehouse.batches().filter(name="vaccination.csv")["batch"].item()
    moment_of = base._moment
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "_moment", lambda connection: moment_of(connection) + timedelta(days=2))
        withdraw(warehouse, examples, knowledge=knowledge, by="bo", note="Fel", permit=anyone)
    warehouse.close()
    return folder


@pytest.fixture
def day(aged, look_at, time_passes) -> date:
    """A day on which the pages showed examples that were withdrawn two days later; today is a week later."""
    look_at(aged)
    then = clock.today()
    time_passes(7)
    return then


def vaccinated(test) -> list[str]:
    """What the overview says of the vaccination of children."""
    rows = {row[0]: row for row in shown(test, "matrix").rows}
    return next(row for head, row in rows.items() if "MPR" in head)[1:]


@pytest.mark.parametrize("page", [page.path for page in PAGES if page.path != "behorigheter"])
def test_every_page_says_so_and_keeps_the_day_in_its_links(day, page):
    test = run_page(page, datum=day.isoformat())
    says = shown(test, "past-says")
    assert says.one("strong").text == f"Så såg uppgifterna ut {clock.day_text(day)}."
    assert says.links == {"Visa dagens": f"/{page}"}
    for key in set(keys(test)) - {"past-says"}:
        for name, address in shown(test, key).links.items():
            if address.startswith("/"):
                asked = parse_qs(urlsplit(address).query)
                assert asked.get("datum") == [day.isoformat()], (key, name)


def test_figures_are_as_they_were(day):
    now, then = run_page(""), run_page("", datum=day.isoformat())
    before = (day + timedelta(days=1)).isoformat()
    assert vaccinated(now) != vaccinated(then)
    assert vaccinated(run_page("", datum=before)) == vaccinated(then)
    assert vaccinated(run_page("", datum=(day + timedelta(days=2)).isoformat())) == vaccinated(now)
    assert "past-says" not in keys(now)
    assert "Version 1 av uppgifterna" in shown(then, "footer").words
    assert "Version 2 av uppgifterna" in shown(now, "footer").words


def test_the_same_day_is_worked_out_once(day, aged, look_at, tmp_path, monkeypatch):
    shutil.copytree(aged, tmp_path / "warehouse")
    look_at(tmp_path / "warehouse")
    from etl.jobs import as_of

    worked = []
    state = as_of.state
    monkeypatch.setattr(as_of, "state", lambda *args: worked.append(args) or state(*args))
    for datum in (day, day, day + timedelta(days=1)):
        run_page("", datum=datum.isoformat())
        run_page("delregion", datum=datum.isoformat())
    assert len(worked) == 1, "no two days between which nothing changed are worked out apart"


def test_what_has_been_hidden_since_somebody_looked_is_hidden_then_too(
    look_at, tmp_path, time_passes, knowledge
):
    look_at(tmp_path / "warehouse")
    history, then = History(Warehouse(tmp_path / "warehouse"), knowledge), clock.today()

    def bring(numerator: str) -> None:
        history.bring(files.row("mpr-dos-1", "1490", "2024", "", numerator=numerator, denominator="100"))

    def seen() -> list[float | None]:
        version = data.Past(data.live(), then)
        judged = data.judgements(version).filter(indicator="mpr-dos-1", area="1490")
        series = data.series_of_all_ages(version, "mpr-dos-1").filter(area="1490")
        return [*judged["value"], *series["value"], *series["numerator"]]

    bring("60")
    time_passes(7)
    assert seen() == [60, 60, 60]
    bring("3")
    assert seen() == [None, None, None]


def test_nothing_can_be_changed(day):
    upload = run_page("ladda-upp", datum=day.isoformat())
    assert access.PAST in [item.value for item in upload.info]
    assert not upload.file_uploader
    history = run_page("historik", datum=day.isoformat(), leverans="1")
    assert not [button for button in history.button if "Återkalla" in button.label]


def test_no_write_passes_either(day, monkeypatch):
    monkeypatch.setattr(moment, "day", lambda: day)
    with pytest.raises(NotAllowedError, match="tidigare dag"):
        data.warehouse().comment(1, "Hej", by=access.user(), permit=access.permit())


def test_back_to_today(day):
    test = session()
    test.query_params["datum"] = day.isoformat()
    sound(test.run())
    assert "past-says" in keys(test)
    click(test, "past-says", "/")
    assert "past-says" not in keys(test)
    assert "datum" not in test.query_params


def test_a_link_leads_to_the_same_day(day):
    test = session()
    test.query_params["datum"] = day.isoformat()
    sound(test.run())
    matrix = shown(test, "matrix")
    address = next(node.attrs["href"] for node in matrix.all("a") if f"datum={day}" in node.attrs["href"])
    opened = click(test, "matrix", address)
    assert shown(opened, "past-says").one("strong").text.endswith(f"{clock.day_text(day)}.")


def days_of_search(test) -> set[str | None]:
    """The days in the addresses that the search leads to; None for those without."""
    found = next(item for item in test.get("bidi_component") if item.key == "search")
    addresses = [entry[2] for entry in json.loads(found.proto.bytes)]
    return {parse_qs(urlsplit(address).query).get("datum", [None])[0] for address in addresses}


def test_the_search_leads_to_the_day_that_the_page_shows_from_its_first_look(day):
    test = session()
    test.query_params["datum"] = day.isoformat()
    sound(test.run())
    assert days_of_search(test) == {day.isoformat()}
    follow(test, "/")
    assert days_of_search(test) == {None}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("trams", "”trams” är inget datum"),
        ("2999-01-01", "har inte varit än"),
        ("2001-01-01", "finns inget att visa"),
    ],
)
def test_a_day_that_cannot_be_shown_is_told_and_today_is_shown(day, said, why):
    test = run_page("om", datum=said)
    assert why in test.warning[0].value.replace("\\", "")
    assert "past-says" not in keys(test)


def test_there_is_a_field_for_the_day_when_there_is_another_day(day):
    field = run_page("om").date_input(key=moment.KEY)
    assert (field.value, field.min, field.max) == (None, day, clock.today() - timedelta(days=1))
    test = sound(field.set_value(day).run())
    assert "past-says" in keys(test)


def test_there_is_no_field_on_the_first_day(page):
    test = page("om", datum="2001-01-01")
    assert not test.date_input
    assert test.warning


def test_the_banner_says_what_is_not_as_it_was():
    says = parse(past.html("1 mars 2026", "medel"))
    assert "dagens" in says.words
    assert says.links == {"Visa dagens": "/medel"}
