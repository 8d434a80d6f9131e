from __future__ import annotations

import pytest

from etl.extract.recognise import READERS, recognise
from tests.etl.extract.build import lines, opened, xlsx


def unknown(content: bytes) -> dict:
    found, problems = recognise(opened(content))
    assert found is None
    assert problems["code"].to_list() == ["unknown_shape"]
    return problems.row(0, named=True)


def test_an_unknown_shape_says_what_was_seen_and_what_is_known():
    told = unknown(
        xlsx({"Blad1": [["Enkätsvar"], ["Namn", "Ort", "Svar"], ["A", "B", "C"]], "Blad2": [["x"]]})
    )
    assert told["value"] == "Namn, Ort, Svar (blad: Blad1, Blad2)"
    assert all(reader.shape_name in told["expected"] for reader in READERS)
    assert "tala om vad kolumnerna är" in told["hint"]


def test_what_was_seen_is_kept_short():
    told = unknown(lines(";".join(["mycket lång rubrik som aldrig tar slut"] * 30)))
    assert len(told["value"]) == 200
    assert told["value"].endswith("…")


@pytest.mark.parametrize(
    "file",
    [
        "fohm_influensa_65plus_2022-2023.csv",
        "scb_pxweb_raw_latin1_utl_harkomst_2021-07-09.csv",
        "kchd_vantetid_kpi_per_dim_synthetic.tsv",
        "kchd_vantetid_kpi_total_synthetic.tsv",
        "kolada_values_sample_v3.csv",
        "municipalities.csv",
        "published_figures.csv",
    ],
)
def test_real_files_of_other_shapes_are_not_taken_for_a_known_one(shared_data, file):
    unknown((shared_data / file).read_bytes())


def test_every_shape_has_a_name_of_its_own():
    assert [reader.shape for reader in READERS] == [
        "fohm-covid19",
        "kolada-long",
        "kolada-wide",
        "template-allocations",
        "template-observations",
        "template-wide",
        "pxweb",
    ]
    assert len({reader.shape_name for reader in READERS}) == len(READERS)
