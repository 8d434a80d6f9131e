"""A warehouse of five million observations: years of deliveries, each with the whole history of every municipality.

`python -m tests.benchmarks.world WAREHOUSE` delivers to a warehouse that holds what is bundled.

What comes with the program is taken, told apart by sex, and delivered anew month after month, as registers do, with
one figure of a hundred corrected each time. The pages show the same indicators and periods as with what is bundled.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import polars as pl

from etl.catalogue import load_catalogue
from etl.jobs.publishing import derivation
from etl.warehouse import Delivery, Warehouse, anyone
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from schemas.problem import PROBLEM_SCHEMA
from tests.conftest import ROOT

OBSERVATIONS = 5_000_000

#: Counts that are told apart by sex are at least this: hiding small ones is measured elsewhere.
_LEAST = 100

#: One figure of so many is another one in the next delivery.
_CORRECTED = 100


def enlarge(folder: Path) -> int:
    """Deliver to a warehouse that holds what is bundled until it has five million observations.

    Returns:
        How many it has.
    """
    knowledge = load_catalogue(ROOT / "data" / "catalogue")
    with closing(Warehouse(folder)) as warehouse:
        with warehouse.snapshot() as now:
            history = by_sex(now.observations().filter(origin="example").drop("batch"))
        deliveries = [delivery(history, number) for number in range(-(-OBSERVATIONS // history.height))]
        warehouse.load_all(
            deliveries,
            publish=True,
            by="test",
            derive=derivation(knowledge),
            key=knowledge.key,
            permit=anyone,
        )
        return int(warehouse.batches()["observations"].sum())


def by_sex(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, and for each that is a large count of a large count two more: women's half, and men's."""
    rest = pl.col("denominator") - pl.col("numerator")
    counted = rows.filter(pl.col("numerator") >= _LEAST, rest >= _LEAST)
    scale = pl.col("value") * pl.col("denominator") / pl.col("numerator")
    parts = []
    for sex, half in (
        ("women", (pl.col("numerator") / 2).floor()),
        ("men", (pl.col("numerator") / 2).ceil()),
    ):
        of = pl.col("denominator") / 2
        whole = of.floor() if sex == "women" else of.ceil()
        own = counted.with_columns(
            pl.lit(sex).alias("sex"), half.alias("own"), whole.alias("of"), scale.alias("scale")
        )
        parts.append(
            own.with_columns(
                (pl.col("scale") * pl.col("own") / pl.col("of")).alias("value"),
                pl.col("own").alias("numerator"),
                pl.col("of").alias("denominator"),
            ).select(rows.columns)
        )
    return pl.concat([rows, *parts])


def delivery(history: pl.DataFrame, number: int) -> Delivery:
    """The whole history once more, with other figures corrected than the last time."""
    other = (pl.int_range(pl.len()) * 7919 + number) % _CORRECTED == 0
    corrected = other & (pl.col("numerator") > 1)
    rows = history.with_columns(
        pl.when(corrected).then(pl.col("numerator") - 1).otherwise(pl.col("numerator")).alias("numerator"),
        pl.when(corrected)
        .then(pl.col("value") * (pl.col("numerator") - 1) / pl.col("numerator"))
        .otherwise(pl.col("value"))
        .alias("value"),
    )
    return Delivery(
        content=f"Leverans {number} av {OBSERVATIONS}".encode(),
        name=f"uttag-{number:03d}.csv",
        jobs=("accessibility", "continuity", "vaccination"),
        shape="template",
        delivered_by="test",
        origin="example",
        observations=rows.select(list(OBSERVATION_SCHEMA)),
        allocations=pl.DataFrame(schema=ALLOCATION_SCHEMA),
        problems=pl.DataFrame(schema=PROBLEM_SCHEMA),
    )


if __name__ == "__main__":
    print(enlarge(Path(sys.argv[1])))
