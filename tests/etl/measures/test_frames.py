"""The catalogue as frames."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from etl.measures import frames
from schemas.period import Period, PeriodType
from tests.etl.measures import county


def test_every_municipality_is_in_each_division_and_the_county():
    members = frames.members(county.catalogue())
    assert members.height == len(county.MUNICIPALITIES) * 3
    assert set(members.filter(area="e-syd")["municipality"]) == {"1404", "1405"}
    assert members.filter(area="14")["division"].null_count() == 5


def test_a_share_is_scaled_and_an_index_is_not():
    catalogue = county.catalogue([county.indicator(), county.indicator("index", unit="index")])
    assert dict(frames.rules(catalogue).select("indicator", "scale").rows()) == {"andel": 100.0, "index": 1.0}


@pytest.mark.parametrize("kind", list(PeriodType))
@pytest.mark.parametrize("start", [dt.date(2023, 7, 1), dt.date(2024, 1, 1), dt.date(2024, 2, 1)])
def test_period_end_agrees_with_the_period(start, kind):
    frame = pl.DataFrame({"s": [start], "k": [str(kind)]})
    assert frame.select(frames.period_end(pl.col("s"), pl.col("k"))).item() == Period(start, kind).end
