"""Addresses that a person can copy: what is written into one is read back from it."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from dashboard import filters, links
from schemas.catalogue import Subject

PLACES = [
    ("vardsamverkan", "vs-goteborgsomradet"),
    ("vardsamverkan", "vs-sodra-alvsborg"),
    ("namnd", "drn-ostra"),
    ("kommunalforbund", "kf-boras"),
]


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


@pytest.mark.parametrize(
    ("age", "said"), [("18+", {}), ("70+", {"alder": ["70 år och äldre"]}), ("18-29", {"alder": ["18-29"]})]
)
def test_an_indicator_s_address_says_the_age_group_that_its_page_does_not_show_first(catalogue, age, said):
    indicator = catalogue.indicators["covid19-dos-3"]
    address = links.to_indicator(indicator, age, delregion="vs-simba")
    assert urlsplit(address).path == "/indikator"
    assert parse_qs(urlsplit(address).query) == {
        "indikator": [indicator.name], "delregion": ["SIMBA"], **said,
    }  # fmt: skip


def ids(page: str, **chosen: str) -> str | None:
    """The address in the filters' words of one that says ids."""
    return links.canonical(f"/{page}", urlencode(chosen))


@pytest.mark.parametrize(("division", "place"), PLACES)
def test_what_is_written_is_what_ids_are_read_as(full, division, place):
    written = links.href(links.DELREGION, indelning=division, delregion=place)
    assert ids(links.DELREGION, indelning=division, delregion=place) == written


def test_every_municipality_and_every_indicator_is_read_as_it_is_written(full, catalogue):
    for area in catalogue.municipalities:
        assert ids(links.DELREGION, kommun=area.id) == links.href(links.DELREGION, kommun=area.id)
    for indicator in catalogue.indicators:
        assert ids(links.INDICATOR, indikator=indicator) == links.href(links.INDICATOR, indikator=indicator)


@pytest.mark.parametrize("subject", [str(item) for item in Subject])
def test_every_subject_is_read_as_it_is_written(full, subject):
    assert ids(links.OVERVIEW, amne=subject) == links.href(links.OVERVIEW, amne=subject)


def test_all_of_them_has_a_name_of_its_own(full):
    address = links.href(links.OVERVIEW, delregion="", amne="", kommun="")
    assert parse_qs(urlsplit(address).query) == {
        "delregion": [filters.ALL_DELREGIONER],
        "amne": [filters.ALL_SUBJECTS],
        "kommun": [filters.ALL_MUNICIPALITIES],
    }


def test_no_two_choices_of_a_filter_read_alike(catalogue):
    for names in (
        [item.name for item in catalogue.indicators.values()],
        [item.name for item in catalogue.divisions.values()],
        [item.name for item in catalogue.areas.values()],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


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
