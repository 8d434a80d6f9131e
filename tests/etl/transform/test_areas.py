from __future__ import annotations

import polars as pl
import pytest

from etl.transform.areas import area_table, shown_areas
from etl.transform.names import look_up
from schemas.catalogue import Catalogue


@pytest.fixture(scope="module")
def find(catalogue):
    table = area_table(catalogue)
    return lambda *names: look_up(pl.Series(names, dtype=pl.String), table).to_list()


def test_every_municipality_by_code_and_name(find, shared_data):
    rows = pl.read_csv(shared_data / "municipalities.csv", infer_schema=False)
    for code, name in rows.select("code", "name").rows():
        genitive = name if name[-1] in "sxz" else f"{name}s"
        forms = [
            code,
            name,
            name.upper(),
            f"{name} kommun",
            f"{genitive} kommun",
            f"{code} {name}",
            f"{name} ({code})",
            f"{code} {genitive} kommun",
            f"{code}, {name}",
            f"{code} - {name}",
            f"{code}\u00a0{genitive} stad",
        ]
        assert find(*forms) == [code] * len(forms)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Göteborgs stad", "1480"), ("Göteborgs Stad", "1480"), ("Borås stad", "1490"), ("Borås Stad", "1490"),
        ("Alingsås kommun", "1489"), ("Härryda kommun", "1401"), ("Marks kommun", "1463"), ("Go\u0308teborg", "1480"),
        ("14", "14"), ("0014", "14"), ("14.0", "14"), ("Västra Götaland", "14"), ("Västra Götalands län", "14"),
        ("Västra Götalandsregionen", "14"), ("VGR", "14"), ("vgr", "14"), ("14 Västra Götalands län", "14"),
        ("0014 Västra Götalandsregionen", "14"), ("Region Västra Götaland", "14"),
        ("00", "00"), ("0000", "00"), ("0", "00"), ("Riket", "00"), ("| Sverige |", "00"), ("Sverige", "00"),
        ("00 Riket", "00"),
        ("vs-fyrbodal", "vs-fyrbodal"), ("SIMBA", "vs-simba"), ("Simba", "vs-simba"), ("SAMLA", "vs-samla"),
        ("Södra Älvsborg", "vs-sodra-alvsborg"), ("Göteborgsområdet", "vs-goteborgsomradet"),
        ("51", None), ("Stockholm", None), ("0180", None), ("1383", None), ("Kungsbacka", None), ("148", None),
        ("Boråss kommun", None), ("Alla kommuner", None),
    ],
)  # fmt: skip
def test_names_and_codes(find, name, expected):
    assert find(name) == [expected]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Fyrbodal", "vs-fyrbodal"),
        ("Skaraborg", "vs-skaraborg"),
        ("Göteborg", "1480"),
        ("kf-fyrbodal", "kf-fyrbodal"),
    ],
)
def test_a_name_that_several_share_is_a_municipality_then_the_default_division(find, name, expected):
    assert find(name) == [expected]


def test_every_area_is_found_by_its_own_id(find, catalogue):
    assert find(*catalogue.areas) == list(catalogue.areas)


def test_a_shared_name_goes_to_the_default_division_in_whatever_order_it_stands(catalogue):
    kommunalforbund = catalogue.areas["kf-skaraborg"].model_copy(update={"synonyms": ["Skaraborg"]})
    areas = {
        "kf-skaraborg": kommunalforbund,
        **{k: v for k, v in catalogue.areas.items() if k != "kf-skaraborg"},
    }
    parts = {name: getattr(catalogue, name) for name in Catalogue.model_fields}
    assert area_table(Catalogue.model_validate({**parts, "areas": areas}))["skaraborg"] == "vs-skaraborg"


def test_hints_name_codes_where_there_are_any(catalogue):
    shown = shown_areas(catalogue)
    assert (shown["1480"], shown["14"], shown["vs-simba"]) == (
        "Göteborg (1480)",
        "Västra Götaland (14)",
        "SIMBA",
    )
