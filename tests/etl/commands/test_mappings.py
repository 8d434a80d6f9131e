"""`fardplan mappings`, and files read with what is remembered."""

from __future__ import annotations

import json

import pytest

from etl.jobs import mappings
from etl.settings import settings
from etl.warehouse import Warehouse, anyone
from tests.etl.extract.build import opened
from tests.etl.jobs.test_mappings import NEXT, TABLE, TOLD


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "egna tal.csv"
    path.write_bytes(TABLE)
    return path


def remember(told=TOLD, content=TABLE) -> str:
    warehouse = Warehouse(settings().warehouse)
    key = mappings.remember(told, opened(content), warehouse, by="Åsa", permit=anyone)
    warehouse.close()
    return key


def test_nothing_is_remembered(inside):
    assert inside("mappings", "list").stdout.startswith("Ingen tolkning är sparad.")
    assert json.loads(inside("mappings", "list", "--json").stdout) == []


def test_what_is_remembered_is_listed(inside):
    key = remember()
    (line,) = inside("mappings", "list").stdout.splitlines()
    assert line.startswith(f"{key[:8]}  Egna tal: indikator mpr-dos-1, område ur Kommun, period ur År, ")
    (item,) = json.loads(inside("mappings", "list", "--json").stdout)
    assert (item["id"], item["name"], item["by"]) == (key, "Egna tal", "Åsa")
    assert item["mapping"]["fields"]["area"]["heading"] == "Kommun"


def test_a_file_is_read_with_it_and_the_answer_says_so(inside, table):
    unknown = inside("check", table)
    assert unknown.exit_code == 1
    remember()
    answer = inside("check", table)
    assert answer.exit_code == 0
    assert answer.stdout.startswith("egna tal.csv: egen tolkning ”Egna tal”, 2\u00a0rader, vaccination.")
    document = json.loads(inside("check", table, "--json").stdout)
    assert (document["shape"], document["mapping"]) == ("mapped", "Egna tal")


def test_a_file_is_stored_with_it(inside, tmp_path):
    remember()
    path = tmp_path / "nästa.csv"
    path.write_bytes(NEXT.replace(b"abc", b"95"))
    answer = inside("load", path)
    assert answer.exit_code == 0, answer.stderr
    assert "egen tolkning ”Egna tal”" in answer.stdout
    with Warehouse(settings().warehouse).snapshot() as now:
        assert now.batches()["shape"].to_list() == ["mapped"]


def test_a_mapping_is_forgotten_by_the_beginning_of_its_id(inside, table):
    key = remember()
    answer = inside("mappings", "forget", key[:6].upper())
    assert answer.stdout == "Tolkningen ”Egna tal” är glömd.\n"
    assert inside("check", table).exit_code == 1


def test_which_one_must_be_clear(inside):
    remember()
    remember(TOLD.model_copy(update={"header_row": 2}))
    answer = inside("mappings", "forget", "")
    assert (answer.exit_code, answer.stderr) == (2, "”” passar in på 2 tolkningar. Skriv mer av id:t.\n")
    answer = inside("mappings", "forget", "xyz")
    assert (answer.exit_code, "börjar på ”xyz”" in answer.stderr) == (2, True)
