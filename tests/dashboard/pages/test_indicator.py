"""Indikator: one indicator over time and place."""

from __future__ import annotations

import json

import polars as pl
import pytest

from dashboard import data, layers, measured
from dashboard.signals import ASSURANCES, VARIATIONS
from dashboard.words import OUTCOMES
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
    assert shown(test, "page-lead").one("strong").words == "Målet nått."
    assert catalogue.targets["mpr-dos-1-95"].label in shown(test, "page-lead").words


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


def test_there_is_one_chart_of_the_series_with_its_words_and_its_table(page, catalogue):
    test = opened(page, catalogue, "mpr-dos-1", delregion="Skaraborg", lager=["Mål", "Delregioner"])
    name = catalogue.indicators["mpr-dos-1"].name
    stories = {alt: spec for alt, spec in charts(test).items() if f"Linjediagram över {name} i" in alt}
    ((alt, spec),) = stories.items()
    assert alt.startswith("Skaraborg ")
    assert {"Skaraborg", "Västra Götaland", "SIMBA"} <= {trace.get("name") for trace in spec["data"]}
    values = shown(test, "story-table")
    assert {"Period", "Värde", "Mål", "Västra Götaland (exempeldata)"} <= set(values.heads)
    periods = [row[0] for row in values.rows]
    assert periods == sorted(periods, reverse=True)


MEASURED = "vardgaranti-medicinsk-bedomning"


def test_every_chart_says_what_it_is_of_where_it_comes_from_and_that_it_is_an_example(page, catalogue):
    drawn = charts(opened(page, catalogue, MEASURED, delregion="Skaraborg"))
    assert len(drawn) == 3
    for alt, spec in drawn.items():
        layout = spec["layout"]
        assert layout["separators"] == ",\u00a0"
        assert catalogue.indicators[MEASURED].name in alt
        assert alt.endswith("Exempeldata ingår.")
        assert layout["title"]["text"].startswith("<b>")
        assert ">Exempeldata</b>" in layout["title"]["text"]
        assert any(item["text"].startswith("Källa: Exempeldata") for item in layout["annotations"])


def test_the_sentences_stand_first_with_the_judgement_and_whose_target_it_is(page, catalogue):
    lead = shown(opened(page, catalogue, MEASURED, delregion="Skaraborg"), "page-lead")
    row = measured.assessed(
        data.version(), MEASURED, "total", "vardgaranti-medicinsk-bedomning-lag", "vs-skaraborg"
    )
    assert " ".join(sentences(row, catalogue)) in lead.text
    assert lead.words.startswith(f"{lead.one('strong').words} ")
    assert catalogue.targets["vardgaranti-medicinsk-bedomning-lag"].label in lead.words


def test_whether_it_is_real_is_a_word_a_rule_and_a_chart(page, catalogue):
    test = opened(page, catalogue, MEASURED, delregion="Skaraborg")
    row = measured.assessed(
        data.version(), MEASURED, "total", "vardgaranti-medicinsk-bedomning-lag", "vs-skaraborg"
    )
    said = shown(test, "why")
    assert VARIATIONS[row["variation"]].word in said.words
    assert ASSURANCES[row["assurance"]].word in said.words
    told = cells(shown(test, "story-table"), "Slump eller verkligt")
    assert len([cell for cell in told if cell != swedish.NO_VALUE]) == row["points"]
    assert next(cell for cell in told if cell != swedish.NO_VALUE) == VARIATIONS[row["variation"]].word


def cells(table, head: str) -> list[str]:
    return [row[table.heads.index(head)] for row in table.rows]


def test_too_few_points_have_a_reason_and_no_limits(page, catalogue):
    test = opened(page, catalogue, "fast-lakarkontakt-register")
    assert "Kan inte sägas. Färre än 13 punkter (7)" in shown(test, "why").words
    assert "Visas inte här: Vanlig variation (färre än 13 punkter (7)" in shown(test, "story-reading").words
    spec = next(spec for alt, spec in charts(test).items() if "Linjediagram" in alt)
    assert "Medel" not in {trace.get("name") for trace in spec["data"]}


