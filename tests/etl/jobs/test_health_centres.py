"""A delivery of vårdcentraler all the way: checked, shown as a difference, published, corrected, taken back."""

from __future__ import annotations

import polars as pl
import pytest

from etl.catalogue import load_catalogue
from etl.jobs.corrections import corrections
from etl.jobs.delivery import check
from etl.jobs.difference import difference_of_delivery
from etl.jobs.difference_words import row_place
from etl.jobs.publishing import derivation
from etl.warehouse import Warehouse
from tests import health_centres
from tests.conftest import ROOT
from tests.etl import files
from tests.etl.jobs.histories import History

NAME = health_centres.name(4)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    folder = health_centres.catalogue_folder(tmp_path_factory.mktemp("known") / "catalogue")
    return load_catalogue(folder)


@pytest.fixture
def history(tmp_path, known) -> History:
    return History(Warehouse(tmp_path / "warehouse"), known)


def row(area: str = NAME, numerator: str = "900", denominator: str = "1000", period: str = "2024-05"):
    return files.row(health_centres.INDICATOR, area, period, "", numerator=numerator, denominator=denominator)


def shown(history: History) -> list[tuple]:
    series = history.warehouse.series(health_centres.INDICATOR)
    return series.filter(pl.col("value").is_not_null()).select("area", "value").rows()


def test_the_example_delivery_is_sound(known):
    checked = check(health_centres.figures().encode(), known)
    assert checked.ok
    assert checked.report.frame.is_empty()
    assert checked.observations.height == 12


def test_a_difference_names_it_and_turns_no_judgement(history, known):
    history.bring(row())
    checked = check(files.csv([row(numerator="500")]), known)
    found = difference_of_delivery(checked, history.warehouse, known)
    (changed,) = found.rows.to_dicts()
    assert row_place(changed, known.catalogue).split(", ")[1:3] == [NAME, "maj 2024"]
    assert found.flips.is_empty()


def test_what_is_published_is_its_own_figure_alone_and_no_judgement(history):
    history.bring(row())
    assert shown(history) == [("vc-exempel-4", 90.0)]
    judgements = history.warehouse.judgements().filter(indicator=health_centres.INDICATOR)
    assert judgements["value"].null_count() == judgements.height
    assert not judgements["area"].str.starts_with("vc-").any()


def test_a_figure_that_is_changed_afterwards_is_a_correction(history, known):
    history.bring(row())
    second = history.bring(row(numerator="880"))
    with history.warehouse.snapshot() as now:
        found = corrections(now, known)
    assert found.select("area", "kind", "old", "new").rows() == [("vc-exempel-4", "changed", 90.0, 88.0)]
    history.withdraw(second)
    assert shown(history) == [("vc-exempel-4", 90.0)]


def test_one_that_leaves_the_catalogue_leaves_the_pages_and_comes_back_with_it(history, known):
    history.bring(row())
    without = load_catalogue(ROOT / "data" / "catalogue")
    history.warehouse.rederive(without.key, derivation(without))
    assert shown(history) == []
    history.warehouse.rederive(known.key, derivation(known))
    assert shown(history) == [("vc-exempel-4", 90.0)]


def test_fewer_of_them_than_last_time_is_no_warning(history, known):
    history.bring(*(row(area=f"vc-exempel-{one}") for one in range(1, 6)))
    fewer = files.csv([row(area="vc-exempel-1", period="2024-06")])
    with history.warehouse.snapshot() as now:
        published = now.observations([health_centres.INDICATOR])
    assert check(fewer, known, published=lambda _: published).report.frame.is_empty()
