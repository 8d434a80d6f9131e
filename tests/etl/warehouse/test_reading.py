from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from etl.warehouse import changes, connecting
from etl.warehouse.batches import Change
from etl.warehouse.errors import UnknownBatchError
from etl.warehouse.queries import BATCH_COLUMNS
from etl.warehouse.reading import Snapshot
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from schemas.results import ASSESSED_SCHEMA, SERIES_SCHEMA
from tests.etl.warehouse.doubles import allocation, delivery, derive, observation


def publish(change: Change, name: str, *rows: dict, **other: Any) -> int:
    return changes.take_in(change, [delivery(name, *rows, **other)], derive=derive)[0].batch


def test_an_empty_warehouse_answers_every_question_with_the_right_columns(tmp_path: Path):
    now = Snapshot(connecting.empty(), 0, tmp_path)
    assert tuple(now.batches().columns) == BATCH_COLUMNS
    assert dict(now.series().schema) == SERIES_SCHEMA
    assert dict(now.judgements("a").schema) == ASSESSED_SCHEMA
    assert dict(now.observations().schema) == OBSERVATION_SCHEMA | {"batch": pl.Int64()}
    assert dict(now.observations(["a"]).schema) == OBSERVATION_SCHEMA | {"batch": pl.Int64()}
    assert dict(now.allocations().schema) == ALLOCATION_SCHEMA | {"batch": pl.Int64()}
    assert now.recent(2).columns == ["indicator", "area", "age", "period_type", "period_start", "value"]
    assert now.events().is_empty()
    assert now.derived_key is None
    assert now.batch_with("f" * 64) is None
    with pytest.raises(UnknownBatchError):
        now.batch(1)


def test_example_rows_and_real_rows_stand_side_by_side(change: Change):
    publish(change, "real", observation(value=1.0))
    publish(change, "example", observation(value=2.0, origin="example"))
    publish(change, "real again", observation(value=3.0, origin="published"))
    shown = change.now.observations().select("origin", "value").rows()
    assert sorted(shown) == [("example", 2.0), ("published", 3.0)]


def test_a_division_is_never_put_together_from_two(change: Change):
    publish(
        change, "old", money=(allocation("Borås"), allocation("Mark"), allocation("X", agreement="annat"))
    )
    publish(change, "new", money=(allocation("Borås", "7"),))
    shown = change.now.allocations().select("agreement", "recipient", "batch").rows()
    assert shown == [("annat", "X", 1), ("avtal", "Borås", 2)]


def test_every_part_of_the_key_tells_figures_apart(change: Change):
    variants: list[dict[str, Any]] = [
        {},
        {"indicator": "b"},
        {"area": "1490"},
        {"period_start": date(2023, 1, 1)},
        {"period_type": "quarter"},
        {"sex": "women"},
        {"age": "18+"},
    ]
    publish(change, "x", *(observation(**dict[str, Any]({"value": 0.0} | variant)) for variant in variants))
    for number, variant in enumerate(variants, start=1):
        publish(change, f"{number}", observation(**dict[str, Any]({"value": float(number)} | variant)))
    assert sorted(change.now.observations()["value"].to_list()) == [float(n) for n in range(1, 8)]


def test_questions_can_be_held_to_an_indicator(change: Change):
    publish(change, "x", observation("a"), observation("b"), observation("it's"))
    now = change.now
    assert now.observations(["b"])["indicator"].to_list() == ["b"]
    assert now.observations([])["indicator"].to_list() == []
    assert now.series("it's")["indicator"].to_list() == ["it's"]
    assert now.judgements("a")["indicator"].to_list() == ["a"]
    assert now.series("c").is_empty()
    assert now.indicators_of([1]) == ["a", "b", "it's"]


def test_what_each_batch_brought_and_from_where(change: Change):
    publish(change, "x", observation("a"), observation("a", "1490"), observation("b", origin="example"))
    publish(change, "y", observation("a", source="Annan"), money=(allocation(source="Protokoll"),))
    year = date(2024, 1, 1)
    assert change.now.periods().rows() == [
        (1, "a", "year", year, False), (1, "b", "year", year, True), (2, "a", "year", year, False)
    ]  # fmt: skip
    assert change.now.sources().rows() == [(1, "Källa"), (2, "Annan"), (2, "Protokoll")]


def test_the_newest_figures_of_each_series_are_its_last_periods(change: Change):
    def by_sex(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        series, judgements = derive(rows, money)
        kind, women = pl.lit("year"), pl.lit("women")
        typed = series.with_columns(pl.lit("total").alias("sex"), kind.alias("period_type"))
        return pl.concat([typed, typed.with_columns(women.alias("sex"))]), judgements

    rows = [
        observation(area=area, period_start=date(year, 1, 1), value=float(year))
        for year in (2024, 2021, 2023, 2022)
        for area in ("1480", "1490")
    ]
    changes.take_in(change, [delivery("rows", *rows)], derive=by_sex)
    found = change.now.recent(2).select("area", "period_start", "value").rows()
    assert found == [
        (area, date(year, 1, 1), float(year)) for area in ("1480", "1490") for year in (2023, 2024)
    ]
