"""Tables written as files, and bytes that only look like files."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter
import xlwt

from tests.etl.generated.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.etl.generated.tables import Table

_XML_LIMIT = 32_000  # characters that Excel takes in a cell
_XLS_COLUMNS = 256


def any_file(random: Random) -> bytes:
    """A file: whole, hurt, or nothing of the sort."""
    if random.random() < 0.1:
        return _bytes(random)
    writer: Callable[[Random, Table], bytes] = random.choice(_WRITERS)
    content = writer(random, table(random))
    return _hurt(random, content) if random.random() < 0.3 else content


def _csv(random: Random, rows: Table) -> bytes:
    separator = random.choice(";,\t|")
    end = random.choice(["\n", "\r\n", "\r", "\r\r\n"])
    quoted = random.random() < 0.5

    def cell(text: str) -> str:
        if quoted and random.random() < 0.5:
            return '"' + (text.replace('"', '""') if random.random() < 0.8 else text) + '"'
        return text

    text = end.join(separator.join(map(cell, row)) for row in rows)
    encoding = random.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "latin-1"])
    return text.encode(encoding, errors=random.choice(["ignore", "replace"]))


def _xlsx(random: Random, rows: Table) -> bytes:
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        for number in range(random.choice([1, 1, 1, 3])):
            sheet = workbook.add_worksheet(
                random.choice(["Blad", "FOHM 27 OKT 2022", "Data, å&ä", "x" * 30]) + str(number)[:1]
            )
            corner = random.choice([(0, 0), (0, 0), (3, 2), (0, 40)])
            for index, row in enumerate(rows if random.random() < 0.8 else []):
                for place, text in enumerate(row):
                    _write(random, sheet, index + corner[0], place + corner[1], text)
            if random.random() < 0.1:
                sheet.hide() if number else None
            if random.random() < 0.1:
                sheet.merge_range(0, 0, 0, 2, "Sammanslagen")
            if random.random() < 0.05:
                sheet.write_string(
                    random.choice([900, 20_000]), random.choice([0, 400, 16_383]), "långt bort"
                )
    return stream.getvalue()


def _write(random: Random, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, text: str) -> None:
    if random.random() < 0.3:
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            pass
        else:
            if abs(number) < 1e300:
                sheet.write_number(row, column, number)
                return
    if random.random() < 0.02:
        sheet.write_formula(row, column, "=1/0", None, "#DIV/0!")
        return
    sheet.write_string(row, column, text[:_XML_LIMIT])


def _xls(random: Random, rows: Table) -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Blad1")
    for index, row in enumerate(rows):
        for place, text in enumerate(row[:_XLS_COLUMNS]):
            sheet.write(index, place, text[: _XML_LIMIT // 2])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _ods(random: Random, rows: Table) -> bytes:
    def cell(text: str) -> str:
        clean = escape(
            "".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff")[:_XML_LIMIT]
        )
        repeat = random.choice(
            ["", "", "", ' table:number-columns-repeated="3"', ' table:number-columns-repeated="99999"']
        )
        return f'<table:table-cell office:value-type="string"{repeat}><text:p>{clean}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{names}office:1.0" '
        f'xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def _parquet(random: Random, rows: Table) -> bytes:
    if not rows:
        return b"PAR1PAR1"
    names = list(dict.fromkeys(rows[0])) or ["c"]
    columns = {
        name: pl.Series(name, [row[place] if place < len(row) else None for row in rows[1:]], dtype=pl.String)
        for place, name in enumerate(names)
    }
    frame = pl.DataFrame(list(columns.values()))
    if random.random() < 0.3:
        frame = frame.with_columns(
            pl.lit(7).alias("heltal"), pl.lit(1.5).alias("flyt"), pl.lit([1]).alias("lista")
        )
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


def _jsonstat(random: Random, rows: Table) -> bytes:
    areas = list(dict.fromkeys(row[0] for row in rows if row)) or ["1480"]
    document = {
        "version": random.choice(["2.0", "1.0", 7]),
        "class": random.choice(["dataset", "dataset", "collection"]),
        "id": ["Region", "Tid"],
        "size": [len(areas), random.choice([1, 1, 1, 10**9, -1])],
        "dimension": {
            "Region": {"category": {"index": {area: index for index, area in enumerate(areas)}}},
            "Tid": {"category": {"index": ["2024"], "label": {"2024": "2024"}}},
        },
        "value": random.choice([[1.5] * len(areas), [], {"0": 1}, None, ["x"] * len(areas), [[1]]]),
    }
    if random.random() < 0.2:
        document.pop(random.choice(list(document)))
    other = {"data": [{"varde": "1 234,5"}]}
    return json.dumps(random.choice([document, {"dataset": document}, [document], other])).encode()


_WRITERS = [_csv, _csv, _csv, _xlsx, _xlsx, _xls, _ods, _parquet, _jsonstat]


def _hurt(random: Random, content: bytes) -> bytes:
    """A file cut off, with bytes changed, or with another part in the place of one of its own."""
    way = random.randrange(4)
    if way == 0 or not content:
        return content[: random.randrange(len(content) + 1)]
    if way == 1 and content.startswith(b"PK\x03\x04"):
        return _hurt_inside(random, content)
    changed = bytearray(content)
    for _ in range(random.choice([1, 3, 30])):
        changed[random.randrange(len(changed))] = random.randrange(256)
    if way == 3:
        place = random.randrange(len(changed))
        changed[place:place] = random.randbytes(random.randrange(200))
    return bytes(changed)


def _hurt_inside(random: Random, content: bytes) -> bytes:
    """A whole package with one part that is not."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = random.choice(list(parts))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if name != chosen:
                archive.writestr(name, data)
            elif random.random() < 0.9:
                archive.writestr(name, _hurt(random, data) if not data.startswith(b"PK") else data)
    return stream.getvalue()


def _bytes(random: Random) -> bytes:
    """Bytes of no kind, some with the first bytes of a kind."""
    start = random.choice([
        b"", b"PK\x03\x04", b"PK\x05\x06",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"%PDF-", b"\xff\xfe", b"\xfe\xff",
        b"\xef\xbb\xbf", b'{"version":"2.0"', b"<?xml", b"<html", b"sep=;\n", b"\x00" * 8, b"SQLite format 3\x00",
    ])  # fmt: skip
    text = "".join(random.choices('ab;,\t"\n\r1 å\x00=', k=random.randrange(200)))
    rest = random.choice(
        [random.randbytes(random.randrange(400)), text.encode("utf-8"), text.encode("cp1252")]
    )
    return start + rest
