"""Money, to the krona."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.measures.funds import split_per_capita
from etl.measures.pipeline import judged
from schemas.catalogue import Agreement
from tests.etl.measures import county
from tests.etl.measures.county import allocations, indicator, observations, only

MONEY = indicator(
    "medel", unit="kronor", roll_up="sum", subject="funds", decimals=0, denominator=None, highest=1e12
)
AGREEMENT = Agreement(
    id="avtal",
    name="Avtal",
    year=2021,
    total=Decimal(1000),
    indicator="medel",
    decided_by="SRO",
    decided_on=dt.date(2021, 4, 23),
    note="text",
    source=county.SOURCE,
)


def row(area, amount, **more):
    return {"area": area, "amount": Decimal(amount), **more}


def derived(*rows, observed=()):
    goal = county.target(indicator="medel", value=1000, level="län")
    catalogue = county.catalogue([indicator(), MONEY], [goal], [AGREEMENT])
    return judged(observations(*observed), allocations(*rows), catalogue, county.population())


def test_money_goes_where_its_area_says():
    series, judgements = derived(
        row("1404", 100),
        row("1404", 50, purpose="Annat"),
        row("e-norr", 200),
        row("14", 650, level="länsgemensamt"),
        row("1405", 999, kind="used"),
    )
    values = dict(series.select("area", "value").rows())
    assert values == {"14": 1000.0, "e-norr": 200.0, "e-syd": 150.0, "t-land": 150.0, "1404": 150.0}
    assert only(series, area="e-norr")["method"] == "direct"
    assert only(series, area="14")["method"] == "sum"
    south = only(series, area="e-syd")
    # kronor per inhabitant: 150 / 5 000
    assert (south["numerator"], south["denominator"]) == (150.0, 5000.0)
    assert (south["period_start"], south["period_end"]) == (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    assert only(judgements, indicator="medel", area="14")["judgement"] == "target_reached"
    assert only(judgements, indicator="medel", area="e-syd")["reason"] == "Målet gäller hela länet"
    assert only(judgements, indicator="medel", area="1405")["reason"] == "Inga medel redovisade för området"


def test_parts_of_a_krona_are_added_exactly():
    series, _ = derived(*[row(area, "0.10") for area in county.MUNICIPALITIES])
    assert only(series, area="14")["value"] == 0.5


def test_real_money_takes_the_place_of_examples():
    series, _ = derived(
        row("1404", 100, origin="example"),
        row("14", 700, origin="uploaded", batch=4),
        row("14", 300, origin="published", purpose="Annat"),
    )
    assert dict(series.select("area", "value").rows()) == {"14": 1000.0}
    assert only(series, area="14")["origin"] == "uploaded"
    assert only(series, area="14")["batch"] == 4


def test_examples_stay_examples():
    series, judgements = derived(row("1404", 1000, origin="example"))
    assert set(series["origin"]) == {"example"}
    assert only(judgements, indicator="medel", area="14")["origin"] == "example"


def test_without_allocations_there_is_nothing():
    series, judgements = derived()
    assert series.is_empty()
    assert judgements.is_empty()


def test_allocations_go_before_observations_of_the_same_figure():
    observed = {"indicator": "medel", "area": "14", "value": 1.0, "period_start": dt.date(2021, 1, 1)}
    series, _ = derived(row("14", 1000), observed=[observed])
    assert only(series, area="14")["value"] == 1000.0


def test_a_published_sum_stands_above_example_allocations():
    observed = {"indicator": "medel", "area": "14", "value": 1000.0, "period_start": dt.date(2021, 1, 1)}
    series, _ = derived(row("1404", 900, origin="example"), observed=[observed])
    county_row = only(series, area="14")
    assert (county_row["value"], county_row["origin"], county_row["method"]) == (
        1000.0,
        "published",
        "direct",
    )
    assert only(series, area="e-syd")["origin"] == "example"


def test_the_agreed_sum_split_over_the_delregioner(shared_data):
    """Rounded one by one, the shares of 81 314 959 kr come to one krona too many."""
    known = pl.read_csv(shared_data / "municipalities.csv", schema_overrides={"code": pl.String})
    people = dict(known.group_by("vardsamverkansomrade").agg(pl.col("population_2020_12_31").sum()).rows())
    total = Decimal(81_314_959)
    naive = {
        "Göteborgsområdet": 34_864_096,
        "Fyrbodal": 13_512_651,
        "Skaraborg": 12_609_273,
        "Södra Älvsborg": 10_636_881,
        "SIMBA": 5_724_771,
        "SAMLA": 3_967_288,
    }
    assert sum(naive.values()) == total + 1
    split = split_per_capita(total, people)
    assert sum(split.values()) == total
    differing = {name for name, amount in split.items() if amount != naive[name]}
    exact = {name: Decimal(81_314_959) * people[name] / sum(people.values()) for name in people}
    rounded_up = {name for name in exact if naive[name] > exact[name]}
    assert len(differing) == 1
    # the one that gives way is, among those rounded up, the one with the smallest remainder
    assert differing == {min(rounded_up, key=lambda name: exact[name] % 1)}


def test_ties_go_to_the_largest_then_to_the_first_id():
    assert split_per_capita(Decimal(1), {"b": 1, "a": 1}) == {"b": Decimal(0), "a": Decimal(1)}
    # remainders 1/2 and 1/2
    assert split_per_capita(Decimal(2), {"a": 1, "b": 3}) == {"a": Decimal(0), "b": Decimal(2)}


@given(
    st.integers(0, 10**12),
    st.dictionaries(st.text("abcdef", min_size=1), st.integers(0, 10**7), min_size=1).filter(
        lambda weights: sum(weights.values()) > 0
    ),
)
def test_a_split_adds_up_and_is_nowhere_a_krona_off(total, weights):
    split = split_per_capita(Decimal(total), weights)
    assert list(split) == list(weights)
    assert sum(split.values()) == total
    people = sum(weights.values())
    for name, amount in split.items():
        assert abs(int(amount) * people - total * weights[name]) < people
    backwards = split_per_capita(Decimal(total), dict(reversed(weights.items())))
    assert backwards == split


@pytest.mark.parametrize(
    ("total", "weights"),
    [("1.50", {"a": 1}), ("-1", {"a": 1}), ("1", {}), ("1", {"a": 0}), ("1", {"a": 2, "b": -1})],
)
def test_what_cannot_be_split(total, weights):
    with pytest.raises(ValueError, match=r"Summan|invånare"):
        split_per_capita(Decimal(total), weights)
