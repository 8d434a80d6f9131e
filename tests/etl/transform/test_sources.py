from dataclasses import replace

import polars as pl
import pytest

from etl.transform.allocations import to_allocations
from etl.transform.observations import to_observations
from etl.transform.sources import missing_source, origin_of
from tests.etl.transform.build import figures, money


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Exempeldata, skapad", "example"),
        ("EXEMPELDATA", "example"),
        ("VGR (exempeldata, inte verkliga)", "example"),
        ('"Exempeldata"', "example"),
        ("Exempel på data", "uploaded"),
        ("VGR", "uploaded"),
        (None, "uploaded"),
    ],
)
def test_made_up_rows_are_known_wherever_the_source_says_so(source, expected):
    frame = pl.DataFrame({"source": [source]}, schema={"source": pl.String})
    assert frame.select(origin_of(pl.col("source"), "uploaded").alias("o"))["o"].to_list() == [expected]


@pytest.mark.parametrize(
    ("transform", "build", "usual"),
    [(to_observations, figures, {"value": "80"}), (to_allocations, money, {})],
)
def test_both_templates_know_made_up_rows_and_miss_sources_alike(catalogue, transform, build, usual):
    sources = ["VGR, exempeldata", None, "VGR", None]
    areas = ["1480", "1490", "1440", "1401"]
    file = build(*({**usual, "source": s, "area": a} for s, a in zip(sources, areas, strict=True)))
    rows, problems = transform(file, catalogue, origin="uploaded")
    assert dict(rows.select("area", "origin").rows()) == {
        "1480": "example", "1490": "uploaded", "1440": "uploaded", "1401": "uploaded",
    }  # fmt: skip
    assert problems.select("code", "severity", "row", "column").rows() == [
        ("missing_source", "warning", 3, "Källa")
    ]
    assert problems["hint"].item() == (
        "2 rader saknar källa. Ange vem som har tagit fram talen; källan visas på sidan."
    )


def test_only_the_programs_own_templates_must_say_a_source():
    frame = pl.DataFrame({"sheet": [""], "row": [2], "raw_source": [None]})
    own = figures({"value": "1"})
    assert missing_source(frame, own)["hint"].item().startswith("En rad saknar källa.")
    assert missing_source(frame, replace(own, shape="kolada-long")).is_empty()
    assert missing_source(frame.with_columns(pl.lit("VGR").alias("raw_source")), own).is_empty()
