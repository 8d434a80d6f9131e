"""`fardplan diff`."""

from __future__ import annotations

import openpyxl
import pytest

from tests.etl import files


def table(*values: str) -> bytes:
    return files.csv(
        [files.row(area=area, value=value) for area, value in zip(("1480", "1401"), values, strict=False)]
    )


@pytest.fixture
def staged(fardplan, tmp_path):
    """A published delivery, and one that waits and revises one of its two figures."""
    for name, content, more in (
        ("a.csv", table("85,5", "90"), ["--publish"]),
        ("b.csv", table("55,5", "90"), []),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        assert fardplan("load", path, *more).code == 0
    return fardplan


def test_what_waits_is_told_before_it_is_published(staged):
    answer = staged("diff", 2)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert "1\u00a0tal revideras" in lines[0]
    assert any(
        "Göteborg, maj 2024: 85,5\u00a0% → 55,5\u00a0% (−30,0\u00a0procentenheter)" in line for line in lines
    )
    assert staged("batches", "--json").document[0]["status"] == "staged", "nothing is changed by looking"


def test_a_published_one_is_told_as_withdrawn(staged):
    document = staged("diff", 1, "--json").document
    assert (document["change"], document["counts"]["removed"]) == ("withdraw", 2)


def test_json_has_all_of_it(staged):
    document = staged("diff", 2, "--json").document
    assert (document["batch"], document["change"]) == (2, "publish")
    assert document["counts"] == {"new": 0, "revised": 1, "removed": 0, "unchanged": 1}
    (row,) = document["rows"]
    assert (row["indicator"], row["period"], row["old_figure"], row["new_figure"]) == (
        "vardgaranti-telefon", "2024-05", 85.5, 55.5,
    )  # fmt: skip


def test_a_workbook_is_saved_and_never_written_over(staged, tmp_path):
    out = tmp_path / "skillnad.xlsx"
    answer = staged("diff", 2, "--xlsx", out)
    assert answer.code == 0
    assert str(out) in answer.out
    facts = dict(openpyxl.load_workbook(out)["Sammanfattning"].iter_rows(values_only=True))
    assert (facts["Fil"], facts["Leverans"], facts["Ändrade tal"]) == ("b.csv", 2, 1)
    again = staged("diff", 2, "--xlsx", out)
    assert (again.code, again.out) == (2, "")
    assert "finns redan" in again.err


def test_a_folder_that_is_not_there(staged, tmp_path):
    answer = staged("diff", 2, "--xlsx", tmp_path / "saknas" / "skillnad.xlsx")
    assert answer.code == 2
    assert "kan inte sparas" in answer.err


def test_a_delivery_that_is_not_there(staged):
    answer = staged("diff", 9)
    assert (answer.code, answer.out) == (2, "")
    assert "9" in answer.err
