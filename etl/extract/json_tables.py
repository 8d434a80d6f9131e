"""Tables of statistical databases as JSON: JSON-stat, PxWeb's own form, and Socialstyrelsen's rows.

A JSON-stat table comes as one long sheet: a row for each cell of the cube, with code and label of every
dimension, the value and its status. Nothing else in JSON is a table to us.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import polars as pl

from etl.extract import refusals
from etl.extract.container import megabytes, refuse_rectangle
from etl.extract.model import Sheet, Workbook
from etl.extract.separated import decode
from schemas.problem import no_problems

#: What the columns of value and status are called, and how a column of codes ends.
VALUE = "Värde"
STATUS = "Status"
CODE = " (kod)"

#: A JSON document is larger in memory than any other file.
MAX_JSON = 40_000_000

Opened = tuple[Workbook | None, pl.DataFrame]


class _NoTableError(ValueError):
    """A document that isn't what it seemed to be."""


def read_json(content: bytes) -> Opened:
    """A JSON document as one sheet of text.

    Args:
        content: The file's bytes.
    """
    if len(content) > MAX_JSON:
        return None, refusals.too_large(megabytes(len(content)), megabytes(MAX_JSON))
    data = decode(content)
    if data is None:
        return None, refusals.not_a_spreadsheet()
    try:
        # Numbers stay as they are written.
        document = json.loads(data, parse_int=str, parse_float=str, parse_constant=lambda _: None)
        return _opened(document)
    except RecursionError:
        return None, refusals.other_json()
    except json.JSONDecodeError:
        return None, refusals.other_json("JSON-dokumentet är avbrutet eller felaktigt.")
    except (_NoTableError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None, refusals.other_json("Tabellen i JSON-dokumentet är inte hel.")


def _opened(document: Any) -> Opened:
    if not isinstance(document, dict):
        return None, refusals.other_json()
    inner = document.get("dataset", document)
    if isinstance(inner, dict) and "dimension" in inner and "value" in inner:
        return _stat(inner)
    if isinstance(document.get("columns"), list) and isinstance(document.get("data"), list):
        return _px(document)
    if isinstance(document.get("data"), list):
        return _records(document["data"])
    return None, refusals.other_json()


def _sheet(columns: Mapping[str, pl.Series], title: str | None = None) -> Opened:
    """A sheet of columns below their headings, and below a title where there is one."""
    cells = pl.DataFrame({f"c{place}": column for place, column in enumerate(columns.values())})
    above = [[title, *[None] * (len(columns) - 1)], [None] * len(columns)] if title else []
    heads = pl.DataFrame([*above, list(columns)], schema=cells.schema, orient="row")
    return Workbook("json", (Sheet("", pl.concat([heads, cells])),)), no_problems()


def _stat(table: dict[str, Any]) -> Opened:
    dimensions = table["dimension"]
    ids = [_text(name) or "" for name in table.get("id") or dimensions["id"]]
    sizes = [int(_text(size) or 0) for size in table.get("size") or dimensions["size"]]
    if len(ids) != len(sizes) or not ids or min(sizes) < 0:
        raise _NoTableError
    refused = refuse_rectangle(prod(sizes) + 3, 2 * len(ids) + 2)
    if refused is not None:
        return None, refused
    columns: dict[str, pl.Series] = {}
    for place, (name, size) in enumerate(zip(ids, sizes, strict=True)):
        label = _text(dimensions[name].get("label")) or name
        codes, labels = _categories(dimensions[name]["category"], size)
        each, times = prod(sizes[place + 1 :]), prod(sizes[:place])
        for heading, texts in ((f"{label}{CODE}", codes), (label, labels)):
            free = heading if heading not in columns else f"{heading} {place + 1}"
            columns[free] = _spread(texts, each, times)
    columns[VALUE] = _cells(table["value"], prod(sizes))
    columns[STATUS] = _cells(table.get("status"), prod(sizes))
    return _sheet(columns, _text(table.get("label")))


def _categories(category: dict[str, Any], size: int) -> tuple[list[str], list[str | None]]:
    labels = category.get("label") or {}
    index = category.get("index")
    if index is None:
        codes = list(labels)
    elif isinstance(index, dict):
        codes = sorted(index, key=lambda code: int(_text(index[code]) or 0))
    else:
        codes = [str(code) for code in index]
    if len(codes) != size:
        raise _NoTableError
    return codes, [_text(labels.get(code)) or code for code in codes]


def _spread(texts: Sequence[str | None], each: int, times: int) -> pl.Series:
    """A dimension's texts for every cell of the cube."""
    distinct = pl.Series(texts, dtype=pl.String)
    places = pl.int_range(0, len(distinct) * each * times, eager=True) // each % max(len(distinct), 1)
    return distinct.gather(places)


def _cells(values: Any, size: int) -> pl.Series:
    """The cube's values or statuses: a list, places with their value, or one for all."""
    if values is None or isinstance(values, str):
        return pl.Series([_text(values)], dtype=pl.String).new_from_index(0, size)
    if isinstance(values, dict):
        found: list[str | None] = [None] * size
        for place, value in values.items():
            found[int(place)] = _text(value)
    else:
        found = [_text(value) for value in values]
    if len(found) != size:
        raise _NoTableError
    return pl.Series(found, dtype=pl.String)


def _px(document: dict[str, Any]) -> Opened:
    """PxWeb's own form: columns, and rows of keys and values."""
    headings = [_text(column["text"]) or str(column["code"]) for column in document["columns"]]
    rows = [[*_several(row["key"]), *_several(row["values"])] for row in document["data"]]
    return _rows(headings, rows)


def _several(cells: Any) -> list[str | None]:
    """A list of cells; a lone one may stand by itself."""
    return [_text(cell) for cell in (cells if isinstance(cells, list) else [cells])]


def _records(data: list[Any]) -> Opened:
    """Rows that name their own columns, as Socialstyrelsen's."""
    headings = list(dict.fromkeys(key for record in data for key in record))
    if not headings or not all(isinstance(record, dict) for record in data):
        raise _NoTableError
    return _rows(headings, [[_text(record.get(key)) for key in headings] for record in data])


def _rows(headings: list[str], rows: list[list[str | None]]) -> Opened:
    refused = refuse_rectangle(len(rows) + 1, len(headings))
    if refused is not None:
        return None, refused
    if not headings or any(len(row) != len(headings) for row in rows):
        raise _NoTableError
    schema = [f"c{place}" for place in range(len(headings))]
    cells = pl.DataFrame([headings, *rows], schema=dict.fromkeys(schema, pl.String), orient="row")
    return Workbook("json", (Sheet("", cells),)), no_problems()


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and len(value) == 1:
        return _text(value[0])
    raise _NoTableError
