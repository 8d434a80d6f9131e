from __future__ import annotations

import polars as pl
import pytest

from etl.jobs.marked_workbook import listing
from etl.jobs.marked_workbook.listing import Look, lines, listed
from etl.jobs.marked_workbook.parts import MAIN, tree
from schemas.problem import Report, no_problems, problem

NBSP = "\u00a0"
LOOK = Look(plain=1, bold=2, link=3, error=4, warning=5)


def wrong(row: int, severity: str = "error", **more) -> pl.DataFrame:
    told = {"sheet": "Blad 'ett'", "column": "Värde", "value": "x", "expected": "e", "hint": "h", **more}
    return problem("w", severity=severity, row=row, **told)


def xml(problems: pl.DataFrame, said: list[str] | None = None) -> bytes:
    frame = problems.with_columns(pl.concat_str(pl.lit("B"), "row").alias("cell"))
    return b"".join(listed(frame, said or ["Ett", "Två"], LOOK, {"": "Uppgifter"}))


@pytest.mark.parametrize(
    ("frames", "said"),
    [
        ([wrong(2)], f"1{NBSP}fel i a.csv"),
        ([wrong(2), wrong(3), wrong(4, "warning")], f"2{NBSP}fel och 1{NBSP}varning i a.csv"),
        ([wrong(2, "warning"), wrong(3, "warning")], f"2{NBSP}varningar i a.csv"),
        ([], "Inga fel i a.csv"),
    ],
)
def test_how_many_problems_there_are(frames, said):
    assert lines(Report.of(*frames).frame, file="a.csv", uncommented=0, unmarked=0)[0] == said


def test_what_is_left_out_is_told():
    told = lines(wrong(2), file="a", uncommented=3, unmarked=0)
    assert "3 av de märkta cellerna har ingen kommentar" in told[-1]
    assert (
        "12\u00a0celler med fel är inte märkta" in lines(wrong(2), file="a", uncommented=0, unmarked=12)[-1]
    )
    assert lines(wrong(2), file="a", uncommented=0, unmarked=0, left_out="Mer.")[-1] == "Mer."


def test_more_than_a_sheet_holds_is_told(monkeypatch):
    monkeypatch.setattr(listing, "MAX_ROWS", 10)
    many = Report.of(*(wrong(row) for row in range(30))).frame
    said = lines(many, file="a", uncommented=0, unmarked=0)
    assert "får inte plats i listan" in said[-1]
    rows = tree(xml(many, said), "worksheet", MAIN).needed("sheetData").children
    assert len(rows) == 10
    told = int(said[-1].split(" ")[0])
    assert told == 30 - (10 - len(said) - 1)


def test_the_sheet_has_its_parts_in_order_and_links_to_the_cells():
    root = tree(xml(Report.of(wrong(2), wrong(7, "warning", sheet="")).frame), "worksheet", MAIN)
    assert [item.name for item in root.children] == [
        "sheetPr", "sheetViews", "cols", "sheetData", "autoFilter", "hyperlinks",
    ]  # fmt: skip
    assert root.needed("autoFilter").attributes == {"ref": "A3:H5"}
    assert [item.attributes["location"] for item in root.needed("hyperlinks").children] == [
        "'Blad ''ett'''!B2", "'Uppgifter'!B7",
    ]  # fmt: skip
    styles = [row.children[0].attributes["s"] for row in root.needed("sheetData").children]
    assert styles == ["2", "1", "2", "4", "5"]


def test_no_problems_no_links():
    frame = no_problems().with_columns(pl.lit(None, pl.String).alias("cell"))
    root = tree(b"".join(listed(frame, ["Inga"], LOOK, {})), "worksheet", MAIN)
    assert root.child("hyperlinks") is None


def test_links_end_where_excel_has_no_room_for_more(monkeypatch):
    monkeypatch.setattr(listing, "MAX_LINKS", 5)
    root = tree(xml(Report.of(*(wrong(row) for row in range(30))).frame), "worksheet", MAIN)
    assert len(root.needed("hyperlinks").children) == 5
