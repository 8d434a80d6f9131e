"""Codes of periods."""

from __future__ import annotations

import pytest

from schemas.period import Period


@pytest.mark.parametrize(
    "code",
    ["2024", "2024H2", "2024K1", "2024-05", "2024V15", "2020V53", "2022/2023", "2024-05-17"],
)
def test_a_code_comes_back(code):
    period = Period.from_code(code)
    assert period is not None
    assert period.code == code


@pytest.mark.parametrize(
    "text", ["", "24", "2024H3", "2024K5", "2024-13", "2021V53", "2022/2024", "2024-02-30", "maj 2024"]
)
def test_what_is_no_code_gives_none(text):
    assert Period.from_code(text) is None
