from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import container
from etl.extract.workbook import open_workbook
from tests.etl.extract.build import cells, lines, opened, packed, repacked, xlsx
from tests.etl.files import protected

PLAIN = xlsx({"Blad1": [["Indikator", "Område"], ["a", "b"]]})


def refused(content: bytes) -> str:
    workbook, problems = open_workbook(content)
    assert workbook is None
    assert problems.height == 1
    assert problems["severity"].item() == "error"
    assert problems["hint"].item().endswith((".", "igen."))
    return problems["code"].item()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n  \r\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"%PDF-1.7\n1 0 obj\n", "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_a_spreadsheet"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "not_a_spreadsheet"),
        (b'{"kpi": "N79179", "values": []}', "not_a_spreadsheet"),
        (b"a;b\n1;\x002\n", "not_a_spreadsheet"),
        (bytes(range(160, 256)) * 20, "not_a_spreadsheet"),
        (bytes((i * 7919 + 13) % 251 for i in range(4000)), "not_a_spreadsheet"),
        (packed({"word/document.xml": b"<w/>"}), "not_a_spreadsheet"),
        (packed({"bilder/katt.png": b"x"}), "not_a_spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged_file"),
        (b"PAR1" + bytes(600) + b"PAR1", "damaged_file"),
        (b"PARE" + bytes(600), "not_a_spreadsheet"),
        (PLAIN[: len(PLAIN) // 2], "damaged_file"),
        (repacked(PLAIN, sheet1=b"<worksheet><sheetData><row r="), "damaged_file"),
        (xlsx({"Tomt": []}), "empty_file"),
    ],
)
def test_what_cannot_be_opened_is_told_as_one_problem(content, code):
    assert refused(content) == code


def test_a_password_protected_workbook_is_told_apart_from_old_excel():
    assert refused(protected(PLAIN)) == "password_protected"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_workbook_cut_off_anywhere_is_damaged(share):
    assert refused(PLAIN[: int(len(PLAIN) * share)]) == "damaged_file"


def test_more_bytes_than_a_delivery_has_are_not_read(monkeypatch):
    monkeypatch.setattr(container, "MAX_BYTES", 20)
    assert refused(b"a;b\n" * 6) == "too_large"
    assert open_workbook(b"a;b\n" * 5)[0] is not None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(content):
    workbook, problems = open_workbook(content)
    assert (workbook is None) == (problems.height > 0)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_workbook_never_raises(data):
    broken = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    workbook, problems = open_workbook(bytes(broken))
    assert workbook is not None or problems.height == 1


def test_rows_keep_the_numbers_of_the_sheet_under_empty_rows_and_columns():
    content = xlsx({"Blad1": [[], [], ["Rubrik"], [], ["cell", 1]]}, left=3)
    assert cells(content) == [(None, None)] * 2 + [("Rubrik", None), (None, None), ("cell", "1")]


def test_cells_come_as_text_with_what_excel_stored():
    content = xlsx({"Blad1": [[dt.date(2024, 1, 31), 0.755, 1299275, 1e-7, True, "0014", "12,5"]]})
    assert cells(content) == [
        ("2024-01-31 00:00:00", "0.755", "1299275", "0.0000001", "true", "0014", "12,5")
    ]


def test_hidden_sheets_are_passed_over_and_told():
    workbook, problems = open_workbook(xlsx({"Syns": [["a"]], "Gömd": [["b"]]}, hidden=["Gömd"]))
    assert workbook is not None
    assert [sheet.name for sheet in workbook.sheets] == ["Syns"]
    assert problems.select("code", "severity", "sheet").rows() == [("hidden_sheet", "warning", "Gömd")]


def test_a_sheet_without_cells_keeps_its_name():
    workbook = opened(xlsx({"Data": [["a"]], "FOHM 27 OKT 2022": []}))
    assert [sheet.name for sheet in workbook.sheets] == ["Data", "FOHM 27 OKT 2022"]


def test_text_is_one_sheet_without_a_name():
    workbook, problems = open_workbook(lines("a;b", "1;2"))
    assert workbook is not None
    assert (workbook.kind, workbook.sheets[0].name, problems.height) == ("csv", "", 0)
    assert workbook.sheets[0].cells.schema == {"c0": pl.String, "c1": pl.String}


#: File → kind, sheets, or the code of the refusal.
REAL = {
    "MANIFEST.csv": "csv",
    "fohm_covid19_vaccine_2021-06-10.xlsx": "xlsx",
    "fohm_covid19_vaccine_2022-10-27.xlsx": "xlsx",
    "fohm_influensa_65plus_2022-2023.csv": "csv",
    "kchd_vantetid_kpi_per_dim_synthetic.tsv": "csv",
    "kchd_vantetid_kpi_total_synthetic.tsv": "csv",
    "kolada_gui_export_long_2021-07-09.xlsx": "xlsx",
    "kolada_kpi_catalogue_health_2026-03.csv": "csv",
    "kolada_municipality_2026-03.csv": "csv",
    "kolada_municipality_groups_vg_2026-03.csv": "csv",
    "kolada_v3_data_response_reconstructed.json": "not_a_spreadsheet",
    "kolada_values_sample_v3.csv": "csv",
    "municipalities.csv": "csv",
    "published_figures.csv": "csv",
    "scb_jsonstat1_example.json": "json",
    "scb_pxweb_raw_latin1_utl_harkomst_2021-07-09.csv": "csv",
    "scb_pxweb_v1_json_example.json": "json",
    "vg_covid_by_delregion_2022-10-27.csv": "csv",
}


@pytest.mark.parametrize("file", REAL)
def test_the_real_files_open(shared_data, file):
    workbook, problems = open_workbook((shared_data / file).read_bytes())
    assert (workbook.kind if workbook else problems["code"].item()) == REAL[file]


def test_every_real_file_is_tried(shared_data):
    assert {path.name for path in shared_data.iterdir()} == set(REAL)
