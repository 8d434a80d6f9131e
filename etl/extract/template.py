"""The project's own template in its two forms: observations and allocations, one row a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from etl.extract.headings import (
    Columns,
    Header,
    find_header,
    fold,
    header_above,
    heading_problems,
    missing_columns,
    rows_under,
)
from etl.extract.model import ALLOCATION_TEXT, OBSERVATION_TEXT, Conventions, Extracted, Sheet, Workbook
from etl.extract.split_numbers import split_numbers
from etl.extract.unread import second_header, unread_columns
from schemas.problem import LIST_SHEET, no_problems, problem, problems_from

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

#: The sheet that explains the template; never data.
EXPLANATION_SHEET = "Förklaring"

#: How the source cell of the template's own example row begins.
EXAMPLE_ROW = "EXEMPELRAD"

#: This many known headings make a sheet a template with columns missing rather than something else.
NEAR = 3

_AREA = (
    "område", "kommunkod", "områdeskod", "kommun", "delregion", "områdesnamn", "kommunnamn", "region",
)  # fmt: skip


@dataclass(frozen=True)
class Template:
    """One form of the template.

    Attributes:
        kind: Which canonical table its rows become.
        shape: Machine name.
        shape_name: Swedish name.
        headings: Canonical column → the template's own heading, in order.
        columns: Canonical column → accepted headings, folded.
        required: Columns that must be there.
        text: All text columns of its rows.
    """

    kind: Literal["observations", "allocations"]
    shape: str
    shape_name: str
    headings: dict[str, str]
    columns: Columns
    required: tuple[str, ...]
    text: tuple[str, ...]

    def missing(self, header: Header) -> list[str]:
        """Required columns that a header lacks. A value may be left out where both parts of it are given."""
        parts = {"numerator", "denominator"}
        lacking = header.missing(self.required)
        return [name for name in lacking if not (name == "value" and parts <= set(header.places))]


OBSERVATIONS = Template(
    kind="observations",
    shape="template-observations",
    shape_name="mallen för indikatorer",
    headings={
        "indicator": "Indikator",
        "area": "Område",
        "period": "Period",
        "sex": "Kön",
        "age": "Ålder",
        "value": "Värde",
        "numerator": "Täljare",
        "denominator": "Nämnare",
        "standard_deviation": "Standardavvikelse",
        "flag": "Flagga",
        "source": "Källa",
    },
    columns={
        "indicator": ("indikator", "indikator id", "indikatorid", "nyckeltal", "nyckeltals id", "mått"),
        "area": _AREA,
        "period": ("period", "mätperiod", "tidsperiod", "år", "månad", "kvartal", "vecka", "säsong", "datum"),
        "sex": ("kön",),
        "age": ("ålder", "åldersgrupp"),
        "value": ("värde", "andel", "resultat", "utfall"),
        "numerator": ("täljare", "antal i täljaren", "antal"),
        "denominator": ("nämnare", "antal i nämnaren", "befolkning"),
        "standard_deviation": ("standardavvikelse", "standardavvikelsen", "stdav", "std", "sd"),
        "flag": ("flagga", "status"),
        "source": ("källa", "datakälla"),
    },
    required=("indicator", "area", "period", "value"),
    text=OBSERVATION_TEXT,
)

ALLOCATIONS = Template(
    kind="allocations",
    shape="template-allocations",
    shape_name="mallen för fördelade medel",
    headings={
        "agreement": "Överenskommelse",
        "year": "År",
        "purpose": "Ändamål",
        "level": "Nivå",
        "area": "Område",
        "recipient": "Mottagare",
        "kind": "Typ",
        "amount": "Belopp",
        "source": "Källa",
    },
    columns={
        "agreement": ("överenskommelse", "överenskommelser", "avtal"),
        "year": ("år", "bidragsår"),
        "purpose": ("ändamål", "syfte", "kategori"),
        "level": ("nivå",),
        "area": _AREA,
        "recipient": ("mottagare",),
        "kind": ("typ", "slag"),
        "amount": ("belopp", "summa", "kronor", "kr"),
        "source": ("källa", "datakälla"),
    },
    required=("agreement", "year", "purpose", "level", "recipient", "kind", "amount"),
    text=ALLOCATION_TEXT,
)

TEMPLATES = (ALLOCATIONS, OBSERVATIONS)

#: `..` is how statistics write a figure that may not be shown. A lone dash or point says different things in
#: different sources, so in the template it is an error: the column Flagga says it in words.
CONVENTIONS = Conventions(marks={"..": "suppressed"}, share="either")


def data_sheets(workbook: Workbook) -> list[Sheet]:
    """The sheets that hold anything, without the template's explanation and a report's list."""
    ours = {fold(EXPLANATION_SHEET), fold(LIST_SHEET)}
    return [sheet for sheet in workbook.sheets if fold(sheet.name) not in ours and sheet.cells.height]


def claims(workbook: Workbook, template: Template) -> bool:
    """True when some sheet has every column that the template requires."""
    headers = (find_header(sheet.cells, template.columns) for sheet in data_sheets(workbook))
    return any(header is not None and not template.missing(header) for header in headers)


def nearest(workbook: Workbook) -> Template | None:
    """The template that a file resembles although it lacks columns; None where it resembles neither."""
    best: Template | None = None
    most = NEAR - 1
    for template in reversed(TEMPLATES):
        for sheet in data_sheets(workbook):
            header = find_header(sheet.cells, template.columns)
            if header is not None and len(header.places) > most:
                best, most = template, len(header.places)
    return best


def read(workbook: Workbook, template: Template) -> Extracted:
    """Every data sheet of a workbook, as rows of one template.

    The template's own explanation sheet is passed over, its example row is skipped with a warning, and a
    sheet without the template's headings is passed over with a warning.
    """
    frames: list[pl.DataFrame] = []
    problems: list[pl.DataFrame] = []
    headings = dict(template.headings)
    for sheet in data_sheets(workbook):
        header = find_header(sheet.cells, template.columns)
        if header is None or len(header.places) < NEAR:
            problems.append(passed_over(sheet.name))
            continue
        missing = template.missing(header)
        problems.append(missing_columns(sheet.name, header, missing, template.headings, template.columns))
        problems += [
            heading_problems(sheet, header),
            unread_columns(sheet, header),
            split_numbers(sheet, header.row),
        ]
        above = header_above(sheet.cells, header, template.columns, lambda found: not template.missing(found))
        if above is not None:
            problems.append(second_header(sheet.name, above.row, header.row))
        if not missing:
            headings |= header.headings
            frames.append(_complete(rows_under(sheet, header), template.text))
    rows, examples = _without_examples(_stacked(frames, template.text))
    problems += [_skipped(examples, headings["source"]), none_left(rows) if frames else no_problems()]
    return Extracted(
        shape=template.shape,
        shape_name=template.shape_name,
        kind=template.kind,
        rows=rows,
        headings=headings,
        conventions=CONVENTIONS,
        problems=pl.concat(problems),
    )


def _complete(rows: pl.DataFrame, text: Sequence[str]) -> pl.DataFrame:
    return rows.select(
        *(
            pl.col(name) if name in rows.columns else pl.lit(None, pl.String).alias(name)
            for name in (*text, "sheet", "row")
        )
    )


def _stacked(frames: list[pl.DataFrame], text: Sequence[str]) -> pl.DataFrame:
    empty = pl.DataFrame(schema={**dict.fromkeys((*text, "sheet"), pl.String), "row": pl.Int64})
    return pl.concat([empty, *frames])


def _without_examples(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    is_example = pl.col("source").str.to_uppercase().str.starts_with(EXAMPLE_ROW).fill_null(False)
    return rows.filter(~is_example), rows.filter(is_example)


def _skipped(examples: pl.DataFrame, heading: str) -> pl.DataFrame:
    return problems_from(
        examples,
        "example_row_skipped",
        severity="warning",
        column=heading,
        value="source",
        expected="egna rader",
        hint="Mallens exempelrad lästes inte. Ta bort den.",
    )


def passed_over(sheet: str) -> pl.DataFrame:
    """The warning of a sheet without the template's headings."""
    return problem(
        "sheet_skipped",
        severity="warning",
        sheet=sheet,
        expected="mallens rubriker bland de 30 första raderna",
        hint="Bladet lästes inte, eftersom det inte har mallens rubriker.",
    )


def others_passed_over(workbook: Workbook, read: Collection[str], expected: str) -> list[pl.DataFrame]:
    """The warnings of sheets that hold anything and aren't read.

    Args:
        workbook: The file.
        read: Names of the sheets that are read.
        expected: What they would have had to hold.
    """
    return [
        problem(
            "sheet_skipped",
            severity="warning",
            sheet=sheet.name,
            expected=expected,
            hint="Bladet lästes inte, eftersom det inte är en sådan tabell.",
        )
        for sheet in data_sheets(workbook)
        if sheet.name not in read
    ]


def none_left(rows: pl.DataFrame) -> pl.DataFrame:
    """The error where there are headings but no rows; nothing where there are."""
    if rows.height:
        return no_problems()
    return problem(
        "no_rows",
        expected="minst en rad under rubrikerna",
        hint="Filen har rubriker men inga rader. Fyll i uppgifterna under rubrikraden.",
    )
