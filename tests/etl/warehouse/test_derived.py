from __future__ import annotations

import polars as pl
import pytest

from etl.warehouse import changes, derived
from etl.warehouse.batches import Change
from etl.warehouse.errors import RowShapeError
from tests.etl.warehouse.doubles import MONEY, allocation, delivery, derive, figures, observation


def test_measures_get_the_touched_indicators_and_all_allocations(change: Change):
    changes.take_in(change, [delivery("m", money=(allocation(),))], derive=derive)
    changes.take_in(change, [delivery("a", observation("a", value=1.0))], derive=derive)
    asked: list[tuple[pl.DataFrame, pl.DataFrame]] = []

    def spy(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        asked.append((rows, money))
        return derive(rows, money)

    changes.take_in(change, [delivery("b", observation("b", value=2.0))], derive=spy)
    assert len(asked) == 1
    rows, money = asked[0]
    assert rows.select("indicator", "value", "batch").rows() == [("b", 2.0, 3)]
    assert money.select("recipient", "batch").rows() == [("Borås", 1)]
    assert rows.schema["batch"] == money.schema["batch"] == pl.Int64()
    assert figures(change.now.series()) == {("a", "1480"): 1.0, ("b", "1480"): 2.0, (MONEY, "14"): 10.5}


def test_money_that_is_withdrawn_takes_what_it_had_given_along(change: Change):
    changes.take_in(change, [delivery("m", money=(allocation(),))], derive=derive)
    changes.take_in(change, [delivery("o", observation(MONEY, value=3.0))], derive=derive)
    assert figures(change.now.series()) == {(MONEY, "14"): 10.5, (MONEY, "1480"): 3.0}
    changes.act(change, "withdrawn", 1, note=None, derive=derive)
    assert figures(change.now.series()) == {(MONEY, "1480"): 3.0}
    changes.act(change, "restored", 1, note=None, derive=derive)
    assert figures(change.now.series()) == {(MONEY, "14"): 10.5, (MONEY, "1480"): 3.0}


def test_a_batch_without_rows_asks_nothing_of_the_measures(change: Change):
    def never(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        pytest.fail("the measures were asked")

    changes.take_in(change, [delivery("x")], derive=never)
    assert change.now.batch(1)["status"] == "published"


def test_staging_and_rejecting_ask_nothing_of_the_measures(change: Change):
    changes.take_in(change, [delivery("x", observation())], derive=None)
    changes.act(change, "rejected", 1, note=None, derive=None)
    changes.act(change, "restored", 1, note=None, derive=derive)
    assert change.now.series().is_empty()


def test_rebuilding_replaces_everything_and_notes_the_key(change: Change):
    changes.take_in(
        change, [delivery("a", observation("a", value=1.0), money=(allocation(),))], derive=derive
    )

    def doubled(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        series, judgements = derive(rows, money)
        twice = pl.col("value") * 2
        return series.with_columns(twice), judgements.with_columns(twice).filter(indicator="a")

    derived.rebuild(change, "nyckel", doubled)
    assert figures(change.now.series()) == {("a", "1480"): 2.0, (MONEY, "14"): 21.0}
    assert figures(change.now.judgements()) == {("a", "1480"): 2.0}
    assert change.now.derived_key == "nyckel"


def test_measures_that_give_another_shape_are_refused(change: Change):
    def wrong(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        series, judgements = derive(rows, money)
        return series.drop("value"), judgements

    with pytest.raises(RowShapeError, match="series: kolumn value"):
        changes.take_in(change, [delivery("a", observation())], derive=wrong)


def by_ten(rows: pl.DataFrame, money: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Another catalogue."""
    return tuple(frame.with_columns(pl.col("value") * 10) for frame in derive(rows, money))


@pytest.mark.parametrize(
    ("key", "expected", "noted"),
    [
        ("gammal", {("a", "1480"): 10.0, ("b", "1480"): 20.0}, "gammal"),
        ("ny", {("a", "1480"): 1.0, ("b", "1480"): 20.0}, "ny"),
        (None, {("a", "1480"): 1.0, ("b", "1480"): 20.0}, "ny"),
    ],
)
def test_another_key_has_everything_derived_anew(change: Change, key, expected, noted):
    changes.take_in(change, [delivery("a", observation("a", value=1.0))], derive=derive, key="ny")
    changes.take_in(change, [delivery("b", observation("b", value=2.0))], derive=by_ten, key=key)
    assert figures(change.now.series()) == expected
    assert change.now.derived_key == noted


def test_withdrawing_and_restoring_with_another_key_derives_everything_anew(change: Change):
    changes.take_in(change, [delivery("a", observation("a", value=1.0))], derive=derive, key="ny")
    changes.take_in(change, [delivery("b", observation("b", value=2.0))], derive=derive, key="ny")
    changes.act(change, "withdrawn", 2, note=None, derive=by_ten, key="gammal")
    assert (figures(change.now.series()), change.now.derived_key) == ({("a", "1480"): 10.0}, "gammal")
    changes.act(change, "restored", 2, note=None, derive=derive, key="ny")
    assert figures(change.now.series()) == {("a", "1480"): 1.0, ("b", "1480"): 2.0}
    assert change.now.derived_key == "ny"
