from decimal import Decimal

import polars as pl
import pytest

from etl.jobs.text import first_of, kronor_column, kronor_text

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("81314959", "81 314 959 kr"),
        ("81314959.00", "81 314 959 kr"),
        ("0", "0 kr"),
        ("999.50", "999,50 kr"),
        ("1000.05", "1 000,05 kr"),
    ],
)
def test_kronor_have_ore_only_where_there_are_any(amount, text):
    expected = text.replace(" ", NBSP)
    assert kronor_text(Decimal(amount)) == expected
    column = pl.DataFrame({"amount": [Decimal(amount)]}, schema={"amount": pl.Decimal(18, 2)})
    assert column.select(kronor_column("amount")).item() == expected


@pytest.mark.parametrize(
    ("items", "text"),
    [(["a"], "a"), (["a", "b", "c"], "a, b, c"), (["a", "b", "c", "d", "e"], "a, b, c och 2 till"), ([], "")],
)
def test_first_of_tells_how_many_more(items, text):
    assert first_of(items) == text
