"""The deliveries that wait."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from dashboard.components import waiting
from tests.dashboard.build import HOSTILE
from tests.dashboard.dom import parse

AT = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


def batches(*told: dict) -> pl.DataFrame:
    usual = {
        "batch": 7, "name": "mpr.csv", "jobs": ["vaccination"], "delivered_at": AT, "delivered_by": "asa@exempel.se",
        "observations": 1200, "allocations": 0, "warnings": 0, "comments": 0, "due": None,
    }  # fmt: skip
    return pl.DataFrame(
        [{**usual, **row} for row in told], schema_overrides={"due": pl.Datetime("us", "UTC")}
    )


def test_a_row_a_delivery_oldest_first():
    table = parse(
        waiting.html(batches({"batch": 9, "warnings": 3, "comments": 2, "due": AT}, {"batch": 7}), chosen=9)
    )
    assert table.rows == [
        ["7 mpr.csv", "Vaccination", "2026-03-02 15.05", "asa@exempel.se", "1\u00a0200", "", "", ""],
        [
            "9 mpr.csv",
            "Vaccination",
            "2026-03-02 15.05",
            "asa@exempel.se",
            "1\u00a0200",
            "3",
            "2",
            "2026-03-02 15.05",
        ],
    ]
    assert table.links["7 mpr.csv"] == "/granska?leverans=7"
    assert [row.attrs.get("aria-current") for row in table.one("tbody").all("tr")] == [None, "true"]


def test_comments_in_the_order_given():
    events = pl.DataFrame({"at": [AT, AT], "by": ["asa", "bo"], "note": ["Stämmer det?", HOSTILE]})
    told = parse(waiting.comments(events))
    assert told.all("li")[0].words == "2026-03-02 15.05, asa Stämmer det?"
    assert not told.all("script", "img")


def test_names_are_text_and_never_markup():
    table = parse(
        waiting.html(batches({"name": HOSTILE, "delivered_by": HOSTILE, "jobs": [HOSTILE]}), chosen=7)
    )
    assert not table.all("script", "img")
    assert table.text.count(HOSTILE) == 3
