"""Canonical rows in few words, and the project's own catalogue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from etl.catalogue import Knowledge, load_catalogue
from etl.extract.model import Conventions, Extracted
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas.catalogue import Catalogue

HEADINGS = {
    "indicator": "Indikator", "area": "Område", "period": "Period", "age": "Ålder", "value": "Värde",
    "numerator": "Täljare", "denominator": "Nämnare", "source": "Källa", "agreement": "Överenskommelse",
    "year": "År", "amount": "Belopp",
}  # fmt: skip


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_catalogue(ROOT / "data" / "catalogue")


@pytest.fixture(scope="session")
def catalogue(knowledge: Knowledge) -> Catalogue:
    return knowledge.catalogue


def observations(*rows: dict[str, Any]) -> pl.DataFrame:
    """Observations with what each row says and something sensible for the rest."""
    usual = {
        "indicator": "vardgaranti-telefon",
        "area": "1480",
        "period_start": date(2024, 1, 1),
        "period_type": "month",
        "sex": "total",
        "age": "total",
        "value": 80.0,
        "origin": "uploaded",
        "source": "Eget uttag",
        "sheet": "",
    }
    full = [{**dict.fromkeys(OBSERVATION_SCHEMA), **usual, "row": i + 2, **row} for i, row in enumerate(rows)]
    return pl.DataFrame(full, schema=OBSERVATION_SCHEMA)


def allocations(*rows: dict[str, Any]) -> pl.DataFrame:
    """Allocations with what each row says and something sensible for the rest."""
    usual = {
        "agreement": "psykisk-halsa-2021",
        "year": 2021,
        "purpose": "Brukarmedverkan",
        "level": "länsgemensamt",
        "area": "14",
        "recipient": "VästKom",
        "kind": "allocated",
        "amount": Decimal("0.00"),
        "origin": "uploaded",
        "source": "Eget uttag",
        "sheet": "",
    }
    full = [{**dict.fromkeys(ALLOCATION_SCHEMA), **usual, "row": i + 2, **row} for i, row in enumerate(rows)]
    return pl.DataFrame(full, schema=ALLOCATION_SCHEMA)


@pytest.fixture(scope="session")
def extracted() -> Callable[..., Extracted]:
    """An extracted file of a shape, with no rows of its own."""

    def build(shape: str = "template-observations", **parts: Any) -> Extracted:
        kind = "allocations" if shape == "template-allocations" else "observations"
        return Extracted(shape, shape, kind, pl.DataFrame(), HEADINGS, Conventions(marks={}), **parts)

    return build
