from __future__ import annotations

import polars as pl
import pytest

from etl.transform.columns import FLAGS, KINDS, LEVELS, SEXES, ages
from etl.transform.names import look_up
from schemas.columns import ALLOCATION_KINDS, ALLOCATION_LEVELS
from schemas.columns import FLAGS as FLAG_VALUES
from schemas.columns import SEXES as SEX_VALUES


@pytest.mark.parametrize(
    ("table", "word", "meaning"),
    [
        (SEXES, "Totalt", "total"), (SEXES, "T", "total"), (SEXES, "Kvinnor och män", "total"),
        (SEXES, "kvinnor", "women"), (SEXES, "K", "women"), (SEXES, "MÄN", "men"), (SEXES, "pojkar", "men"),
        (SEXES, "Q", None),
        (FLAGS, "preliminär", "preliminary"), (FLAGS, "Undertryckt", "suppressed"), (FLAGS, "saknas", "missing"),
        (FLAGS, "kanske", None),
        (LEVELS, "länsgemensamt", "länsgemensamt"), (LEVELS, "Region", "region"), (LEVELS, "kommuner", "kommun"),
        (LEVELS, "stat", None),
        (KINDS, "fördelat", "allocated"), (KINDS, "Använt", "used"), (KINDS, "återbetalat", "repaid"),
        (KINDS, "återbetalt", "repaid"), (KINDS, "lånat", None),
    ],
)  # fmt: skip
def test_words(table, word, meaning):
    assert look_up(pl.Series([word]), table).to_list() == [meaning]


@pytest.mark.parametrize(
    ("table", "allowed"),
    [(SEXES, SEX_VALUES), (FLAGS, FLAG_VALUES), (LEVELS, ALLOCATION_LEVELS), (KINDS, ALLOCATION_KINDS)],
)
def test_words_mean_what_the_schema_takes(table, allowed):
    assert set(table.values()) == set(allowed)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Totalt", "total"), ("alla åldrar", "total"), ("18+", "18+"), ("18 +", "18+"), ("18 år och äldre", "18+"),
        ("18 och äldre", "18+"), ("90 eller äldre", "90+"), ("65-", "65+"), ("65 år+", "65+"), ("18-29", "18-29"),
        ("18–29 år", "18-29"), ("40 - 49", "40-49"), ("12 år", "12"), ("12", "12"), ("2-åringar", "2"), ("vuxna", None),
        ("18++", None), ("", None), (None, None), ("1234+", None),
    ],
)  # fmt: skip
def test_ages(text, age):
    assert ages(pl.Series([text], dtype=pl.String)).to_list() == [age]
