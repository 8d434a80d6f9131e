"""Whether a figure has really changed."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures import frames
from etl.measures.findings import finding, findings
from tests.etl.measures.rows import CATALOGUE, KEY, frame, random_rows, row


def found(**changed):
    one = row(**{"year_change": None, "year_change_is_certain": None, **changed})
    return finding(one, CATALOGUE.indicators[one["indicator"]], CATALOGUE.targets.get(one["target"] or ""))


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({}, None),
        ({"variation": "common", "trend": "no_change", "before": "similar"}, None),
        ({"variation": "improvement"}, "better"),
        ({"variation": "concern"}, "worse"),
        ({"trend": "better"}, "better"),
        ({"trend": "worse"}, "worse"),
        ({"before": "better"}, "better"),
        ({"before": "worse"}, "worse"),
        # a change alone: only a certain one, and only as shown
        ({"year_change": 1.3, "year_change_is_certain": True}, "better"),
        ({"year_change": -1.3, "year_change_is_certain": True}, "worse"),
        ({"year_change": 1.3, "year_change_is_certain": False}, None),
        ({"year_change": 1.3, "year_change_is_certain": None}, None),
        ({"year_change": 0.04, "year_change_is_certain": True}, None),
        ({"year_change": float("nan"), "year_change_is_certain": True}, None),
        # several
        ({"variation": "improvement", "trend": "better", "before": "better"}, "better"),
        ({"variation": "improvement", "trend": "worse"}, "mixed"),
        ({"variation": "improvement", "year_change": -1.3, "year_change_is_certain": True}, "mixed"),
        # the change shown beside it goes the other way, by chance or not
        ({"variation": "improvement", "year_change": -1.3, "year_change_is_certain": False}, "mixed"),
        ({"variation": "improvement", "year_change": -0.04, "year_change_is_certain": False}, "better"),
        ({"variation": "concern", "year_change": 1.3}, "mixed"),
    ],
)
def test_what_the_rules_say_together(said, what):
    assert found(**said) == what


def test_lower_is_better():
    dagar = {"indicator": "dagar", "target": "dagar-3"}
    assert found(**dagar, year_change=-1.0, year_change_is_certain=True) == "better"
    assert found(**dagar, variation="improvement", year_change=1.0) == "mixed"
    assert found(**dagar, variation="improvement", year_change=-1.0) == "better"
    assert found(**dagar, variation="concern") == "worse"


def test_where_no_way_is_better_it_has_only_increased_or_decreased():
    antal = {"indicator": "antal", "target": None}
    assert found(**antal, variation="high") == "increased"
    assert found(**antal, trend="decreasing") == "decreased"
    assert found(**antal, before="higher", year_change=2.0) == "increased"
    assert found(**antal, variation="high", trend="decreasing") == "mixed"
    assert found(**antal, variation="improvement") is None


def test_towards_a_range_no_way_is_better():
    ranged = CATALOGUE.targets["antal-mellan"]
    one = row(variation="improvement", year_change=None)
    assert finding(one, CATALOGUE.indicators["andel"], None) == "better"
    assert finding(one, CATALOGUE.indicators["andel"], ranged) == "increased"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(random_rows(), min_size=1, max_size=8, unique_by=lambda one: tuple(one[name] for name in KEY))
)
def test_whole_columns_say_the_same(rows):
    kinds = {item.id: str(item.kind) for item in CATALOGUE.targets.values()}
    told = (
        frame(*rows)
        .join(
            frames.rules(CATALOGUE).select("indicator", "direction", "decimals"),
            on="indicator",
            maintain_order="left",
        )
        .with_columns(
            pl.col("target").replace_strict(kinds, default=None, return_dtype=pl.String).alias("kind")
        )
        .select(findings())
    )
    expected = [
        finding(one, CATALOGUE.indicators[one["indicator"]], CATALOGUE.targets.get(one["target"] or ""))
        for one in rows
    ]
    assert told.to_series().to_list() == expected


def test_nothing_of_nothing():
    rules = frames.rules(CATALOGUE).select("indicator", "direction", "decimals")
    ready = frame().join(rules, on="indicator").with_columns(pl.lit(None, pl.String).alias("kind"))
    assert ready.select(findings()).is_empty()
