from __future__ import annotations

import polars as pl
import pytest

from etl.transform.observation_checks import (
    NUMBERS,
    WITHOUT_VALUE,
    cell_checks,
    deviation_checks,
    figure_checks,
    told_deviations,
    twice,
)
from schemas.columns import FLAGS, OBSERVATION_KEY, OBSERVATION_SCHEMA

NO_ROWS = pl.DataFrame(
    schema={
        **dict.fromkeys(["raw_sex", "raw_flag", "flag", "raw_period", "usual_period"], pl.String),
        **{name: OBSERVATION_SCHEMA[name] for name in OBSERVATION_KEY},
        "period_start": pl.Date,
    }
)


@pytest.mark.parametrize("listed", [True, False])
def test_every_check_says_what_was_expected_and_what_to_do(catalogue, listed):
    checks = [
        *cell_checks(NO_ROWS, catalogue if listed else None),
        *figure_checks(),
        *deviation_checks(pl.DataFrame({"raw_standard_deviation": ["8,1"]})),
        twice(NO_ROWS),
    ]
    for check in checks:
        assert check.code.replace("_", "").isalpha()
        hint = check.hint if isinstance(check.hint, str) else pl.select(check.hint).item()
        assert hint.endswith(".")
    assert sum(check.code == "bad_number" for check in checks) == len(NUMBERS) + 1


def test_a_file_without_standard_deviations_is_asked_nothing_about_them():
    rows = pl.DataFrame(
        {"raw_standard_deviation": [None], "standard_deviation": [None]},
        schema={"raw_standard_deviation": pl.String, "standard_deviation": pl.Float64},
    )
    assert deviation_checks(rows) == []
    assert told_deviations(rows, {}).is_empty()


def test_flags_without_a_value_are_the_schemas_own():
    assert set(WITHOUT_VALUE) < set(FLAGS)
