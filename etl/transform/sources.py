"""What a row's source says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.transform.checks import RAW
from schemas.problem import no_problems, problem
from schemas.swedish import number

if TYPE_CHECKING:
    from etl.extract.model import Extracted

#: What the source of a made-up row says, anywhere in it and in any case.
EXAMPLE_SOURCE = "exempeldata"

#: Shapes whose rows name a source of their own: the program's templates, and files that an analyst has explained.
_WITH_SOURCE = ("template-", "mapped")


def origin_of(source: pl.Expr, origin: str) -> pl.Expr:
    """`example` where the source says that the row is made up, wherever it comes from; else `origin`.

    Args:
        source: The source as text, null where there is none.
        origin: Where the rows come from (`schemas.columns.ORIGINS`).
    """
    says_so = source.str.to_lowercase().str.contains(EXAMPLE_SOURCE, literal=True).fill_null(False)
    return pl.when(says_so).then(pl.lit("example")).otherwise(pl.lit(origin))


def missing_source(frame: pl.DataFrame, extracted: Extracted) -> pl.DataFrame:
    """One warning where rows that should don't say who made the figures.

    Args:
        frame: Rows with `sheet`, `row` and `raw_source`.
        extracted: The file; other shapes have no column for it.
    """
    without = frame.filter(pl.col(f"{RAW}source").is_null())
    if without.is_empty() or not extracted.shape.startswith(_WITH_SOURCE):
        return no_problems()
    rows = "En rad" if without.height == 1 else f"{number(without.height)} rader"
    return problem(
        "missing_source",
        severity="warning",
        sheet=without["sheet"][0],
        row=without["row"][0],
        column=extracted.headings.get("source", "Källa"),
        expected="en källa",
        hint=f"{rows} saknar källa. Ange vem som har tagit fram talen; källan visas på sidan.",
    )
