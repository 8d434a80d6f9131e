"""Bad files, each the whole way: what is told, and that nothing is stored."""

from __future__ import annotations

import pytest

from tests.etl import files

MILLION = 81_314_959

#: What the file is → its name, its bytes, the code of the problem that must be told.
BAD = {
    "not a spreadsheet": ("bild.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "not_a_spreadsheet"),
    "empty": ("tom.csv", b"", "empty_file"),
    "truncated XLSX": ("avbruten.xlsx", files.xlsx([files.row()])[:-400], "damaged_file"),
    "password": ("skyddad.xlsx", files.protected(files.xlsx([files.row()])), "password_protected"),
    "unknown municipality": ("kod.csv", files.csv([files.row(area="1410")]), "unknown_area"),
    "percentage over 100": ("procent.csv", files.csv([files.row(value="100,1")]), "value_out_of_bounds"),
    "numerator above denominator": (
        "taljare.csv", files.csv([files.row(value="", numerator="21", denominator="20")]), "numerator_too_large",
    ),
    "two rows for the same key": ("dubbel.csv", files.csv([files.row(), files.row()]), "duplicate_key"),
    "one krona short": (
        "medel.csv", files.csv([files.money(amount=f"{MILLION - 1}")], headings=files.MONEY_HEADINGS),
        "allocation_sum",
    ),
    "one öre over": (
        "medel.csv", files.csv([files.money(amount=f"{MILLION},01")], headings=files.MONEY_HEADINGS),
        "allocation_sum",
    ),
    "example rows among real ones": (
        "blandat.csv",
        files.csv([files.row(), [*files.row(area="1401")[:-1], "Exempeldata, påhittat"]]),
        "mixed_origin",
    ),
    "headings alone": ("rubriker.csv", files.csv([]), "no_rows"),
}  # fmt: skip


@pytest.mark.parametrize("verb", ["check", "load"])
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_file_is_told_and_stores_nothing(fardplan, tmp_path, verb, bad):
    name, content, code = bad
    path = tmp_path / name
    path.write_bytes(content)
    answer = fardplan(verb, path, "--json")
    assert answer.code == 1
    assert answer.err == ""
    document = answer.document
    assert document["ok"] is False
    assert code in {problem["code"] for problem in document["problems"]}
    assert all(problem["expected"] and problem["hint"] for problem in document["problems"])
    assert not fardplan.warehouse.exists()


@pytest.mark.parametrize("name", ["not a spreadsheet", "password", "one krona short"])
def test_a_bad_file_is_told_in_swedish_without_a_traceback(fardplan, tmp_path, name):
    file_name, content, _ = BAD[name]
    path = tmp_path / file_name
    path.write_bytes(content)
    answer = fardplan("load", path, "--publish")
    assert answer.code == 1
    assert answer.err == ""
    assert "Inget är lagrat." in answer.out
    assert "Traceback" not in answer.out


def test_a_bad_file_leaves_what_was_stored_before_as_it_was(fardplan, tmp_path):
    good, bad = tmp_path / "bra.csv", tmp_path / "fel.csv"
    good.write_bytes(files.csv([files.row()]))
    bad.write_bytes(files.csv([files.row(value="101")]))
    fardplan("load", good, "--publish")
    before = fardplan("batches", "--json").out, fardplan("status", "--json").out
    assert fardplan("load", bad, "--publish").code == 1
    assert (fardplan("batches", "--json").out, fardplan("status", "--json").out) == before


def test_windows_1252_is_read_with_its_swedish_letters(fardplan, tmp_path):
    path = tmp_path / "åmål.csv"
    rows = [files.row(area="Åmål"), files.row(area="Öckerö kommun"), files.row(area="Härryda")]
    path.write_bytes(files.csv(rows, encoding="cp1252"))
    document = fardplan("load", path, "--json").document
    assert (document["ok"], document["new"]) == (True, 3)


def test_two_hundred_thousand_wrong_rows_show_the_first_and_tell_the_number(fardplan, tmp_path):
    path = tmp_path / "stor.csv"
    rows = [files.row(value="101", period=f"{2000 + i // 12 % 25}-{i % 12 + 1:02d}") for i in range(200_000)]
    path.write_bytes(files.csv(rows))
    told = fardplan("check", path)
    assert told.code == 1
    assert len(told.out) < 20_000
    assert "200\u00a0000" in told.out
    assert "Rad 2–200\u00a0001" in told.out
    answer = fardplan("load", path, "--json")
    assert answer.code == 1
    wrong = [item for item in answer.document["problems"] if item["code"] == "value_out_of_bounds"]
    assert [item["row"] for item in wrong] == list(range(2, 200_002))
    assert not fardplan.warehouse.exists()
