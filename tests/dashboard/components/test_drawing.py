"""The buttons below a chart, and what its files are called."""

from __future__ import annotations

import base64

import pytest

from dashboard.charts.drawn import Drawn
from dashboard.charts.picture import Said, framed
from dashboard.charts.style import CONFIG, LIGHT
from dashboard.components.drawing import file_name, tools
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Skaraborg 85,5 % i december 2025", "skaraborg-85-5-procent-i-december-2025"),
        ("Andelen är 78,8–94,3\u00a0% i länets kommuner", "andelen-ar-78-8-94-3-procent-i-lanets-kommuner"),
        ("Åmål: Öckerö, Töreboda!", "amal-ockero-toreboda"),
        ("../../etc/passwd\n", "etc-passwd"),
        ("→", "diagram"),
        ("", "diagram"),
    ],
)
def test_a_finding_is_a_file_s_name_in_plain_letters(title, name):
    assert file_name(title) == name


def test_a_long_finding_is_cut_between_words():
    name = file_name("Unionen mellan " * 20)
    assert len(name) <= 80
    assert name.endswith(("unionen", "mellan"))
    assert file_name("x" * 200) == "x" * 80


def test_the_button_says_what_it_saves_and_of_which_chart():
    page = parse(tools("Fyrbodal 45,8 %", chart="funnel"))
    button = page.one("button")
    assert button.words == "Hämta som bild : Fyrbodal 45,8 %"
    assert button.attrs["data-chart"] == "funnel"
    assert button.attrs["data-name"] == "fyrbodal-45-8-procent.png"
    assert page.one("span", css="fp-quiet").attrs["role"] == "status"
    assert not page.all("a")


def test_the_drawing_in_the_same_markup_needs_no_key():
    assert "data-chart" not in parse(tools("Karta")).one("button").attrs


def test_the_figures_are_in_the_link_as_they_are():
    content = "Område;Värde\r\nÅmål;1,5\r\n".encode("utf-8-sig")
    link = parse(tools("Karta", csv=("karta.csv", content))).one("a")
    assert link.words == "Hämta som CSV"
    assert link.attrs["download"] == "karta.csv"
    kind, _, data = link.attrs["href"].partition(",")
    assert kind == "data:text/csv;base64"
    assert base64.b64decode(data) == content


def test_no_text_becomes_markup():
    page = parse(tools(HOSTILE, chart=HOSTILE, csv=(HOSTILE, b"")))
    assert not page.all("script", "img")


def test_plotly_s_own_buttons_are_hidden():
    assert CONFIG["displayModeBar"] is False


@pytest.mark.parametrize("narrow", [False, True])
def test_a_picture_knows_its_finding(narrow):
    title = "Mål & medel: 85,0\u00a0% i ett område vars namn är så långt att raden bryts på mer än ett ställe < 90"
    layout = framed(
        Said(title, "Andel, procent", "Källa", is_example=True), LIGHT, narrow=narrow, annotations=[]
    )
    assert Drawn({"data": [], "layout": layout}).said == title
    assert Drawn({"data": [], "layout": {}}).said == ""
