"""Which cell of a worksheet each problem is about."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from etl.extract.headings import SEARCHED_ROWS, fold
from etl.jobs.marked_workbook.parts import UnexpectedPackageError
from schemas.harmless import harmless_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from etl.jobs.marked_workbook.sheet import Row, Worksheet

#: Cells that are marked on one sheet, those with errors first; the list of problems holds them all.
MAX_MARKED = 100_000

#: Comments on one sheet; with many more, spreadsheet programs turn slow.
MAX_COMMENTS = 10_000

#: Problems that one comment tells.
_IN_COMMENT = 5
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Mark:
    """A cell to mark.

    Attributes:
        row: Row number.
        column: Column from 0.
        severity: `error` or `warning`.
        text: What the comment says; None for a cell that gets none.
    """

    row: int
    column: int
    severity: str
    text: str | None


class Texts:
    """The workbook's shared texts, read no further than they are asked for."""

    def __init__(self, data: bytes | None) -> None:
        self._data = data or b""
        if b"<!" in self._data or b"\0" in self._data[:4]:
            raise UnexpectedPackageError("comments, CDATA or another encoding")
        self._items = self._each()
        self._found: list[bytes] = []

    def _each(self) -> Iterator[bytes]:
        opened = re.search(rb"<((?:[\w.-]+:)?)sst[\s>]", self._data)
        p = opened[1] if opened else b""
        ending = b"</%bsi>" % p
        for item in re.finditer(rb"<%bsi(?:\s[^<>]*?)?(/?)>" % re.escape(p), self._data):
            end = item.end() if item[1] else self._data.find(ending, item.end())
            if end < 0:
                raise UnexpectedPackageError("a text without an end")
            yield self._data[item.end() : end]

    def __getitem__(self, index: int) -> str:
        while len(self._found) <= index:
            item = next(self._items, None)
            if item is None:
                raise UnexpectedPackageError("a text that isn't there")
            self._found.append(item)
        return plain_text(self._found[index])


#: Bytes of a text that are looked at; no heading is longer.
_LOOKED_AT = 20_000

_SOUND = re.compile(rb"<(?:[\w.-]+:)?rPh[\s>].*?</(?:[\w.-]+:)?rPh>", re.DOTALL)
_PIECE = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^<>]*)?>([^<]*)</")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^<>]*)?>([^<]*)</")


def plain_text(item: bytes) -> str:
    """The text of a shared or inline string, without how it is set and how it is pronounced."""
    pieces = _PIECE.findall(_SOUND.sub(b"", item[:_LOOKED_AT]))
    return html.unescape(b"".join(pieces).decode("utf-8", "replace"))


def row_texts(worksheet: Worksheet, row: Row, texts: Texts) -> dict[int, str]:
    """Column → text of a row's cells that hold anything."""
    found: dict[int, str] = {}
    for cell in worksheet.cells(row):
        if not cell.filled:
            continue
        inside = row.content[cell.tag_end : cell.end]
        value = _VALUE.search(inside)
        if cell.kind == b"inlineStr":
            found[cell.column] = plain_text(inside)
        elif value is not None:
            said = value[1].decode("utf-8", "replace").strip()
            found[cell.column] = (
                texts[int(said)] if cell.kind == b"s" and said.isdigit() else html.unescape(said)
            )
    return found


def heading_places(
    rows: Mapping[int, dict[int, str]], headings: Collection[str]
) -> dict[str, tuple[int, int]]:
    """Heading → row number and column of the cell that holds it.

    The row that holds most of the headings is the header row; a heading that isn't in it is sought in the
    others. Compared as written but for white space, then as readers fold headings.

    Args:
        rows: Row number → column → text, of the first rows.
        headings: As problems name them.
    """
    for compared in (_as_written, fold):
        wanted = {compared(heading) for heading in headings}
        hits = {
            number: len(wanted & {compared(text) for text in row.values()}) for number, row in rows.items()
        }
        if not any(hits.values()):
            continue
        order = sorted(rows, key=lambda number: (-hits[number], number))
        places: dict[str, tuple[int, int]] = {}
        for number in order:
            for column, text in sorted(rows[number].items()):
                places.setdefault(compared(text), (number, column))
        return {heading: places[compared(heading)] for heading in headings if compared(heading) in places}
    return {}


def _as_written(text: str) -> str:
    return _SPACES.sub(" ", text.replace("_x000D_", "")).strip()


