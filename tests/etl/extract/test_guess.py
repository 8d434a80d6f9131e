from __future__ import annotations

import time
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.extract import mapped
from etl.extract.container import MAX_COLUMNS
from etl.extract.model import Sheet, Workbook
from etl.jobs.mappings import guessed, preview
from schemas.mapping import Column, Fixed, Mapping, Spread
from tests.etl.extract.build import opened
from tests.etl.extract.layouts import LAYOUTS
from tests.etl.extract.test_heads import cells


def short(mapping: Mapping) -> dict[str, str]:
    """What a mapping's fields are read from, as `Layout.fields` writes it; the indicator only from a column."""
    said = {}
    for name, source in mapping.fields.items():
        if isinstance(source, Column):
            said[name] = source.heading
        elif isinstance(source, Spread):
            said[name] = f"*{source.label}"
        elif isinstance(source, Fixed):
            said[name] = f"={source.text}"
        else:
            said[name] = source.kind
    return said


def attribute(mapping: Mapping, name: str) -> Any:
    if name == "only":
        return mapping.only and (mapping.only.place.heading, mapping.only.texts)
    return getattr(mapping, name)


@pytest.fixture(params=LAYOUTS)
def layout(request):
    return LAYOUTS[request.param]


def test_the_guess_is_right(layout, catalogue):
    found = guessed(opened(layout.content), catalogue, name="x")
    assert {name: text for name, text in short(found).items() if not text.startswith("=")} == layout.fields
    for name, value in layout.said.items():
        assert attribute(found, name) == value, name


def test_what_is_guessed_reads_every_row(layout, catalogue):
    workbook = opened(layout.content)
    found = guessed(workbook, catalogue, name="x")
    fields = {"indicator": Fixed(text="mpr-dos-1")} | found.fields
    if "period" in found.asks:
        fields["period"] = Fixed(text="2023")
    extracted = mapped.read(workbook, found.model_copy(update={"fields": fields}))
    assert not (extracted.problems["severity"] == "error").any(), extracted.problems["hint"].to_list()
    assert extracted.rows.height == layout.rows
    assert extracted.rows.select("indicator", "area", "period").null_count().row(0) == (0, 0, 0)


CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.sampled_from(["x" * 5000, "2023 " * 900, "Totalt" + " lång" * 300]),
    st.sampled_from(
        ["Kommun", "År", "2023", "Ale", "12,5", "-", "Kvinnor", "Andel 2022", "65+", "jan", "Antal", "1e400"]
    ),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(tables=st.lists(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=8), max_size=3))
def test_any_table_can_be_guessed_about(tables, catalogue):
    workbook = Workbook(
        "xlsx", tuple(Sheet(f"Blad{place}", cells(*rows)) for place, rows in enumerate(tables) if rows)
    )
    found = guessed(workbook, catalogue, name="x")
    if found is None:
        assert all(sheet.cells.select(pl.all().is_null().all()).row(0) for sheet in workbook.sheets)
    else:
        preview(workbook, found, catalogue)
        assert Mapping.model_validate_json(found.model_dump_json()) == found


def test_there_is_nothing_to_guess_in_an_empty_workbook(catalogue):
    assert guessed(Workbook("xlsx", ()), catalogue, name="x") is None
    assert (
        guessed(opened(LAYOUTS["one sheet a year"].content), catalogue, name="x", sheet="Finns inte") is None
    )


def test_a_chosen_row_is_kept_to(catalogue):
    workbook = opened(LAYOUTS["headings over two rows, the years merged above"].content)
    found = guessed(workbook, catalogue, name="x", sheet="Blad1", row=3, height=1)
    assert (found.header_row, found.header_height) == (3, 1)
    assert guessed(workbook, catalogue, name="x", row=90) is None


@pytest.mark.benchmark_suite
def test_a_sample_of_a_long_file_is_enough(catalogue):
    (sheet,) = opened(LAYOUTS["a plain long table with both counts and the share"].content).sheets
    long = pl.concat([sheet.cells, *[sheet.cells.slice(1)] * 20_000])
    begun = time.perf_counter()
    found = guessed(Workbook("csv", (Sheet("", long),)), catalogue, name="x")
    assert time.perf_counter() - begun < 2
    assert short(found)["value"] == "Andel (%)"


@pytest.mark.benchmark_suite
def test_as_many_columns_as_a_file_may_have(catalogue):
    names = ["Kommun", *(f"{year} {word}" for year in range(1990, 2090) for word in "abcde")][:MAX_COLUMNS]
    table = cells(names, *([town, *["1"] * (len(names) - 1)] for town in ("Ale", "Mark") * 50))
    begun = time.perf_counter()
    found = guessed(Workbook("csv", (Sheet("", table),)), catalogue, name="x")
    assert time.perf_counter() - begun < 5
    assert found.says("period")
