"""An agreement's allocation as a file: every recipient and purpose, and the sum, as CSV and as a workbook."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from dashboard import money, swedish_csv
from dashboard.words import EXAMPLE_CHIP
from schemas.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADS = (
    "Överenskommelse", "År", "Ändamål", "Till", "Nivå", "Område", "Mottagare", "Fördelat", "Använt", "Återbetalt",
    "Inte redovisat", "Ursprung", "Källa",
)  # fmt: skip

_KEY = ["year", "purpose", "group", "level", "area", "recipient"]
_ZERO = Decimal("0.00")


#: A row of the file; kronor are Decimal, or None where nothing is reported.
Row = tuple[object, ...]


def rows(
    name: str, allocations: pl.DataFrame, groups: Mapping[str, str], areas: Mapping[str, str]
) -> list[Row]:
    """The file's rows, the sum last.

    Args:
        name: The agreement's.
        allocations: Its rows as `dashboard.money.grouped` gives them.
        groups: Id of a part of the county → its name.
        areas: Id of an area → its name.
    """
    amounts = [
        pl.when((pl.col("kind") == kind).any())
        .then(pl.col("amount").filter(pl.col("kind") == kind).sum())
        .alias(kind)
        for kind in money.KINDS
    ]
    found = allocations.group_by(_KEY, maintain_order=True).agg(
        *amounts,
        (pl.col("origin") == "example").any().alias("example"),
        pl.col("source").drop_nulls().unique(maintain_order=True).str.join(", ").alias("source"),
    )
    made: list[Row] = []
    for year, purpose, group, level, area, recipient, *kronor, example, source in found.iter_rows():
        place = (groups[group], level, areas.get(area, area), recipient)
        origin = EXAMPLE_CHIP if example else ""
        made.append((name, year, purpose, *place, *kronor, _left(*kronor), origin, source))
    whole = money.everything(allocations, "Summa")
    sums = (whole.allocated or _ZERO, whole.used or _ZERO, whole.repaid or _ZERO, whole.unreported)
    origin = EXAMPLE_CHIP if found["example"].any() else ""
    made.append((name, *[None] * 5, "Summa", *sums, origin, None))
    return made


def _left(allocated: Decimal | None, used: Decimal | None, repaid: Decimal | None) -> Decimal:
    return (allocated or _ZERO) - (used or _ZERO) - (repaid or _ZERO)


def as_csv(file: list[Row]) -> bytes:
    """The file as a Swedish CSV."""
    return swedish_csv.as_bytes(
        HEADS,
        ([_text(cell) for cell in row] for row in file),
    )


def _text(cell: object) -> object:
    return format(cell, "f").replace(".", ",") if isinstance(cell, Decimal) else cell


def as_workbook(file: list[Row]) -> bytes:
    """The file as a workbook, kronor as numbers; no text in it is a formula."""
    import xlsxwriter  # noqa: PLC0415 - only for who downloads it

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("Fördelning")
        bold = book.add_format({"bold": True, "bottom": 1})
        kronor = book.add_format({"num_format": "#,##0.00"})
        total = book.add_format({"bold": True, "num_format": "#,##0.00", "top": 1})
        sheet.write_row(0, 0, HEADS, bold)
        last = len(file)
        for line, row in enumerate(file, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    sheet.write_number(line, place, float(cell), total if line == last else kronor)
                elif cell is not None:
                    value = cell if isinstance(cell, int) else harmless(cell)
                    sheet.write(line, place, value, total if line == last else None)
        sheet.freeze_panes(1, 0)
        sheet.autofit(max_width=320)
    return out.getvalue()
