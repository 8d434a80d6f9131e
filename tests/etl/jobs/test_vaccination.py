from datetime import date

import polars as pl
import pytest

from etl.jobs import vaccination
from tests.etl.jobs.conftest import observations

FIRST, SECOND = "covid19-minst-1-dos", "covid19-minst-2-doser"
NBSP = "\u00a0"


def bands(first=(60, 40), second=(50, 30)):
    rows = [
        {
            "indicator": indicator, "area": area, "period_type": "date", "period_start": date(2021, 6, 10),
            "age": age, "value": None, "numerator": float(count), "denominator": 100.0,
            "sheet": "Vaccinerade kommun och ålder",
        }
        for indicator, counts in ((FIRST, first), (SECOND, second))
        for area, count in zip(("1480", "1401"), counts, strict=True)
        for age in ("18-59", "60+")
    ]  # fmt: skip
    return observations(*rows)


def kommun(*rows):
    return pl.DataFrame(
        [(*row, "Vaccinerade kommun", place) for place, row in enumerate(rows)],
        schema={**dict.fromkeys(["area", "n1", "n2", "sheet"], pl.String), "row": pl.Int64},
        orient="row",
    )


def weeks(*rows):
    return pl.DataFrame(
        [(*row, "Vaccinerade tidsserie", place) for place, row in enumerate(rows)],
        schema={
            **dict.fromkeys(["region", "week", "year", "status", "count", "sheet"], pl.String),
            "row": pl.Int64,
        },
        orient="row",
    )


AGREEING = {
    "kommun": kommun(("1480", "120", "100"), ("1401", "80", "60"), ("0114", "999", "999")),
    "tidsserie": weeks(
        ("Västra Götaland", "52", "2020", "Minst 1 dos", "1"),
        ("Västra Götaland", "9", "2021", "Minst 1 dos", "150"),
        ("Västra Götaland", "22", "2021", "Minst 1 dos", "200"),
        ("Västra Götaland", "22", "2021", "Färdigvaccinerade", "160"),
        ("| Sverige |", "23", "2021", "Minst 1 dos", "9999"),
    ),
}


def test_bands_become_the_catalogues_age_groups_in_this_workbook_only(catalogue, extracted):
    (prepare,) = vaccination.JOB.prepare.values()
    rows = prepare(bands(), extracted("fohm-covid19"), catalogue)
    assert rows.filter(area="1480", indicator=FIRST).select("age", "numerator", "denominator").rows() == [
        ("18+", 120, 200),
        ("60+", 60, 100),
    ]
    assert set(vaccination.JOB.prepare) == {"fohm-covid19"}


def test_sheets_that_agree_are_not_mentioned(catalogue, extracted):
    file = extracted("fohm-covid19", checks=AGREEING)
    assert vaccination.cross_check(bands(), file, catalogue).is_empty()


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (
            {"kommun": kommun(("1480", "127", "100"), ("1401", "80", "60"))},
            ("200", "207", "Vaccinerade kommun", "7 personer"),
        ),
        (
            {"kommun": kommun(("1480", "120", "100"), ("1401", "80", "59"))},
            ("160", "159", "Vaccinerade kommun", "1 person"),
        ),
        (
            {"tidsserie": weeks(("Västra Götalands län", "1", "2022", "Minst 2 doser", "1160"))},
            ("160", "1160", "Vaccinerade tidsserie", "1 000 personer"),
        ),
    ],
)
def test_a_difference_is_a_warning_with_both_numbers(catalogue, extracted, table, wanted):
    file = extracted("fohm-covid19", checks={**AGREEING, **table})
    (found,) = vaccination.cross_check(bands(), file, catalogue).to_dicts()
    assert (found["code"], found["severity"]) == ("sheets_differ", "warning")
    stored, other, sheet, apart = wanted
    assert (found["value"], found["expected"]) == (stored, other)
    assert f"”{sheet}”" in found["hint"]
    assert f"Skillnaden är {apart.replace(' ', NBSP)}." in found["hint"]


def test_without_the_other_sheets_or_with_gaps_there_is_nothing_to_hold_against(catalogue, extracted):
    gaps = {"kommun": kommun(("1480", "..", "100"), ("1401", "80", None)), "tidsserie": weeks()}
    for checks in ({}, gaps):
        file = extracted("fohm-covid19", checks=checks)
        assert vaccination.cross_check(bands(), file, catalogue).is_empty()
