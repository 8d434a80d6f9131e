"""The difference in plain Python: dictionaries from keys to figures, row by row."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import polars as pl

from schemas.columns import ALLOCATION_KEY, OBSERVATION_KEY
from tests.etl.measures import county

if TYPE_CHECKING:
    from collections.abc import Iterable

FIGURES = ("value", "numerator", "denominator", "standard_deviation", "flag")
KNOWN = county.catalogue(
    indicators=[
        county.indicator("andel", minimum_numerator=5, minimum_denominator=20),
        county.indicator("dagar", unit="days", direction="lower", highest=365),
        county.indicator("pengar", subject="funds", unit="kronor", roll_up="sum", decimals=0, highest=1e12),
    ],
    targets=[county.target("mal"), county.target("dagmal", indicator="dagar", value=2)],
)
PERIODS = [county.YEAR_2020.replace(year=year) for year in range(2012, 2025)]
AREAS = [*county.MUNICIPALITIES, "14", "e-norr"]


def key_of(row: dict[str, Any]) -> tuple[Any, ...]:
    """What makes a figure one and the same."""
    return (*(row[name] for name in OBSERVATION_KEY), row.get("origin", "") == "example")


def by_key(rows: pl.DataFrame) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Key → value, numerator, denominator, standard deviation, flag."""
    return {key_of(row): tuple(row[name] for name in FIGURES) for row in rows.to_dicts()}


def applied(old: dict[tuple[Any, ...], Any], changes: pl.DataFrame) -> dict[tuple[Any, ...], Any]:
    """The old figures with the difference made to them."""
    new = dict(old)
    for row in changes.to_dicts():
        key = (*(row[name] for name in OBSERVATION_KEY), row["example"])
        assert old.get(key, (None,) * len(FIGURES)) == tuple(row[f"old_{name}"] for name in FIGURES)
        assert (key in old) == (row["what"] != "new")
        if row["what"] == "removed":
            del new[key]
        else:
            new[key] = tuple(row[f"new_{name}"] for name in FIGURES)
    return new


def applied_money(old: dict[tuple[Any, ...], Any], changes: pl.DataFrame) -> dict[tuple[Any, ...], Any]:
    """The old sums with the difference made to them."""
    new = dict(old)
    for row in changes.to_dicts():
        key = (*(row[name] for name in ALLOCATION_KEY), row["example"])
        assert old.get(key) == row["old_amount"]
        if row["what"] == "removed":
            del new[key]
        else:
            new[key] = row["new_amount"]
    return new


def money_by_key(rows: pl.DataFrame) -> dict[tuple[Any, ...], Any]:
    """Key → amount."""
    return {
        (*(row[name] for name in ALLOCATION_KEY), row["origin"] == "example"): row["amount"]
        for row in rows.to_dicts()
    }


def kinds(old: dict[Any, Any], delivered: dict[Any, Any]) -> dict[str, int]:
    """How many delivered figures are new, revised and unchanged."""
    counts = {"new": 0, "revised": 0, "unchanged": 0}
    for key, figure in delivered.items():
        counts["new" if key not in old else "unchanged" if old[key] == figure else "revised"] += 1
    return counts


def some_rows(draw: Random, size: int, *, origins: Iterable[str] = ("uploaded", "example")) -> pl.DataFrame:
    """Random observations with as few different figures as make repetitions likely."""
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for place in range(size):
        flag = draw.choice([None, None, None, "missing", "suppressed", "preliminary"])
        denominator = draw.choice([None, 10.0, 40.0, 40.0, 2000.0])
        share = draw.choice([0.1, 0.5, 0.5, 0.9])
        row: dict[str, Any] = {
            "indicator": draw.choice(["andel", "dagar"]),
            "area": draw.choice(AREAS),
            "period_start": draw.choice(PERIODS),
            "period_type": draw.choice(["year", "year", "season"]),
            "sex": draw.choice(["total", "total", "women"]),
            "age": draw.choice(["total", "total", "18+"]),
            "origin": draw.choice(list(origins)),
            "flag": flag,
            "value": draw.choice([None, 50.0, 70.25]) if denominator else draw.choice([20.0, 50.0, 80.0]),
            "numerator": denominator and round(denominator * share) * 1.0,
            "denominator": denominator,
            "standard_deviation": draw.choice([None, None, 8.1]) if denominator else None,
            "sheet": "Blad1",
            "row": place + 2,
        }
        kept[key_of(row)] = row
    return county.observations(*kept.values())
