"""New, revised, removed and unchanged figures and sums."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from random import Random

import polars as pl
import pytest

from etl.jobs.difference_rows import MONEY_SCHEMA, ROW_SCHEMA, Counts, changed_money, changed_rows
from tests.etl.jobs.differences import (
    KNOWN,
    PERIODS,
    applied,
    applied_money,
    by_key,
    kinds,
    money_by_key,
    some_rows,
)
from tests.etl.measures import county
from tests.etl.measures.county import counted, observations


@pytest.mark.parametrize("seed", range(12))
def test_a_delivery_is_what_a_dictionary_says_it_is(seed):
    draw = Random(seed)
    before, delivered = some_rows(draw, 250), some_rows(draw, 120)
    rows, counts = changed_rows(before, delivered, KNOWN)
    old, new = by_key(before), by_key(delivered)
    assert asdict(counts) == {**kinds(old, new), "removed": 0}
    assert applied(old, rows) == {**old, **new}
    assert rows.schema == pl.Schema(ROW_SCHEMA)


@pytest.mark.parametrize("seed", range(12))
def test_a_withdrawal_brings_back_what_was_there(seed):
    draw = Random(seed)
    older, batch = some_rows(draw, 250), some_rows(draw, 120)
    rows, counts = changed_rows(batch, older, KNOWN, withdrawn=True)
    old, back = by_key(batch), by_key(older)
    expected = {key: back[key] for key in old if key in back}
    assert applied(old, rows) == expected
    assert counts.removed == len(old) - len(expected)
    assert counts.new == 0
    assert rows.filter(pl.col("what") == "removed").select("sheet", "row").null_count().row(0) == (0, 0)


def one(before: list[dict], after: dict, **options) -> dict:
    """The one row of a difference."""
    rows, _ = changed_rows(observations(*before), observations(after), KNOWN, **options)
    assert rows.height == 1
    return rows.row(0, named=True)


def test_the_figure_that_counts_is_worked_out_from_the_counts():
    row = one([{"area": "14", "value": 40.0}], {"area": "14", "numerator": 30.0, "denominator": 60.0})
    assert (row["old_figure"], row["new_figure"], row["change"]) == (40.0, 50.0, 10.0)
    assert (row["old_value"], row["new_value"]) == (40.0, None)
    assert row["certain"] is None, "one side has no counts"


def test_a_flag_silences_the_figure():
    row = one([{"area": "14", "value": 40.0}], {"area": "14", "value": 40.0, "flag": "suppressed"})
    assert (row["what"], row["new_figure"], row["change"]) == ("revised", None, None)
    assert row["new_value"] == 40.0, "as delivered"


def test_a_figure_written_in_another_way_is_revised_without_a_change():
    row = one([{"area": "14", "value": 50.0}], {"area": "14", "numerator": 1.0, "denominator": 2.0})
    assert (row["what"], row["change"], row["size"]) == ("revised", 0.0, 0.0)


@pytest.mark.parametrize(
    ("old", "new", "certain"),
    [((500, 1000), (600, 1000), True), ((5, 10), (6, 10), False), ((0, 40), (40, 40), True)],
)
def test_whether_a_change_is_more_than_chance(old, new, certain):
    assert one([counted("14", *old)], counted("14", *new))["certain"] is certain


def test_days_have_no_interval():
    days = {"area": "14", "indicator": "dagar", "numerator": 10.0, "denominator": 5.0}
    assert one([days], {**days, "numerator": 50.0})["certain"] is None


def history(values: list[float], **more) -> list[dict]:
    return [
        {"area": "14", "period_start": start, "value": value, **more}
        for start, value in zip(PERIODS, values, strict=False)
    ]


def test_size_is_counted_in_steps_of_the_series_own():
    published = history([50.0, 52.0, 48.0, 50.0])
    row = one(published, {**published[-1], "value": 60.0})
    assert row["size"] == pytest.approx(10 / ((2 + 4 + 2) / 3))


def test_no_step_is_smaller_than_what_is_shown():
    published = history([50.0, 50.0, 50.0])
    assert one(published, {**published[-1], "value": 51.0})["size"] == pytest.approx(10.0)


def test_a_lone_figure_is_measured_by_itself():
    published = history([50.0])
    assert one(published, {**published[-1], "value": 60.0})["size"] == pytest.approx(2.0)


def test_example_and_real_figures_are_different_figures():
    row = one([{"area": "14", "value": 40.0, "origin": "example"}], {"area": "14", "value": 50.0})
    assert (row["what"], row["example"], row["old_figure"]) == ("new", False, None)
    examples = history([10.0, 90.0, 10.0], origin="example")
    real = history([50.0, 52.0, 48.0])
    revised = one([*examples, *real], {**real[-1], "value": 50.0})
    assert revised["size"] == pytest.approx(2 / 3)


def test_an_indicator_that_the_catalogue_has_lost_is_told_too():
    gone = {"area": "14", "indicator": "borttagen", "value": 3.0}
    assert one([gone], {**gone, "value": 4.0})["change"] == 1.0


def test_nothing_against_nothing():
    rows, counts = changed_rows(observations(), observations(), KNOWN)
    assert rows.is_empty()
    assert counts == Counts()
    assert counts.changed == 0


def money(*recipients: tuple[str, int], **more) -> pl.DataFrame:
    rows = [
        {"area": "14", "recipient": name, "amount": Decimal(amount), **more} for name, amount in recipients
    ]
    return county.allocations(*rows)


def test_a_division_is_replaced_as_a_whole():
    before, after = money(("A", 100), ("B", 50), ("C", 7)), money(("A", 90), ("C", 7), ("D", 60))
    rows, counts = changed_money(before, after)
    assert rows.select("recipient", "what", "change").rows() == [
        ("D", "new", Decimal(60)),
        ("B", "removed", Decimal(-50)),
        ("A", "revised", Decimal(-10)),
    ]
    assert counts == Counts(new=1, revised=1, removed=1, unchanged=1)
    assert rows.schema == pl.Schema(MONEY_SCHEMA)
    assert applied_money(money_by_key(before), rows) == money_by_key(after)


def test_example_money_is_never_held_against_real():
    rows, counts = changed_money(money(("A", 100), origin="example"), money(("A", 100)))
    assert set(rows["what"]) == {"new", "removed"}
    assert counts.unchanged == 0
