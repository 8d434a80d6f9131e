"""What a roll-up adds up, against plain sums in polars."""

from __future__ import annotations

import random

import polars as pl
import pytest

from etl.measures import frames
from etl.measures.rollup_sums import STATES, Sums
from tests.etl.measures import county
from tests.etl.measures.county import observations

MEMBERS = frames.members(county.catalogue())


def rows(seed: int) -> pl.DataFrame:
    """Some municipalities of some groups, with what may lack in them."""
    chosen = random.Random(seed)
    made = [
        {
            "area": code,
            "age": age,
            "sex": sex,
            "value": chosen.choice([None, 10.0, 20.0]),
            "numerator": chosen.choice([None, 1.0, 5.0]),
            "denominator": chosen.choice([None, 0.0, 50.0, 80.0]),
            "flag": chosen.choice([None, None, "preliminary", "suppressed", "missing"]),
            "origin": chosen.choice(["published", "uploaded"]),
            "source": chosen.choice(["A", "B", None]),
            "batch": chosen.randint(1, 4),
        }
        for code in county.MUNICIPALITIES
        for age in ("total", "18+")
        for sex in ("total", "women")
        if chosen.random() < 0.8
    ]
    return observations(*made).with_columns(
        example=pl.lit(value=False), roll_up=pl.lit("population_weighted"), scale=pl.lit(100.0),
        inhabitants_alike=pl.col("denominator") * 2, inhabitants_all=pl.lit(7.0),
    )  # fmt: skip


def mean(weight: str) -> pl.Expr:
    usable = pl.col(weight).is_not_null().all() & (pl.col(weight).sum() > 0)
    return pl.when(usable).then((pl.col("value") * pl.col(weight)).sum() / pl.col(weight).sum())


@pytest.mark.parametrize("seed", range(6))
def test_sums_of_every_area_are_those_of_its_municipalities(seed):
    given = rows(seed)
    sums = Sums(given, MEMBERS)
    found = sums.summed().join(sums.groups.with_row_index("group").select("group", "sex", "age"), on="group")
    complete = {
        name: pl.when(pl.col(column).is_not_null().all()).then(pl.col(column).sum())
        for name, column in (("numerator",) * 2, ("denominator",) * 2, ("total", "value"))
    }
    expected = (
        given.rename({"area": "municipality"})
        .join(MEMBERS.select("municipality", "area"), on="municipality")
        .group_by("sex", "age", "area")
        .agg(
            (pl.col("value").is_not_null() & pl.col("flag").ne_missing("suppressed"))
            .sum()
            .cast(pl.Int32)
            .alias("members"),
            *(expression.alias(f"_{name}") for name, expression in complete.items()),
            mean("denominator").alias("by_denominator"),
            mean("inhabitants_alike").alias("by_alike"),
            mean("inhabitants_all").alias("by_all"),
            (pl.col("flag") == "suppressed").fill_null(value=False).any().alias("hidden"),
            (pl.col("flag") == "preliminary").fill_null(value=False).any().alias("preliminary"),
            (pl.col("origin") == "uploaded").any().alias("uploaded"),
            pl.col("batch").max(),
            pl.col("source").min(),
            pl.col("source").max().alias("other_source"),
        )
        .rename({f"_{name}": name for name in complete})
    )
    key = ["sex", "age", "area"]
    assert found.drop("group").select(expected.columns).sort(key).equals(expected.sort(key))


def test_the_state_of_every_row_is_told():
    given = observations(
        {"area": "1401", "value": 1.0, "numerator": 1.0, "denominator": 2.0},
        {"area": "1402", "value": 1.0, "flag": "suppressed"},
        {"area": "1403"},
        {"area": "1404", "value": 1.0},
        {"area": "1405", "value": 1.0, "denominator": 1.0},
        {"area": "1405", "value": 1.0, "numerator": 1.0, "sex": "women"},
    ).with_columns(example=pl.lit(value=False), roll_up=pl.lit("ratio_of_sums"), scale=pl.lit(1.0))
    assert Sums(given, MEMBERS).states.sort("municipality", "group")["state"].to_list() == STATES
