from datetime import date

import pytest

from etl.jobs import row_checks
from tests.etl.jobs.conftest import observations


def test_another_length_of_period_is_one_warning_per_indicator(catalogue):
    rows = [{"period_type": "year", "period_start": date(year, 1, 1)} for year in (2021, 2022, 2023)]
    problems = row_checks.other_periods(observations({}, *rows), catalogue, "Period")
    assert problems.select("code", "severity", "column", "expected").rows() == [
        ("other_period_type", "warning", "Period", "per månad")
    ]
    assert problems["value"][0] == f"{catalogue.indicators['vardgaranti-telefon'].name} per år"


def test_the_usual_length_of_period_is_not_mentioned(catalogue):
    assert row_checks.other_periods(observations({}, {}), catalogue, "Period").is_empty()


@pytest.mark.parametrize(("areas", "rows"), [(["1480"], "1\u00a0rad"), (["1480", "1440"], "2\u00a0rader")])
def test_rows_without_counts_are_counted_in_swedish(catalogue, areas, rows):
    problems = row_checks.not_summed(observations(*({"area": area} for area in areas)), catalogue, "Värde")
    name = catalogue.indicators["vardgaranti-telefon"].name
    assert problems.select("code", "value").rows() == [("not_summed", f"{name}, {rows}")]


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
