from datetime import date

import polars as pl
import pytest

from etl.jobs import row_checks
from tests.etl.jobs.conftest import HEADINGS, observations

DOSE = "covid19-minst-1-dos"


def checked(catalogue, *rows):
    problems = row_checks.check_rows(observations(*rows), catalogue, HEADINGS)
    assert problems.schema == row_checks.no_problems().schema
    return problems


def test_ordinary_rows_have_no_problems(catalogue):
    assert checked(
        catalogue,
        {"value": 0.0},
        {"value": 100.0},
        {"value": None, "flag": "suppressed"},
        {"value": 75.0, "numerator": 3.0, "denominator": 4.0},
        {"indicator": "utskrivningsklar-medelvardtid", "value": 1.4, "period_type": "year"},
        {"indicator": DOSE, "age": "60+", "value": 85.0, "period_type": "date"},
    ).is_empty()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"value": 100.5}, ("value_out_of_bounds", "Värde", "100,5", "ett tal från 0 till 100")),
        ({"value": -1.0}, ("value_out_of_bounds", "Värde", "-1", "ett tal från 0 till 100")),
        (
            {"value": 75.0, "numerator": 5.0, "denominator": 4.0},
            ("numerator_too_large", "Täljare", "5", "högst nämnaren, 4"),
        ),
        (
            {"value": 60.0, "numerator": 3.0, "denominator": 4.0},
            ("value_disagrees", "Värde", "60", "75 enligt täljare och nämnare"),
        ),
        (
            {"indicator": DOSE, "age": "18-29", "period_type": "date"},
            (
                "unknown_age", "Ålder", "18-29",
                "en åldersgrupp som indikatorn följs för: 12+, 18+, 60+, 70+",
            ),
        ),
        (
            {"age": "65+"},
            ("unknown_age", "Ålder", "65+", "en åldersgrupp som indikatorn följs för: Totalt"),
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_row(catalogue, row, told):
    found = checked(catalogue, {}, row).row(0, named=True)
    assert (found["code"], found["column"], found["value"], found["expected"]) == told
    assert (found["row"], found["severity"]) == (3, "error")


@pytest.mark.parametrize(("value", "fine"), [(74.6, True), (75.0, True), (75.2, False), (74.0, False)])
def test_a_share_may_be_rounded_to_whole_per_cent_but_not_more(catalogue, value, fine):
    problems = checked(catalogue, {"value": value, "numerator": 746.0, "denominator": 1000.0})
    assert problems["code"].to_list() == ([] if fine else ["value_disagrees"])


def test_another_length_of_period_is_one_warning_per_indicator(catalogue):
    rows = [{"period_type": "year", "period_start": date(year, 1, 1)} for year in (2021, 2022, 2023)]
    problems = checked(catalogue, *rows)
    assert problems.select("code", "severity", "expected").rows() == [
        ("other_period_type", "warning", "per månad")
    ]
    assert problems["value"][0].endswith(" per år")


@pytest.mark.parametrize(
    ("origins", "codes"),
    [
        (["uploaded", "uploaded"], []),
        (["example", "example"], []),
        (["uploaded", "example", "example"], ["mixed_origin"]),
    ],
)
def test_example_rows_and_real_rows_never_come_together(origins, codes):
    problems = row_checks.mixed_origin(observations(*({"origin": origin} for origin in origins)), "Källa")
    assert problems["code"].to_list() == codes
    if codes:
        assert problems["row"][0] == 3
        assert "2 av 3 rader" in problems["hint"][0]


def test_a_file_with_nothing_in_it_is_an_error():
    assert row_checks.no_rows(observations()).get_column("code").to_list() == ["no_rows"]
    assert row_checks.no_rows(observations({})).is_empty()


def test_two_hundred_thousand_wrong_rows_are_told_one_by_one(catalogue):
    rows = pl.concat([observations({"value": 101.0})] * 200_000)
    assert row_checks.check_rows(rows, catalogue, HEADINGS).height == 200_000
