"""Indikator: one indicator over time and place."""

from __future__ import annotations

import json

import polars as pl
import pytest

from dashboard import data
from tests.dashboard.conftest import click, keys, option, shown

NBSP = "\u00a0"


def opened(page, catalogue, indicator: str, **query):
    return page("indikator", indikator=catalogue.indicators[indicator].name, **query)


def test_the_finding_is_the_latest_value(page, catalogue):
    test = opened(page, catalogue, "mpr-dos-1")
    row = data.judgements(data.version()).row(
        by_predicate=(pl.col("indicator") == "mpr-dos-1")
        & (pl.col("area") == "14")
        & (pl.col("sex") == "total"),
        named=True,
    )
    said = f"{row['value']:.1f}".replace(".", ",")
    name = catalogue.indicators["mpr-dos-1"].name
    assert test.title[0].value == f"Exempel: {name}: {said}{NBSP}% i Västra Götaland"
    assert test.markdown[0].value.startswith("**Målet nått.**")
    assert catalogue.targets["mpr-dos-1-95"].label in test.markdown[0].value


def test_real_figures_are_not_called_examples(page, catalogue):
    title = opened(page, catalogue, "covid19-minst-2-doser").title[0].value
    assert title == f"{catalogue.indicators['covid19-minst-2-doser'].name}: 85,8{NBSP}% i Västra Götaland"


def test_every_indicator_can_be_opened(page, catalogue):
    test = page("indikator")
    assert set(test.selectbox(key="indikator").options) == {
        item.name for item in catalogue.indicators.values()
    }
    for indicator in catalogue.indicators:
        option(test, "indikator", indicator)
        assert catalogue.indicators[indicator].name in test.title[0].value
        assert "Definition" in shown(test, "definition").words


def test_the_chart_has_its_words_and_its_table(page, catalogue):
    test = opened(page, catalogue, "mpr-dos-1", delregion="Skaraborg")
    charts = test.get("plotly_chart")
    assert len(charts) == 2, "one for a wide window and one for a narrow"
    for chart in charts:
        assert chart.proto.alt.startswith(f"Linjediagram över {catalogue.indicators['mpr-dos-1'].name}. ")
        spec = json.loads(chart.proto.spec)
        assert spec["layout"]["separators"] == ",\u00a0"
        assert "Skaraborg" in {trace.get("name") for trace in spec["data"]}
    values = shown(test, "values")
    assert values.heads[1:3] == ["Västra Götaland Exempeldata", "Göteborgsområdet Exempeldata"]
    assert values.rows[0][0] > values.rows[-1][0], "newest first"


def test_the_delregioner_and_their_municipalities(page, catalogue):
    test = opened(page, catalogue, "mpr-dos-1")
    areas = [row[0] for row in shown(test, "areas-mpr-dos-1-95").rows]
    assert areas == ["Västra Götaland", *(area.name for area in catalogue.delregioner("vardsamverkan"))]
    assert {row[0] for row in shown(test, "municipalities").rows} == {
        area.name for area in catalogue.municipalities
    }


def test_one_delregion_with_its_own_municipalities(page, catalogue):
    test = option(opened(page, catalogue, "mpr-dos-1"), "delregion", "vs-simba")
    assert test.title[0].value.endswith("i SIMBA")
    members = {area.name for area in catalogue.members("vs-simba")}
    assert {row[0] for row in shown(test, "municipalities").rows} == members
    marked = [row.one("th").words for row in shown(test, "areas-mpr-dos-1-95").all("tr", css="fp-mine")]
    assert marked == ["SIMBA"]


def test_another_division(page, catalogue):
    test = option(opened(page, catalogue, "mpr-dos-1"), "indelning", "kommunalforbund")
    areas = [row[0] for row in shown(test, "areas-mpr-dos-1-95").rows]
    assert areas[1:] == [area.name for area in catalogue.delregioner("kommunalforbund")]


def test_age_groups_only_where_there_are_some(page, catalogue):
    test = opened(page, catalogue, "mpr-dos-1")
    assert "alder" not in [box.key for box in test.selectbox]
    option(test, "indikator", "covid19-minst-1-dos")
    assert test.selectbox(key="alder").options[0] == "12 år och äldre"


def test_each_indicator_starts_at_its_own_headline_age(page, catalogue):
    test = opened(page, catalogue, "covid19-dos-3")
    assert test.selectbox(key="alder").value == "18+"
    option(test, "indikator", "covid19-minst-1-dos")
    assert test.selectbox(key="alder").value == "12+"
    assert f"85,5{NBSP}%" in test.title[0].value


def test_an_age_group_without_figures_says_why_and_what_to_do(page, catalogue):
    test = option(opened(page, catalogue, "covid19-minst-2-doser"), "alder", "60+")
    assert "ingen siffra för Västra Götaland" in test.title[0].value
    assert test.info[0].value == (
        "Inga uppgifter är levererade för den här indikatorn och åldersgruppen. "
        "Ansvarig: Folkhälsomyndigheten. Leverera en fil på sidan Ladda upp."
    )
    assert not test.get("plotly_chart")
    assert "definition" in keys(test)
    same = opened(page, catalogue, "covid19-minst-2-doser", alder="60 år och äldre")
    assert same.title[0].value == test.title[0].value


def test_one_period_is_no_trend(page, catalogue):
    test = opened(page, catalogue, "covid19-minst-2-doser")
    assert not test.get("plotly_chart")
    assert "enda period" in shown(test, "one-period").words
    assert "values" in keys(test)


def test_municipalities_that_nothing_is_known_of(page, catalogue):
    test = opened(page, catalogue, "covid19-minst-2-doser")
    assert test.info[0].value.startswith("Uppgifter per kommun är inte levererade för den här indikatorn.")
    assert "municipalities" not in keys(test)


@pytest.mark.parametrize(("place", "name"), [("", "Västra Götaland"), ("vs-skaraborg", "Skaraborg")])
def test_the_other_perspective_is_a_click_away_and_keeps_the_place(page, catalogue, place, name):
    register = catalogue.indicators["fast-lakarkontakt-register"]
    test = option(opened(page, catalogue, "fast-lakarkontakt-enkat"), "delregion", place)
    said = shown(test, "counterpart")
    assert register.name in said.words
    assert said.words.endswith(f"i {name}.")
    followed = click(test, "counterpart", said.one("a").attrs["href"])
    assert register.name in followed.title[0].value
    assert followed.title[0].value.endswith(f"i {name}")


def test_examples_are_told_before_they_are_seen(page, catalogue):
    test = opened(page, catalogue, "mpr-dos-1")
    assert keys(test).index("example-notice") < keys(test).index("values")
    assert "Alla siffror på sidan är exempeldata." in shown(test, "example-notice").words
    assert "example-notice" not in keys(opened(page, catalogue, "covid19-minst-2-doser"))


def test_the_vintage_is_told(page, catalogue):
    assert shown(opened(page, catalogue, "mpr-dos-1"), "footer").words.startswith(
        "Version 1 av uppgifterna, senast"
    )


def test_nothing_is_published(empty_page, catalogue):
    test = opened(empty_page, catalogue, "mpr-dos-1")
    assert test.title[0].value.endswith("ingen siffra för Västra Götaland")
    assert "Leverera en fil på sidan Ladda upp." in test.info[0].value
    assert "definition" in keys(test)
    assert shown(test, "footer").words.startswith("Version 0 av uppgifterna.")
