"""Delregion: everything for one delregion beside the county."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard import data
from dashboard.words import SUBJECTS
from tests.dashboard.conftest import click, keys, option, session, shown, sound

NBSP = "\u00a0"


def test_every_indicator_has_a_row(page, catalogue):
    test = page("delregion", delregion="Skaraborg")
    profile = shown(test, "profile")
    assert [item.text for item in profile.all("caption")] == list(SUBJECTS.values())
    rows = [row for table in profile.all("table") for row in table.rows]
    lines = (
        len(catalogue.targets)
        + len(catalogue.indicators)
        - len({target.indicator for target in catalogue.targets.values()})
    )
    assert len(rows) == lines
    assert all("Skaraborg" in table.heads for table in profile.all("table"))


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
    lead = test.markdown[0].value.replace(NBSP, "")
    assert f"{len(members)}kommuner" in lead
    assert f"och {people['population'].sum()} invånare" in lead
    assert [row[0] for row in shown(test, "members").rows] == [
        area.name for area in catalogue.members("vs-skaraborg")
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
    rows = [row for table in shown(test, "profile").all("table") for row in table.rows]
    assert all(row[1].startswith("–") for row in rows)
    assert all(row[6].removeprefix("Kan inte bedömas") for row in rows), "why"
