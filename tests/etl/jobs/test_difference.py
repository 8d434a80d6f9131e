"""What a change would do is what it does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

import polars as pl
import pytest

from etl.catalogue import Knowledge
from etl.jobs.delivery import Checked
from etl.jobs.difference import Difference, difference_of_batch, difference_of_delivery
from etl.jobs.publishing import derivation, publish, restore, withdraw
from etl.warehouse import Delivery, UnknownBatchError, Warehouse, anyone
from schemas.catalogue import Agreement
from schemas.columns import ALLOCATION_SCHEMA, OBSERVATION_SCHEMA
from schemas.problem import Report, no_problems
from schemas.results import JUDGEMENT_SCHEMA
from tests.etl.jobs.differences import (
    KNOWN,
    applied,
    applied_money,
    by_key,
    money_by_key,
    some_rows,
)
from tests.etl.measures import county
from tests.etl.measures.county import counted, observations

AGREEMENT = Agreement(
    id="avtal", name="Avtal", year=2021, total=Decimal(100), indicator="pengar", decided_by="SRO",
    decided_on=dt.date(2021, 4, 23), note="text", source=county.SOURCE,
)  # fmt: skip
KNOWLEDGE = Knowledge(KNOWN, county.population(), "nyckel")
ACTIONS = {"publish": publish, "withdraw": withdraw, "restore": restore}


def delivery(rows: pl.DataFrame, number: int, money: pl.DataFrame | None = None) -> Delivery:
    sums = pl.DataFrame(schema=ALLOCATION_SCHEMA) if money is None else money.select(list(ALLOCATION_SCHEMA))
    return Delivery(
        content=str(number).encode(), name=f"{number}.csv", jobs=("accessibility",), shape="template",
        delivered_by="Anna", origin="uploaded", observations=rows.select(list(OBSERVATION_SCHEMA)), allocations=sums,
        problems=no_problems(),
    )  # fmt: skip


def checked(rows: pl.DataFrame, money: pl.DataFrame | None = None) -> Checked:
    sums = {} if money is None else {"allocations": money.select(list(ALLOCATION_SCHEMA))}
    return Checked(Report(), observations=rows.select(list(OBSERVATION_SCHEMA)), **sums)


@pytest.fixture
def warehouse(tmp_path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def load(
    warehouse: Warehouse, rows: pl.DataFrame, *, published: bool, money: pl.DataFrame | None = None
) -> int:
    number = warehouse.batches().height + 1
    taken = warehouse.load(
        delivery(rows, number, money), publish=published, by="Anna", derive=derivation(KNOWLEDGE),
        key=KNOWLEDGE.key, permit=anyone,
    )  # fmt: skip
    return taken.batch


def act(warehouse: Warehouse, difference: Difference) -> None:
    assert difference.batch is not None
    ACTIONS[difference.kind](
        warehouse, difference.batch, knowledge=KNOWLEDGE, by="Bo", permit=anyone
    )  # fmt: skip


def judged(warehouse: Warehouse, indicators: tuple[str, ...]) -> pl.DataFrame:
    order = ["indicator", "age", "target", "area"]
    found = warehouse.judgements().filter(pl.col("indicator").is_in(indicators))
    return found.select(list(JUDGEMENT_SCHEMA)).drop("batch").sort(order)


def holds(warehouse: Warehouse, difference: Difference) -> None:
    """Make the change that the difference is of, and see that it told the truth."""
    old, old_money = by_key(warehouse.observations()), money_by_key(warehouse.allocations())
    assert judged(warehouse, difference.indicators).equals(
        difference.before.drop("batch").sort("indicator", "age", "target", "area")
    )
    act(warehouse, difference)
    assert applied(old, difference.rows) == by_key(warehouse.observations())
    assert applied_money(old_money, difference.funds) == money_by_key(warehouse.allocations())
    after = difference.after.drop("batch").sort("indicator", "age", "target", "area")
    assert judged(warehouse, difference.indicators).equals(after)


@pytest.mark.parametrize("seed", range(3))
def test_changes_in_random_order_do_what_was_told(warehouse, seed):
    draw = Random(seed)
    for _ in range(3):
        load(warehouse, some_rows(draw, 150), published=draw.random() < 0.7)
    for _ in range(5):
        batch = draw.choice(warehouse.batches()["batch"].to_list())
        holds(warehouse, difference_of_batch(batch, warehouse, KNOWLEDGE))


@pytest.mark.parametrize("seed", range(2))
def test_a_delivery_is_told_as_it_is_when_it_waits(warehouse, seed):
    draw = Random(seed)
    load(warehouse, some_rows(draw, 200), published=True)
    load(warehouse, some_rows(draw, 100), published=False)
    rows = some_rows(draw, 150)
    told = difference_of_delivery(checked(rows), warehouse, KNOWLEDGE)
    batch = load(warehouse, rows, published=False)
    waiting = difference_of_batch(batch, warehouse, KNOWLEDGE)
    assert (told.kind, told.batch, waiting.kind) == ("deliver", None, "publish")
    assert told.rows.equals(waiting.rows)
    assert told.counts == waiting.counts
    assert told.flips.equals(waiting.flips)
    assert told.after.drop("batch").equals(waiting.after.drop("batch"))
    holds(warehouse, waiting)


def sums(*parts: tuple[str, int]) -> pl.DataFrame:
    return county.allocations(*({"area": area, "amount": Decimal(amount)} for area, amount in parts))


def shares(old: float, **more) -> pl.DataFrame:
    return observations(*(counted(area, old, 1000, **more) for area in county.MUNICIPALITIES))


def test_a_target_that_is_reached_flips_everywhere_it_is_summed(warehouse):
    load(warehouse, shares(700), published=True)
    told = difference_of_delivery(checked(shares(850)), warehouse, KNOWLEDGE)
    assert told.counts.revised == 5
    assert told.flips.filter("overview")["area"].to_list() == ["14", "e-norr", "e-syd"]
    assert set(told.flips["new_outcome"]) == {"target_reached"}
    assert set(told.rows["tier"]) == {1}
    assert not told.empty


def test_real_figures_take_the_examples_place(warehouse):
    load(warehouse, shares(700, origin="example"), published=True)
    told = difference_of_delivery(checked(shares(700)), warehouse, KNOWLEDGE)
    assert (told.counts.new, told.counts.revised) == (5, 0)
    assert set(told.flips["what"]) == {"real"}
    batch = load(warehouse, shares(700), published=True)
    back = difference_of_batch(batch, warehouse, KNOWLEDGE)
    assert set(back.flips["what"]) == {"example"}
    assert set(back.rows["what"]) == {"removed"}


def test_the_same_figures_again_change_nothing(warehouse):
    load(warehouse, shares(700), published=True)
    told = difference_of_delivery(checked(shares(700)), warehouse, KNOWLEDGE)
    assert told.empty
    assert told.counts.unchanged == 5
    assert told.flips.is_empty()


def test_a_restored_batch_that_a_later_one_covers_changes_nothing(warehouse):
    first = load(warehouse, shares(700), published=True)
    load(warehouse, shares(850), published=True)
    act(warehouse, difference_of_batch(first, warehouse, KNOWLEDGE))
    told = difference_of_batch(first, warehouse, KNOWLEDGE)
    assert (told.kind, told.empty, told.covered) == ("restore", True, 5)


def test_a_rejected_batch_is_told_as_if_it_were_published(warehouse):
    batch = load(warehouse, shares(700), published=False)
    warehouse.reject(batch, by="Bo", permit=anyone)
    assert difference_of_batch(batch, warehouse, KNOWLEDGE).counts.new == 5


def test_judgements_of_another_catalogue_are_no_difference(warehouse):
    load(warehouse, shares(700), published=True)
    stricter = county.catalogue(
        indicators=list(KNOWN.indicators.values()), targets=[county.target("mal", value=60)]
    )
    other = Knowledge(stricter, county.population(), "en annan")
    told = difference_of_delivery(checked(shares(700)), warehouse, other)
    assert told.flips.is_empty(), "the target is reached before and after, by this catalogue"


def test_money_of_an_agreement_is_replaced_as_a_whole(warehouse):
    known = county.catalogue(indicators=list(KNOWN.indicators.values()), agreements=[AGREEMENT])
    knowledge = Knowledge(known, county.population(), "nyckel")
    first = sums(("1401", 60), ("1402", 40))
    second = sums(("1401", 70), ("1403", 30))
    nothing = observations()
    told = difference_of_delivery(checked(nothing, first), warehouse, knowledge)
    assert (told.money_counts.new, told.indicators) == (2, ("pengar",))
    assert "14" in set(told.flips["area"])
    number = warehouse.batches().height + 1
    for rows in (first, second):
        warehouse.load(
            delivery(nothing, number, rows), publish=True, by="Anna", derive=derivation(knowledge),
            key=knowledge.key, permit=anyone,
        )  # fmt: skip
        number += 1
    back = difference_of_batch(2, warehouse, knowledge)
    assert dict(back.funds.select("area", "what").rows()) == {
        "1401": "revised", "1402": "new", "1403": "removed",
    }  # fmt: skip
    old = money_by_key(warehouse.allocations())
    withdraw(warehouse, 2, knowledge=knowledge, by="Bo", permit=anyone)
    assert applied_money(old, back.funds) == money_by_key(warehouse.allocations())
    flipped = back.flips.filter(pl.col("area") == "1403")
    assert flipped["what"].to_list() == ["disappears"]


def test_an_unknown_batch(warehouse):
    with pytest.raises(UnknownBatchError):
        difference_of_batch(7, warehouse, KNOWLEDGE)


def test_what_was_fetched_already_is_not_fetched_again(warehouse):
    load(warehouse, shares(700), published=True)
    asked = []

    def published(indicators: list[str]) -> pl.DataFrame:
        asked.append(indicators)
        return warehouse.observations()

    told = difference_of_delivery(checked(shares(850)), warehouse, KNOWLEDGE, published=published)
    assert asked == [["andel"]]
    assert told.counts.revised == 5
