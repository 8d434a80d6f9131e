"""Every answer of a chart has a word, a shape and a meaning of its own."""

from __future__ import annotations

import pytest

from dashboard import signals
from schemas.results import Assurance, Variation

EVERYTHING = [*signals.VARIATIONS.values(), *signals.ASSURANCES.values()]


def test_every_answer_has_one():
    assert set(signals.VARIATIONS) == set(Variation)
    assert set(signals.ASSURANCES) == set(Assurance)


@pytest.mark.parametrize("part", ["word", "symbol", "meaning"])
def test_no_two_are_alike(part):
    said = [getattr(signal, part) for signal in EVERYTHING]
    assert len(set(said)) == len(said)


def test_points_are_told_apart_by_shape_alone():
    shapes = [signal.marker for signal in signals.VARIATIONS.values()]
    assert len(set(shapes)) == len(shapes)
