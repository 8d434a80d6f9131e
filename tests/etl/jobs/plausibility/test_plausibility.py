"""All the checks together, on what comes with the program."""

from __future__ import annotations

import datetime as dt
import time

import polars as pl
import pytest

from etl.catalogue import load_catalogue
from etl.examples import files
from etl.examples.recipes import RECIPES
from etl.jobs.checking import check
from etl.jobs.plausibility import implausible
from schemas.problem import PROBLEM_SCHEMA, no_problems, problem
from tests.conftest import ROOT
from tests.etl.files import csv, row
from tests.etl.jobs.plausibility.sides import HEADINGS, KNOWN, rows, this_year, yearly
from tests.etl.measures.county import observations

STEADY = [70.0, 72.0, 71.0, 73.0, 70.0, 71.0, 72.0, 70.0, 71.0, 73.0]


@pytest.fixture(scope="module")
def knowledge():
    return load_catalogue(ROOT / "data" / "catalogue")


def told(new: list[dict], old: list[dict], known: pl.DataFrame | None = None) -> pl.DataFrame:
    return implausible(
        observations(*rows(*new)), observations(*rows(*old)), KNOWN, HEADINGS, no_problems() if known is None else known
    )  # fmt: skip


def test_a_hundredth_is_told_once():
    assert told([this_year(0.7)], yearly(STEADY))["code"].to_list() == ["hundredfold"]


def test_a_fraction_that_the_file_gave_away_is_not_told_again():
    known = problem(
        "maybe_fraction", severity="warning", sheet="Blad1", row=2, expected="procent", hint="Kontrollera"
    )
    assert told([this_year(0.7)], yearly(STEADY), known).is_empty()
    other = problem("other", severity="warning", sheet="Blad1", row=2, expected="procent", hint="Kontrollera")
    assert told([this_year(0.7)], yearly(STEADY), other).height == 1


def test_everything_at_once():
    new = [
        this_year(7.0),
        this_year(50.0, area="1402", denominator=5000.0),
        this_year(numerator=1.0, denominator=900.0, area="1403"),
        this_year(numerator=1.0, denominator=900.0, area="1403", sex="women"),
        this_year(numerator=1.0, denominator=900.0, area="1403", sex="men"),
    ]
    old = [
        *yearly(STEADY),
        *yearly([50.0], area="1402", denominator=1000.0),
        *(row for area in ("1404", "1405") for row in yearly([50.0], area=area)),
    ]
    found = told(new, old)
    assert sorted(found["code"]) == [
        "denominator_jumped", "far_from_history", "fewer_municipalities", "sum_of_parts",
    ]  # fmt: skip
    assert set(found["severity"]) == {"warning"}
    assert found.schema == pl.Schema(PROBLEM_SCHEMA)


@pytest.mark.parametrize("back", [1, 2, 3])
@pytest.mark.parametrize("subject", RECIPES)
def test_a_period_like_those_before_it_is_delivered_without_a_word(knowledge, subject, back):
    """The newest period of every series held against what came before it: 245 to 441 figures a time."""
    content = (ROOT / "data" / "examples" / f"{subject}.csv").read_bytes()
    every = check(content, knowledge).observations
    last = pl.col("period_start").unique().sort().reverse().get(back - 1).alias("last")
    dated = every.join(every.group_by("indicator").agg(last), on="indicator")
    new = dated.filter(pl.col("period_start") == pl.col("last")).drop("last")
    old = dated.filter(pl.col("period_start") < pl.col("last")).drop("last")
    assert new.height > 200
    found = implausible(new, old, knowledge.catalogue, HEADINGS, no_problems())
    assert found.height <= new.height // 400, found["hint"].to_list()


def test_other_examples_are_as_plausible(knowledge, monkeypatch):
    """Other draws of the same recipes: the thresholds aren't fitted to the one that is bundled."""
    fired = looked_at = 0
    for seed in (1, 2, 3):
        monkeypatch.setattr(files, "SEED", seed)
        contents = files.generate(knowledge)
        for subject in RECIPES:
            every = check(contents[f"{subject}.csv"], knowledge).observations
            last = pl.col("period_start").max().over("indicator")
            new, old = (
                every.filter(pl.col("period_start") == last),
                every.filter(pl.col("period_start") < last),
            )
            fired += implausible(new, old, knowledge.catalogue, HEADINGS, no_problems()).height
            looked_at += new.height
    assert looked_at > 3000
    assert fired <= 3


