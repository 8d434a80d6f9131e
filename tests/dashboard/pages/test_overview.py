"""Översikt: the finding, the matrix and its filters, against the judgements themselves."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard import data
from tests.dashboard.conftest import click, keys, option, session, shown, sound

COUNTY = "Västra Götaland"


def judged(area: str) -> pl.DataFrame:
    """The area's judgements against targets."""
    return data.judgements(data.version()).filter(
        (pl.col("area") == area) & (pl.col("sex") == "total") & pl.col("target").is_not_null()
    )


def subject(test, chosen: str):
    """Press a subject's tab."""
    return sound(test.button_group(key="amne").set_value(chosen).run())


def finding(name: str, area: str) -> str:
    frame = judged(area)
    reached = frame.filter(pl.col("judgement") == "target_reached").height
    mark = "Exempel: " if (frame["origin"] == "example").any() else ""
    return f"{mark}{name} når {reached} av {frame.height} mål och riktmärken"


def test_the_first_thing_said_is_the_finding(page):
    test = page("")
    assert test.title[0].value == finding(COUNTY, "14")
    assert shown(test, "front").one("p", css="fp-first").words.startswith("Att prata om först: ")
    counted = sum(
        int(item.words.split()[0]) for item in shown(test, "front").one("ul", css="fp-tally").all("li")
    )
    assert counted == judged("14").height


def test_what_supports_it_is_counted_from_the_judgements(page):
    said = shown(page(""), "front").one("p", css="fp-support").words
    nowhere = (
        data.judgements(data.version())
        .filter(pl.col("target").is_not_null() & (pl.col("sex") == "total"))
        .filter((pl.col("area") == "14") | (pl.col("division") == "vardsamverkan"))
        .group_by("indicator", "age", "target")
        .agg((pl.col("judgement") == "cannot_be_judged").all())["judgement"]
    )
    assert f"Av {len(nowhere)} mål kan {nowhere.sum()} inte bedömas någonstans." in said
    assert " når " not in said, "the title says it"
    assert said.endswith("Exempeldata")


def test_what_to_talk_about_stands_before_the_table_and_leads_to_the_indicators(page, catalogue):
    test = page("")
    assert keys(test).index("front") < keys(test).index("matrix")
    points = shown(test, "front").one("section")
    assert [head.text for head in points.all("h2")] == ["Att prata om"]
    names = {indicator.name for indicator in catalogue.indicators.values()}
    assert set(list(points.links)[:3]) <= names
    first = shown(test, "front").one("p", css="fp-first").words
    assert first.split(": ")[1] == next(iter(points.links))
    more = points.one("details")
    left = len(more.all("li"))
    assert more.one("summary").text == f"Visa {left}\u00a0punkter till"
    assert len(points.all("li")) == left + 3


def test_the_points_follow_the_filters(page, catalogue):
    test = page("", delregion="Skaraborg", amne="Vaccination")
    points = shown(test, "front").one("section")
    assert "länet och" not in points.words
    assert "SIMBA" not in points.words
    vaccines = {item.name for item in catalogue.indicators.values() if item.subject == "vaccination"}
    assert set(points.links) <= vaccines | {
        item.short_name for item in catalogue.indicators.values() if item.subject == "vaccination"
    }
    assert "I Skaraborg " in shown(test, "front").words


def test_every_target_meets_the_county_and_every_delregion(page, catalogue):
    table = shown(page(""), "matrix")
    assert table.heads == ["Mål", COUNTY, *(area.name for area in catalogue.delregioner("vardsamverkan"))]
    said = " ".join(row[0] for row in table.rows)
    for target in catalogue.targets.values():
        assert target.label in said
    assert [len(row) for row in table.rows if len(row) > 1] == [8] * (len(table.rows) - 4)


def test_a_cell_says_what_the_judgement_says(page, catalogue):
    from dashboard.words import OUTCOMES
    from schemas.results import Outcome

    table = shown(page(""), "matrix")
    checked = 0
    for row in judged("vs-skaraborg").filter(pl.col("value").is_not_null()).to_dicts():
        indicator = catalogue.indicators[row["indicator"]]
        told = [
            link.attrs["aria-label"]
            for link in table.all("a")
            if link.attrs.get("aria-label", "").startswith(f"Skaraborg, {indicator.name}:")
        ]
        assert len(told) == 1
        assert OUTCOMES[Outcome(row["judgement"])].word in told[0]
        assert (" Exempeldata" in told[0]) is (row["origin"] == "example")
        checked += 1
    assert checked > 5