def placed(problems: pl.DataFrame, worksheet: Worksheet, texts: Texts) -> pl.DataFrame:
    """The problems of one sheet with the cell that each is about.

    A problem of a row without a column, or with one that can't be found, is about the row's first filled cell; one
    of a column without a row is about its heading; a missing column about the heading that may be it.

    Args:
        problems: Columns as in `PROBLEM_SCHEMA`.
        worksheet: The sheet.
        texts: The workbook's shared texts.

    Returns:
        The problems with the columns cell_row and cell_column, both null where a problem is of the whole sheet.
    """
    first = worksheet.rows(lambda number: number <= SEARCHED_ROWS, SEARCHED_ROWS)
    seen = {number: row_texts(worksheet, row, texts) for number, row in first.items()}
    named = (
        pl.when(pl.col("code") == "missing_column").then(pl.coalesce("value", "column")).otherwise("column")
    )
    told = problems.with_columns(named.alias("heading"))
    places = heading_places(seen, set(told["heading"].drop_nulls().unique()))
    rows = {heading: row for heading, (row, _) in places.items()}
    columns = {heading: column for heading, (_, column) in places.items()}
    told = told.with_columns(
        pl.coalesce("row", _looked_up("heading", rows)).alias("cell_row"),
        _looked_up("heading", columns).alias("cell_column"),
    )
    told = told.with_columns(
        pl.when(pl.col("cell_row").is_not_null()).then("cell_column").alias("cell_column")
    )
    return _at_anchors(_at_first_cells(told, worksheet), worksheet).drop("heading")


def _looked_up(column: str, table: Mapping[str, int] | Mapping[int, int]) -> pl.Expr:
    if not table:
        return pl.lit(None, pl.Int64)
    return pl.col(column).replace_strict(
        list(table), list(table.values()), default=None, return_dtype=pl.Int64
    )


def _at_first_cells(told: pl.DataFrame, worksheet: Worksheet) -> pl.DataFrame:
    lacking = told.filter(pl.col("cell_row").is_not_null() & pl.col("cell_column").is_null())["cell_row"]
    wanted = set(lacking.unique().sort().head(MAX_MARKED))
    if not wanted:
        return told
    rows = worksheet.rows(wanted.__contains__, max(wanted))
    first = {
        number: next((cell.column for cell in worksheet.cells(row) if cell.filled), 0)
        for number, row in rows.items()
    }
    found = _looked_up("cell_row", first).fill_null(0)
    return told.with_columns(
        pl.when(pl.col("cell_row").is_not_null()).then(pl.coalesce("cell_column", found)).alias("cell_column")
    )


def _at_anchors(told: pl.DataFrame, worksheet: Worksheet) -> pl.DataFrame:
    """Cells hidden under a merged one → the one that is seen."""
    cells = told.select("cell_row", "cell_column").drop_nulls().unique()
    moved = worksheet.anchors(cells.iter_rows())
    if not moved:
        return told
    table = pl.DataFrame(
        [(*hidden, *seen) for hidden, seen in moved.items()],
        schema=dict.fromkeys(("cell_row", "cell_column", "to_row", "to_column"), pl.Int64),
        orient="row",
    )
    return (
        told.join(table, on=["cell_row", "cell_column"], how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("to_row", "cell_row").alias("cell_row"),
            pl.coalesce("to_column", "cell_column").alias("cell_column"),
        )
        .drop("to_row", "to_column")
    )


def marks(told: pl.DataFrame) -> list[Mark]:
    """The cells to mark, those with errors first; the first `MAX_COMMENTS` with all that is said of them.

    Args:
        told: As from `placed`.
    """
    place = ["cell_row", "cell_column"]
    cells = (
        told.drop_nulls(place)
        .group_by(place)
        .agg(pl.col("severity").min())
        .sort("severity", *place)
        .head(MAX_MARKED)
    )
    is_error = pl.col("severity") == "error"
    said = pl.concat_str(
        pl.when(is_error).then(pl.lit("Fel. Väntat: ")).otherwise(pl.lit("Varning. Väntat: ")),
        pl.col("expected"),
        pl.lit(".\nAtt göra: "),
        pl.col("hint"),
    )
    texts = (
        told.join(cells.head(MAX_COMMENTS).select(place), on=place, how="semi", maintain_order="left")
        .select(*place, said.alias("said"))
        .group_by(place, maintain_order=True)
        .agg(pl.col("said").unique(maintain_order=True).head(_IN_COMMENT).str.join("\n\n"))
        .with_columns(harmless_texts(pl.col("said")))
    )
    marked = cells.join(texts, on=place, how="left", maintain_order="left")
    return [Mark(row, column, severity, text) for row, column, severity, text in marked.iter_rows()]
