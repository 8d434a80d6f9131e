"""The committed catalogue against its sources and its schema."""

from __future__ import annotations

import csv
import time
from collections import Counter
from datetime import date

import jsonschema
import polars as pl
import pytest
import yaml

from etl.catalogue import load_catalogue, read_catalogue
from schemas.catalogue import (
    Agreement,
    Area,
    Caveat,
    Decision,
    Division,
    Evidence,
    Indicator,
    Level,
    Origin,
    Roadmap,
    Subject,
    Target,
)
from tests.conftest import ROOT

FOLDER = ROOT / "data" / "catalogue"
LISTS = {
    "targets.yaml": Target,
    "areas.yaml": Area,
    "divisions.yaml": Division,
    "decisions.yaml": Decision,
    "agreements.yaml": Agreement,
    "caveats.yaml": Caveat,
}
INDICATORS = sorted(FOLDER.glob("indicators/*.yaml"))


@pytest.fixture(scope="module")
def knowledge():
    return load_catalogue(FOLDER)


@pytest.fixture(scope="module")
def catalogue(knowledge):
    return knowledge.catalogue


@pytest.fixture(scope="module")
def kolada(shared_data):
    with (shared_data / "kolada_kpi_catalogue_health_2026-03.csv").open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def listed(shared_data):
    with (shared_data / "municipalities.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_json(value):
    """YAML's own dates as text, the way JSON has them."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def valid(raw, model):
    jsonschema.Draft202012Validator(
        model.model_json_schema(), format_checker=jsonschema.FormatChecker()
    ).validate(as_json(raw))


@pytest.mark.parametrize("path", INDICATORS, ids=lambda path: path.stem)
def test_every_indicator_follows_the_json_schema(path):
    valid(yaml.safe_load(path.read_text(encoding="utf-8")), Indicator)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_follows_the_json_schema(name):
    entries = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    assert entries
    for entry in entries:
        valid(entry, LISTS[name])


def test_the_roadmap_follows_the_json_schema():
    valid(yaml.safe_load((FOLDER / "roadmap.yaml").read_text(encoding="utf-8")), Roadmap)


def test_the_json_schema_refuses_what_the_model_refuses():
    raw = yaml.safe_load(INDICATORS[0].read_text(encoding="utf-8"))
    for changed in ({**raw, "unit": "andel"}, {**raw, "extra": 1}, {**raw, "decimals": 9}):
        with pytest.raises(jsonschema.ValidationError):
            valid(changed, Indicator)


def test_nothing_is_wrong_with_it():
    assert read_catalogue(FOLDER)[1] == []


@pytest.mark.benchmark_suite
def test_it_loads_in_less_than_300_milliseconds(knowledge):
    begun = time.perf_counter()
    load_catalogue(FOLDER)
    assert time.perf_counter() - begun < 0.3


def test_at_least_sixteen_indicators_over_all_four_subjects(catalogue):
    counted = Counter(indicator.subject for indicator in catalogue.indicators.values())
    assert sum(counted.values()) >= 16
    assert set(counted) == set(Subject)


def test_kolada_names_them_the_same(catalogue, kolada):
    named = [item for item in catalogue.indicators.values() if item.kolada_id]
    assert len(named) == 15
    for indicator in named:
        assert indicator.kolada_title == kolada[indicator.kolada_id]["title"]


def test_kolada_has_municipalities_where_the_catalogue_says_so(catalogue, kolada):
    for indicator in catalogue.indicators.values():
        if indicator.kolada_id:
            public = indicator.lowest_public_level is Level.MUNICIPALITY
            assert public == (kolada[indicator.kolada_id]["municipality_type"] != "L")


@pytest.mark.parametrize(
    "lower",
    [
        "aterinskrivning-65",
        "aterinskrivning-aldre-kommun",
        "utskrivningsklar-dagar-65",
        "utskrivningsklar-medelvardtid",
    ],
)
def test_lower_is_better_for_these(catalogue, lower):
    assert catalogue.indicators[lower].direction == "lower"


def test_higher_is_better_for_all_others(catalogue):
    lower = {item.id for item in catalogue.indicators.values() if item.direction == "lower"}
    assert len(lower) == 4
    assert {item.direction for item in catalogue.indicators.values()} == {"higher", "lower"}


def test_register_and_survey_are_apart_and_side_by_side(catalogue):
    survey = [item for item in catalogue.indicators.values() if item.perspective == "survey"]
    assert [item.id for item in survey] == ["fast-lakarkontakt-enkat"]
    assert catalogue.indicators[survey[0].counterpart].perspective == "register"


def test_every_way_of_working_has_an_indicator(catalogue):
    used = {way for item in catalogue.indicators.values() for way in item.ways_of_working}
    assert used == {1, 2, 3, 4, 5, 6}


def test_every_caveat_is_used(catalogue):
    used = {code for item in catalogue.indicators.values() for code in item.caveats}
    assert used == set(catalogue.caveats)


def test_no_target_is_called_the_fardplan_s(catalogue):
    for target in catalogue.targets.values():
        assert "färdplan" not in f"{target.label} {target.note}".casefold()
        assert target.source.publisher


@pytest.mark.parametrize(
    ("target", "value", "origin", "evidence"),
    [
        ("fast-lakarkontakt-register-55", 55, Origin.NATIONAL_AGREEMENT, Evidence.CONFIRMED),
        ("fast-lakarkontakt-enkat-55", 55, Origin.NATIONAL_AGREEMENT, Evidence.CONFIRMED),
        ("fast-lakarkontakt-sabo-80", 80, Origin.NATIONAL_AGREEMENT, Evidence.CONFIRMED),
        ("kontinuitetsindex-20", 20, Origin.NATIONAL_AGREEMENT, Evidence.SECONDARY),
        ("vardgaranti-telefon-lag", 100, Origin.LAW, Evidence.UNCONFIRMED),
        ("influensa-65-75", 75, Origin.WHO, Evidence.CONFIRMED),
        ("mpr-dos-1-95", 95, Origin.REFERENCE, Evidence.CONFIRMED),
        ("mpr-dos-2-95", 95, Origin.REFERENCE, Evidence.CONFIRMED),
        ("hpv-flickor-90", 90, Origin.WHO, Evidence.UNCONFIRMED),
        ("medel-psykisk-halsa-2021", 81314959, Origin.REGIONAL_DECISION, Evidence.CONFIRMED),
    ],
)
def test_targets_as_the_sources_have_them(catalogue, target, value, origin, evidence):
    found = catalogue.targets[target]
    assert (found.value, found.origin, found.evidence) == (value, origin, evidence)


def test_no_source_gives_a_level_for_these(catalogue):
    for indicator in (
        "covid19-minst-1-dos",
        "covid19-minst-2-doser",
        "covid19-dos-3",
        "bup-start-30",
        "hpv-pojkar",
    ):
        assert catalogue.targets_of(indicator) == []


def test_the_continuity_index_cannot_be_judged_yet(catalogue):
    target = catalogue.targets["kontinuitetsindex-20"]
    assert target.baseline is None
    assert "basåret" in target.cannot_be_judged


def test_49_municipalities_three_divisions(catalogue):
    assert len(catalogue.municipalities) == 49
    assert {name: len(catalogue.delregioner(name)) for name in catalogue.divisions} == {
        "vardsamverkan": 6,
        "namnd": 5,
        "kommunalforbund": 4,
    }
    assert catalogue.default_division.id == "vardsamverkan"


def test_municipalities_come_in_swedish_alphabetical_order(catalogue):
    names = [area.name for area in catalogue.municipalities]
    assert names[0] == "Ale"
    assert names[-3:] == ["Vänersborg", "Åmål", "Öckerö"]
    assert sorted(names, key=lambda name: name.translate(str.maketrans("ÅÄÖåäö", "{|}{|}")).lower()) == names


@pytest.mark.parametrize(
    ("delregion", "municipalities", "people"),
    [
        ("vs-goteborgsomradet", 5, 743_649),
        ("vs-fyrbodal", 15, 288_224),
        ("vs-skaraborg", 15, 268_955),
        ("vs-sodra-alvsborg", 8, 226_884),
        ("vs-simba", 4, 122_109),
        ("vs-samla", 2, 84_622),
    ],
)
def test_population_per_vardsamverkansomrade(knowledge, delregion, municipalities, people):
    members = [area.id for area in knowledge.catalogue.members(delregion)]
    assert len(members) == municipalities
    assert knowledge.population.filter(pl.col("area").is_in(members))["population"].sum() == people


def test_population_of_county_and_country(knowledge):
    people = dict(knowledge.population.select("area", "population").iter_rows())
    assert people["14"] == 1_734_443
    assert people["00"] == 10_379_295
    assert sum(people[area.id] for area in knowledge.catalogue.municipalities) == people["14"]


def test_municipalities_as_listed(knowledge, listed):
    people = dict(knowledge.population.select("area", "population").iter_rows())
    names = {area.id: area.name for area in knowledge.catalogue.municipalities}
    assert names == {row["code"]: row["name"] for row in listed}
    for row in listed:
        assert people[row["code"]] == int(row["population_2020_12_31"])


@pytest.mark.parametrize("division", ["vardsamverkan", "namnd", "kommunalforbund"])
def test_memberships_group_the_municipalities_as_listed(catalogue, listed, division):
    column = {
        "vardsamverkan": "vardsamverkansomrade",
        "namnd": "delregional_namnd_2023",
        "kommunalforbund": "kommunalforbund",
    }[division]
    expected = {}
    for row in listed:
        expected.setdefault(row[column], set()).add(row["code"])
    found = {
        frozenset(area.id for area in catalogue.members(part.id)) for part in catalogue.delregioner(division)
    }
    assert found == {frozenset(codes) for codes in expected.values()}


def test_lilla_edet_is_one_row_to_change(tmp_path):
    for path in FOLDER.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(FOLDER)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    table = tmp_path / "memberships.csv"
    text = table.read_text(encoding="utf-8")
    assert text.count("vardsamverkan;1462;") == 1
    table.write_text(
        text.replace("vardsamverkan;1462;vs-fyrbodal", "vardsamverkan;1462;vs-simba"), encoding="utf-8"
    )
    moved = load_catalogue(tmp_path).catalogue
    assert "1462" in {area.id for area in moved.members("vs-simba")}
    assert len(moved.members("vs-fyrbodal")) == 14


@pytest.mark.parametrize(
    ("decision", "day", "planned"),
    [
        ("sro-uppdrag-fardplan", date(2019, 11, 1), None),
        ("revidering-avtal", date(2020, 11, 9), None),
        ("sro-psykisk-halsa", date(2021, 4, 23), None),
        ("hsl-grunduppdrag", date(2021, 7, 1), None),
        ("sro-primarvardsuppdrag-ny-tid", date(2022, 1, 19), date(2021, 11, 30)),
        ("vvg-uppfoljning", date(2022, 2, 10), None),
        ("sro-fardplan", date(2022, 2, 24), date(2022, 2, 28)),
        ("regionfullmaktige-fardplan", date(2022, 6, 13), date(2022, 5, 31)),
        ("fardplan-galler", date(2023, 1, 1), None),
        ("sro-forstudie", date(2024, 5, 23), None),
    ],
)
def test_decisions_with_planned_date_beside_actual(catalogue, decision, day, planned):
    found = next(item for item in catalogue.decisions if item.id == decision)
    assert (found.date, found.planned_date) == (day, planned)


def test_the_agreed_total(catalogue):
    agreement = catalogue.agreements["psykisk-halsa-2021"]
    assert agreement.total == 81_314_959
    assert catalogue.indicators[agreement.indicator].unit == "kronor"


def test_per_cent_signs_and_thousands_hold_together(catalogue):
    texts = [target.label for target in catalogue.targets.values()]
    texts += [caveat.text for caveat in catalogue.caveats.values()]
    texts += [decision.what for decision in catalogue.decisions]
    assert not [text for text in texts if " %" in text or "314 959" in text]
