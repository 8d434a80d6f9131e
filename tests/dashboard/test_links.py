"""Addresses that a person can copy: what is written into one is read back from it."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import filters, links
from schemas.catalogue import Subject

PLACES = [
    ("vardsamverkan", "vs-goteborgsomradet"),
    ("vardsamverkan", "vs-sodra-alvsborg"),
    ("namnd", "drn-ostra"),
    ("kommunalforbund", "kf-boras"),
]


@pytest.fixture
def state(monkeypatch) -> dict:
    """The session's state, as a plain dict."""
    kept: dict = {}
    monkeypatch.setattr(links.st, "session_state", kept)
    return kept


def filters_in(state: dict) -> dict:
    return {key: value for key, value in state.items() if key in filters.KEYS}


def test_an_address_is_one_that_a_browser_understands():
    address = links.href(links.INDICATOR, indikator="influensa-65", delregion="vs-sodra-alvsborg")
    assert address.startswith("/indikator?")
    assert address.isascii()
    assert " " not in address


def test_a_page_without_filters():
    assert links.href(links.OVERVIEW) == "/"
    assert links.href(links.UPLOAD) == "/ladda-upp"
    assert links.href(links.INDICATOR, indikator=None) == "/indikator"


def test_the_address_reads_as_the_filters_read(catalogue):
    address = links.href(links.INDICATOR, indikator="mpr-dos-1", indelning="namnd", delregion="drn-ostra")
    assert parse_qs(urlsplit(address).query) == {
        "indikator": [catalogue.indicators["mpr-dos-1"].name],
        "indelning": ["Delregionala nämnder"],
        "delregion": ["Östra nämnden"],
    }


@pytest.mark.parametrize(("division", "place"), PLACES)
def test_what_is_written_is_read_back(state, division, place):
    links.remember(links.href(links.DELREGION, indelning=division, delregion=place))
    assert filters_in(state) == {"indelning": division, "delregion": place}


def test_every_municipality_is_read_back(state, catalogue):
    for area in catalogue.municipalities:
        links.remember(links.href(links.DELREGION, kommun=area.id))
        assert filters_in(state) == {"kommun": area.id}
    links.remember(links.href(links.DELREGION, kommun=""))
    assert filters_in(state) == {"kommun": ""}


def test_every_indicator_is_read_back(state, catalogue):
    for indicator in catalogue.indicators:
        links.remember(links.href(links.INDICATOR, indikator=indicator))
        assert filters_in(state) == {"indikator": indicator}


@pytest.mark.parametrize("subject", [*(str(item) for item in Subject), ""])
def test_every_subject_is_read_back(state, subject):
    links.remember(links.href(links.OVERVIEW, amne=subject))
    assert filters_in(state) == {"amne": subject}


def test_all_delregioner_are_read_back(state):
    links.remember(links.href(links.OVERVIEW, delregion=""))
    assert filters_in(state) == {"delregion": ""}


def test_a_filter_that_the_address_does_not_name_goes_back_to_its_default(state):
    state.update({"delregion": "vs-simba", "amne": "funds", "delivery-note": "kvar"})
    links.remember(links.href(links.INDICATOR, indikator="mpr-dos-1"))
    assert filters_in(state) == {"indikator": "mpr-dos-1"}
    assert state["delivery-note"] == "kvar"


def test_what_the_catalogue_does_not_know_is_left_out(state):
    links.remember("/indikator?indikator=Finns%20inte&delregion=%3Cscript%3E&annat=1")
    assert filters_in(state) == {}
    assert "annat" not in state


def test_no_two_choices_of_a_filter_read_alike(catalogue):
    for names in (
        [item.name for item in catalogue.indicators.values()],
        [item.name for item in catalogue.divisions.values()],
        [item.name for item in catalogue.areas.values()],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.fixture
def switched(monkeypatch) -> list:
    told: list = []
    monkeypatch.setattr(links.st, "switch_page", lambda page, query_params: told.append((page, query_params)))
    return told


PAGES = {"": "overview", "indikator": "indicator", "delregion": "profile"}


def test_a_click_leads_to_the_page_and_gives_it_the_filters(state, switched, catalogue):
    links.remember(links.href(links.INDICATOR, indikator="mpr-dos-1", delregion="vs-simba"))
    links.follow(PAGES, "")
    assert switched == [
        ("indicator", {"indikator": catalogue.indicators["mpr-dos-1"].name, "delregion": "SIMBA"})
    ]
    links.follow(PAGES, "")
    assert len(switched) == 1, "a click leads on once"


def test_a_filter_of_the_page_that_is_left_is_not_set_in_the_address(state, switched, catalogue):
    filters.begin()
    state["_filters_shown"].add("delregion")
    links.remember(links.href(links.INDICATOR, indikator="mpr-dos-1", delregion="vs-simba"))
    links.follow(PAGES, "")
    assert switched == [("indicator", {"indikator": catalogue.indicators["mpr-dos-1"].name})]
    assert state["delregion"] == "vs-simba"


@pytest.mark.parametrize("address", ["/indikator?indikator=x", "/finns-inte", "/../etc/passwd"])
def test_no_leaving_for_the_same_page_or_one_that_is_not_there(state, switched, address):
    links.remember(address)
    links.follow(PAGES, "indikator")
    assert switched == []


def test_without_a_click_nothing_happens(state, switched):
    links.follow(PAGES, "")
    assert switched == []


@pytest.mark.parametrize("told", [None, SimpleNamespace(go=None), SimpleNamespace()])
def test_a_component_that_tells_of_no_link(state, told):
    state["matrix"] = told
    links.on_click("matrix", "go")()
    assert state == {"matrix": told}


def test_a_component_that_tells_of_a_link(state):
    state["matrix"] = SimpleNamespace(go="/delregion?delregion=SIMBA")
    links.on_click("matrix", "go")()
    assert filters_in(state) == {"delregion": "vs-simba"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("indikator=mpr-dos-1", {"indikator": "MPR-vaccinerade 2-åringar, dos 1"}),
        ("delregion=vs-simba&annat=1", {"delregion": "SIMBA", "annat": "1"}),
        ("delregion=drn-ostra", {"delregion": "Östra nämnden", "indelning": "Delregionala nämnder"}),
        (
            "delregion=%C3%96stra%20n%C3%A4mnden",
            {"delregion": "Östra nämnden", "indelning": "Delregionala nämnder"},
        ),
        (
            "overenskommelse=psykisk-halsa-2021",
            {"overenskommelse": "Länsgemensamma medel psykisk hälsa 2021"},
        ),
        ("kommun=1491", {"kommun": "Ulricehamn"}),
        ("amne=vaccination", {"amne": "Vaccination"}),
    ],
)
def test_an_address_may_say_ids(full, query, expected):
    found = links.canonical("/indikator", query)
    assert found is not None
    parts = urlsplit(found)
    assert parts.path == "/indikator"
    assert {key: values[0] for key, values in parse_qs(parts.query).items()} == expected
    assert links.canonical("/indikator", parts.query) is None, "where it leads is where it stays"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "indikator=Finns%20inte",
        "delregion=SIMBA",
        "delregion=SIMBA&indelning=Kommunalf%C3%B6rbund",
        "delregion=",
        "datum=2026-03-01",
        "%ff=%ff",
    ],
)
def test_an_address_in_the_filters_words_stays(full, query):
    assert links.canonical("/indikator", query) is None


def test_ids_are_read_as_well(state):
    links.remember("/indikator?indikator=mpr-dos-1&delregion=vs-simba")
    assert filters_in(state) == {"indikator": "mpr-dos-1", "delregion": "vs-simba"}
