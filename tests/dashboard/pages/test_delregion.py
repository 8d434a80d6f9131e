"""Delregion: everything for one delregion beside the county."""

from __future__ import annotations

import json

import polars as pl
import pytest
import streamlit as st

from dashboard import data
from dashboard.words import SUBJECTS
from tests.dashboard.conftest import chosen, click, follow, keys, option, session, shown, sound

NBSP = "\u00a0"


@pytest.fixture
def cookies(monkeypatch) -> dict[str, str]:
    """What the browser remembers."""
    sent: dict[str, str] = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: sent))
    return sent


def profile_tables(test):
    return shown(test, "profile").all("table", css="fp-profile")


def test_every_indicator_has_a_row(page, catalogue):
    test = page("delregion", delregion="Skaraborg")
    tables = profile_tables(test)
    assert [table.one("caption").text for table in tables] == list(SUBJECTS.values())
    rows = [row for table in tables for row in table.rows]
    lines = (
        len(catalogue.targets)
        + len(catalogue.indicators)
        - len({target.indicator for target in catalogue.targets.values()})
    )
    assert len(rows) == lines
    assert all("Skaraborg" in table.heads for table in tables)


def test_the_finding_and_who_lives_there(page, catalogue, knowledge):
    test = page("delregion", delregion="Skaraborg")
    frame = data.judgements(data.version()).filter(
        (pl.col("area") == "vs-skaraborg") & (pl.col("sex") == "total") & pl.col("target").is_not_null()
    )
    reached = frame.filter(pl.col("judgement") == "target_reached").height
    assert test.title[0].value.startswith(f"Exempel: Skaraborg når {reached} av {frame.height} mål")
    members = [area.id for area in catalogue.members("vs-skaraborg")]
    newest = knowledge.population.filter(pl.col("year") == pl.col("year").max())
    people = newest.filter(
        pl.col("area").is_in(members) & (pl.col("sex") == "total") & (pl.col("age") == "total")
    )
    lead = shown(test, "page-lead").words.replace(NBSP, "")
    assert f"{len(members)}kommuner" in lead
    assert f"och {people['population'].sum()} invånare" in lead
    table = shown(test, "profile").one("table", css="fp-counts")
    assert [row[0] for row in table.rows] == [area.name for area in catalogue.members("vs-skaraborg")]
    assert [row[1] for row in table.rows] == [
        f"{people.filter(area=area)['population'].item():,}".replace(",", NBSP) for area in members
    ]


def test_what_matters_first_here_and_what_to_talk_about(page, catalogue):
    test = page("delregion", delregion="Skaraborg")
    lead = shown(test, "lead")
    assert lead.one("p", css="fp-first").words.startswith("Att prata om först: ")
    assert lead.one("p", css="fp-support").words.startswith("I Skaraborg har läget ")
    assert keys(test).index("lead") < keys(test).index("points") < keys(test).index("profile")
    said = shown(test, "points").words
    others = [area.name for area in catalogue.delregioner("vardsamverkan") if area.id != "vs-skaraborg"]
    assert not [name for name in others if name in said]


@pytest.mark.parametrize("division", ["vardsamverkan", "namnd", "kommunalforbund"])
def test_every_division_opens_at_its_first_delregion(page, catalogue, division):
    test = option(page("delregion"), "indelning", division)
    first = catalogue.delregioner(division)[0]
    assert first.name in test.title[0].value
    assert test.selectbox(key="delregion").options == [area.name for area in catalogue.delregioner(division)]


def test_choosing_another(page):
    test = option(page("delregion"), "delregion", "vs-simba")
    assert "SIMBA" in test.title[0].value
    assert test.title[0].value == page("delregion", delregion="SIMBA").title[0].value


def test_a_membership_that_no_source_confirms_is_told(page, catalogue):
    # Lilla Edet is the one that may belong elsewhere
    assert "Lilla Edet" in shown(page("delregion", delregion="Fyrbodal"), "unsure").words


def test_a_row_leads_to_the_indicator_in_this_delregion(full, catalogue):
    test = session()
    test.query_params["delregion"] = "Skaraborg"
    sound(test.run())
    opened = click(test, "matrix", "/delregion?delregion=Skaraborg")
    assert "Skaraborg" in opened.title[0].value
    name = catalogue.indicators["mpr-dos-1"].name
    opened = click(opened, "profile", shown(opened, "profile").links[name])
    assert name in opened.title[0].value
    assert opened.title[0].value.endswith("i Skaraborg")


def test_nothing_is_published(empty_page):
    test = empty_page("delregion", delregion="Skaraborg")
    assert test.title[0].value == "Skaraborg: inga mål att bedöma"
    assert test.info[0].value == (
        "Inga uppgifter är levererade för Skaraborg. Leverera en fil på sidan Ladda upp."
    )
    assert "example-notice" not in keys(test)
    rows = [row for table in profile_tables(test) for row in table.rows]
    assert all(row[1] == "–" for row in rows)
    assert all(row[4].removeprefix("Kan inte bedömas") for row in rows), "why"
    assert "Inga medel är redovisade för Skaraborg." in shown(test, "purse").words


