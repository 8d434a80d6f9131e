from __future__ import annotations

import polars as pl
import pytest

from etl.jobs.readings import readings


@pytest.fixture(scope="module")
def read(knowledge):
    return readings(knowledge.catalogue)


@pytest.mark.parametrize(
    ("kind", "text", "meaning"),
    [
        ("area", "Göteborgs kommun", "1480"),
        ("area", "Malmö", None),
        ("period", "2023-05", "month"),
        ("period", "maj", None),
        ("sex", "Kvinnor", "women"),
        ("age", "65 år och äldre", "65+"),
        ("flag", "Prel.", "preliminary"),
        ("indicator", "MPR dos 1, 2 år", "mpr-dos-1"),
        ("indicator", "Vår MPR", None),
        ("number", "1 299,5", 1299.5),
        ("number", "12 st", None),
    ],
)
def test_each_kind_of_text(read, kind, text, meaning):
    assert getattr(read, kind)(pl.Series(["", text]))[1] == meaning


@pytest.mark.parametrize(
    ("title", "indicator"),
    [
        ("Uttag 2023: MPR-vaccinerade 2-åringar, dos 1, per kommun", "mpr-dos-1"),
        ("HPV-vaccinerade flickor, 12 år", "hpv-flickor"),
        ("Vaccinerade 2023", None),
        ("", None),
    ],
)
def test_the_indicator_that_a_title_names(read, title, indicator):
    assert read.named(title) == indicator


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("mpr dos 1", "mpr-dos-1"),
        ("HPV flickor", "hpv-flickor"),
        ("Influensa (andel)", "influensa-65"),
        ("hpv", None),
        ("MPR", None),
        ("andel", None),
        ("okänt mått", None),
        ("", None),
    ],
)
def test_the_only_indicator_that_a_short_text_can_mean(read, text, indicator):
    assert read.like(text) == indicator
