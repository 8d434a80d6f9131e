from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from etl.jobs.marked_workbook.package import Package, SheetPart
from etl.jobs.marked_workbook.parts import UnexpectedPackageError
from tests.etl.jobs.marked_workbook import workbooks
from tests.etl.jobs.marked_workbook.workbooks import OWN, SHEET


@pytest.mark.parametrize("program", OWN)
def test_the_sheets_are_found_in_order(program):
    package = Package.opened(OWN[program]())
    sheets = package.sheets()
    assert SheetPart(SHEET, "xl/worksheets/sheet1.xml") in sheets
    assert all(sheet.part is None or sheet.part in package for sheet in sheets)


def test_a_sheet_of_another_kind_has_no_part():
    assert Package.opened(workbooks.with_chart_sheet()).sheets()[0] == SheetPart("Diagram", None)


@pytest.mark.parametrize("program", OWN)
def test_a_package_that_is_not_changed_has_the_same_parts(program):
    content = OWN[program]()
    before = zipfile.ZipFile(io.BytesIO(content))
    after = zipfile.ZipFile(io.BytesIO(Package.opened(content).packed()))
    assert after.namelist() == [name for name in before.namelist() if not name.endswith("/")]
    assert all(before.read(name) == after.read(name) for name in after.namelist())


def test_parts_are_written_and_streamed():
    package = Package.opened(workbooks.by_openpyxl())
    package.write("xl/a.txt", b"a")
    package.write("xl/styles.xml", b"<s/>")
    package.write_stream("xl/b.txt", lambda: iter([b"b", b"c"]))
    assert package.read("xl/a.txt") == b"a"
    with zipfile.ZipFile(io.BytesIO(package.packed())) as archive:
        assert (archive.read("xl/a.txt"), archive.read("xl/b.txt"), archive.read("xl/styles.xml")) == (
            b"a", b"bc", b"<s/>",
        )  # fmt: skip


def test_a_new_part_that_is_not_well_formed_is_never_packed():
    package = Package.opened(workbooks.by_openpyxl())
    package.write("xl/styles.xml", b"<s>")
    with pytest.raises(UnexpectedPackageError):
        package.packed()


def test_relationships_have_new_ids():
    package = Package.opened(workbooks.by_openpyxl())
    before = {item.id for item in package.relations(package.workbook)}
    new = package.relate(package.workbook, "worksheet", "xl/worksheets/sheet9.xml")
    assert new not in before
    found = {item.id: item for item in package.relations(package.workbook)}
    assert found[new].target == "xl/worksheets/sheet9.xml"
    assert found.keys() == before | {new}
    assert package.relate("xl/worksheets/sheet1.xml", "comments", "xl/comments1.xml") == "rId1"


def test_types_are_declared_once():
    package = Package.opened(workbooks.by_openpyxl())
    package.declare("xl/new.xml", "text/new")
    assert package.type_of("xl/new.xml") == "text/new"
    assert package.type_of("xl/none.xml") is None
    package.declare_ending("vml", "text/vml")
    once = package.read("[Content_Types].xml")
    package.declare_ending("vml", "text/vml")
    assert package.read("[Content_Types].xml") == once


def test_names_are_new_in_any_case():
    package = Package.opened(workbooks.by_openpyxl())
    assert package.new_name("XL/worksheets/Sheet{}.xml") == "XL/worksheets/Sheet3.xml"


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"x", zipped(a=b""), zipped(**{"_rels/.rels": b"<x/>"}), zipped(**{"_rels/.rels": b"\xff"})],
    ids=["empty", "text", "no relations", "relations of another kind", "relations that are no XML"],
)
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(UnexpectedPackageError):
        Package.opened(content)


def test_two_parts_of_one_name_are_refused():
    content = io.BytesIO(workbooks.by_openpyxl())
    with warnings.catch_warnings(), zipfile.ZipFile(content, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("XL/WORKBOOK.XML", b"<x/>")
    with pytest.raises(UnexpectedPackageError):
        Package.opened(content.getvalue())
