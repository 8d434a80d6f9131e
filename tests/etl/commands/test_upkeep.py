"""`fardplan verify`."""

from __future__ import annotations

from etl.settings import settings
from tests.etl import files


def test_a_whole_warehouse_is_said_to_be_whole_and_a_hurt_one_what_is_wrong(inside, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(files.csv([files.row(area="14")]))
    assert inside("load", path).exit_code == 0
    answer = inside("verify")
    assert (answer.exit_code, answer.stdout) == (0, "Datalagret är helt.\n")
    (original,) = (settings().warehouse / "originals").glob("*/*")
    original.write_bytes(b"annat")
    answer = inside("verify")
    assert answer.exit_code == 1
    assert "a.csv" in answer.stdout
