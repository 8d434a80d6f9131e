from __future__ import annotations

import polars as pl
import pytest

from etl.extract.model import Conventions
from etl.transform.observations import to_observations
from etl.transform.shares import tolerance
from tests.etl.transform.build import TEMPLATE, figures, told

AREAS = ["1480", "1440", "1401"]


@pytest.fixture(scope="module")
def read(catalogue):
    def _read(*values: str, conventions: Conventions = TEMPLATE, **cells: str):
        rows = [{"value": value, "area": area, **cells} for value, area in zip(values, AREAS, strict=False)]
        return to_observations(figures(*rows, conventions=conventions), catalogue, origin="uploaded")

    return _read


def test_an_indicator_with_only_fractions_is_turned_into_per_cent_and_told_once(read):
    rows, problems = read("0.755", "1", "0.5")
    assert rows["value"].to_list() == pytest.approx([75.5, 100, 50])
    assert problems.select("code", "severity", "row", "value").rows() == [
        ("share_as_fraction", "warning", 2, "0.755")
    ]
    assert problems["hint"].item() == (
        "3\u00a0värden för ”Telefonsamtal till primärvården som besvaras samma dag” "
        "(vardgaranti-telefon) lästes som andelar av 1 "
        "och räknades om till procent."
    )


def test_one_fraction_is_told_as_one(read):
    _, problems = read("0,755")
    assert "1\u00a0värde för " in problems["hint"].item()
    assert "lästes som en andel av 1" in problems["hint"].item()


@pytest.mark.parametrize(
    ("values", "expected", "codes"),
    [
        (["75,5", "50"], [75.5, 50], []),
        (["1", "0"], [1, 0], ["maybe_fraction"]),
        (["1", "1"], [1, 1], ["maybe_fraction"] * 2),
        (["1 %", "1 %"], [1, 1], []),
        (["0", "2"], [0, 2], []),
        (["0,8 %", "0,5 %"], [0.8, 0.5], []),
        (["0,8", "50"], [0.8, 50], ["maybe_fraction"]),
        (["0", "0,5"], [0, 50], ["share_as_fraction"]),
    ],
)
def test_per_cent_stays_per_cent(read, values, expected, codes):
    rows, problems = read(*values)
    assert rows["value"].to_list() == pytest.approx(expected)
    assert problems["code"].to_list() == codes


@pytest.mark.parametrize(
    ("cells", "expected", "codes"),
    [
        (("0,755", "151", "200"), 75.5, ["share_as_fraction"]),
        (("0,76", "151", "200"), 76, ["share_as_fraction"]),
        (("0,5", "1", "200"), 0.5, []),
        (("1", "200", "200"), 100, ["share_as_fraction"]),
        (("1", "2", "200"), 1, []),
        (("0", "0", "200"), 0, []),
        (("0,6", "151", "200"), None, ["value_disagrees"]),
    ],
)
def test_numerator_and_denominator_decide(read, cells, expected, codes):
    value, numerator, denominator = cells
    rows, problems = read(value, numerator=numerator, denominator=denominator)
    assert rows["value"].to_list() == ([] if expected is None else [pytest.approx(expected)])
    assert problems["code"].to_list() == codes


def test_other_units_are_left_alone(read):
    rows, problems = read("0,62", "0,58", indicator="kontinuitetsindex", period="2024")
    assert rows["value"].to_list() == [0.62, 0.58]
    assert problems.is_empty()


def test_a_source_that_writes_per_cent_is_believed(read):
    rows, problems = read("0,8", "0,5", conventions=Conventions(marks={}, share="percent"))
    assert rows["value"].to_list() == [0.8, 0.5]
    assert set(problems["code"]) <= {"maybe_fraction"}


def test_a_source_that_writes_fractions_is_believed_without_a_word(read):
    rows, problems = read("0.855", "1", conventions=Conventions(marks={}, share="fraction"))
    assert rows["value"].to_list() == pytest.approx([85.5, 100])
    assert problems.is_empty()


def test_one_indicators_fractions_do_not_touch_anothers(catalogue):
    file = figures({"value": "0,8"}, {"value": "80", "indicator": "akut-4-timmar"})
    rows, problems = to_observations(file, catalogue, origin="uploaded")
    assert rows["value"].to_list() == pytest.approx([80, 80])
    assert told(problems) == [("share_as_fraction", 2, "Värde")]


@pytest.mark.parametrize(("decimals", "allowed"), [(0, 0.55), (1, 0.055), (2, 0.01), (9, 0.01), (-2, 55)])
def test_rounding_is_allowed_for_and_no_more(decimals, allowed):
    assert pl.select(tolerance(pl.lit(decimals, pl.Int32))).item() == pytest.approx(allowed)
