"""A difference as a workbook, read back with another program's eyes."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest

from etl.jobs.difference_rows import changed_money
from etl.jobs.difference_xlsx import Provenance, difference_xlsx, file_name
from tests.etl.jobs.differences import KNOWN
from tests.etl.jobs.test_difference_words import difference, flip
from tests.etl.measures import county
from tests.etl.measures.county import YEAR_2020, counted

MADE = datetime(2026, 3, 1, 12, 5, tzinfo=UTC)
WHENCE = Provenance("mpr.csv", MADE, datetime(2026, 2, 28, 23, 30, tzinfo=UTC), "anna@exempel.se")


def made(*args, catalogue=KNOWN, provenance=WHENCE, **more) -> bytes:
    return difference_xlsx(difference(*args, **more), provenance, catalogue)


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def table(content: bytes, sheet: str) -> list[dict]:
    head, *rows = opened(content)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def content() -> bytes:
    before = [counted("14", 500, 1000), {"area": "1401", "value": 3.0}]
    after = [
        counted("14", 900, 1000),
        {"area": "1401", "flag": "suppressed"},
        counted("1402", 1, 2, sex="women"),
    ]
    told = flip("e-syd", old_value=50.04, new_value=90.0, new_start=YEAR_2020, new_period_type="year")
    return made(before, after, told=(told,))


def test_the_sheets_and_their_frozen_headings(content):
    book = opened(content)
    assert book.sheetnames == ["Sammanfattning", "Bedömningar", "Rader", "Medel"]
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    assert {sheet["A1"].font.bold for sheet in book} == {True}
    assert book["Rader"].auto_filter.ref == "A1:X4"


def test_where_it_comes_from(content):
    facts = dict(opened(content)["Sammanfattning"].iter_rows(values_only=True))
    assert facts["Om leveransen publiceras"].startswith("1\u00a0bedömning i översikten ändras")
    assert (facts["Fil"], facts["Leverans"], facts["Levererad av"]) == ("mpr.csv", 7, "anna@exempel.se")
    assert facts["Levererad"] == "2026-03-01 00.30", "Swedish time"
    assert (facts["Jämförd med version"], facts["Jämförelsen gjord"]) == (3, "2026-03-01 13.05")
    assert (facts["Ändrade tal"], facts["Nya tal"], facts["Borttagna belopp"]) == (2, 1, 0)
    assert "sprid inte" in facts["Läs så här"]


def test_rows_with_numbers_as_numbers_and_dates_as_dates(content):
    first, second, third = table(content, "Rader")
    assert (first["Område"], first["Vad"], first["Betydelse"]) == ("Länet", "Ändrat", "Säkerställd ändring")
    assert (first["Värde före"], first["Värde efter"], first["Ändring"]) == (50, 90, 40)
    assert (first["Täljare efter"], first["Nämnare efter"], first["Säkerställd"]) == (900, 1000, "ja")
    assert first["Periodens första dag"].date() == date(2020, 1, 1)
    assert first["Period"] == "2020"
    assert (second["Betydelse"], second["Flagga efter"], second["Värde efter"]) == (
        "Försvinner", "undertryckt", None,
    )  # fmt: skip
    assert (third["Vad"], third["Kön"], third["Värde före"], third["Exempeldata"]) == (
        "Nytt", "kvinnor", None, None,
    )  # fmt: skip
    cell = opened(content)["Rader"]["I2"]
    assert (cell.is_date, cell.number_format) == (True, "yyyy-mm-dd")


def test_a_standard_deviation_before_and_after():
    mean = {"area": "14", "indicator": "dagar", "value": 7.5, "denominator": 40.0}
    (told,) = table(made([mean], [mean | {"standard_deviation": 8.1}]), "Rader")
    assert (told["Standardavvikelse före"], told["Standardavvikelse efter"]) == (None, 8.1)


def test_judgements(content):
    (told,) = table(content, "Bedömningar")
    assert (told["Bedömning före"], told["Bedömning efter"]) == ("Målet nått", "Inte på väg")
    assert (told["Värde före"], told["Värde efter"], told["Period efter"]) == (50, 90, "2020")
    assert told["Period före"] is None
    assert (told["Mål"], told["I översikten"]) == ("Mål", "ja")


def test_money():
    sums, counts = changed_money(
        county.allocations({"area": "14", "amount": Decimal("10.25")}),
        county.allocations({"area": "14", "amount": Decimal("12.50")}),
    )
    (told,) = table(made([], [], funds=sums, money_counts=counts), "Medel")
    assert (told["Belopp före"], told["Belopp efter"], told["Ändring"]) == (10.25, 12.5, 2.25)
    assert (told["Typ"], told["År"]) == ("fördelat", 2021)


EVIL = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "https://x.test/a", '=HYPERLINK("x")']


@pytest.mark.parametrize("name", EVIL)
def test_no_name_becomes_a_formula_or_a_link(name):
    sums, _ = changed_money(
        county.allocations(), county.allocations({"area": "14", "recipient": name, "amount": Decimal(1)})
    )
    content = made(
        [],
        [{"area": "14", "value": 1.0, "sheet": name}],
        provenance=Provenance(name, MADE, None, name),
        funds=sums,
    )
    book = opened(content)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not any(sheet._hyperlinks for sheet in book)
    parts = ZipFile(io.BytesIO(content))
    assert not any(
        b"<f>" in parts.read(part) for part in parts.namelist() if part.startswith("xl/worksheets/")
    )
    assert str(table(content, "Medel")[0]["Mottagare"]).endswith(name.strip())


def test_nothing_is_a_workbook_too():
    content = made([], [])
    assert table(content, "Rader") == []
    assert dict(opened(content)["Sammanfattning"].iter_rows(values_only=True))[
        "Om leveransen publiceras"
    ] == ("Ingenting ändras.")


def test_what_it_is_called():
    assert file_name(difference([], [])) == "skillnad-leverans-7.xlsx"
    assert file_name(difference([], [], batch=None)) == "skillnad.xlsx"
