"""The funnel of the municipalities, and of the vårdcentraler where somebody has added any."""

from __future__ import annotations

import json
import shutil
from functools import lru_cache

import polars as pl
import pytest

from dashboard import data, filters, links
from dashboard.registry import PAGES
from dashboard.sections import municipalities
from etl.bundle import ensure_ready
from etl.catalogue import load_catalogue
from etl.warehouse import Warehouse
from schemas.catalogue import Level
from tests import health_centres
from tests.dashboard.conftest import run_page, shown, sound

NBSP = "\u00a0"
MEASURED = "Telefonsamtal till primärvården som besvaras samma dag"
LIMITS = [f"{end} {level}{NBSP}%" for level in ("95", "99,8") for end in ("Nedre", "Övre")]
HEADS = ["Underlag", "Värde", *LIMITS, "Mot alla"]


@pytest.fixture(scope="module")
def prepared(bundled, tmp_path_factory):
    """A warehouse with figures of vårdcentraler, and what its catalogue knows."""
    base = tmp_path_factory.mktemp("centres")
    folder = health_centres.data_folder(base / "data")
    known = load_catalogue(folder / "catalogue")
    shutil.copytree(bundled, base / "warehouse")
    warehouse = Warehouse(base / "warehouse")
    ensure_ready(warehouse, known, folder)
    warehouse.close()
    return base / "warehouse", known


@pytest.fixture
def catalogue_with(prepared, look_at, monkeypatch):
    """The pages show figures of vårdcentraler."""
    folder, known = prepared
    monkeypatch.setattr(data, "knowledge", lru_cache(lambda: known))
    look_at(folder)
    return known.catalogue


def opened(indicator=MEASURED, **query):
    return run_page("indikator", indikator=indicator, **query)


def centres(**query):
    return opened(**{filters.FUNNEL: filters.HEALTH_CENTRES, **query})


def choice(test):
    """The buttons that choose what the funnel is of; none where there is no choice."""
    return [group for group in test.button_group if group.key == filters.FUNNEL]


def alt(test):
    """The words of the funnel for those who can't see it."""
    return next(
        found.proto.alt for found in test.get("plotly_chart") if "Trattdiagram över" in found.proto.alt
    )


def test_it_opens_with_the_municipalities_and_the_choice_is_in_the_address(catalogue_with):
    test = opened()
    (group,) = choice(test)
    assert group.options == ["Kommuner", "Vårdcentraler"]
    assert [row[0] for row in shown(test, "funnel-table").rows] == [
        area.name for area in catalogue_with.municipalities
    ]
    sound(group.set_value(filters.HEALTH_CENTRES).run())
    assert shown(test, "funnel-table").heads[0] == "Vårdcentral"
    assert shown(centres(), "funnel-table").rows == shown(test, "funnel-table").rows


def test_everything_said_of_them_is_of_vardcentraler(catalogue_with):
    test = centres()
    table, said = shown(test, "funnel-table"), shown(test, "funnel-said").words
    assert table.heads == ["Vårdcentral", "Kommun", *HEADS]
    assert f"Utanför gränsen för 99,8{NBSP}%: {health_centres.name(5)}." in said
    # the small one, and another of its municipality with it
    assert f"2{NBSP}vårdcentraler visas inte: uppgift saknas eller är dold." in said
    assert table.one("caption").words.startswith("Vårdcentralerna och gränserna: ")
    assert alt(test).startswith(f"1 av 10 vårdcentraler ligger utanför gränsen för 99,8{NBSP}%.")
    assert "på 10 vårdcentraler mot underlagets storlek" in alt(test)
    reading = shown(test, "funnel-reading").words
    assert "aldrig samman till kommunens" in reading
    for told in (said, alt(test), reading.replace("kommunens", "").replace("Vårdcentral och kommun", "")):
        assert "kommun" not in told.casefold()


def test_the_table_is_by_municipality_and_name_and_the_hidden_are_not_in_it(catalogue_with):
    rows = shown(centres(), "funnel-table").rows
    order = [area.name for area in catalogue_with.health_centres]
    assert [row[0] for row in rows] == [name for name in order if name in {row[0] for row in rows}]
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    assert health_centres.name(7) not in {row[0] for row in rows}
    # the two of one name are told apart
    assert {f"{health_centres.name(11)} (Skövde)", f"{health_centres.name(11)} (Uddevalla)"} <= {
        row[0] for row in rows
    }


def test_those_of_the_chosen_delregion_are_drawn_large(catalogue_with):
    test = centres(delregion="Fyrbodal")
    said = next(
        found.proto.spec for found in test.get("plotly_chart") if "Trattdiagram över" in found.proto.alt
    )
    sizes = {
        hover.split("<br>")[0]: size
        for trace in json.loads(said)["data"]
        if trace.get("mode") == "markers"
        for hover, size in zip(trace["hovertext"], trace["marker"]["size"], strict=True)
    }
    large = {name.removeprefix("<b>").removesuffix("</b>") for name, size in sizes.items() if size == 10}
    members = {area.id for area in catalogue_with.members("vs-fyrbodal")}
    mine = {area.name for area in catalogue_with.health_centres if area.parent in members}
    assert large == mine & {row[0] for row in shown(test, "funnel-table").rows}
    assert any(header.value == "Kommuner och vårdcentraler i Fyrbodal" for header in test.header)


def test_an_indicator_without_them_has_the_page_as_before(catalogue_with):
    name = catalogue_with.indicators["hpv-flickor"].name
    test = opened(name, **{filters.FUNNEL: filters.HEALTH_CENTRES})
    assert not choice(test)
    assert "Kommunerna" in {header.value for header in test.header}
    assert shown(test, "funnel-table").heads[0] == "Kommun"


def test_without_any_in_the_catalogue_the_page_is_as_before(full):
    test = centres()
    assert not choice(test)
    assert shown(test, "funnel-table").heads == ["Kommun", *HEADS]


def test_where_no_municipality_has_a_figure_they_are_shown_without_a_choice(catalogue_with, monkeypatch):
    series = data.series_of

    def only_centres(*asked):
        return series(*asked).filter(pl.col("level") != str(Level.MUNICIPALITY))

    monkeypatch.setattr(municipalities, "_any_known", lambda _view: False)
    monkeypatch.setattr(data, "series_of", only_centres)
    test = opened()
    assert not choice(test)
    assert shown(test, "funnel-table").heads[0] == "Vårdcentral"
    assert any("Uppgifter per kommun är inte levererade" in info.value for info in test.info)


def named(test) -> bool:
    """Whether the page's markup tells of a vårdcentral."""
    told = [json.loads(item.proto.json) for item in test.get("bidi_component")]
    return any("Exempelvårdcentralen" in str(one) for one in told)


@pytest.mark.parametrize("path", [page.path for page in PAGES if page.path != links.INDICATOR])
def test_every_other_page_is_without_them(catalogue_with, path):
    assert not named(run_page(path))


def test_where_they_are_chosen_they_are_told(catalogue_with):
    assert named(centres())
