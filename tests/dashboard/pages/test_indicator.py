"""Indikator: one indicator over time and place."""

from __future__ import annotations

import json

import polars as pl
import pytest

from dashboard import data, measured
from dashboard.signals import ASSURANCES, VARIATIONS
from etl.measures.sentences import sentences
from schemas import swedish
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


def charts(test) -> dict[str, dict]:
    """What each pair of charts begins its words with → the wide one's spec."""
    found = test.get("plotly_chart")
    assert len(found) % 2 == 0, "each is drawn for a wide and for a narrow window"
    assert [chart.proto.alt for chart in found[::2]] == [chart.proto.alt for chart in found[1::2]]
    return {chart.proto.alt: json.loads(chart.proto.spec) for chart in found[::2]}


def test_the_chart_has_its_words_and_its_table(page, catalogue):
    test = opened(page, catalogue, "mpr-dos-1", delregion="Skaraborg")
    name = catalogue.indicators["mpr-dos-1"].name
    alt, spec = next(iter(charts(test).items()))
    assert alt.startswith(f"Linjediagram över {name}. ")
    assert "Skaraborg" in {trace.get("name") for trace in spec["data"]}
    values = shown(test, "values")
    assert values.heads[1:3] == ["Västra Götaland Exempeldata", "Göteborgsområdet Exempeldata"]
    assert values.rows[0][0] > values.rows[-1][0], "newest first"


MEASURED = "vardgaranti-medicinsk-bedomning"


def test_every_chart_says_what_it_is_of_where_it_comes_from_and_that_it_is_an_example(page, catalogue):
    drawn = charts(opened(page, catalogue, MEASURED, delregion="Skaraborg"))
    assert len(drawn) == 5
    for alt, spec in drawn.items():
        layout = spec["layout"]
        assert layout["separators"] == ",\u00a0"
        assert catalogue.indicators[MEASURED].name in alt
        assert alt.endswith("Exempeldata ingår.")
        assert layout["title"]["text"].startswith("<b>")
        assert ">Exempeldata</b>" in layout["title"]["text"]
        assert any(item["text"].startswith("Källa: Exempeldata") for item in layout["annotations"])


def test_the_sentences_stand_first_with_the_judgement_and_whose_target_it_is(page, catalogue):
    lead = opened(page, catalogue, MEASURED, delregion="Skaraborg").markdown[0].value.replace("\\", "")
    row = measured.assessed(
        data.version(), MEASURED, "total", "vardgaranti-medicinsk-bedomning-lag", "vs-skaraborg"
    )
    assert " ".join(sentences(row, catalogue)) in lead
    assert lead.startswith("**")
    assert catalogue.targets["vardgaranti-medicinsk-bedomning-lag"].label in lead


def test_whether_it_is_real_is_a_word_a_rule_and_a_chart(page, catalogue):
    test = opened(page, catalogue, MEASURED, delregion="Skaraborg")
    row = measured.assessed(
        data.version(), MEASURED, "total", "vardgaranti-medicinsk-bedomning-lag", "vs-skaraborg"
    )
    said = shown(test, "process-verdict")
    assert VARIATIONS[row["variation"]].word in said.words
    assert ASSURANCES[row["assurance"]].word in said.words
    table = shown(test, "process-table")
    assert table.heads[0] == "Period"
    assert len(table.rows) == row["points"]
    assert table.rows[0][5] == VARIATIONS[row["variation"]].word, "newest first"


def test_too_few_points_have_a_reason_and_no_limits(page, catalogue):
    test = opened(page, catalogue, "fast-lakarkontakt-register")
    assert "Kan inte sägas. Färre än 13 punkter (7)" in shown(test, "process-verdict").words
    spec = next(spec for alt, spec in charts(test).items() if "Styrdiagram" in alt)
    assert "Medel" not in {trace["name"] for trace in spec["data"]}


def test_the_years_are_told_and_the_projection_ends_at_the_targets_day(page, catalogue):
    test = opened(page, catalogue, "hpv-flickor")
    row = measured.assessed(data.version(), "hpv-flickor", "total", "hpv-flickor-90", "14")
    said = shown(test, "outlook-said").words
    assert str(row["reach_first"]) in said
    newest = shown(test, "outlook-table").rows[0]
    assert newest[:2] == ["2030", "Prognos"]
    assert newest[2] == swedish.number(row["projected"], 1)
    assert newest[3:] == [swedish.number(row[f"projected_{end}"], 1) for end in ("lower", "upper")]


def test_register_and_survey_stand_side_by_side(page, catalogue):
    for indicator in ("fast-lakarkontakt-register", "fast-lakarkontakt-enkat"):
        rows = shown(opened(page, catalogue, indicator), "sides").rows
        assert [row[0] for row in rows] == ["Register", "Enkät"]
        assert [row[3] for row in rows] == ["Målet nått", "Inte på väg"]
    assert "sides" not in keys(opened(page, catalogue, "hpv-flickor"))


def test_the_county_is_equal_or_not_and_nobody_is_ranked(page, catalogue):
    test = opened(page, catalogue, MEASURED)
    gap = shown(test, "gap-said").words
    assert gap.startswith("Mellan delregioner")
    assert "procentenheter" in gap
    assert "skulle" in gap
    municipalities = [row[0] for row in shown(test, "funnel-table").rows]
    assert municipalities == [area.name for area in catalogue.municipalities]
    assert "överspridning" in shown(test, "funnel-said").words


def test_without_figures_per_municipality_the_reason_stands_instead(page, catalogue):
    test = opened(page, catalogue, "medel-psykisk-halsa")
    assert (
        shown(test, "funnel-said").words
        == "Trattdiagram per kommun kan inte ritas: beloppen räknas inte ur antal."
    )
    assert "Summor för olika stora områden kan inte jämföras." in shown(test, "gap-said").words
    assert not test.get("plotly_chart")


@pytest.mark.parametrize("key", ["process-reading", "outlook-reading", "equality-reading"])
def test_every_section_explains_its_words_and_leads_to_the_methods(page, catalogue, key):
    said = shown(opened(page, catalogue, MEASURED), key)
    assert said.one("summary").words == "Så läser du"
    assert len(said.all("dt")) == len(said.all("dd")) >= 4
    assert said.one("a").attrs["href"] == "/metod"


def test_each_chart_has_its_file(page, catalogue):
    test = opened(page, catalogue, MEASURED)
    names = {button.proto.id.rsplit("-", 2)[-2] for button in test.get("download_button")}
    assert {"process", "outlook", "gap", "funnel"} <= names


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
    followed = click(test, "sides", shown(test, "sides").links[register.name])
    assert register.name in followed.title[0].value
    assert followed.title[0].value.endswith(f"i {name}")


def test_the_other_half_is_named_with_its_figure(page, catalogue):
    test = opened(page, catalogue, "vardgaranti-operation-genomford", delregion="Skaraborg")
    said = shown(test, "counterpart")
    assert catalogue.indicators["vardgaranti-operation-vantande"].name in said.words
    assert said.words.endswith("i Skaraborg.")


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
