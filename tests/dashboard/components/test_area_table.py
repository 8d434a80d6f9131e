"""One indicator's areas, read back row by row."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.components import area_table
from tests.dashboard.build import COUNTY, HOSTILE, SKARABORG, figure, renamed, without_value
from tests.dashboard.dom import Node, parse

NBSP = "\u00a0"


def drawn(
    catalogue, told, *, has_target=True, county=None, strong=None, caption="Läget", indicator="mpr-dos-1"
) -> Node:
    return parse(
        area_table.html(
            catalogue.indicators[indicator],
            [(catalogue.areas[area], one) for area, one in told],
            caption=caption,
            county=county,
            has_target=has_target,
            strong=strong,
        )
    )


def test_a_row_tells_value_interval_change_basis_and_judgement(catalogue):
    table = drawn(catalogue, [(SKARABORG, figure())])
    name, value, interval, picture, change, basis, judgement = table.rows[0]
    assert name == "Skaraborg"
    assert value == f"72,4{NBSP}% 2024"
    assert interval == f"69,5–75,1{NBSP}%"
    assert picture == ""
    assert change == f"+1,3{NBSP}procentenheter sedan 2023, säkerställd förändring"
    assert basis == f"724 av 1{NBSP}000"
    assert judgement == "Inte på väg 72,4 %, målet är 80 %"
    assert len(table.heads) == len(table.rows[0])
    assert all(table.heads)


def test_without_a_target_nothing_is_judged(catalogue):
    table = drawn(catalogue, [(SKARABORG, figure())], has_target=False)
    assert "Bedömning" not in table.heads
    assert "Inte på väg" not in table.text


@pytest.mark.parametrize("has_target", [True, False])
def test_a_row_without_value_says_why(catalogue, has_target):
    table = drawn(catalogue, [(SKARABORG, without_value())], has_target=has_target)
    assert "Underlaget är för litet" in table.text
    assert len(table.rows[0]) == len(table.heads)
    assert not table.all("circle") or has_target


def test_an_area_that_nothing_is_known_of(catalogue):
    table = drawn(catalogue, [(SKARABORG, None)])
    spans = [int(cell.attrs.get("colspan", 1)) for cell in table.one("tbody").all("th", "td")]
    assert sum(spans) == len(table.heads)
    assert "Ingen uppgift" in table.text


@pytest.mark.parametrize(
    ("method", "said"),
    [("direct", ""), ("ratio_of_sums", "summerat från kommunerna"), ("population_weighted", "ungefärligt")],
)
def test_how_a_figure_came_about(catalogue, method, said):
    basis = drawn(catalogue, [(SKARABORG, figure(method=method))]).rows[0][5]
    assert said in basis
    assert (basis == f"724 av 1{NBSP}000") is (method == "direct")


@pytest.mark.parametrize(
    ("indicator", "basis"),
    [
        ("mpr-dos-1", f"724 av 1{NBSP}000"),
        ("utskrivningsklar-medelvardtid", f"724 delat med 1{NBSP}000"),
        ("medel-psykisk-halsa", "–"),
    ],
)
def test_only_a_share_is_so_many_of_so_many(catalogue, indicator, basis):
    assert drawn(catalogue, [(SKARABORG, figure())], indicator=indicator).rows[0][5] == basis


def test_examples_and_preliminary_figures_are_marked(catalogue):
    row = " ".join(drawn(catalogue, [(SKARABORG, figure(origin="example", flag="preliminary"))]).rows[0])
    assert "Exempeldata" in row
    assert "preliminär" in row
    assert "Exempeldata" not in drawn(catalogue, [(SKARABORG, figure())]).text


def test_the_chosen_area_is_marked(catalogue):
    table = drawn(catalogue, [(COUNTY, figure(COUNTY)), (SKARABORG, figure())], strong=SKARABORG)
    assert [len(row.one("th").all("strong")) for row in table.one("tbody").all("tr")] == [0, 1]


def test_a_name_leads_somewhere_where_it_has_an_address(catalogue):
    made = parse(
        area_table.html(
            catalogue.indicators["mpr-dos-1"],
            [(catalogue.areas[area], figure(area)) for area in (COUNTY, SKARABORG)],
            caption="Läget",
            county=None,
            has_target=True,
            addresses={SKARABORG: "/delregion?delregion=Skaraborg"},
        )
    )
    assert made.links == {"Skaraborg": "/delregion?delregion=Skaraborg"}


@pytest.mark.parametrize(
    ("county", "compared"),
    [
        (figure(COUNTY), True),
        (figure(COUNTY, origin="published"), True),
        (figure(COUNTY, origin="example"), False),
        (figure(COUNTY, period_start=date(2023, 1, 1)), False),
        (without_value(COUNTY), False),
        (None, False),
    ],
)
def test_the_county_is_drawn_only_where_it_can_be_compared(catalogue, county, compared):
    table = drawn(catalogue, [(SKARABORG, figure())], county=county)
    dashed = [node for node in table.all("path") if "stroke-dasharray" in node.attrs]
    assert bool(dashed) is compared


def test_one_scale_for_the_whole_table():
    assert area_table.scale([figure(), figure(value=10.0, lower=None, upper=None)]) == (10.0, 75.1)
    assert area_table.scale([without_value()]) == (0.0, 1.0)
    assert area_table.scale([]) == (0.0, 1.0)


def test_names_are_text_and_never_markup(catalogue):
    hostile = renamed(catalogue, HOSTILE)
    table = drawn(hostile, [(SKARABORG, figure(reason=HOSTILE))], caption=HOSTILE)
    assert not table.all("script", "img")
    assert table.one("caption").text == HOSTILE
    assert table.rows[0][0] == f"{HOSTILE}{SKARABORG}"
