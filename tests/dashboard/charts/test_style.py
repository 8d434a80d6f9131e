"""Labels moved apart, against the least-squares solution; palettes and Swedish separators."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression

from dashboard.charts import style
from tests.conftest import ROOT

GAP = 0.055
EPSILON = 1e-9

places = st.lists(st.floats(-0.5, 1.5), min_size=1, max_size=15)


def nearest(positions: list[float], gap: float, within: tuple[float, float]) -> np.ndarray:
    """The places closest to those wished for (least squares), in order and apart, in order of place."""
    steps = np.arange(len(positions)) * gap
    free = isotonic_regression(np.sort(positions) - steps).x
    return np.clip(free, within[0], within[1] - steps[-1]) + steps


@given(places)
def test_as_near_as_can_be_to_where_they_would_stand(positions):
    moved = style.spread(positions, GAP)
    assert np.allclose(np.sort(moved), nearest(positions, GAP, (-np.inf, np.inf)))


@given(places)
def test_as_near_as_there_is_room_for(positions):
    moved = style.spread(positions, GAP, within=(0.0, 1.0))
    assert np.allclose(np.sort(moved), nearest(positions, GAP, (0.0, 1.0)))
    assert min(moved) >= -EPSILON
    assert max(moved) <= 1.0 + EPSILON


@given(places, st.sampled_from([(-np.inf, np.inf), (0.0, 1.0), (0.0, 0.1)]))
def test_order_and_gaps_are_kept_even_where_there_is_too_little_room(positions, within):
    moved = style.spread(positions, GAP, within=within)
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    assert all(moved[after] - moved[before] >= GAP - EPSILON for before, after in pairwise(order))


def test_labels_that_are_apart_stay_where_they_are():
    assert style.spread([0.9, 0.1, 0.5], GAP, within=(0.0, 1.0)) == [0.9, 0.1, 0.5]
    assert style.spread([], GAP) == []


def test_seven_labels_at_the_bottom_all_stand_inside_and_apart():
    moved = style.spread([0.0] * 7, GAP, within=(0.0, 1.0))
    assert moved == pytest.approx([GAP * place for place in range(7)])


def test_numbers_are_written_in_swedish():
    layout = style.layout(style.LIGHT, height=300)
    assert layout["separators"] == ",\u00a0"
    assert layout["height"] == 300


@pytest.mark.parametrize(
    ("theme", "palette"), [("dark", style.DARK), ("light", style.LIGHT), (None, style.LIGHT)]
)
def test_the_palette_of_a_theme(theme, palette):
    assert style.palette(theme) is palette


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("part", "needed"),
    [("ink", 7), ("quiet", 4.5), ("chosen", 4.5), ("target", 4.5), ("note", 4.5), ("muted", 1.5)],
)
def test_what_is_read_stands_out_from_the_paper(palette, part, needed):
    assert contrast(getattr(palette, part), palette.paper) >= needed


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_palette_is_the_pages_own(theme):
    page = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][theme]
    palette = style.palette(theme)
    assert (palette.ink, palette.paper, palette.chosen) == (
        page["textColor"],
        page["backgroundColor"],
        page["linkColor"],
    )


def test_colours_are_colours():
    for palette in (style.LIGHT, style.DARK):
        for part in fields(palette):
            assert re.fullmatch(r"#[0-9a-f]{6}|rgba\([\d.,]+\)", getattr(palette, part.name))


def test_a_faint_colour_is_the_same_colour():
    assert style.faint("#1b2126", 0.5) == "rgba(27,33,38,0.5)"
