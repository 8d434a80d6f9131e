from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from etl.catalogue import load_catalogue
from etl.examples import SOURCE, generate, write
from etl.examples.__main__ import main
from etl.settings import settings
from tests.conftest import ROOT

FOLDER = ROOT / "data" / "examples"
OBSERVATIONS = ("accessibility.csv", "continuity.csv", "vaccination.csv")
MONEY = "allokering-psykisk-halsa-2021.csv"


@pytest.fixture(scope="module")
def knowledge():
    return load_catalogue(ROOT / "data" / "catalogue")


@pytest.fixture(scope="module")
def generated(knowledge):
    return generate(knowledge)


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_generator_gives_the_committed_bytes(generated):
    assert set(generated) == {path.name for path in FOLDER.glob("*.csv")} == {*OBSERVATIONS, MONEY}
    for name, content in generated.items():
        assert content == (FOLDER / name).read_bytes(), name


def test_moving_lilla_edet_changes_nothing(knowledge, generated):
    moved = [
        row.model_copy(update={"area": "vs-simba"})
        if (row.division, row.municipality) == ("vardsamverkan", "1462")
        else row
        for row in knowledge.catalogue.memberships
    ]
    catalogue = knowledge.catalogue.model_copy(update={"memberships": moved})
    assert catalogue.memberships != knowledge.catalogue.memberships
    assert generate(type(knowledge)(catalogue, knowledge.population, "")) == generated


def test_every_row_says_that_it_is_an_example(generated):
    for content in generated.values():
        assert all(row["Källa"].startswith("Exempeldata") for row in rows(content))
    assert SOURCE.startswith("Exempeldata")


def test_they_are_small_enough_to_carry(generated):
    assert sum(map(len, generated.values())) < 3_000_000


@pytest.mark.parametrize("name", OBSERVATIONS)
def test_every_series_has_all_municipalities_in_every_period(knowledge, generated, name):
    codes = {area.id for area in knowledge.catalogue.municipalities}
    seen = {}
    for row in rows(generated[name]):
        seen.setdefault((row["Indikator"], row["Period"]), []).append(row["Område"])
    assert {key[0] for key in seen} <= set(knowledge.catalogue.indicators)
    for areas in seen.values():
        assert len(areas) == 49
        assert set(areas) == codes


@pytest.mark.parametrize(
    ("name", "indicator", "period", "published"),
    [
        ("accessibility.csv", "bup-forsta-besok-30", "2020-12", 53),
        ("accessibility.csv", "bup-forsta-besok-30", "2021-12", 42),
        ("accessibility.csv", "akut-4-timmar", "2021-12", 57),
        ("accessibility.csv", "vardgaranti-forsta-besok-vantande", "2021-12", 71),
        ("accessibility.csv", "vardgaranti-operation-vantande", "2021-12", 59),
        ("continuity.csv", "aterinskrivning-65", "2020", 9.3),
        ("continuity.csv", "aterinskrivning-65", "2021", 8.4),
        ("vaccination.csv", "influensa-65", "säsong 2022–2023", 69),
    ],
)
def test_the_county_s_level_is_near_what_is_published(generated, name, indicator, period, published):
    found = [row for row in rows(generated[name]) if (row["Indikator"], row["Period"]) == (indicator, period)]
    share = 100 * sum(int(row["Täljare"]) for row in found) / sum(int(row["Nämnare"]) for row in found)
    assert share == pytest.approx(published, abs=2)


def test_some_municipalities_are_below_the_threshold_and_others_not(knowledge, generated):
    for indicator in ("bup-forsta-besok-30", "vardgaranti-operation-genomford"):
        limit = knowledge.catalogue.indicators[indicator].minimum_denominator
        sizes = [
            int(row["Nämnare"])
            for row in rows(generated["accessibility.csv"])
            if row["Indikator"] == indicator
        ]
        assert min(sizes) < limit < max(sizes)


def test_the_allocation_adds_up_to_the_krona(knowledge, generated):
    allocated = [row for row in rows(generated[MONEY]) if row["Typ"] == "fördelat"]
    agreement = knowledge.catalogue.agreements["psykisk-halsa-2021"]
    assert sum(Decimal(row["Belopp"]) for row in allocated) == agreement.total == 81_314_959
    assert {row["Ändamål"] for row in allocated} == set(agreement.purposes)


def test_write_makes_the_folder(tmp_path, knowledge, generated):
    written = write(tmp_path / "ny" / "mapp", knowledge)
    assert {path.name: path.read_bytes() for path in written} == generated


def test_the_command_writes_into_the_data_folder(tmp_path, monkeypatch, capsys):
    changed = settings().model_copy(update={"data": tmp_path})
    (tmp_path / "catalogue").symlink_to(ROOT / "data" / "catalogue", target_is_directory=True)
    monkeypatch.setattr("etl.examples.__main__.settings", lambda: changed)
    main()
    assert len(list((tmp_path / "examples").glob("*.csv"))) == 4
    assert MONEY in capsys.readouterr().out
