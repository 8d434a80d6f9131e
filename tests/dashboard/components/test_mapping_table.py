from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.components import mapping_table
from schemas.columns import OBSERVATION_SCHEMA
from tests.etl.extract.test_heads import cells


def test_the_rows_around_the_headings_are_shown_as_numbered_in_the_sheet():
    sheet = cells(*([f"Rad {place}", "<b>x</b>"] for place in range(1, 20)))
    html = mapping_table.sheet(sheet, 8, 2, {0: "område"})
    assert [f">{place}<" in html for place in (3, 4, 12, 13)] == [False, True, True, False]
    assert html.count('class="fp-mine"') == 2
    assert html.count("rubriker</span>") == 2
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "<b>x" not in html
    assert 'A<br><span class="fp-tag">område</span>' in html
    assert 'role="region"' in html


def test_a_wide_sheet_is_cut_and_says_so():
    html = mapping_table.sheet(cells([str(place) for place in range(40)]), 1, 1, {})
    assert "10 kolumner till visas inte." in html
    assert ">AD<" in html
    assert ">AE<" not in html


def test_a_long_cell_is_cut():
    html = mapping_table.sheet(cells(["x" * 500]), 1, 1, {})
    assert f"{'x' * 39}…" in html
    assert "x" * 40 not in html


def row(**parts):
    usual = {
        "indicator": "mpr-dos-1",
        "area": "1480",
        "period_start": date(2023, 1, 1),
        "period_type": "year",
        "sex": "total",
        "age": "total",
        "value": 90.5,
        "origin": "uploaded",
        "row": 4,
    }
    return pl.DataFrame([usual | parts], schema=OBSERVATION_SCHEMA)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({}, ["90,5\u00a0%", "Göteborg", "2023", "alla"]),
        ({"numerator": 1810.0, "denominator": 2000.0}, ["90,5\u00a0% (1\u00a0810 av 2\u00a0000)"]),
        (
            {
                "indicator": "utskrivningsklar-medelvardtid",
                "value": 7.5,
                "numerator": 300.0,
                "denominator": 40.0,
                "standard_deviation": 8.1,
            },
            ["7,5\u00a0dagar (300 av 40), standardavvikelse 8,1"],
        ),
        ({"sex": "women"}, ["kvinnor"]),
        ({"sex": "men", "age": "65+"}, ["män, 65 år och äldre"]),
        ({"value": None, "flag": "suppressed"}, ["visas inte"]),
        ({"value": None, "flag": "missing"}, ["saknas"]),
        ({"period_type": "month", "period_start": date(2023, 5, 1)}, ["maj 2023"]),
    ],
)
def test_rows_in_words(catalogue, parts, said):
    html = mapping_table.read(row(**parts), catalogue)
    for text in said:
        assert f">{text}<" in html


def test_only_the_first_rows_are_shown(catalogue):
    html = mapping_table.read(pl.concat([row(row=place) for place in range(100, 120)]), catalogue)
    assert html.count("<tr>") == 1 + 5
