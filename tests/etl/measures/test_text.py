"""Whole-column texts say what the single ones say."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
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
@settings(deadline=None)
def test_columns_agree_with_the_scalar_texts(cases):
    frame = pl.DataFrame(cases, schema={"v": pl.Float64, "u": pl.String, "d": pl.Int32}, orient="row")
    v, u, d = pl.col("v"), pl.col("u"), pl.col("d")
    values, decimals_shown = frame["v"].to_numpy(), frame["d"].to_numpy()
    places = np.array([text.UNITS.index(unit) for unit in frame["u"]])
    shown = frame.select(
        number=text.number(v, d),
        value=text.value_text(v, u, d),
        change=text.change_texts(values, decimals_shown, places),
        rounded=text.rounded(v, d),
        shown=pl.Series(text.shown(values, decimals_shown), nan_to_null=True),
    )
    for (value, unit, decimals), row in zip(cases, shown.iter_rows(named=True), strict=True):
        if value is None:
            assert set(row.values()) == {None}
        else:
            assert row["number"] == swedish.number(float(value), decimals)
            assert row["value"] == swedish.value_text(float(value), unit, decimals)
            assert row["change"] == swedish.change_words(float(value), unit, decimals)
            assert row["rounded"] == row["shown"] == swedish.rounded(float(value), decimals)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(55.0, 1, f"55{N}%"), (54.96, 1, f"55{N}%"), (52.5, 1, f"52,5{N}%"), (100.0, 0, f"100{N}%")],
)
def test_a_whole_target_has_no_decimals(value, decimals, expected):
    percent = np.array([text.UNITS.index("percent")])
    assert text.target_texts(np.array([value]), np.array([decimals]), percent).item() == expected


def test_one_literal_holds_for_all_rows():
    frame = pl.DataFrame({"v": [1.0, 1234.5, None]})
    shown = frame.select(
        number=text.number(pl.col("v"), pl.lit(0)),
        value=text.value_text(pl.col("v"), pl.lit("days"), pl.lit(0)),
    )
    assert shown["number"].to_list() == ["1", f"1{N}235", None]
    assert shown["value"].to_list() == [f"1{N}dag", f"1{N}235{N}dagar", None]


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_number_has_no_text(value):
    frame = pl.DataFrame({"v": [value]})
    assert frame.select(text.value_text(pl.col("v"), pl.lit("percent"), pl.lit(1))).item() is None
