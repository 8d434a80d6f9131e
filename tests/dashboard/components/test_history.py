"""The delivered files as a table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from dashboard.components import history
from dashboard.log import Entry
from schemas import clock
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse

NBSP = "\u00a0"
AT = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


def batches(*told: dict) -> pl.DataFrame:
    usual = {
        "batch": 1, "name": "mall.csv", "status": "published", "origin": "uploaded", "delivered_at": AT,
        "delivered_by": "asa", "observations": 1200, "allocations": 0, "note": None,
    }  # fmt: skip
    return pl.DataFrame([{**usual, **row} for row in told], schema_overrides={"note": pl.String})


def test_a_row_a_delivery_in_the_order_given():
    table = parse(history.html(batches({"batch": 2, "note": "Rättad"}, {"batch": 1, "allocations": 34})))
    local = clock.moment_text(AT)
    assert table.rows == [
        ["2", "mall.csv", "Publicerad", "Levererad", local, "asa", f"1{NBSP}200", "Rättad"],
        ["1", "mall.csv", "Publicerad", "Levererad", local, "asa", f"1{NBSP}234", ""],
    ]
    assert len(table.heads) == len(table.rows[0])


@pytest.mark.parametrize(
    ("status", "word"),
    [("staged", "Väntar"), ("published", "Publicerad"), ("withdrawn", "Återkallad"), ("rejected", "Avvisad")],
)
def test_every_status_has_a_word(status, word):
    assert parse(history.html(batches({"status": status}))).rows[0][2] == word


@pytest.mark.parametrize(
    ("origin", "word"),
    [("example", "Exempeldata"), ("published", "Medföljer programmet"), ("uploaded", "Levererad")],
)
def test_every_origin_has_a_word(origin, word):
    assert parse(history.html(batches({"origin": origin}))).rows[0][3] == word


def test_the_latest_are_shown_and_all_are_counted():
    table = parse(history.html(batches(*({"batch": number} for number in range(1500, 0, -1)))))
    assert len(table.rows) == history.SHOWN
    assert table.one("caption").text == f"De senaste 30 av 1{NBSP}500 leveranser"
    assert table.rows[0][0] == "1500"


def test_names_and_notes_are_text_and_never_markup():
    table = parse(history.html(batches({"name": HOSTILE, "delivered_by": HOSTILE, "note": HOSTILE})))
    assert not table.all("script", "img")
    assert table.rows[0].count(HOSTILE) == 3


def test_when_a_figure_came():
    told = batches({"batch": 4, "name": "covid19.csv"}, {"batch": 3})
    assert history.delivered(told, 4) == f"{clock.moment_text(AT)}, leverans 4", "no file name"
    assert history.delivered(told, 9) is None
    assert history.delivered(told, None) is None


# What has happened


def entry(**told) -> Entry:
    usual = {
        "event": 1, "at": AT, "batch": 7, "action": "published", "what": "Publicerad", "by": "bo", "note": "Klart",
        "version": 3, "subjects": ("Vaccination",), "sources": ("Kolada", "SCB"), "name": "a.csv",
    }  # fmt: skip
    return Entry(**{**usual, **told})


def test_events_for_those_who_may_inspect():
    table = parse(history.log([entry()], opened=True))
    assert table.heads == ["När", "Leverans", "Vad", "Vem", "Skäl eller kommentar", "Version"]
    assert table.rows == [["2026-03-02 15.05", "7 a.csv", "Publicerad", "bo", "Klart", "3"]]
    assert table.links == {"7": "/historik?leverans=7"}


def test_events_for_everybody():
    table = parse(history.log([entry(name=None, by=None, note=None)], opened=False))
    assert table.heads == ["När", "Leverans", "Vad", "Ämne", "Källa", "Skäl", "Version"]
    assert table.rows == [["2026-03-02 15.05", "7", "Publicerad", "Vaccination", "Kolada och SCB", "", "3"]]


@pytest.mark.parametrize("opened", [True, False])
def test_every_cell_says_what_it_is_in_a_narrow_window(opened):
    table = parse(history.log([entry()], opened=opened))
    assert [cell.attrs["data-head"] for cell in table.one("tbody").all("td")] == table.heads


def test_a_story_leads_to_the_pages_of_each_day_that_is_over():
    told = [
        entry(action="staged", what="Levererad"),
        entry(),
        entry(at=AT + timedelta(days=1), what="Återkallad"),
    ]
    page = parse(history.story(told, date(2026, 3, 3)))
    items = [item.words for item in page.all("li")]
    assert items[0] == "2026-03-02 15.05 Levererad av bo, version 3. Klart"
    assert items[1] == "2026-03-02 15.05 Publicerad av bo, version 3. Se sidorna den dagen Klart"
    assert items[2].startswith("2026-03-03 15.05 Återkallad av bo, version 3. Klart")
    assert page.links == {"Se sidorna den dagen": "/?datum=2026-03-02"}


def test_what_people_wrote_is_text_and_never_markup():
    hostile = entry(name=HOSTILE, by=HOSTILE, note=HOSTILE, sources=(HOSTILE,))
    for drawn in (
        history.log([hostile], opened=True),
        history.log([hostile], opened=False),
        history.story([hostile], date(2026, 3, 9)),
    ):
        assert not parse(drawn).all("script", "img")
