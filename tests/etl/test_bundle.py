import json
import subprocess
import sys
from dataclasses import replace

import pytest

from etl.bundle import BundleError, bundled_files, ensure_ready
from etl.catalogue import load_catalogue
from etl.jobs import publishing
from etl.jobs.delivery import deliver
from etl.warehouse import Warehouse, anyone
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


def deliver_own(warehouse, knowledge, *rows, **other):
    outcome = deliver(
        files.csv(list(rows), **other),
        "egen.csv",
        knowledge=knowledge,
        warehouse=warehouse,
        by="Åsa",
        publish=True,
        permit=anyone,
    )
    assert outcome.receipt is not None
    return outcome.receipt.batch


def statuses(warehouse):
    """Batch → name, origin and status."""
    rows = warehouse.batches().sort("batch").select("batch", "name", "origin", "status")
    return {row[0]: row[1:] for row in rows.iter_rows()}


def values(warehouse):
    """Area → value of the observations that count."""
    return dict(warehouse.observations().select("area", "value").iter_rows())


def test_a_warehouse_that_has_everything_is_left_alone(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    own = deliver_own(warehouse, knowledge, files.row(area="14", value="50"))
    publishing.withdraw(warehouse, 1, knowledge=knowledge, by="Bo", permit=anyone)
    version = warehouse.version
    ensure_ready(warehouse, knowledge, data)
    assert warehouse.version == version
    assert warehouse.batches()["batch"].max() == own


def test_a_warehouse_that_never_had_what_comes_with_the_program_gets_it(warehouse, knowledge, data):
    deliver_own(warehouse, knowledge, files.row(area="1490", value="50"))
    ensure_ready(warehouse, knowledge, data)
    assert values(warehouse) == {"1490": 50.0, "14": 85.5, "1480": 85.5, "1401": 85.5}
    assert warehouse.version == 2


def test_new_files_and_new_editions_come_in_one_version(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    (data / "published" / "a.csv").write_bytes(files.csv([files.row(area="14", value="70")]))
    (data / "published" / "b.csv").write_bytes(files.csv([files.row(area="1490", value="60")]))
    (data / "examples" / "a.csv").write_bytes(files.csv([files.row(area="1480", value="40")]))
    ensure_ready(warehouse, knowledge, data)
    assert warehouse.version == 2
    assert statuses(warehouse) == {
        1: ("a.csv", "published", "published"),
        2: ("a.csv", "example", "withdrawn"),
        3: ("a.csv", "published", "published"),
        4: ("b.csv", "published", "published"),
        5: ("a.csv", "example", "published"),
    }
    assert values(warehouse) == {"14": 70.0, "1490": 60.0, "1480": 40.0}, (
        "1401 was in the former examples only"
    )
    withdrawn = warehouse.events(2).row(-1, named=True)
    assert (withdrawn["by"], withdrawn["note"][:7]) == ("fardplan", "Ersatt ")
    derived = {
        row["area"]: row["value"] for row in warehouse.judgements().to_dicts() if row["value"] is not None
    }
    assert derived["14"] == 70.0
    ensure_ready(warehouse, knowledge, data)
    assert warehouse.version == 2


def test_real_figures_that_a_new_edition_leaves_out_stay(warehouse, knowledge, data):
    (data / "published" / "a.csv").write_bytes(
        files.csv([files.row(area="14"), files.row(area="1490", value="60")])
    )
    ensure_ready(warehouse, knowledge, data)
    (data / "published" / "a.csv").write_bytes(files.csv([files.row(area="14", value="70")]))
    ensure_ready(warehouse, knowledge, data)
    assert values(warehouse) == {"14": 70.0, "1490": 60.0, "1480": 85.5, "1401": 85.5}


def test_a_file_that_no_longer_comes_with_the_program_stays(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    (data / "examples" / "a.csv").unlink()
    (data / "published" / "a.csv").unlink()
    ensure_ready(warehouse, knowledge, data)
    assert warehouse.version == 1
    assert values(warehouse) == {"14": 85.5, "1480": 85.5, "1401": 85.5}


@pytest.mark.parametrize("folder", ["published", "examples"])
def test_a_new_edition_of_what_was_withdrawn_waits_for_a_person(warehouse, knowledge, data, folder):
    ensure_ready(warehouse, knowledge, data)
    former = 1 if folder == "published" else 2
    publishing.withdraw(warehouse, former, knowledge=knowledge, by="Bo", permit=anyone)
    (data / folder / "a.csv").write_bytes(files.csv([files.row(area="14", value="70")]))
    before = values(warehouse)
    ensure_ready(warehouse, knowledge, data)
    found = statuses(warehouse)
    assert (found[former][2], found[3][2]) == ("withdrawn", "staged")
    assert values(warehouse) == before
    (data / folder / "a.csv").write_bytes(files.csv([files.row(area="14", value="71")]))
    ensure_ready(warehouse, knowledge, data)
    assert statuses(warehouse)[4][2] == "staged", "and so does one after that"


def test_a_former_edition_of_examples_that_somebody_brings_back_stays(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    (data / "examples" / "a.csv").write_bytes(files.csv([files.row(area="1480", value="40")]))
    ensure_ready(warehouse, knowledge, data)
    publishing.restore(warehouse, 2, knowledge=knowledge, by="Bo", permit=anyone)
    version = warehouse.version
    ensure_ready(warehouse, knowledge, data)
    assert warehouse.version == version
    assert statuses(warehouse)[2][2] == "published"


def test_real_figures_never_take_the_place_of_what_somebody_else_delivered(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    deliver_own(warehouse, knowledge, files.row(area="14", value="50"))
    (data / "published" / "a.csv").write_bytes(files.csv([files.row(area="14", value="70")]))
    (data / "published" / "b.csv").write_bytes(files.csv([files.row(area="1490", value="60")]))
    ensure_ready(warehouse, knowledge, data)
    assert values(warehouse)["14"] == 50.0
    assert values(warehouse)["1490"] == 60.0
    assert {name: status for name, _, status in list(statuses(warehouse).values())[3:]} == {
        "a.csv": "staged",
        "b.csv": "published",
    }


def test_money_never_takes_the_place_of_what_somebody_else_delivered(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    deliver_own(warehouse, knowledge, files.money("VästKom"), headings=files.MONEY_HEADINGS)
    (data / "published" / "m.csv").write_bytes(
        files.csv([files.money("Regionen")], headings=files.MONEY_HEADINGS)
    )
    ensure_ready(warehouse, knowledge, data)
    assert warehouse.allocations()["recipient"].to_list() == ["VästKom"]
    assert statuses(warehouse)[4] == ("m.csv", "published", "staged")


def test_four_eyes_hold_for_what_comes_with_the_program(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    warehouse.set_four_eyes("accessibility", True, by="Bo", permit=anyone)
    (data / "examples" / "a.csv").write_bytes(files.csv([files.row(area="1480", value="40")]))
    ensure_ready(warehouse, knowledge, data)
    assert statuses(warehouse)[3][2] == "staged"
    assert statuses(warehouse)[2][2] == "published"


def test_a_new_file_and_a_new_catalogue_at_once(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    (data / "published" / "b.csv").write_bytes(files.csv([files.row(area="1490", value="60")]))
    changed = replace(knowledge, key="another")
    ensure_ready(warehouse, changed, data)
    assert (warehouse.version, warehouse.derived_key) == (2, "another")


def test_a_new_edition_with_errors_stops_before_anything_is_stored(warehouse, knowledge, data):
    ensure_ready(warehouse, knowledge, data)
    (data / "published" / "b.csv").write_bytes(files.csv([files.row(area="1490", value="60")]))
    (data / "examples" / "a.csv").write_bytes(files.csv([files.row(value="101")]))
    with pytest.raises(BundleError, match=r"a\.csv har 1 fel"):
        ensure_ready(warehouse, knowledge, data)
    assert warehouse.version == 1


def test_a_warehouse_that_is_ready_needs_no_validation(warehouse, knowledge, data, tmp_path):
    ensure_ready(warehouse, knowledge, data)
    warehouse.close()
    script = (
        "import sys; from pathlib import Path; from types import SimpleNamespace; from etl.bundle import ensure_ready;"
        "from etl.warehouse import Warehouse;"
        f"ensure_ready(Warehouse(Path({str(warehouse.folder)!r})), SimpleNamespace(key={knowledge.key!r}), "
        f"Path({str(data)!r}));"
        "print([name for name in ('pandera', 'etl.jobs.delivery', 'etl.measures.pipeline') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


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