def test_one_municipality_beside_its_delregion_and_the_county(page):
    test = page("delregion", kommun="Skara")
    assert chosen(test, "delregion") == "Skaraborg"
    assert " Skara når " in test.title[0].value
    assert shown(test, "page-lead").words.startswith("Skara kommun i Skaraborg har ")
    assert profile_tables(test)[0].heads[1:5] == ["Skara", "Trend", "Skaraborg", "Länet"]
    own = {
        (row["indicator"]): row["value"]
        for row in data.judgements(data.version())
        .filter((pl.col("area") == "1495") & (pl.col("sex") == "total") & pl.col("value").is_not_null())
        .iter_rows(named=True)
    }
    first = profile_tables(test)[0].rows[0][1]
    assert first.split(NBSP)[0] == f"{own['vardgaranti-medicinsk-bedomning']:.1f}".replace(".", ",")


def test_a_municipality_is_reached_from_the_table_and_left_again(full):
    test = session()
    test.query_params["delregion"] = "Skaraborg"
    sound(test.run())
    opened = click(test, "matrix", "/delregion?delregion=Skaraborg")
    table = shown(opened, "profile").one("table", css="fp-counts")
    opened = click(opened, "profile", table.links["Skara"])
    assert " Skara når " in opened.title[0].value
    assert " Skaraborg når " in option(opened, "kommun", "").title[0].value


def test_in_another_division_the_municipality_brings_its_delregion(page):
    test = page("delregion", kommun="Skara", indelning="Delregionala nämnder")
    assert chosen(test, "delregion") == "Östra nämnden"
    assert " Skara når " in test.title[0].value


def test_the_money_is_what_was_allocated_here(page, catalogue):
    inside = ["vs-skaraborg", *(area.id for area in catalogue.members("vs-skaraborg"))]
    rows = data.allocations(data.version()).filter(
        pl.col("area").is_in(inside) & (pl.col("kind") == "allocated")
    )
    said = shown(page("delregion", delregion="Skaraborg"), "purse").one("tr", css="fp-total").words
    assert f"{int(rows['amount'].sum()):,}".replace(",", NBSP) in said


@pytest.mark.parametrize(
    ("kept", "query", "opened"),
    [
        ("vs-fyrbodal", {}, "Fyrbodal"),
        ("drn-ostra", {}, "Östra nämnden"),
        ("atlantis", {}, "Göteborgsområdet"),
        ("vs-fyrbodal", {"delregion": "SIMBA"}, "SIMBA"),
        ("vs-fyrbodal", {"delregion": "Göteborgsområdet"}, "Göteborgsområdet"),
        ("vs-fyrbodal", {"kommun": "Skara"}, "Skara"),
        ("vs-fyrbodal", {"indelning": "Delregionala nämnder"}, "Västra nämnden"),
    ],
)
def test_it_opens_at_the_readers_own_delregion_unless_the_address_says_another(
    cookies, page, kept, query, opened
):
    cookies["fardplan-delregion"] = kept
    assert f" {opened} når " in page("delregion", **query).title[0].value


@pytest.mark.parametrize(
    ("kept", "opened"),
    [("vs-fyrbodal", "Fyrbodal"), ("drn-norra", "Norra nämnden"), (None, "Göteborgsområdet")],
)
def test_so_it_does_where_a_link_or_the_search_leads_to_it(cookies, full, kept, opened):
    if kept:
        cookies["fardplan-delregion"] = kept
    test = sound(session().run())
    for address in ("/delregion", "/indikator", "/delregion?kommun=Skara", "/delregion"):
        follow(test, address)
    assert f"{opened} når " in test.title[0].value
    assert chosen(test, "delregion") == opened
    follow(test, "/delregion?delregion=SIMBA")
    assert chosen(test, "delregion") == "SIMBA"
    follow(test, "/delregion")
    assert chosen(test, "delregion") == opened


def test_a_delregion_is_made_the_own_one_and_forgotten(page):
    test = page("delregion", delregion="SIMBA")
    assert "own-place-says" not in keys(test)
    sound(test.button(key="own-place").click().run())
    assert "SIMBA är din delregion" in shown(test, "own-place-says").words
    sound(test.button(key="forget-place").click().run())
    assert "own-place-says" not in keys(test)


def test_the_address_says_what_is_shown(cookies, page):
    cookies["fardplan-delregion"] = "drn-ostra"
    test = page("delregion")
    said = next(item for item in test.get("bidi_component") if item.key == "address")
    assert json.loads(said.proto.json)["said"] == {
        "delregion": "Östra nämnden",
        "indelning": "Delregionala nämnder",
    }
    assert "address" not in keys(page("delregion", delregion="Fyrbodal"))
