"""Kolada's export from its pages, long form: Nyckeltal, Område, Period, Värde.

It names indicators and areas by name only, and carries rows for groups whose figures are unweighted averages.
"""

from __future__ import annotations

import polars as pl

from etl.extract.headings import Header, find_header, heading_problems, rows_under
from etl.extract.model import OBSERVATION_TEXT, Conventions, Extracted, Sheet, Workbook
from etl.extract.split_numbers import split_numbers
from etl.extract.template import OBSERVATIONS, others_passed_over
from etl.extract.unread import unread_columns
from schemas.problem import no_problems, problem
from schemas.swedish import count_text

SHAPE = "kolada-long"
SHAPE_NAME = "Export från Kolada"

_COLUMNS = {
    "indicator": ("nyckeltal",),
    "area": ("område",),
    "period": ("period",),
    "value": ("värde",),
}

#: Kolada's own key: `-` Bortfall, `.` Ej tillämplig, `..` Sekretess.
CONVENTIONS = Conventions(
    marks={"-": "missing", ".": "missing", "..": "suppressed"}, share="percent", unknown_areas="skip"
)

#: What a group or a national average is called.
PSEUDO_AREA = r"(?i)^(alla\s+(kommuner|regioner|landsting)|genomsnitt.*|.*\b(o?vägt|ovägda?)\s+medel.*)$"


def _header(sheet: Sheet) -> Header | None:
    """The header of an export; the template, which has more columns, is not one."""
    header = find_header(sheet.cells, OBSERVATIONS.columns)
    if header is None or len(header.places) > len(_COLUMNS):
        return None
    own = find_header(sheet.cells, _COLUMNS)
    return own if own is not None and not own.missing(tuple(_COLUMNS)) else None


def claims(workbook: Workbook) -> bool:
    """True when some sheet has exactly the four headings of the export."""
    return any(_header(sheet) is not None for sheet in workbook.sheets)


def read(workbook: Workbook) -> Extracted:
    """The rows of an export, without the rows of groups and national averages."""
    frames: list[pl.DataFrame] = []
    read_sheets = [sheet.name for sheet in workbook.sheets if _header(sheet) is not None]
    problems = others_passed_over(workbook, read_sheets, "rubrikerna Nyckeltal, Område, Period och Värde")
    headings = dict(OBSERVATIONS.headings)
    for sheet in workbook.sheets:
        header = _header(sheet)
        if header is None:
            continue
        headings |= header.headings
        problems += [
            heading_problems(sheet, header),
            unread_columns(sheet, header),
            split_numbers(sheet, header.row),
        ]
        frames.append(rows_under(sheet, header))
    everything = pl.concat(frames).select(
        *(
            pl.col(name) if name in _COLUMNS else pl.lit(None, pl.String).alias(name)
            for name in OBSERVATION_TEXT
            if name != "source"
        ),
        pl.lit("Kolada", pl.String).alias("source"),
        "sheet",
        "row",
    )
    pseudo = pl.col("area").str.contains(PSEUDO_AREA).fill_null(False)
    rows = everything.filter(~pseudo)
    problems.append(averages(everything.filter(pseudo), headings["area"]))
    if rows.is_empty():
        problems.append(_no_rows())
    return Extracted(
        shape=SHAPE,
        shape_name=SHAPE_NAME,
        kind="observations",
        rows=rows,
        headings=headings,
        conventions=CONVENTIONS,
        problems=pl.concat(problems),
    )


def averages(skipped: pl.DataFrame, heading: str) -> pl.DataFrame:
    """One warning for the rows of groups that weren't read.

    Args:
        skipped: The rows, with area, sheet and row.
        heading: Heading of the area.
    """
    if skipped.is_empty():
        return no_problems()
    names = skipped["area"].unique(maintain_order=True).head(3).to_list()
    return problem(
        "average_skipped",
        severity="warning",
        sheet=skipped["sheet"][0],
        row=skipped["row"][0],
        column=heading,
        value=", ".join(names),
        expected="kommuner och regioner",
        hint=f"{count_text(skipped.height, 'rad', 'rader')} gäller grupper. "
        "Deras värden är ovägda medelvärden och lästes inte.",
    )


def _no_rows() -> pl.DataFrame:
    return problem(
        "no_rows",
        expected="minst en rad för en kommun eller region",
        hint="Exporten har inga rader att läsa. Välj kommuner i länet i Kolada och exportera igen.",
    )
