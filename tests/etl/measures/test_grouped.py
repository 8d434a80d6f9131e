"""Groups as arrays say what a grouping in polars says."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures.grouped import Groups

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", None]),
        st.sampled_from(["x", "y"]),
        st.none() | st.integers(-3, 3).map(float),
    ),
    max_size=30,
)


def framed(rows) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"k": pl.String, "l": pl.String, "v": pl.Float64}, orient="row")


@given(ROWS)
@settings(deadline=None)
def test_sums_and_extremes_of_each_group(rows):
    frame = framed(rows).with_row_index("row")
    groups = Groups(frame, ["k", "l"])
    value = frame["v"].to_numpy()
    found = groups.keys.with_columns(
        pl.Series("total", groups.total(value), dtype=pl.Float64),
        pl.Series("any", groups.any(value > 0), dtype=pl.Boolean),
        pl.Series("least", groups.least(value), dtype=pl.Float64, nan_to_null=True),
        pl.Series("where", groups.where_least(value), dtype=pl.Int64),
    )
    expected = (
        frame.group_by("k", "l")
        .agg(
            pl.col("v").sum().alias("total"),
            (pl.col("v") > 0).any().alias("any"),
            pl.col("v").min().alias("least"),
            pl.col("row").filter(pl.col("v") == pl.col("v").min()).first().alias("where"),
        )
        .with_columns(pl.col("where").cast(pl.Int64).fill_null(-1))
        .sort("k", "l", nulls_last=False)
    )
    assert found.equals(expected)
    assert groups.keys[groups.of.astype(np.uint32)].equals(frame.select("k", "l"))


@pytest.mark.parametrize("wanted", ["total", "least", "where_least"])
def test_no_rows_have_no_groups(wanted):
    groups = Groups(framed([]), ["k", "l"])
    assert getattr(groups, wanted)(np.zeros(0)).tolist() == []
    assert groups.keys.is_empty()
