"""Folkhälsomyndigheten's real workbooks the whole way, against figures summed by hand."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

NBSP = "\u00a0"


def expected_shares(folder: Path) -> dict[tuple[str, str, str], tuple[int, int, float]]:
    """(area, indicator, age) → numerator, denominator, share, from the independently summed table."""
    columns = {
        "covid19-minst-1-dos": "min1", "covid19-minst-2-doser": "min2", "covid19-dos-3": "dose3",
    }  # fmt: skip
    with (folder / "vg_covid_by_delregion_2022-10-27.csv").open(encoding="utf-8") as file:
        return {
            (line["delregion"], indicator, line["age_group"]): (
                int(line[f"n_{column}"]), int(line["population"]), float(line[f"share_{column}"]),
            )
            for line in csv.DictReader(file)
            for indicator, column in columns.items()
            if line[f"n_{column}"]
        }  # fmt: skip


def test_the_workbook_of_october_2022_gives_exactly_the_figures_summed_by_hand(inside, shared_data):
    loaded = json.loads(
        inside("load", shared_data / "fohm_covid19_vaccine_2022-10-27.xlsx", "--publish", "--json").stdout
    )
    assert (loaded["job"], loaded["shape"], loaded["status"]) == ("vaccination", "fohm-covid19", "published")
    assert loaded["new"] == 49 * 11
    lines = json.loads(inside("status", "--json").stdout)
    found = {
        (line["area"], line["indicator"], line["age"]): line
        for line in lines
        if line["indicator"].startswith("covid19")
    }
    expected = expected_shares(shared_data)
    assert len(expected) == 77
    assert set(found) == set(expected)
    for key, (numerator, denominator, share) in expected.items():
        line = found[key]
        assert (line["numerator"], line["denominator"]) == (numerator, denominator), key
        assert line["value"] / 100 == pytest.approx(share, abs=5.1e-7), key
        assert (line["period"], line["origin"]) == ("2022-10-27", "uploaded")
    county = found["Västra Götaland", "covid19-minst-1-dos", "12+"]
    assert (county["numerator"], county["denominator"]) == (1_299_275, 1_519_483)


def test_the_workbook_of_june_2021_comes_by_the_same_job_and_tells_of_seven_persons(inside, shared_data):
    loaded = json.loads(
        inside("load", shared_data / "fohm_covid19_vaccine_2021-06-10.xlsx", "--publish", "--json").stdout
    )
    assert (loaded["job"], loaded["shape"], loaded["published"]) == ("vaccination", "fohm-covid19", True)
    differences = [warning for warning in loaded["warnings"] if warning["code"] == "sheets_differ"]
    first = next(warning for warning in differences if warning["value"] == "599697")
    assert first["expected"] == "599704"
    for told in (f"599{NBSP}697", f"599{NBSP}704", f"7{NBSP}personer"):
        assert told in first["hint"]
    lines = json.loads(inside("status", "--indicator", "covid19-minst-1-dos", "--json").stdout)
    county = {line["age"]: line for line in lines if line["level"] == "län"}
    assert county["18+"]["numerator"] == 599_697
    assert county["12+"]["value"] is None