def test_the_years_are_told_and_the_projection_ends_at_the_targets_day(page, catalogue):
    test = opened(page, catalogue, "hpv-flickor")
    row = measured.assessed(data.version(), "hpv-flickor", "total", "hpv-flickor-90", "14")
    assert str(row["reach_first"]) in shown(test, "why").words
    newest = shown(test, "story-table").rows[0]
    assert newest[:2] == ["2030", f"Prognos, 80{NBSP}%-band"]
    assert newest[2] == swedish.number(row["projected"], 1)
    assert newest[3:5] == [swedish.number(row[f"projected_{end}"], 1) for end in ("lower", "upper")]


LAYERS = ["Mål", "Prognos", "Vanlig variation", "Händelser"]


def test_the_layers_are_chosen_by_address_and_by_button(page, catalogue):
    test = opened(page, catalogue, MEASURED)
    pills = test.button_group(key="lager")
    assert pills.options == [told.name for told in layers.LAYERS.values()]
    assert [layers.LAYERS[layer].name for layer in pills.value] == LAYERS
    assert "Prognos" in names_of_story(test)
    pills.set_value([layers.Layer.USUAL]).run()
    assert {"Gränser", "Medel"} <= names_of_story(test)
    assert not {"Prognos", "Mål"} & names_of_story(test)
    same = opened(page, catalogue, MEASURED, lager="Vanlig variation")
    assert names_of_story(same) == names_of_story(test)


def names_of_story(test) -> set[str]:
    spec = next(spec for alt, spec in charts(test).items() if "Linjediagram över" in alt and " i " in alt)
    return {trace["name"] for trace in spec["data"] if "name" in trace}


def test_the_choice_of_layers_stays_with_another_indicator(page, catalogue):
    test = opened(page, catalogue, MEASURED, lager="Mål")
    option(test, "indikator", "hpv-flickor")
    assert names_of_story(test) == {"Mål", "Delmål", "Värden", "Västra Götaland"}


def test_no_layer_is_a_chart_too(page, catalogue):
    test = opened(page, catalogue, MEASURED, lager="")
    assert names_of_story(test) == {"Västra Götaland"}


def test_register_and_survey_stand_side_by_side(page, catalogue):
    for indicator in ("fast-lakarkontakt-register", "fast-lakarkontakt-enkat"):
        rows = shown(opened(page, catalogue, indicator), "why").rows
        assert [row[0] for row in rows] == ["Register", "Enkät"]
        assert [row[3] for row in rows] == ["Målet nått", "Inte på väg"]
    assert not shown(opened(page, catalogue, "hpv-flickor"), "why").all("table")


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


@pytest.mark.parametrize("key", ["story-reading", "funnel-reading", "equality-reading"])
def test_every_section_explains_its_words_and_leads_to_the_methods(page, catalogue, key):
    said = shown(opened(page, catalogue, MEASURED), key)
    assert said.one("summary").words == "Så läser du"
    assert len(said.all("dt")) == len(said.all("dd")) >= 2
    assert said.one("a").attrs["href"] == "/metod"


def test_each_chart_has_its_file(page, catalogue):
    test = opened(page, catalogue, MEASURED)
    names = {button.proto.id.rsplit("-", 2)[-2] for button in test.get("download_button")}
    assert {"story", "gap", "funnel"} <= names


def test_the_delregioner_and_their_municipalities(page, catalogue):
    test = opened(page, catalogue, "mpr-dos-1")
    areas = [row[0] for row in shown(test, "areas").rows]
    assert areas == ["Västra Götaland", *(area.name for area in catalogue.delregioner("vardsamverkan"))]
    assert {row[0] for row in shown(test, "municipalities").rows} == {
        area.name for area in catalogue.municipalities
    }


def test_one_delregion_with_its_own_municipalities(page, catalogue):
    test = option(opened(page, catalogue, "mpr-dos-1"), "delregion", "vs-simba")
    assert test.title[0].value.endswith("i SIMBA")
    members = {area.name for area in catalogue.members("vs-simba")}
    assert {row[0] for row in shown(test, "municipalities").rows} == members
    marked = [row.one("th").words for row in shown(test, "areas").all("tr", css="fp-mine")]
    assert marked == ["SIMBA"]


