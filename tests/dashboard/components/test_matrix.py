"""The overview's matrix, read back cell by cell."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import data
from dashboard.components import matrix
from dashboard.words import OUTCOMES
from schemas.results import Outcome
from tests.dashboard.build import COUNTY, HOSTILE, SKARABORG, figure, line, renamed, without_value
from tests.dashboard.dom import Node, parse

NBSP = "\u00a0"
SIMBA = "vs-simba"


@pytest.fixture
def columns(catalogue):
    return [catalogue.areas[area] for area in (COUNTY, SKARABORG, SIMBA)]


def drawn(found, columns) -> Node:
    return parse(matrix.html(found, columns, division="vardsamverkan", caption="Alla mål")).one("table")


def cells(table: Node) -> list[Node]:
    return table.all("td")


def spoken(cell: Node) -> str:
    return cell.one("a").attrs["aria-label"]


def test_heads_are_the_areas(catalogue, columns):
    table = drawn([line(catalogue, "mpr-dos-1", [figure()])], columns)
    assert table.heads == ["Mål", "Västra Götaland", "Skaraborg", "SIMBA"]
    assert table.one("caption").text == "Alla mål"
    assert [head.attrs["scope"] for head in table.one("thead").all("th")] == ["col"] * 4


def test_subjects_head_their_rows_once(catalogue, columns):
    names = ["vardgaranti-telefon", "mpr-dos-1", "mpr-dos-2"]
    table = drawn([line(catalogue, name, [figure()]) for name in names], columns)
    first = [row[0] for row in table.rows]
    assert first[0] == "Tillgänglighet"
    assert first[2] == "Vaccination"
    assert [len(row) for row in table.rows] == [1, 4, 1, 4, 4]


def test_a_row_of_an_age_group_and_its_cells_lead_to_that_age_group(catalogue, columns):
    told = replace(line(catalogue, "covid19-dos-3", [figure(), figure(COUNTY)], has_target=False), age="70+")
    addresses = [item.attrs["href"] for item in drawn([told], columns).all("a")]
    assert [parse_qs(urlsplit(one).query)["alder"] for one in addresses] == [["70 år och äldre"]] * 3


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_cell_has_value_word_and_symbol(catalogue, columns, outcome):
    told = [figure(area.id, judgement=str(outcome)) for area in columns]
    for cell in cells(drawn([line(catalogue, "mpr-dos-1", told)], columns)):
        assert f"72,4{NBSP}%" in cell.text
        assert OUTCOMES[outcome].word in cell.text
        assert len(cell.all("svg")) == 1
        assert OUTCOMES[outcome].word in spoken(cell)
        assert f"72,4{NBSP}%" in spoken(cell)


def test_the_change_stands_in_the_cell_and_is_told_in_words(catalogue, columns):
    cell = cells(drawn([line(catalogue, "mpr-dos-1", [figure()])], columns))[1]
    assert "▲ 1,3" in cell.text
    assert cell.all("span", css="fp-better")
    assert f"ändrat +1,3{NBSP}procentenheter sedan 2023, säkerställd förändring" in spoken(cell)


@pytest.mark.parametrize("changed", [{"change": None, "previous_value": None}, {"change_is_certain": False}])
def test_no_change_is_coloured_that_may_be_chance(catalogue, columns, changed):
    table = drawn([line(catalogue, "mpr-dos-1", [figure(**changed)])], columns)
    assert not table.all(css="fp-better")
    assert not table.all(css="fp-worse")


def test_chance_the_process_and_the_county_stand_in_the_cell_and_in_words(catalogue, columns):
    told = figure(variation="concern", variation_rule="outside", assurance="missed", county="worse")
    cell = cells(drawn([line(catalogue, "mpr-dos-1", [told])], columns))[1]
    assert len(cell.all("svg", css="fp-sign")) == 2
    assert cell.one("span", css="fp-beside").text == "sämre än länet"
    assert "Sämre än vanligt. Målet nås inte med dagens process. Sämre än länet" in spoken(cell)
    title = cell.one("a").attrs["title"]
    assert title.startswith("72,4 %, målet är 80 %. Sämre än vanligt: det senaste värdet ligger under ")
    assert title.endswith("Sämre än länet. Med dagens process nås inte målet.")


def test_a_cell_holds_nothing_that_is_not_known_or_certain(catalogue, columns):
    cell = cells(drawn([line(catalogue, "mpr-dos-1", [figure(county="similar")])], columns))[1]
    assert not cell.all(css="fp-sign")
    assert "länet" not in cell.text
    assert "länet" not in spoken(cell)
    hidden = without_value(variation="common", assurance="missed", county="worse")
    cell = cells(drawn([line(catalogue, "mpr-dos-1", [hidden])], columns))[1]
    assert not cell.all(css="fp-sign")
    assert "länet" not in spoken(cell)


def test_without_a_target_there_is_no_judgement(catalogue, columns):
    told = figure(judgement="cannot_be_judged", reason="Inget mål är satt")
    table = drawn([line(catalogue, "hpv-pojkar", [told], has_target=False)], columns)
    cell = cells(table)[1]
    assert not cell.all("svg")
    assert "Kan inte bedömas" not in cell.text
    assert "Kan inte bedömas" not in spoken(cell)
    assert "Inget mål är satt" in spoken(cell)
    assert "Inget mål är satt" in table.rows[1][0]


@pytest.mark.parametrize(
    ("flag", "word"), [("suppressed", "Dolt"), ("missing", "Ingen uppgift"), (None, "Ingen uppgift")]
)
def test_a_figure_that_is_not_there_says_why(catalogue, columns, flag, word):
    cell = cells(drawn([line(catalogue, "mpr-dos-1", [without_value(flag=flag)])], columns))[1]
    assert "–" in cell.text
    assert word in cell.text
    assert word in spoken(cell)
    assert "Underlaget är för litet" in spoken(cell)


def test_an_area_that_nothing_is_known_of(catalogue, columns):
    cell = cells(drawn([line(catalogue, "mpr-dos-1", [figure()])], columns))[0]
    assert "Ingen uppgift" in cell.text
    assert not cell.all("a")


def test_a_cell_leads_to_its_indicator_and_area(catalogue, columns):
    told = [figure(area.id) for area in columns]
    table = drawn([line(catalogue, "mpr-dos-1", told)], columns)
    addresses = [urlsplit(link.attrs["href"]) for link in table.all("a")]
    assert {address.path for address in addresses} == {"/indikator"}
    asked = [parse_qs(address.query) for address in addresses]
    assert all(query["indikator"] == [catalogue.indicators["mpr-dos-1"].name] for query in asked)
    assert all(query["indelning"] == ["Vårdsamverkansområden"] for query in asked)
    assert [query.get("delregion") for query in asked] == [None, None, ["Skaraborg"], ["SIMBA"]]
    assert all("data-go" in link.attrs for link in table.all("a"))


def test_example_data_is_marked_in_its_row_its_cells_and_in_words(catalogue, columns):
    told = [figure(COUNTY), figure(SKARABORG, origin="example"), figure(SIMBA, origin="example")]
    table = drawn([line(catalogue, "mpr-dos-1", told)], columns)
    assert "Exempeldata utom Västra Götaland" in table.rows[1][0]
    assert ["Exempeldata" in spoken(cell) for cell in cells(table)] == [False, True, True]
    assert ["fp-sample" in cell.css for cell in cells(table)] == [False, True, True]


def test_a_row_of_examples_alone_and_one_of_real_figures(catalogue, columns):
    told = [figure(area.id, origin="example") for area in columns]
    row = drawn([line(catalogue, "mpr-dos-1", told)], columns).rows[1][0]
    assert "Exempeldata" in row
    assert "utom" not in row
    real = drawn([line(catalogue, "mpr-dos-1", [figure()])], columns)
    assert "Exempeldata" not in real.text


def test_no_word_of_examples_where_there_is_no_value(catalogue, columns):
    table = drawn([line(catalogue, "mpr-dos-1", [without_value(origin="example")])], columns)
    assert "Exempeldata" not in table.text


def test_a_period_of_its_own_stands_in_the_cell(catalogue, columns):
    told = [figure(COUNTY), figure(SKARABORG), figure(SIMBA, period_start=date(2022, 1, 1))]
    table = drawn([line(catalogue, "mpr-dos-1", told)], columns)
    assert table.rows[1][0].endswith("2024")
    assert ["2022" in cell.text for cell in cells(table)] == [False, False, True]
    assert ["2024" in cell.text for cell in cells(table)] == [False, False, False]
    assert "2022" in spoken(cells(table)[2])


def test_a_long_unit_stands_once_in_the_row(catalogue, columns):
    table = drawn(
        [line(catalogue, "utskrivningsklar-dagar-65", [figure(value=0.29)], has_target=False)], columns
    )
    assert "dagar per invånare" in table.rows[1][0]
    assert "invånare" not in cells(table)[1].text
    assert f"0,29{NBSP}dagar per invånare" in spoken(cells(table)[1])


def test_a_rows_age_group_stands_beside_its_name(catalogue, columns):
    table = drawn([line(catalogue, "covid19-minst-1-dos", [figure()], has_target=False)], columns)
    assert table.rows[1][0].split(" ·")[0].find("12+") > 0


def test_names_are_text_and_never_markup(monkeypatch, catalogue):
    hostile = renamed(catalogue, HOSTILE)
    monkeypatch.setattr(data, "catalogue", lambda: hostile)
    columns = [hostile.areas[COUNTY], hostile.areas[SKARABORG]]
    told = [figure(COUNTY), figure(origin="example", reason=HOSTILE, judgement="cannot_be_judged")]
    table = parse(
        matrix.html([line(hostile, "mpr-dos-1", told)], columns, division="vardsamverkan", caption=HOSTILE)
    )
    assert not table.all("script", "img")
    assert table.one("caption").text == HOSTILE
    assert HOSTILE in spoken(cells(table)[1])
    assert not any(name.startswith("on") for node in table.walk() for name in node.attrs)


def preview(found, columns, marks):
    return parse(
        matrix.html(found, columns, division="vardsamverkan", caption="Som det skulle se ut", changed=marks)
    )


def test_a_preview_marks_what_is_not_as_published(catalogue, columns):
    target = catalogue.targets_of("mpr-dos-1")[0].id
    age = catalogue.indicators["mpr-dos-1"].headline_age
    marks = {
        ("mpr-dos-1", target, age, COUNTY): matrix.Mark("var målet nått"),
        ("mpr-dos-1", target, age, SKARABORG): matrix.Mark("nytt värde", turned=False),
    }
    told = [figure(COUNTY), figure(SKARABORG, origin="example")]
    told[0] = told[0]._replace(variation="concern", county="worse")
    table = preview([line(catalogue, "mpr-dos-1", told)], columns, marks)
    assert not table.all(css="fp-sign"), "what is said besides isn't reckoned for a preview"
    first, second, third = cells(table)
    assert (first.css, second.css, third.css) == ({"fp-changed"}, {"fp-moved", "fp-sample"}, set())
    assert first.text.endswith("var målet nått")
    assert second.text.endswith("nytt värde")
    assert "Ingen uppgift" in third.text


def test_a_preview_marks_a_cell_without_a_figure(catalogue, columns):
    target = catalogue.targets_of("mpr-dos-1")[0].id
    age = catalogue.indicators["mpr-dos-1"].headline_age
    marks = {("mpr-dos-1", target, age, COUNTY): matrix.Mark("försvinner")}
    first = cells(preview([line(catalogue, "mpr-dos-1", [figure(SKARABORG)])], columns, marks))[0]
    assert first.css == {"fp-changed"}
    assert first.text.endswith("försvinner")


def test_the_cells_of_a_preview_lead_nowhere(catalogue, columns):
    found = [line(catalogue, "mpr-dos-1", [figure(area.id, reason=HOSTILE) for area in columns])]
    table = preview(found, columns, {})
    assert not [link for cell in cells(table) for link in cell.all("a")]
    assert cells(table)[0].attrs["title"] == HOSTILE
    assert len(table.all("a")) == 1, "the row's name leads to the indicator as it is"


def test_a_trend_line_stands_in_its_cell_and_is_left_to_the_text(catalogue, columns):
    told = [figure(area.id) for area in columns]
    trends = {("mpr-dos-1", "total", area): (70.0, 71.1, 72.4) for area in (COUNTY, SKARABORG)}
    html = matrix.html(
        [line(catalogue, "mpr-dos-1", told)], columns, division="vardsamverkan", caption="Alla", trends=trends
    )
    lines = [cell.all("svg", css="fp-spark") for cell in cells(parse(html).one("table"))]
    assert [len(drawn) for drawn in lines] == [1, 1, 0]
    assert lines[0][0].attrs["aria-hidden"] == "true"


def test_lines_of_a_row_move_on_one_scale_but_those_of_sums_on_their_own(catalogue, columns):
    def heights(indicator: str, *, has_target: bool) -> list[int]:
        age = catalogue.indicators[indicator].headline_age
        told = [figure(area.id, target_value=None) for area in columns[:2]]
        trends = {
            (indicator, age, COUNTY): (100.0, 300.0, 500.0),
            (indicator, age, SKARABORG): (10.0, 30.0, 50.0),
        }
        found = [line(catalogue, indicator, told, has_target=has_target)]
        table = parse(
            matrix.html(found, columns[:2], division="vardsamverkan", caption="Alla", trends=trends)
        )
        paths = [svg.one("path").attrs["d"] for svg in table.all("svg", css="fp-spark")]
        return [sum(int(down) for down in re.findall(r"l\d+ ?(-?\d+)", path)) for path in paths]

    county, part = heights("hpv-pojkar", has_target=False)
    assert county < 5 * part < 0
    sums = next(item.id for item in catalogue.indicators.values() if item.roll_up == "sum")
    assert heights(sums, has_target=bool(catalogue.targets_of(sums))) == [-18, -18]
