"""Vårdcentraler in files: by name, with their municipality, by id, and refused where it isn't said which."""

from __future__ import annotations

import pytest

from etl.catalogue import load_catalogue
from etl.transform.allocations import to_allocations
from etl.transform.areas import ADD_HEALTH_CENTRE, area_table, shared_names, shown_areas
from etl.transform.observations import to_observations
from tests import health_centres
from tests.etl.transform.build import figures, money
from tests.etl.transform.test_observations import SWEDEN

LONG = "Exempelvårdcentralen 4 vid Långa exempelgatan"
SHARED = "Exempelvårdcentralen 11 vid Långa exempelgatan"


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    folder = health_centres.catalogue_folder(tmp_path_factory.mktemp("known") / "catalogue")
    return load_catalogue(folder).catalogue


@pytest.fixture
def alike(tmp_path):
    """One is called what another is with its municipality."""
    folder = health_centres.catalogue_folder(tmp_path / "alike", 0)
    with (folder / "health_centres.csv").open("a", encoding="utf-8") as table:
        table.write("vc-a;Exempelhälsan;1496;\nvc-b;Exempelhälsan Skövde;1496;\n")
    return load_catalogue(folder).catalogue


def hints(catalogue, *areas, **kwargs):
    rows = [{"area": area, "value": "80", "period": f"20{place:02}-05"} for place, area in enumerate(areas)]
    rows, problems = to_observations(figures(*rows, **kwargs), catalogue, origin="uploaded")
    return rows["area"].to_list(), problems.select("code", "severity", "hint").rows()


@pytest.mark.parametrize(
    "area",
    [
        LONG, LONG.upper(), "vc-exempel-4", f"{LONG}, Uddevalla", f"{LONG} (Uddevalla)", f"Uddevalla, {LONG}",
        f"{LONG}, Uddevalla kommun", f"{LONG} Uddevalla", f"Uddevallas kommun – {LONG}",
    ],
)  # fmt: skip
def test_one_is_read_by_name_with_or_without_its_municipality(known, area):
    # the fourth lies in the municipality whose place in the list is 4 % 4
    assert health_centres.municipality(4) == "1485"
    assert hints(known, area) == (["vc-exempel-4"], [])


@pytest.mark.parametrize("conventions", [{}, {"conventions": SWEDEN}])
def test_a_name_that_two_have_is_refused_and_both_are_named(known, conventions):
    rows, told = hints(known, SHARED, LONG, **conventions)
    assert rows == ["vc-exempel-4"]
    assert told == [
        (
            "unknown_area",
            "error",
            f"Flera vårdcentraler heter så. Skriv vilken: {SHARED} (Skövde) eller {SHARED} (Uddevalla).",
        )
    ]


@pytest.mark.parametrize(
    ("area", "found"),
    [(f"{SHARED} (Skövde)", "vc-exempel-11"), (f"Uddevalla, {SHARED}", "vc-exempel-12")],
)
def test_with_its_municipality_it_is_one_of_them(known, area, found):
    assert hints(known, area) == ([found], [])


def test_its_own_name_is_no_other_s_with_its_place(alike):
    assert hints(alike, "Exempelhälsan", "Exempelhälsan Skövde", "Exempelhälsan, Skövde") == (
        ["vc-a", "vc-b", "vc-a"],
        [],
    )
    assert shared_names(alike) == {}


@pytest.mark.parametrize(
    ("area", "hint"),
    [
        ("Exempelvårdcentralen 4 vid Långa exempelgtaan", f"Menade du {LONG} (Uddevalla)?"),
        ("Exempelvardcentralen 4 vid Langa exempelgatan", f"Menade du {LONG} (Uddevalla)?"),
        ("Vårdcentralen Påhittet", ADD_HEALTH_CENTRE),
        ("Påhittet", "Området finns inte i länet. Områdena står i mallens förklaringsblad."),
    ],
)  # fmt: skip
def test_an_unknown_one_is_told_with_what_to_do(known, area, hint):
    assert hints(known, area) == ([], [("unknown_area", "error", hint)])


def test_without_any_in_the_catalogue_it_is_told_where_they_are_added(catalogue):
    _, ((_, _, hint),) = hints(catalogue, "Vårdcentralen Påhittet")
    assert "health_centres.csv" in hint
    assert shared_names(catalogue) == {}


def test_the_other_areas_keep_their_names(known, catalogue):
    table = area_table(known)
    assert {name: table[name] for name in area_table(catalogue)} == dict(area_table(catalogue))
    assert set(table.values()) == set(known.areas)
    shown = shown_areas(known)
    assert {key: shown[key] for key in catalogue.areas} == shown_areas(catalogue)


def test_no_money_goes_to_one(known):
    rows, problems = to_allocations(money({"area": LONG}), known, origin="uploaded")
    assert rows.is_empty()
    assert problems["code"].to_list() == ["wrong_area_level"]
