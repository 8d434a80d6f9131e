from __future__ import annotations

import pytest

from etl.extract.guess_words import is_code


@pytest.mark.parametrize(
    "heading",
    [
        "Id",
        "Enhetsid",
        "Enhetid",
        "Vårdenhetid",
        "Enhet_id",
        "Patientid",
        "Klientid",
        "Objektid",
        "Distriktid",
    ],
)
def test_what_names_something_is_a_code(heading):
    assert is_code(heading)


@pytest.mark.parametrize(
    "heading",
    ["Tid", "Vårdtid", "Väntetid", "Medelvårdtid", "Svarstid", "Ledtid", "Restid", "Medianväntetid"],
)
def test_a_time_is_none(heading):
    assert not is_code(heading)
