"""Extracted rows in few words."""

from __future__ import annotations

import polars as pl

from etl.extract.model import ALLOCATION_TEXT, OBSERVATION_TEXT, Conventions, Extracted
from etl.extract.template import ALLOCATIONS, OBSERVATIONS

USUAL = {"indicator": "vardgaranti-telefon", "area": "1480", "period": "2024-05", "source": "Eget uttag"}
USUAL_MONEY = {
    "agreement": "psykisk-halsa-2021",
    "year": "2021",
    "purpose": "Brukarmedverkan",
    "level": "kommun",
    "area": "1480",
    "recipient": "Göteborgs stad",
    "kind": "fördelat",
    "amount": "1000",
    "source": "Eget uttag",
}
TEMPLATE = Conventions(marks={"..": "suppressed"}, share="either")


def _frame(rows: tuple[dict, ...], usual: dict, text: tuple[str, ...]) -> pl.DataFrame:
    full = [{**usual, **row, "sheet": "Blad", "row": place} for place, row in enumerate(rows, start=2)]
    schema = {**dict.fromkeys((*text, "sheet"), pl.String), "row": pl.Int64}
    return pl.DataFrame(full, schema=schema)


def figures(
    *rows: dict, conventions: Conventions = TEMPLATE, headings: dict[str, str] | None = None
) -> Extracted:
    """Observations as the template has them; every row begins on row 2."""
    return Extracted(
        shape="template-observations",
        shape_name="Mallen",
        kind="observations",
        rows=_frame(rows, USUAL, OBSERVATION_TEXT),
        headings=headings or OBSERVATIONS.headings,
        conventions=conventions,
    )


def money(*rows: dict) -> Extracted:
    """Allocations as the template has them."""
    return Extracted(
        shape="template-allocations",
        shape_name="Mallen",
        kind="allocations",
        rows=_frame(rows, USUAL_MONEY, ALLOCATION_TEXT),
        headings=ALLOCATIONS.headings,
        conventions=TEMPLATE,
    )


def told(problems: pl.DataFrame) -> list[tuple]:
    """Code, row and heading of each problem."""
    return problems.select("code", "row", "column").rows()