def test_another_division_has_other_columns(page, catalogue):
    test = option(page(""), "indelning", "namnd")
    assert shown(test, "matrix").heads[2:] == [area.name for area in catalogue.delregioner("namnd")]


def test_one_delregion_beside_the_county(page):
    test = option(page(""), "delregion", "vs-skaraborg")
    assert shown(test, "matrix").heads == ["Mål", COUNTY, "Skaraborg"]
    assert test.title[0].value == finding("Skaraborg", "vs-skaraborg")


def test_one_subject(page):
    test = subject(page(""), "vaccination")
    assert [row[0] for row in shown(test, "matrix").rows if len(row) == 1] == ["Vaccination"]
    assert "av 4 mål" in test.title[0].value


def test_the_address_opens_the_same_view(page):
    test = page("", indelning="Delregionala nämnder", delregion="Östra nämnden", amne="Vaccination")
    assert shown(test, "matrix").heads == ["Mål", COUNTY, "Östra nämnden"]
    assert [row[0] for row in shown(test, "matrix").rows if len(row) == 1] == ["Vaccination"]
    chosen = subject(option(option(page(""), "indelning", "namnd"), "delregion", "drn-ostra"), "vaccination")
    assert shown(chosen, "matrix") == shown(test, "matrix")
    assert chosen.title[0].value == test.title[0].value


@pytest.mark.parametrize(
    "query",
    [{"delregion": "Finns inte"}, {"indelning": "<script>"}, {"amne": ""}, {"delregion": "Östra nämnden"}],
)
def test_an_address_that_does_not_add_up_opens_the_usual_view(page, query):
    assert page("", **query).title[0].value == finding(COUNTY, "14")


def test_a_delregion_is_left_behind_with_its_division(page):
    test = option(page("", delregion="Skaraborg"), "indelning", "kommunalforbund")
    assert test.selectbox(key="delregion").value == ""
    assert test.title[0].value == finding(COUNTY, "14")


def test_the_number_of_examples_is_told_before_the_table(page):
    test = page("")
    frame = data.judgements(data.version()).filter(
        pl.col("value").is_not_null()
        & (pl.col("sex") == "total")
        & ((pl.col("area") == "14") | (pl.col("division") == "vardsamverkan"))
    )
    on_screen = shown(test, "matrix").all("a")
    examples = sum("Exempeldata" in link.attrs.get("aria-label", "") for link in on_screen)
    with_value = sum(": –" not in link.attrs.get("aria-label", ": –") for link in on_screen)
    assert with_value <= frame.height
    notice = shown(test, "front").one("p", css="fp-example").words
    assert notice.startswith(f"Exempeldata. {examples} av {with_value} siffror på sidan är exempeldata.")


def test_what_is_shown_of_a_subject_without_examples_is_not_called_example(page):
    test = page("", amne="Medel", delregion="Skaraborg")
    assert "Exempel" in test.title[0].value or not shown(test, "front").all(css="fp-example")


def test_nothing_is_published(empty_page, catalogue):
    test = empty_page("")
    assert test.title[0].value == f"{COUNTY}: inga mål att bedöma"
    assert test.info[0].value.startswith("Här finns inga uppgifter ännu. Leverera en fil på sidan Ladda upp")
    assert not shown(test, "front").all(css="fp-example")
    assert not shown(test, "front").all(css="fp-first")
    rows = [row for row in shown(test, "matrix").rows if len(row) > 1]
    assert all("Ingen uppgift" in cell for row in rows for cell in row[1:])
    assert len(rows) == len(catalogue.targets) + len(
        set(catalogue.indicators) - {target.indicator for target in catalogue.targets.values()}
    )


@pytest.mark.parametrize("column", [0, 1])
def test_a_click_on_a_cell_opens_its_own_area_whatever_was_chosen_before(full, column):
    test = session()
    test.query_params["delregion"] = "SIMBA"
    sound(test.run())
    cell = shown(test, "matrix").all("td")[column].one("a")
    place, name = ("i Västra Götaland", "Västra Götaland") if column == 0 else ("i SIMBA", "SIMBA")
    assert cell.attrs["aria-label"].startswith(f"{name}, ")
    opened = click(test, "matrix", cell.attrs["href"])
    assert opened.title[0].value.endswith(place)
    assert opened.selectbox(key="delregion").value == ("" if column == 0 else "vs-simba")
