"""The bundled published figures against where they were read."""

from __future__ import annotations

import csv

import pytest

from etl.catalogue import load_catalogue
from tests.conftest import ROOT

FOLDER = ROOT / "data" / "published"
HEADINGS = ["Indikator", "Område", "Period", "Kön", "Ålder", "Värde", "Täljare", "Nämnare", "Flagga", "Källa"]

#: Indicator, period, age → measure and period in the list of published figures.
MEASURES = {
    ("covid19-minst-1-dos", "2022-10-27", "12+"): ("covid-19 minst 1 dos 12+", "2022-10-27"),
    ("covid19-minst-2-doser", "2022-10-27", "12+"): ("covid-19 minst 2 doser 12+", "2022-10-27"),
    ("covid19-minst-2-doser", "2022-10-27", "18+"): ("covid-19 minst 2 doser 18+", "2022-10-27"),
    ("influensa-65", "säsong 2022–2023", ""): ("influensa 65+", "säsong 2022-2023"),
    ("vardgaranti-forsta-besok-vantande", "2021-12", ""): (
        "väntat högst 90 dagar på första besök i specialiserad vård",
        "2021-12",
    ),
    ("vardgaranti-operation-vantande", "2021-12", ""): ("väntat högst 90 dagar på behandling", "2021-12"),
    ("bup-forsta-besok-30", "2020-12", ""): ("väntat högst 30 dagar på första besök till BUP", "2020-12"),
    ("bup-forsta-besok-30", "2021-12", ""): ("väntat högst 30 dagar på första besök till BUP", "2021-12"),
    ("akut-4-timmar", "2020-12", ""): ("total vistelsetid högst 4 timmar på akutmottagning", "2020-12"),
    ("akut-4-timmar", "2021-12", ""): ("total vistelsetid högst 4 timmar på akutmottagning", "2021-12"),
    ("aterinskrivning-65", "2020", ""): ("oplanerad återinskrivning inom 1-30 dagar 65+", "2020"),
    ("aterinskrivning-65", "2021", ""): ("oplanerad återinskrivning inom 1-30 dagar 65+", "2021"),
    ("fast-lakarkontakt-enkat", "2024", ""): ("upplever sig ha en fast läkare", "2024"),
    ("medel-psykisk-halsa", "2021", ""): ("länsgemensamma medel psykisk hälsa (hela länet)", "2021"),
    ("medel-psykisk-halsa", "2025", ""): ("psykisk hälsa varav länsgemensamt (riket)", "2025"),
    ("medel-psykisk-halsa", "2026", ""): ("psykisk hälsa varav länsgemensamt (riket)", "2026"),
}

#: Read elsewhere: the country's two earlier influenza seasons.
ELSEWHERE = {
    ("influensa-65", "Riket", "säsong 2020–2021"): 60.0,
    ("influensa-65", "Riket", "säsong 2021–2022"): 70.0,
}


def read(path, delimiter=";"):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.fixture(scope="module")
def bundled():
    return [row for path in sorted(FOLDER.glob("*.csv")) for row in read(path)]


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(ROOT / "data" / "catalogue").catalogue


def number(text):
    return float(text.replace(",", ".")) if text else None


def test_every_file_has_the_template_s_headings():
    paths = sorted(FOLDER.glob("*.csv"))
    assert len(paths) == 5
    for path in paths:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert list(read(path)[0]) == HEADINGS


def test_every_row_has_a_source_and_is_no_example(bundled):
    assert all(row["Källa"] and not row["Källa"].startswith("Exempeldata") for row in bundled)


def test_indicators_areas_and_ages_are_known(bundled, catalogue):
    names = {area.name for area in catalogue.areas.values()}
    for row in bundled:
        ages = catalogue.indicators[row["Indikator"]].ages
        assert row["Område"] in names
        assert (row["Ålder"] or ages[0]) in ages


def test_no_figure_stands_twice(bundled):
    keys = [(row["Indikator"], row["Område"], row["Period"], row["Kön"], row["Ålder"]) for row in bundled]
    assert len(keys) == len(set(keys))


def test_no_waiting_list_figure_is_older_than_its_series(bundled):
    waiting = [row["Period"] for row in bundled if row["Indikator"].endswith("-vantande")]
    assert waiting == ["2021-12", "2021-12"]


def test_figures_as_published(bundled, shared_data):
    published = {
        (row["measure"], row["area"], row["period"]): row
        for row in read(shared_data / "published_figures.csv", ",")
    }
    for row in bundled:
        value, counts = number(row["Värde"]), (number(row["Täljare"]), number(row["Nämnare"]))
        place = (row["Indikator"], row["Område"], row["Period"])
        if place in ELSEWHERE:
            assert value == ELSEWHERE[place]
            continue
        measure, period = MEASURES[row["Indikator"], row["Period"], row["Ålder"]]
        found = published[measure, row["Område"], period]
        assert value is None or value == float(found["value"])
        assert counts == (number(found["numerator"]), number(found["denominator"]))
        assert value is not None or None not in counts


def test_covid_figures_do_not_contradict_the_workbook(bundled, shared_data):
    oracle = {
        (row["delregion"], row["age_group"]): row
        for row in read(shared_data / "vg_covid_by_delregion_2022-10-27.csv", ",")
    }
    columns = {"covid19-minst-1-dos": "n_min1", "covid19-minst-2-doser": "n_min2"}
    rows = [row for row in bundled if row["Indikator"].startswith("covid19")]
    assert len(rows) == 9
    for row in rows:
        expected = oracle[row["Område"], row["Ålder"]]
        assert row["Täljare"] == expected[columns[row["Indikator"]]]
        assert row["Nämnare"] == expected["population"]
