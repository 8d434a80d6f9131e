"""Names in files against names that are known: folded and looked up as whole columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DASHES = r"[\u2010\u2011\u2012\u2013\u2014\u2212]"


def folded(text: pl.Expr) -> pl.Expr:
    """A text without what doesn't matter: composition, case, kinds of white space and dashes."""
    return (
        text.str.normalize("NFC")
        .str.to_lowercase()
        .str.replace_all(_DASHES, "-")
        .str.replace_all(r"[\s\u200b\ufeff]+", " ")
        .str.strip_chars(" ")
    )


def fold_all(names: Iterable[str]) -> list[str]:
    """Known names folded the same way."""
    return (
        pl.DataFrame({"name": list(names)}, schema={"name": pl.String})
        .select(folded(pl.col("name")))["name"]
        .to_list()
    )


def table_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded name → id; where two share a name, the first keeps it.

    Args:
        pairs: Names with their ids, the ones that come first in doubt standing first.
    """
    listed = list(pairs)
    table: dict[str, str] = {}
    for name, (_, target) in zip(fold_all(name for name, _ in listed), listed, strict=True):
        if name:
            table.setdefault(name, target)
    return table


def look_up(texts: pl.Series, table: Mapping[str, str]) -> pl.Series:
    """Each text's id, null where the name is unknown or there is none. Works on the distinct texts only."""
    distinct = texts.drop_nulls().unique().to_frame("text")
    found = distinct.with_columns(
        folded(pl.col("text")).replace_strict(table, default=None, return_dtype=pl.String).alias("id")
    )
    return spread(texts, found["text"], found["id"])


def spread(texts: pl.Series, distinct: pl.Series, results: pl.Series) -> pl.Series:
    """What was found for the distinct texts, for every row."""
    if distinct.is_empty():
        return pl.Series(texts.name, [None] * len(texts), dtype=results.dtype)
    return texts.replace_strict(distinct, results, default=None, return_dtype=results.dtype)
