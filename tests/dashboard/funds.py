"""Allocations to draw, and kronor read back from what is shown."""

from __future__ import annotations

import re
from decimal import Decimal

import polars as pl

from schemas.columns import ALLOCATION_SCHEMA

AGREEMENT = "psykisk-halsa-2021"

_KEYS = ("purpose", "level", "area", "recipient", "kind", "amount", "origin")


def allocations(*told: tuple, year: int = 2021, agreement: str = AGREEMENT) -> pl.DataFrame:
    """Rows told by purpose, level, area, recipient, kind, amount and origin."""
    usual = {**dict.fromkeys(ALLOCATION_SCHEMA), "agreement": agreement, "year": year}
    return pl.DataFrame(
        [{**usual, **dict(zip(_KEYS, row, strict=True))} for row in told], schema=ALLOCATION_SCHEMA
    )


SOME = allocations(
    ("unga", "kommun", "1480", "Göteborgs Stad", "allocated", Decimal("100.10"), "uploaded"),
    ("unga", "kommun", "1495", "Skara kommun", "allocated", Decimal("20.20"), "uploaded"),
    ("äldre", "kommun", "1495", "Skara kommun", "allocated", Decimal("5.05"), "uploaded"),
    ("äldre", "kommun", "1495", "Skara kommun", "used", Decimal("4.00"), "uploaded"),
    ("äldre", "kommun", "1495", "Skara kommun", "repaid", Decimal("0.50"), "uploaded"),
    ("unga", "länsgemensamt", "14", "VästKom", "allocated", Decimal("1000.00"), "uploaded"),
    ("äldre", "region", "14", "Regionen", "allocated", Decimal("70.00"), "uploaded"),
    ("unga", "länsgemensamt", "vs-skaraborg", "Vårdsamverkan", "allocated", Decimal("300.00"), "uploaded"),
)


def kronor(text: str) -> Decimal:
    """The amount that a text ends in, `Skara 1 234,50 kr`; nought where it says none."""
    found = re.search(r"(−?\d[\d\u00a0]*(?:,\d\d)?)\u00a0kr", text)
    return (
        Decimal(re.sub("\u00a0", "", found[1]).replace(",", ".").replace("−", "-")) if found else Decimal(0)
    )
