"""Parquet, as text: native types written as a spreadsheet would have given them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import polars as pl

from etl.extract import refusals
from etl.extract.container import refuse_rectangle, refuse_text, refuse_unpacked
from etl.extract.model import Sheet, Workbook
from schemas.problem import no_problems

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_PANIC = "PanicException"

#: Types whose cells aren't a single thing.
_NESTED = (pl.List, pl.Array, pl.Struct, pl.Object)


def read_parquet(content: bytes) -> tuple[Workbook | None, pl.DataFrame]:
    """A Parquet file as one sheet of text, its column names the first row.

    Whole numbers come without decimals, dates as `2024-01-31`, moments as `2024-01-31 12:30:00`, other numbers
    with a decimal point. Rows, columns and unpacked size are told from the file's own table of contents before
    anything is unpacked.

    Args:
        content: The file's bytes.
    """
    import pyarrow as pa  # noqa: PLC0415 - takes a third of a second, and few files are Parquet
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        contents = pq.read_metadata(io.BytesIO(content))
        refused = _refused(contents, len(content))
        return (None, refused) if refused is not None else _read(content)
    except (pa.ArrowException, pl.exceptions.PolarsError, OSError, ValueError, OverflowError):
        return None, refusals.damaged_parquet()
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        return None, refusals.damaged_parquet()


def _refused(contents: pq.FileMetaData, packed: int) -> pl.DataFrame | None:
    """Why a file isn't read, by its table of contents alone."""
    if not contents.num_columns:
        return refusals.empty_file()
    refused = refuse_rectangle(contents.num_rows + 1, contents.num_columns)
    if refused is None:
        groups = (contents.row_group(place) for place in range(contents.num_row_groups))
        refused = refuse_unpacked(sum(max(0, group.total_byte_size) for group in groups), packed)
    return refused


def _read(content: bytes) -> tuple[Workbook | None, pl.DataFrame]:
    schema = pl.read_parquet_schema(io.BytesIO(content))
    nested = [name for name, kind in schema.items() if isinstance(kind, _NESTED)]
    if nested:
        return None, refusals.nested_columns(nested)
    frame = pl.read_parquet(io.BytesIO(content))
    refused = refuse_text(_characters(frame))
    if refused is not None:
        return None, refused
    texts = frame.select(
        _as_text(name, kind).alias(f"c{place}") for place, (name, kind) in enumerate(schema.items())
    )
    names = pl.DataFrame([frame.columns], schema=texts.schema, orient="row")
    return Workbook("parquet", (Sheet("", pl.concat([names, texts])),)), no_problems()


def _characters(frame: pl.DataFrame) -> int:
    """Bytes of text in a frame's cells; a text that many cells share is stored once and counts for each."""
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Binary)]
    enums = [name for name, kind in frame.schema.items() if isinstance(kind, (pl.Categorical, pl.Enum))]
    sizes = frame.select(
        *(
            pl.col(name).cast(pl.Binary).bin.size().sum().alias(f"t{place}")
            for place, name in enumerate(texts)
        ),
        *(
            pl.col(name).cat.len_bytes().cast(pl.Int64).sum().alias(f"e{place}")
            for place, name in enumerate(enums)
        ),
    )
    return sum(size or 0 for size in sizes.row(0)) if sizes.width else 0


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if kind.is_float():
        whole = column.is_finite() & (column == column.round(0)) & (column.abs() < 1e15)  # noqa: PLR2004
        as_whole = pl.when(whole).then(column).cast(pl.Int64, strict=False).cast(pl.String)
        return (
            pl.when(whole).then(as_whole).otherwise(pl.when(column.is_finite()).then(column).cast(pl.String))
        )
    if isinstance(kind, pl.Datetime):
        return column.dt.strftime("%Y-%m-%d %H:%M:%S")
    return column.cast(pl.String)