def test_a_small_picture_leads_to_its_delregion_and_a_row_to_its_profile(page, catalogue):
    test = opened(page, catalogue, "mpr-dos-1")
    areas = shown(test, "areas")
    pictures = areas.all("li")
    assert [item.one("h3").words for item in pictures] == [
        area.name for area in catalogue.delregioner("vardsamverkan")
    ]
    row = measured.assessed(data.version(), "mpr-dos-1", "total", "mpr-dos-1-95", "vs-simba")
    simba = next(item for item in pictures if item.one("h3").words == "SIMBA")
    assert swedish.value_text(row["value"], "percent", 1) in simba.words
    assert OUTCOMES[row["judgement"]].word in simba.words
    profiles = areas.one("table").links
    assert list(profiles) == [area.name for area in catalogue.delregioner("vardsamverkan")]
    assert all(address.startswith("/delregion?") for address in profiles.values())
    followed = click(test, "areas", simba.one("a").attrs["href"])
    assert followed.title[0].value.endswith("i SIMBA")


def test_another_division(page, catalogue):
    test = option(opened(page, catalogue, "mpr-dos-1"), "indelning", "kommunalforbund")
    areas = [row[0] for row in shown(test, "areas").rows]
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
    assert cells(shown(test, "story-table"), "Period") == ["27 oktober 2022"]


@pytest.mark.parametrize(
    ("delregion", "said"), [("Göteborgsnämnden", "Visa 1 kommun"), ("Västra nämnden", "Visa 11 kommuner")]
)
def test_the_municipalities_of_a_delregion_are_counted(page, catalogue, delregion, said):
    test = opened(
        page, catalogue, "fast-lakarkontakt-register", indelning="Delregionala nämnder", delregion=delregion
    )
    assert said in [item.label.replace(NBSP, " ") for item in test.expander]


def test_municipalities_that_nothing_is_known_of(page, catalogue):
    test = opened(page, catalogue, "covid19-minst-2-doser")
    assert test.info[0].value.startswith("Uppgifter per kommun är inte levererade för den här indikatorn.")
    assert "municipalities" not in keys(test)


@pytest.mark.parametrize(("place", "name"), [("", "Västra Götaland"), ("vs-skaraborg", "Skaraborg")])
def test_the_other_perspective_is_a_click_away_and_keeps_the_place(page, catalogue, place, name):
    register = catalogue.indicators["fast-lakarkontakt-register"]
    test = option(opened(page, catalogue, "fast-lakarkontakt-enkat"), "delregion", place)
    followed = click(test, "why", shown(test, "why").links[register.name])
    assert register.name in followed.title[0].value
    assert followed.title[0].value.endswith(f"i {name}")


def test_the_other_half_is_named_with_its_figure(page, catalogue):
    test = opened(page, catalogue, "vardgaranti-operation-genomford", delregion="Skaraborg")
    said = shown(test, "why")
    assert catalogue.indicators["vardgaranti-operation-vantande"].name in said.words
    assert said.words.endswith("i Skaraborg.")


def test_examples_are_told_before_they_are_seen(page, catalogue):
    test = opened(page, catalogue, "mpr-dos-1")
    assert keys(test).index("example-notice") < keys(test).index("areas")
    assert "Alla siffror på sidan är exempeldata." in shown(test, "example-notice").words
    assert "example-notice" not in keys(opened(page, catalogue, "covid19-minst-2-doser"))


def test_the_vintage_is_told(page, catalogue):
    assert "Version 1 av uppgifterna, senast" in shown(opened(page, catalogue, "mpr-dos-1"), "footer").words


def test_nothing_is_published(empty_page, catalogue):
    test = opened(empty_page, catalogue, "mpr-dos-1")
    assert test.title[0].value.endswith("ingen siffra för Västra Götaland")
    assert "Leverera en fil på sidan Ladda upp." in test.info[0].value
    assert "definition" in keys(test)
    assert "Version 0 av uppgifterna." in shown(test, "footer").words
