from __future__ import annotations

import pytest
import yaml
from pydantic import ValidationError

from etl.catalogue import load_catalogue
from schemas.catalogue import Indicator, Target
from tests.conftest import ROOT
from tests.etl.catalogue.conftest import FILES

INDICATOR = yaml.safe_load(FILES["indicators/matt.yaml"])
TARGET = yaml.safe_load(FILES["targets.yaml"])[0]


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(ROOT / "data" / "catalogue").catalogue


def test_a_model_cannot_be_changed():
    indicator = Indicator.model_validate(INDICATOR)
    with pytest.raises(ValidationError):
        indicator.name = "annat"  # ty: ignore[invalid-assignment]


def test_without_ages_the_headline_is_everyone():
    assert Indicator.model_validate(INDICATOR).headline_age == "total"


def test_the_first_age_is_the_headline():
    assert Indicator.model_validate({**INDICATOR, "ages": ["70+", "18+"]}).headline_age == "70+"


@pytest.mark.parametrize(
    "change",
    [
        {"lowest": 100, "highest": 100},
        {"denominator": None},
        {"kolada_title": "x"},
        {"kolada_id": "79179", "kolada_title": "x"},
        {"principals": []},
        {"ages": []},
    ],
)
def test_an_indicator_that_contradicts_itself(change):
    with pytest.raises(ValidationError):
        Indicator.model_validate({**INDICATOR, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"roll_up": "sum", "denominator": None},
        {"kolada_id": "N79179", "kolada_title": "x"},
        {"lowest": -5},
    ],
)
def test_an_indicator_that_does_not(change):
    assert Indicator.model_validate({**INDICATOR, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "range", "low": 5, "high": 5},
        {"kind": "range", "low": 5},
        {"value": None},
        {"kind": "relative_change"},
        {"milestones": [{"date": "2030-01-01", "value": 1}, {"date": "2030-01-01", "value": 2}]},
    ],
)
def test_a_target_that_contradicts_itself(change):
    with pytest.raises(ValidationError):
        Target.model_validate({**TARGET, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "range", "value": None, "low": 5, "high": 6},
        {"kind": "relative_change", "baseline": {"period": "2022"}},
        {"kind": "relative_change", "cannot_be_judged": "Basåret saknas."},
        {"milestones": [{"date": "2028-01-01", "value": 1}, {"date": "2030-01-01", "value": 2}]},
    ],
)
def test_a_target_that_does_not(change):
    assert Target.model_validate({**TARGET, **change})


def test_the_catalogue_finds_its_own(catalogue):
    assert catalogue.county.id == "14"
    assert catalogue.default_division.id == "vardsamverkan"
    assert [area.id for area in catalogue.delregioner("namnd")] == [
        "drn-vastra", "drn-sodra", "drn-norra", "drn-ostra", "drn-goteborg",
    ]  # fmt: skip
    assert [area.name for area in catalogue.members("vs-samla")] == ["Lerum", "Alingsås"]
    assert [target.id for target in catalogue.targets_of("influensa-65")] == ["influensa-65-75"]
    assert catalogue.targets_of("okand") == []
