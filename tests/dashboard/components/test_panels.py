"""Small pictures of the delregioner: what each says, one scale, and names as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.components import panels
from dashboard.components.panels import Panel, Panels
from dashboard.components.spark import Reach
from tests.dashboard.build import HOSTILE, figure, without_value
from tests.dashboard.dom import parse

NBSP = "\u00a0"
FIRST, LAST = date(2020, 1, 1), date(2024, 1, 1)
RUN = [[(FIRST, 50.0), (date(2022, 1, 1), 60.0), (LAST, 100.0)]]


def panel(name: str = "Skaraborg", **more) -> Panel:
    usual: dict[str, Any] = {
        "name": name,
        "address": "/indikator?delregion=Skaraborg",
        "figure": figure(),
        "runs": RUN,
        "told": f"{name}: 50 % 2020, 100 % 2024",
    }
    return Panel(**{**usual, **more})


@pytest.fixture
def shown(catalogue) -> Panels:
    return Panels(
        indicator=catalogue.indicators["mpr-dos-1"],
        panels=[panel(), panel("SIMBA", strong=True)],
        county=[[(FIRST, 60.0), (LAST, 60.0)]],
        within=Reach(0.0, 100.0),
        span=(FIRST, LAST),
        ends=("2020", "2024"),
        goal=90.0,
        has_target=True,
    )


def drawn(made: Panels) -> list:
    return parse(panels.html(made)).all("li")


def test_a_picture_has_its_name_its_figure_and_its_judgement_as_title(shown):
    first, second = drawn(shown)
    assert first.one("h3").words == "Skaraborg"
    assert first.one("a").attrs["href"] == "/indikator?delregion=Skaraborg"
    assert f"72,4{NBSP}%" in first.words
    assert "Inte på väg" in first.words
    assert "fp-mine" in second.css
    assert "fp-mine" not in first.css


def test_without_a_target_the_variation_is_told(shown):
    told = replace(shown, has_target=False, panels=[panel(figure=figure(variation="concern")), panel()])
    first, second = drawn(told)
    assert "Sämre än vanligt" in first.words
    assert "Inte på väg" not in first.words
    assert not second.all("span", css="fp-outcome")


def test_all_are_drawn_on_one_scale_with_the_county_behind(shown):
    (first, second) = drawn(shown)
    line = next(
        path.attrs["d"] for path in first.all("path") if set(path.attrs) == {"d"} and "L" in path.attrs["d"]
    )
    assert line == "M0 42L100 34L200 0"
    for item in (first, second):
        (county,) = item.all("path", css="fp-county")
        assert county.attrs["d"] == "M0 34L200 34"
        assert item.one("path", css="fp-goal").attrs["d"] == "M0 8H200"
        assert item.one("path", css="fp-dot").attrs["d"] == "M200 0h0"


def test_the_scale_the_time_and_the_lines_are_told_once(shown):
    said = parse(panels.html(shown)).one("p", css="fp-panels-read").words
    assert said == (
        f"Samma skala i alla rutor: 0,0{NBSP}% till 100,0{NBSP}%, 2020 till 2024. Grå linje: länet. "
        "Streckad linje: målet."
    )


def test_a_target_outside_the_scale_is_neither_drawn_nor_told(shown):
    far = replace(shown, goal=101.0)
    assert not parse(panels.html(far)).all("path", css="fp-goal")
    assert "Streckad" not in panels.html(far)


def test_a_line_is_broken_at_a_gap_and_a_point_alone_is_a_dot(shown):
    broken = replace(shown, panels=[panel(runs=[[(FIRST, 50.0)], [(LAST, 0.0)]])])
    paths = [path.attrs["d"] for path in drawn(broken)[0].all("path")]
    assert "M0 42h0M200 84h0" in paths


@pytest.mark.parametrize(
    ("gone", "said"),
    [(None, "Ingen uppgift"), (without_value(reason="Uppgiften är dold"), "Uppgiften är dold")],
)
def test_without_a_value_the_reason_stands_instead_of_a_picture(shown, gone, said):
    (item,) = drawn(replace(shown, panels=[panel(figure=gone, runs=[])]))
    assert said in item.words
    assert not item.all("svg", css="fp-line")


def test_a_picture_is_told_to_those_who_cannot_see_it(shown):
    (svg,) = drawn(shown)[0].all("svg", css="fp-line")
    assert svg.attrs["role"] == "img"
    assert svg.attrs["aria-label"] == "Skaraborg: 50 % 2020, 100 % 2024"


@pytest.mark.parametrize(
    ("origins", "chips"), [(("example", "example"), [1, 0, 0]), (("example", "uploaded"), [0, 1, 0])]
)
def test_the_word_for_generated_figures_stands_once_or_beside_each(shown, origins, chips):
    made = replace(shown, panels=[panel(figure=figure(origin=origin)) for origin in origins])
    root = parse(panels.html(made))
    found = [root.one("p", css="fp-panels-read"), *root.all("li")]
    assert [len(item.all("span", css="fp-chip")) for item in found] == chips


def test_names_are_text_and_never_markup(shown):
    hostile = panel(HOSTILE, address=HOSTILE, told=HOSTILE, figure=without_value(reason=HOSTILE))
    for item in (hostile, replace(hostile, figure=figure())):
        root = parse(panels.html(replace(shown, panels=[item], ends=(HOSTILE, HOSTILE))))
        assert not root.all("script", "img")
        assert HOSTILE in root.text
