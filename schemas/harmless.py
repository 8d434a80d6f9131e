"""Cells of exported tables that no spreadsheet program takes for a formula.

A text that begins with `=`, `+`, `-`, `@`, a tab or a line end is run as a formula when a CSV is opened, or when
a cell is edited and left. Everything that the program exports passes this one rule: such a text gets an
apostrophe in front of it, the sign with which spreadsheet programs mark a text; a number stays a number, and
a lone hyphen stays the statistician's sign for a missing figure.
"""

from __future__ import annotations

import re

import polars as pl

#: Signs that begin a formula, among them the full-width ones that spreadsheets of some languages accept.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

_NUMBER = r"[+-]?\d[\d\u00a0\u202f .,]*(?:[eE][+-]?\d+)?\s*%?"
_SAFE = re.compile(rf"{_NUMBER}|-")
_BEGINS = rf"^[{re.escape(''.join(STARTS))}]"


def harmless(cell: object) -> str:
    """A cell as text; what a spreadsheet would take for a formula gets an apostrophe.

    Args:
        cell: Anything; None is an empty text.
    """
    said = "" if cell is None else str(cell)
    return f"'{said}" if said.startswith(STARTS) and not _SAFE.fullmatch(said) else said


def harmless_texts(text: pl.Expr) -> pl.Expr:
    """The same rule for a column of texts, whole columns at once; null stays null."""
    begins = text.str.contains(_BEGINS) & ~text.str.contains(rf"^(?:{_NUMBER}|-)$")
    return pl.when(~begins).then(text).otherwise(pl.concat_str(pl.lit("'"), text))
