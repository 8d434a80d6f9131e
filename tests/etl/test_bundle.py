import json
from dataclasses import replace

import polars as pl
import pytest

from etl.bundle import BundleError, bundled_files, ensure_ready
from etl.catalogue import load_catalogue
from etl.jobs.delivery import deliver
from etl.warehouse import Warehouse, anyone
from schemas.results import JUDGEMENT_SCHEMA, SERIES_SCHEMA
from tests.conftest import ROOT
from tests.etl import files

DATA = ROOT / "data"


@pytest.fixture(scope="module")
def knowledge():
    return load_catalogue(DATA / "catalogue")


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "warehouse")


@pytest.fixture
def data(tmp_path):
    """One published file and one file of examples."""
    for folder, content in (
        ("published", files.csv([files.row(area="14")])),
        ("examples", files.csv([files.row(area=area) for area in ("1480", "1401")])),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_bytes(content)
        (tmp_path / folder / "README.md").write_text("Not a delivery", encoding="utf-8")
    return tmp_path


def test_real_figures_come_before_examples_and_only_tables_are_taken(data):
    assert [(path.name, origin) for path, origin in bundled_files(data)] == [
        ("a.csv", "published"),
        ("a.csv", "example"),
    ]


def test_an_empty_warehouse_gets_everything_in_one_version(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    assert warehouse.version == 1
    assert warehouse.derived_key == knowledge.key
    batches = warehouse.batches().sort("batch")
    assert batches.select("status", "origin", "delivered_by").rows() == [
        ("published", "published", "fardplan"),
        ("published", "example", "fardplan"),
    ]
    assert sorted(warehouse.observations()["origin"]) == ["example", "example", "published"]


def test_a_warehouse_in_use_is_left_alone(warehouse, knowledge, data):
    deliver(
        files.csv([files.row()]),
        "egen.csv",
        knowledge=knowledge,
        warehouse=warehouse,
        by="Åsa",
        permit=anyone,
    )
    warehouse.rederive(knowledge.key, lambda *_: _empty())
    version = warehouse.version
    ensure_ready(warehouse, knowledge, data)
    assert (warehouse.version, warehouse.batches().height) == (version, 1)


def _empty():
    return pl.DataFrame(schema=SERIES_SCHEMA), pl.DataFrame(schema=JUDGEMENT_SCHEMA)


def test_a_changed_catalogue_has_everything_counted_anew_once(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    changed = replace(knowledge, key="another")
    for _ in range(2):
        ensure_ready(warehouse, changed, data)
        assert (warehouse.version, warehouse.derived_key) == (2, "another")


def test_nothing_bundled_leaves_the_warehouse_unwritten(warehouse, knowledge, tmp_path):
    ensure_ready(warehouse, knowledge, tmp_path / "finns-inte")
    assert warehouse.version == 0
    assert not warehouse.folder.exists()


def test_a_bundled_file_with_errors_stops_before_anything_is_stored(warehouse, knowledge, data):
    (data / "examples" / "b.csv").write_bytes(files.csv([files.row(value="101")]))
    with pytest.raises(BundleError, match=r"b\.csv har 1 fel: rad 2: 101"):
        ensure_ready(warehouse, knowledge, data)
    assert warehouse.version == 0


def test_what_the_program_comes_with_is_whole_and_judges_every_indicator(warehouse, knowledge):
    steps = []
    ensure_ready(warehouse, knowledge, DATA, on_step=steps.append)
    assert warehouse.version == 1
    assert len(steps) == len(bundled_files(DATA)) + 1
    without_figures = set(knowledge.catalogue.indicators) - set(warehouse.judgements()["indicator"])
    # The third dose comes with Folkhälsomyndigheten's workbook, which is for the analyst to deliver.
    assert without_figures == {"covid19-dos-3"}
    assert set(warehouse.allocations()["origin"]) == {"example"}


def test_the_same_bundle_gives_the_same_figures(tmp_path, knowledge):
    found = []
    for name in ("one", "two"):
        warehouse = Warehouse(tmp_path / name)
        ensure_ready(warehouse, knowledge, DATA)
        found.append(json.dumps(warehouse.judgements().to_dicts(), default=str))
    assert found[0] == found[1]
