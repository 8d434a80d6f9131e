"""Signs of certain differences as words."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from etl.measures.standing import alike, sign, standing, strictest
from schemas.catalogue import Direction

NAN = float("nan")


@pytest.mark.parametrize(
    ("lower", "upper", "same", "expected"),
    [
        (0.1, 0.4, False, 1.0),
        (-0.4, -0.1, False, -1.0),
        (-0.1, 0.1, False, 0.0),
        (0.0, 0.1, False, 0.0),
        (0.1, 0.4, True, 0.0),
        (NAN, NAN, True, NAN),
        (NAN, 0.1, False, NAN),
    ],
)
def test_where_a_difference_s_interval_lies(lower, upper, same, expected):
    found = sign(np.array([lower]), np.array([upper]), np.array([same]))
    assert found.tolist() == pytest.approx([expected], nan_ok=True)


@pytest.mark.parametrize(
    ("direction", "words"),
    [
        (Direction.HIGHER, ["better", "worse", "similar", None]),
        (Direction.LOWER, ["worse", "better", "similar", None]),
        (Direction.NONE, ["higher", "lower", "similar", None]),
    ],
)
def test_the_word_follows_the_direction(direction, words):
    signs = np.array([1.0, -1.0, 0.0, NAN])
    assert standing("w", signs, pl.Series([str(direction)] * 4)).to_list() == words


def test_the_strictest_level_is_told():
    signs = {99.8: np.array([1.0, 0.0, 0.0, NAN]), 95.0: np.array([1.0, -1.0, 0.0, NAN])}
    assert strictest("l", signs).to_list() == [99.8, 95.0, None, None]


def test_figures_are_alike_as_shown():
    value, other = np.array([54.96, 54.94, -0.04]), np.array([55.04, 55.04, 0.04])
    assert alike(value, other, np.array([1, 1, 1])).tolist() == [True, False, True]
