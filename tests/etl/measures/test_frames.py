"""The catalogue as frames."""

from __future__ import annotations

import datetime as dt

import numpy as np
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


def test_a_frame_of_a_catalogue_is_made_once_for_each_catalogue():
    one, other = county.catalogue(), county.catalogue([county.indicator("annan")])
    assert frames.rules(one) is frames.rules(one)
    assert frames.rules(other)["indicator"].to_list() == ["annan"]


def test_words_of_codes_and_places_of_names():
    names = pl.Series(["b", None, "a", "okänd"])
    assert frames.places(names, pl.Series(["a", "b"])).tolist() == [1, -1, 0, -1]
    assert frames.places(pl.concat([names] * 100), pl.Series(["a", "b"])).tolist() == [1, -1, 0, -1] * 100
    assert frames.places(pl.Series(["b"] * 400), pl.Series(["a", "b"])).tolist() == [1] * 400
    assert frames.words("w", np.array([1, -1, 0]), ["noll", "ett"]).to_list() == ["ett", None, "noll"]


@pytest.mark.parametrize("how", ["inner", "left"])
@pytest.mark.parametrize(
    "names", [[], ["andel"] * 3, ["annan", "andel", "annan"], ["andel", "okänd", "annan"], ["okänd"]]
)
def test_what_rules_say_is_what_a_join_gives(names, how):
    rules = frames.rules(county.catalogue([county.indicator(), county.indicator("annan", unit="index")]))
    rows = pl.DataFrame(
        {"indicator": names, "row": range(len(names))}, schema_overrides={"indicator": pl.String}
    )
    columns = ["unit", "lowest", "way"]
    expected = rows.join(rules.select("indicator", *columns), on="indicator", how=how, maintain_order="left")
    assert frames.with_rules(rows, rules, *columns, how=how).equals(expected)


def test_a_frame_takes_the_shape_of_a_schema():
    frame = pl.DataFrame({"more": [1], "b": [2], "a": ["x"]})
    shaped = frames.shaped(frame, {"a": pl.String(), "b": pl.Float64()})
    assert shaped.schema == {"a": pl.String(), "b": pl.Float64()}
    assert shaped.row(0) == ("x", 2.0)


def test_periods_shorter_than_a_year_have_a_season():
    kinds = pl.Series([*map(str, PeriodType), None])
    assert frames.is_seasonal(kinds).tolist() == [kind in frames.SEASONAL for kind in kinds]
