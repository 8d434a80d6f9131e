"""Money beside outcome."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest

from etl.catalogue import load_catalogue
from etl.measures.funds_outcome import CAVEAT, MARKS_SCHEMA, OUTCOME_SCHEMA, marks, outcome
from schemas.catalogue import Agreement, Decision
from tests.conftest import ROOT
from tests.etl.measures import county
from tests.etl.measures.county import allocations, indicator, only, population
from tests.etl.measures.rows import frame, row

MONEY = indicator(
    "medel", unit="kronor", roll_up="sum", subject="funds", decimals=0, denominator=None, highest=1e12
)
AGREEMENT = Agreement(
    id="avtal",
    name="Avtal",
    year=2021,
    total=Decimal(1000),
    indicator="medel",
    purposes=["Stöd", "Annat"],
    purpose_indicators={"Stöd": ["andel"]},
    decided_by="SRO",
    decided_on=dt.date(2021, 4, 23),
    note="text",
    source=county.SOURCE,
)


def catalogue(agreement=AGREEMENT, decisions=()):
    goals = [county.target(), county.target("mal-tva", value=90)]
    found = county.catalogue([indicator(), MONEY], goals, [agreement])
    return found.model_copy(update={"decisions": list(decisions)})


def money(area, amount, **more):
    return {"area": area, "amount": Decimal(amount), "purpose": "Stöd", **more}


def found(*rows, assessed=(), **more):
    return outcome(frame(*assessed), allocations(*rows), catalogue(**more), population())


def test_kronor_per_inhabitant_beside_the_named_indicators_figures():
    figures = [
        row(area="e-norr", target="mal", assurance="missed"),
        row(area="e-norr", target="mal-tva", judgement="wrong_direction"),
        row(area="e-syd", value=None, judgement="cannot_be_judged", reason="Dold", origin="example"),
        row(area="14"),
    ]
    told = found(
        money("1401", 100), money("e-norr", 50), money("14", 800, level="länsgemensamt"), assessed=figures
    )
    north = told.filter(pl.col("area") == "e-norr")
    # (100 + 50) / (10 000 + 3 000 + 2 000); the county's own money is in no delregion
    assert north["kronor_per_inhabitant"].to_list() == pytest.approx([0.01, 0.01])
    assert north["target"].to_list() == ["mal", "mal-tva"]
    assert north["judgement"].to_list() == ["not_on_the_way", "wrong_direction"]
    assert north["assurance"].to_list() == ["missed", None]
    south = only(told, area="e-syd")
    assert (south["kronor"], south["kronor_per_inhabitant"], south["reason"]) == (0.0, 0.0, "Dold")
    assert south["origin"] == "example"
    assert only(told, area="t-stad")["kronor"] == 100.0
    assert told.schema == OUTCOME_SCHEMA
    assert told["area"].unique(maintain_order=True).to_list() == ["e-norr", "e-syd", "t-stad", "t-land"]


def test_a_purpose_that_names_none_stands_with_its_money_alone():
    told = found(money("1401", 100, purpose="Annat"), assessed=[row(area="e-norr")])
    assert told["indicator"].null_count() == told.height == 4
    assert only(told, area="e-norr")["kronor"] == 100.0


def test_only_allocated_money_and_no_example_beside_the_real():
    told = found(
        money("1401", 100),
        money("1402", 7, kind="used"),
        money("1403", 9, origin="example"),
        money("1403", 5, agreement="okand"),
    )
    assert only(told, area="e-norr")["kronor"] == 100.0
    assert not told["example_money"].any()
    assert found(money("1403", 9, origin="example"))["example_money"].all()


def test_other_age_groups_are_not_shown():
    told = found(money("1401", 100), assessed=[row(area="e-norr", age="18+")])
    assert only(told, area="e-norr")["value"] is None


def test_nothing_of_nothing():
    assert found().is_empty()
    assert found(assessed=[row()]).schema == OUTCOME_SCHEMA


def test_marks_of_decisions_and_money():
    decisions = [
        Decision(
            id="a", date=dt.date(2023, 1, 1), date_text="x", what="x", mark="Börjar gälla", source="Källa A"
        ),
        Decision(
            id="b",
            date=dt.date(2021, 4, 23),
            date_text="x",
            what="x",
            mark="Medel",
            subjects=["funds"],
            source="B",
        ),
        Decision(id="c", date=dt.date(2020, 1, 1), date_text="x", what="utan märke", source="C"),
    ]
    told = marks(catalogue(decisions=decisions))
    assert told.schema == MARKS_SCHEMA
    assert told.filter(pl.col("indicator") == "andel").drop("indicator").rows() == [
        (dt.date(2021, 4, 23), "Medel beslutade: Stöd", "Utgivare: Titel", True),
        (dt.date(2023, 1, 1), "Börjar gälla", "Källa A", False),
    ]
    assert told.filter(pl.col("indicator") == "medel")["label"].to_list() == ["Medel", "Börjar gälla"]


def test_the_bundled_purposes_name_no_indicator_and_no_word_of_cause_is_said():
    bundled = load_catalogue(ROOT / "data" / "catalogue").catalogue
    assert all(not item.purpose_indicators for item in bundled.agreements.values())
    told = marks(bundled)
    assert not told["is_money"].any()
    assert set(told["indicator"]) == set(bundled.indicators)
    assert CAVEAT == "Siffrorna står bredvid varandra; de visar inte att pengarna har påverkat utfallet."
    for word in ("effekt", "ledde", "därför", "tack vare", "på grund av", "påverk"):
        assert not told["label"].str.contains(word).any()
