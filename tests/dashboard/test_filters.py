"""What an address asks for that can't be chosen is told, and what was chosen is said in words."""

from __future__ import annotations

import pytest

from dashboard import filters

NAMES = ["MPR-vaccinerade 2-åringar, dos 1", "Vaccinerade mot influensa, 65 år och äldre"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "MPR-vaccinerade 2 åringar",
            "”MPR-vaccinerade 2 åringar” i adressen går inte att välja som indikator här. "
            "Sidan visar ”X”. Menade du ”MPR-vaccinerade 2-åringar, dos 1”?",
        ),
        ("qqq", "”qqq” i adressen går inte att välja som indikator här. Sidan visar ”X”."),
        ("z" * 70, f"”{'z' * 60}…” i adressen går inte att välja som indikator här. Sidan visar ”X”."),
    ],
)
def test_what_cannot_be_chosen_is_told(said, told):
    assert filters.not_among("Indikator", said, NAMES, "X") == told


def test_what_is_shown_is_not_proposed():
    assert "Menade" not in filters.not_among("Indikator", "Vaccinerade mot influensa, 65+", NAMES, NAMES[1])