def test_a_mistake_in_one_cell_of_the_bundled_data_is_found(knowledge):
    content = (ROOT / "data" / "examples" / "accessibility.csv").read_bytes()
    every = check(content, knowledge).observations.filter(pl.col("indicator") == "vardgaranti-telefon")
    newest = pl.col("period_start") == dt.date(2025, 12, 1)
    new, old = every.filter(newest), every.filter(pl.col("period_start") < dt.date(2025, 12, 1))
    tenth = pl.when(pl.col("area") == "1480").then(pl.col("numerator") / 10).otherwise(pl.col("numerator"))
    wrong = new.with_columns(tenth.round().alias("numerator"), pl.lit(None, pl.Float64).alias("value"))
    found = implausible(wrong, old, knowledge.catalogue, HEADINGS, no_problems())
    assert found["code"].to_list() == ["far_from_history"]
    assert "Göteborg, december 2025" in found["hint"][0]


@pytest.mark.benchmark_suite
def test_a_hundred_thousand_rows_take_a_moment(knowledge):
    """Well under a tenth of a second on two free cores; five times that on a busy machine."""
    start = dt.date(1990, 1, 1)
    old = many(knowledge.catalogue, start)
    new = old.with_columns(pl.col("numerator") + 1)
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        implausible(new, old, knowledge.catalogue, HEADINGS, no_problems())
        times.append(time.perf_counter() - begun)
    assert old.height == 100_000
    assert min(times) < 0.5


def many(catalogue, start: dt.date) -> pl.DataFrame:
    monthly = [item.id for item in catalogue.indicators.values() if str(item.period_type) == "month"]
    areas = [area.id for area in catalogue.municipalities]
    place = pl.int_range(100_000)
    months = place // (len(monthly) * len(areas))
    base = observations({"area": "14", "period_type": "month"}).drop(
        "indicator", "area", "period_start", "numerator", "denominator"
    )
    names = pl.DataFrame({"indicator": monthly}).join(pl.DataFrame({"area": areas}), how="cross")
    repeated = pl.concat([names] * (100_000 // names.height + 1)).head(100_000)
    rows = repeated.with_columns(
        pl.lit(start).dt.offset_by(pl.format("{}mo", months)).alias("period_start"),
        pl.lit(600.0).alias("numerator") + (place * 7919) % 40,
        pl.lit(1000.0).alias("denominator"),
    )
    return rows.join(base, how="cross").select(observations().columns)


def one(value: str, period: str = "2024-05") -> bytes:
    return csv([row(area="14", period=period, value=value)])


def published(**counted_by) -> pl.DataFrame:
    history = [
        {"value": value, "period_start": dt.date(2023, 1 + month, 1)} for month, value in enumerate(STEADY)
    ]
    base = {"indicator": "vardgaranti-telefon", "area": "14", "period_type": "month", **counted_by}
    return observations(*({**base, **one} for one in history))


def test_a_file_is_held_against_what_is_published(knowledge):
    asked = []

    def fetch(indicators: list[str]) -> pl.DataFrame:
        asked.append(indicators)
        return published()

    found = check(one("7,1"), knowledge, published=fetch)
    assert asked == [["vardgaranti-telefon"]]
    assert found.ok, "a warning stops nothing"
    assert found.report.warnings.select("code", "row", "column").rows() == [("far_from_history", 2, "Värde")]


def test_without_anything_to_hold_it_against_nothing_is_said(knowledge):
    assert check(one("7,1"), knowledge).report.warnings.is_empty()
    assert check(one("7,1"), knowledge, published=lambda _: observations()).report.warnings.is_empty()


def test_a_file_with_errors_is_not_held_against_anything(knowledge):
    def fetch(indicators: list[str]) -> pl.DataFrame:
        raise AssertionError("what is wrong is mended first")

    assert not check(one("högt"), knowledge, published=fetch).ok
