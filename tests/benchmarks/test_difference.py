"""From a dropped file to the difference on screen: 100 000 rows in under a second, a million in under eight.

Measured from the file's bytes on: read, recognised, every row checked, held against what is published with every
plausibility check, the difference found with the judgements as they would be, and its first rows ranked. Every
row revises a published one, which is the most there can be to tell.

The yardstick is DuckDB's own `read_csv` of the same file on the same machine, which parses and does nothing else.
It passes within the goal, or within so many times the yardstick: either tells when a step turns from whole
columns to single rows.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import polars as pl
import pytest

from etl.catalogue import load_catalogue
from etl.jobs.checking import check
from etl.jobs.delivery import as_delivery
from etl.jobs.difference import difference_of_delivery
from etl.jobs.difference_source import PublishedOnce
from etl.jobs.publishing import derivation
from etl.warehouse import Warehouse, anyone
from tests.conftest import ROOT
from tests.etl import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from etl.catalogue import Knowledge
    from etl.jobs.difference import Difference

SHOWN = 15

pytestmark = pytest.mark.benchmark_suite


class Size(NamedTuple):
    """How many rows, the seconds they may take, the times the yardstick, and how often to try."""

    rows: int
    goal: float
    bound: int
    rounds: int


def table(knowledge: Knowledge, rows: int, more: int) -> bytes:
    """A register's monthly counts for every municipality, both sexes and each; `more` is added to the numerators."""
    catalogue = knowledge.catalogue
    shares = [
        item.id
        for item in catalogue.indicators.values()
        if item.unit == "percent" and item.roll_up == "ratio_of_sums" and item.ages == ["total"]
    ]
    areas = [area.id for area in catalogue.municipalities]
    months = [f"{year}-{month:02d}" for year in range(2025, 1989, -1) for month in range(12, 0, -1)]
    axes = [
        pl.DataFrame({"Period": months}),
        pl.DataFrame({"Indikator": shares}),
        pl.DataFrame({"Område": areas}),
        pl.DataFrame({"Kön": ["Totalt", "Kvinnor", "Män"], "size": [2, 1, 1]}),
    ]
    crossed = axes[0]
    for axis in axes[1:]:
        crossed = crossed.join(axis, how="cross", maintain_order="left_right")
    wobble = (pl.int_range(pl.len()) // 3 * 7919) % 40
    numbered = crossed.head(rows).with_columns(
        pl.lit("").alias("Ålder"),
        pl.lit("").alias("Värde"),
        (pl.col("size") * (600 + wobble + more)).alias("Täljare"),
        (pl.col("size") * 1000).alias("Nämnare"),
        pl.lit("").alias("Flagga"),
        pl.lit("Eget uttag").alias("Källa"),
    )
    assert numbered.height == rows
    return numbered.select(files.HEADINGS).write_csv(separator=";").encode()


def best(rounds: int, run: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times)


@pytest.mark.parametrize("size", [Size(100_000, 1.0, 12, 5), Size(1_000_000, 8.0, 16, 3)], ids=str)
def test_from_a_file_to_its_difference(tmp_path, capsys, size):
    rows = size.rows
    knowledge = load_catalogue(ROOT / "data" / "catalogue")
    revised, path = table(knowledge, rows, 5), tmp_path / "revised.csv"
    path.write_bytes(revised)
    warehouse = Warehouse(tmp_path / "warehouse")
    first = table(knowledge, rows, 0)
    warehouse.load(
        as_delivery(check(first, knowledge), first, "first.csv", by="test"), publish=True, by="test",
        derive=derivation(knowledge), key=knowledge.key, permit=anyone,
    )  # fmt: skip

    def whole_way() -> Difference:
        published = PublishedOnce(warehouse)
        checked = check(revised, knowledge, published=published)
        assert checked.ok
        found = difference_of_delivery(checked, warehouse, knowledge, published=published)
        assert found.ranked(SHOWN).height == SHOWN
        assert found.counts.revised == rows
        return found

    def yardstick() -> None:
        assert duckdb.sql(f"SELECT * FROM read_csv('{path}', delim=';', header=true)").pl().height == rows

    measured, plain = best(size.rounds, whole_way), best(size.rounds, yardstick)
    with capsys.disabled():
        print(
            f"\nfrom {rows} rows to their difference: {measured:.2f} s; DuckDB read_csv: {plain:.3f} s; "
            f"ratio {measured / plain:.1f}"
        )
    assert measured < max(size.goal, size.bound * plain)
