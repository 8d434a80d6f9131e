"""The allocation as files: nothing left out, and the sum below."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import polars as pl
import pytest

from dashboard import money, money_file
from dashboard.money_file import HEADS
from tests.dashboard.build import SKARABORG
from tests.dashboard.funds import SOME, allocations


def made(catalogue, rows=SOME, chosen=None):
    areas = {key: area.name for key, area in catalogue.areas.items()}
    grouped = money.grouped(rows, catalogue, "vardsamverkan", chosen)
    return money_file.rows("Avtalet", grouped, {**areas, **money.NAMES}, areas)


def told(row):
    return dict(zip(HEADS, row, strict=True))


@pytest.mark.parametrize("chosen", [None, SKARABORG])
def test_every_krona_is_in_the_file_and_the_last_row_is_the_sum(catalogue, chosen):
    *rows, total = map(told, made(catalogue, chosen=chosen))
    assert len(rows) == 6
    assert total["Mottagare"] == "Summa"
    for head in ("Fördelat", "Använt", "Återbetalt", "Inte redovisat"):
        assert total[head] == sum((row[head] or Decimal(0) for row in rows), Decimal(0)), head
    assert total["Fördelat"] == money.total(SOME)


def test_a_row_says_whose_it_is_and_what_is_told_of_it(catalogue):
    row = next(item for item in map(told, made(catalogue)) if item["Ändamål"] == "äldre")
    assert row == {
        "Överenskommelse": "Avtalet", "År": 2021, "Ändamål": "äldre", "Till": "Skaraborg", "Nivå": "kommun",
        "Område": "Skara", "Mottagare": "Skara kommun", "Fördelat": Decimal("5.05"), "Använt": Decimal("4.00"),
        "Återbetalt": Decimal("0.50"), "Inte redovisat": Decimal("0.55"), "Ursprung": "", "Källa": "",
    }  # fmt: skip


def test_where_a_delregion_is_chosen_the_file_says_so_as_the_page_does(catalogue):
    assert {told(row)["Till"] for row in made(catalogue, chosen=SKARABORG)} == {
        "Skaraborg", "Övriga delregioner", "Gemensamt för länet", "Regionen", None,
    }  # fmt: skip


def test_the_csv_opens_in_swedish(catalogue):
    content = money_file.as_csv(made(catalogue)).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content), delimiter=";")
    assert tuple(head) == HEADS
    assert rows[-1][7:11] == ["1495,35", "4,00", "0,50", "1490,85"]


def test_the_workbook_has_numbers_and_no_formulas(catalogue):
    rows = allocations(
        ("=1+1", "kommun", "1495", "@x", "allocated", Decimal("12.50"), "example"),
        ("unga", "kommun", "1495", "https://x.test", "allocated", Decimal(1), "uploaded"),
    ).with_columns(pl.lit("Källa").alias("source"))
    content = money_file.as_workbook(made(catalogue, rows))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    head, first, second, total = sheet.iter_rows()
    assert tuple(cell.value for cell in head) == HEADS
    assert [first[2].value, first[6].value, first[7].value] == ["'=1+1", "'@x", 12.5]
    assert first[2].data_type == "s"
    assert [first[11].value, second[11].value, total[11].value] == ["Exempeldata", None, "Exempeldata"]
    assert second[6].hyperlink is None
    assert total[7].value == 13.5
    assert first[12].value == "Källa"
