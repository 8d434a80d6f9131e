from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from etl.extract import container
from etl.extract.archive import vet
from tests.etl.extract.build import packed, repacked, xlsx
from tests.etl.extract.containers import ods, ods_rows, xlsb, xlsb_row

PLAIN = xlsx({"Blad1": [["a", "b"]]})
BINARY = xlsb({"Blad1": xlsb_row(0, ["a", 1])})
OPEN = ods({"Blad1": ods_rows([["a", 1]])})


def code(content: bytes) -> str | None:
    vetted, refused = vet(content)
    assert (vetted is None) == (refused is not None)
    return None if refused is None else refused["code"].item()


def names(content: bytes) -> set[str]:
    vetted, _ = vet(content)
    assert vetted is not None
    return set(zipfile.ZipFile(io.BytesIO(vetted.content)).namelist())


def with_parts(content: bytes, **parts: bytes) -> bytes:
    """A ZIP with further parts; `__` in a name stands for a slash and `_X` at its end for .X."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(".".join(name.replace("__", "/").rsplit("_", 1)), data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"), [(PLAIN, "xlsx"), (BINARY, "xlsb"), (OPEN, "ods")], ids=["xlsx", "xlsb", "ods"]
)
def test_the_kinds_are_told_by_what_is_inside(content, kind):
    vetted, refused = vet(content)
    assert refused is None
    assert (vetted.kind, vetted.errors) == (kind, False)


def test_macros_links_and_pictures_are_never_handed_on():
    content = with_parts(
        PLAIN,
        xl__vbaProject_bin=b"\x00macro",
        xl__externalLinks__externalLink1_xml=b"<!DOCTYPE x><externalLink/>",
        xl__media__image1_png=b"\x89PNG",
        xl__embeddings__other_xlsx=b"PK",
        customXml__item1_xml=b"<x/>",
    )
    assert names(content) == {
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml",
    }  # fmt: skip


def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to(monkeypatch):
    monkeypatch.setattr(container, "RATIO_COUNTS_FROM", 100_000)
    bomb = packed({"xl/workbook.xml": b"x", "xl/worksheets/sheet1.xml": b"0" * 1_000_000})
    assert len(zlib.compress(b"0" * 1_000_000)) * container.MAX_RATIO < 1_000_000
    assert code(bomb) == "too_large"


def test_a_real_bomb_of_thirty_megabytes_is_refused():
    bomb = repacked(PLAIN, sheet1=b"<worksheet>" + b" " * 30_000_000)
    assert len(bomb) < 100_000
    assert code(bomb) == "too_large"


@pytest.mark.parametrize("content", [PLAIN, BINARY, OPEN], ids=["xlsx", "xlsb", "ods"])
def test_more_than_the_limit_unpacked_is_refused(monkeypatch, content):
    monkeypatch.setattr(container, "MAX_UNPACKED", 500)
    assert code(content) == "too_large"


def test_a_part_that_unpacks_to_more_than_it_says_is_damage():
    hidden = b"<worksheet/>" + b" " * 5_000_000
    lying = bytearray(repacked(PLAIN, sheet1=hidden))
    with zipfile.ZipFile(io.BytesIO(lying)) as archive:
        start = archive.start_dir
    place = lying.index(b"xl/worksheets/sheet1.xml", start) - 46
    lying[place + 16 : place + 20] = zlib.crc32(b"<worksheet/>").to_bytes(4, "little")
    lying[place + 24 : place + 28] = len(b"<worksheet/>").to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(lying)) as archive:
        assert archive.read("xl/worksheets/sheet1.xml") == b"<worksheet/>"
    assert code(bytes(lying)) == "damaged_file"


@pytest.mark.parametrize("part", ["workbook", "sharedStrings", "sheet1", "styles"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(part, encoding):
    laugh = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    assert code(repacked(PLAIN, **{part: laugh.encode(encoding)})) == "forbidden_content"


def test_declared_entities_are_refused_in_an_ods():
    laugh = b'<!DOCTYPE l [<!ENTITY a "ha">]><office:spreadsheet>&a;</office:spreadsheet>'
    assert code(packed({"mimetype": b"x", "content.xml": laugh})) == "forbidden_content"


def test_xml_in_an_encoding_that_readers_differ_on_is_damage():
    assert code(repacked(PLAIN, sheet1="<worksheet/>".encode("utf-16"))) == "damaged_file"


def test_a_part_whose_checksum_is_wrong_is_damage():
    broken = bytearray(PLAIN)
    place = PLAIN.index(b"xl/worksheets/sheet1.xml") + 60
    broken[place : place + 20] = bytes(20)
    assert code(bytes(broken)) == "damaged_file"


def test_sheets_that_share_a_part_are_damage():
    book = zipfile.ZipFile(io.BytesIO(PLAIN)).read("xl/workbook.xml")
    twice = book.replace(b"</sheets>", b'<sheet name="B" sheetId="2" r:id="rId1"/></sheets>')
    assert code(repacked(PLAIN, workbook=twice)) == "damaged_file"


def test_a_sheet_outside_the_usual_folder_is_looked_at_too():
    cells = b'<c r="A1"><v>1</v></c><c r="NTP1"><v>1</v></c>'
    wide = b'<worksheet><sheetData><row r="1">' + cells + b"</row></sheetData></worksheet>"
    relations = zipfile.ZipFile(io.BytesIO(PLAIN)).read("xl/_rels/workbook.xml.rels")
    content = repacked(
        PLAIN, sheet1=None, workbook=zipfile.ZipFile(io.BytesIO(PLAIN)).read("xl/workbook.xml")
    )
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w") as new,
    ):
        for part in old.namelist():
            if part == "xl/_rels/workbook.xml.rels":
                new.writestr(part, relations.replace(b"worksheets/sheet1.xml", b"/xl/blad/ett.xml"))
            else:
                new.writestr(part, old.read(part))
        new.writestr("xl/blad/ett.xml", wide)
    assert code(target.getvalue()) == "too_many_columns"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"word/document.xml": b"<w/>"}, "not_a_spreadsheet"),
        ({"ppt/presentation.xml": b"<p/>"}, "not_a_spreadsheet"),
        ({"bilder/katt.png": b"x"}, "not_a_spreadsheet"),
        ({"mimetype": b"x", "content.xml": b"<office:text/>"}, "not_a_spreadsheet"),
        ({"xl/workbook.bin": b"x"}, "damaged_file"),
        ({"xl/workbook.xml": b"<workbook><sheets><sheet name='a'/></sheets></workbook>"}, "damaged_file"),
    ],
)
def test_other_archives(parts, expected):
    assert code(packed(parts)) == expected


def test_an_ods_with_a_password():
    manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert code(repacked(OPEN, manifest=manifest)) == "password_protected"


def test_an_encrypted_part():
    locked = bytearray(PLAIN)
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        place = PLAIN.index(b"xl/workbook.xml", archive.start_dir) - 46
    locked[place + 8] |= 1
    assert code(bytes(locked)) == "password_protected"
