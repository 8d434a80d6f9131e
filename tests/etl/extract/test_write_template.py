from __future__ import annotations

import io
import zipfile

import pytest

from etl.extract.template import ALLOCATIONS, OBSERVATIONS
from etl.extract.write_template import EXAMPLE_SOURCE, template_csv, template_xlsx
from etl.transform.allocations import to_allocations
from etl.transform.observations import to_observations
from schemas.catalogue import Area, Catalogue, Subject
from tests.etl.extract.build import cells, extracted, opened

TEMPLATES = {"observations": OBSERVATIONS, "allocations": ALLOCATIONS}
TRANSFORMS = {"observations": to_observations, "allocations": to_allocations}


@pytest.mark.parametrize("kind", TEMPLATES)
@pytest.mark.parametrize("write", [template_csv, template_xlsx])
class TestBothForms:
    def test_our_own_reader_finds_the_example_row_and_nothing_else(self, kind, write, catalogue):
        found = extracted(write(kind, catalogue))
        assert found.shape == TEMPLATES[kind].shape
        assert found.rows.is_empty()
        assert found.problems.select("code", "severity", "row").rows() == [
            ("example_row_skipped", "warning", 2),
            ("no_rows", "error", None),
        ]

    def test_the_example_row_is_right_apart_from_its_source(self, kind, write, catalogue):
        headings, example = cells(write(kind, catalogue))
        text = ";".join(map(str, headings)) + "\n" + ";".join(cell or "" for cell in example)
        found = extracted(text.replace(EXAMPLE_SOURCE, "Eget uttag").encode())
        rows, problems = TRANSFORMS[kind](found, catalogue, origin="uploaded")
        assert problems.rows() == []
        assert rows.height == 1


def test_csv_is_what_a_swedish_excel_opens(catalogue):
    content = template_csv("observations", catalogue)
    assert content.startswith(b"\xef\xbb\xbfIndikator;Omr\xc3\xa5de;Period;")
    assert content.count(b"\r\n") == 2
    assert b";75,5;151;200;" in content


def test_xlsx_explains_columns_indicators_periods_and_areas(catalogue):
    workbook = opened(template_xlsx("observations", catalogue))
    assert [sheet.name for sheet in workbook.sheets] == ["Indikatorer", "Förklaring"]
    texts = {cell for row in workbook.sheets[1].cells.rows() for cell in row}
    assert texts >= set(OBSERVATIONS.headings.values())
    assert texts >= {area.id for area in catalogue.areas.values()}
    followed = {item.name for item in catalogue.indicators.values() if item.subject is not Subject.FUNDS}
    assert texts >= followed
    assert texts >= {"Kvartal", "Säsong"}


def test_vardcentraler_stand_last_in_the_list_of_areas_and_in_none_of_money(catalogue):
    centre = Area(id="vc-exempel-1", name="Exempelvårdcentralen", level="vårdcentral", parent="1480")
    parts = {name: getattr(catalogue, name) for name in Catalogue.model_fields}
    known = Catalogue.model_validate({**parts, "areas": {centre.id: centre, **catalogue.areas}})
    rows = opened(template_xlsx("observations", known)).sheets[1].cells.rows()
    assert rows[-1][:3] == ("Exempelvårdcentralen", "vc-exempel-1", "vårdcentral, Göteborg")
    money = opened(template_xlsx("allocations", known)).sheets[1].cells.rows()
    assert money == opened(template_xlsx("allocations", catalogue)).sheets[1].cells.rows()


def test_xlsx_of_money_lists_the_agreements(catalogue):
    workbook = opened(template_xlsx("allocations", catalogue))
    texts = {cell for row in workbook.sheets[1].cells.rows() for cell in row}
    assert {"psykisk-halsa-2021", "81\u00a0314\u00a0959\u00a0kr"} <= texts


def test_xlsx_holds_numbers_as_numbers_text_as_text_and_lists_to_choose_from(catalogue):
    with zipfile.ZipFile(io.BytesIO(template_xlsx("observations", catalogue))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>75.5</v>" in sheet
    assert 'state="frozen"' in sheet
    assert "<f>" not in sheet
    assert sheet.count("<dataValidation ") == 4
    names = {item.name for item in catalogue.indicators.values() if item.subject is not Subject.FUNDS}
    workbook = opened(template_xlsx("observations", catalogue))
    first, last = sheet.split("$A$")[1].split(":")[0], sheet.split("$A$")[2].split("<")[0]
    listed = [row[0] for row in workbook.sheets[1].cells.rows()[int(first) - 1 : int(last)]]
    assert set(listed) == names


@pytest.mark.parametrize("write", [template_csv, template_xlsx])
def test_a_name_in_the_catalogue_that_looks_like_a_formula_is_never_one(write, catalogue):
    municipality = catalogue.areas["1401"]
    renamed = municipality.model_copy(update={"name": "=cmd()"})
    parts = {name: getattr(catalogue, name) for name in Catalogue.model_fields}
    nasty = Catalogue.model_validate({**parts, "areas": {**catalogue.areas, "1401": renamed}})
    content = write("observations", nasty)
    if write is template_csv:
        assert "'=cmd()" in cells(content)[1]
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            assert all(b"<f>" not in book.read(name) for name in book.namelist())
