from __future__ import annotations

import pytest

from etl.transform.observation_checks import NUMBERS, WITHOUT_VALUE, cell_checks, figure_checks, twice
from schemas.columns import FLAGS


@pytest.mark.parametrize("listed", [True, False])
def test_every_check_says_what_was_expected_and_what_to_do(catalogue, listed):
    checks = [*cell_checks(catalogue if listed else None), *figure_checks(), twice()]
    for check in checks:
        assert check.code.replace("_", "").isalpha()
        assert isinstance(check.hint, str)
        assert check.hint.endswith(".")
    assert sum(check.code == "bad_number" for check in checks) == len(NUMBERS)


def test_flags_without_a_value_are_the_schemas_own():
    assert set(WITHOUT_VALUE) < set(FLAGS)
