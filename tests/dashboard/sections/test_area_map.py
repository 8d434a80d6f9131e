"""The map on Indikator: what is chosen, what is said where there is none, its table, and how much is sent."""

from __future__ import annotations

import base64
import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, filters, map_figures
from dashboard.sections import area_map
from dashboard.sections.charted import View
from tests.dashboard.conftest import PATIENCE, _with_components, shown, sound
from tests.dashboard.dom import parse

MOST = 200_000
INDICATOR = "fast-lakarkontakt-register"


def view(indicator: str = INDICATOR, place: str = "14", division: str = "vardsamverkan") -> View:
    catalogue = data.catalogue()
    targets = catalogue.targets_of(indicator)
    age = catalogue.indicators[indicator].headline_age
    return View(data.version(), indicator, age, targets[0].id if targets else None, division, place, "light")


def _script(indicator: str, place: str) -> None:
    from dashboard import filters
    from dashboard.sections import area_map
    from tests.dashboard.sections.test_area_map import view

    filters.begin("indikator")
    area_map.show(view(indicator, place))


def run(indicator: str = INDICATOR, place: str = "14", **query: str) -> AppTest:
    test = AppTest.from_function(_script, args=(indicator, place), default_timeout=PATIENCE)
    test = _with_components(test)
    test.query_params.update(query)
    return sound(test.run())


def test_every_map_of_the_catalogue_is_drawn_and_light(full):
    drawn = 0
    for indicator in data.catalogue().indicators:
        own = view(indicator)._replace(theme=None)
        material = area_map._material(own)
        if isinstance(material, str):
            assert material.endswith(".")
            continue
        markup = area_map._drawn(own, against=map_figures.compares(material)).html
        drawn += 1
        assert len(json.dumps({"html": markup})) < MOST, indicator
        assert len(parse(markup).one("table").all("tr")) > 6
    assert drawn > 15


def test_the_choice_is_in_the_address(full):
    values = run()
    assert values.header[0].value == "På kartan"
    assert shown(values, "map").one("figcaption").words.startswith("Andelen är")
    against = run(**{filters.MAP: filters.AGAINST_COUNTY})
    assert "än länet" in shown(against, "map").one("figcaption").words
    unknown = run(**{filters.MAP: "månen"})
    assert shown(unknown, "map").one("figcaption").words == shown(values, "map").one("figcaption").words


def test_without_anything_to_compare_there_is_no_choice(full):
    test = run("influensa-65", **{filters.MAP: filters.AGAINST_COUNTY})
    assert not test.get("button_group")
    assert shown(test, "map").one("figcaption").words.startswith("Andelen är")


def test_amounts_are_not_drawn_and_the_reason_is_told(full):
    test = run("medel-psykisk-halsa")
    assert "Belopp ritas inte på kartan" in shown(test, "map-said").words


def test_the_table_is_the_map_and_so_is_the_file(full):
    page = parse(area_map._drawn(view(place="vs-skaraborg")._replace(theme=None), against=True).html)
    table = page.one("details").one("table")
    names = [row[0] for row in table.rows]
    assert len(names) == 49
    assert names == sorted(names)
    assert {row[6] for row in table.rows} <= {
        "Säkert bättre än länet",
        "Säkert sämre än länet",
        "Ingen säker skillnad",
    }
    link = page.one("a", css="fp-tool").attrs
    assert link["download"] == f"{INDICATOR}-karta.csv"
    lines = base64.b64decode(link["href"].partition(",")[2]).decode("utf-8-sig").splitlines()
    assert len(lines) == 50
    assert all("Exempeldata" in line for line in lines[1:])


def test_the_map_is_drawn_once_for_all_who_look_at_the_same(full):
    area_map._drawn.cache_clear()
    one, other = run(), run(place="vs-skaraborg")
    assert shown(one, "map").text != shown(other, "map").text
    again = run()
    assert shown(again, "map").text == shown(one, "map").text
    assert (area_map._drawn.cache_info().misses, area_map._drawn.cache_info().hits) == (2, 1)


@pytest.mark.parametrize("division", ["namnd", "kommunalforbund"])
def test_another_division_has_its_own_borders(full, division):
    own, other = (
        area_map._drawn(view(division=one)._replace(theme=None), against=False).html
        for one in ("vardsamverkan", division)
    )
    border = [parse(markup).all("path", css="fp-map-border")[0].attrs["d"] for markup in (own, other)]
    assert border[0] != border[1]
