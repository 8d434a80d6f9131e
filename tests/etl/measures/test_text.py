"""Whole-column texts say what the single ones say."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.measures import text
from schemas import swedish
from schemas.catalogue import Unit

N = "\u00a0"
CASES = st.lists(
    st.tuples(
        st.none() | st.floats(-1e9, 1e9) | st.integers(-5000, 5000).map(lambda n: n / 1000),
        st.sampled_from([str(unit) for unit in Unit]),
        st.integers(0, 4),
    ),
    min_size=1,
)


@given(CASES)
def test_columns_agree_with_the_scalar_texts(cases):
    frame = pl.DataFrame(cases, schema={"v": pl.Float64, "u": pl.String, "d": pl.Int32}, orient="row")
    v, u, d = pl.col("v"), pl.col("u"), pl.col("d")
    shown = frame.select(
        number=text.number(v, d),
        value=text.value_text(v, u, d),
        change=text.change_words(v, u, d),
        rounded=text.rounded(v, d),
    )
    for (value, unit, decimals), row in zip(cases, shown.iter_rows(named=True), strict=True):
        if value is None:
            assert set(row.values()) == {None}
        else:
            assert row["number"] == swedish.number(float(value), decimals)
            assert row["value"] == swedish.value_text(float(value), unit, decimals)
            assert row["change"] == swedish.change_words(float(value), unit, decimals)
            assert row["rounded"] == swedish.rounded(float(value), decimals)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(55.0, 1, f"55{N}%"), (54.96, 1, f"55{N}%"), (52.5, 1, f"52,5{N}%"), (100.0, 0, f"100{N}%")],
)
def test_a_whole_target_has_no_decimals(value, decimals, expected):
    frame = pl.DataFrame({"v": [value], "d": [decimals]}, schema_overrides={"d": pl.Int32})
    assert frame.select(text.target_text(pl.col("v"), pl.lit("percent"), pl.col("d"))).item() == expected
