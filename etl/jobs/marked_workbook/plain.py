"""A new workbook out of a file's cells: the same texts at the same rows and columns, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from etl.extract.headings import SEARCHED_ROWS
from etl.jobs.marked_workbook.package import WORKBOOK_TYPES, Package
from etl.jobs.marked_workbook.parts import (
    CONTENT_TYPES,
    DECLARATION,
    MAIN,
    PACKAGE_RELATIONS,
    RELATIONS,
    escaped_texts,
    letters,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from etl.extract.model import Sheet

#: Excel's own bounds.
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
_LONGEST_NAME = 31

#: Of a file with more cells than this, only the rows that are marked and the first ones are written.
MAX_CELLS = 3_000_000

#: The name of a sheet that has none in its file.
NAMELESS = "Uppgifter"

_AT_ONCE = 50_000
_TEXT_STYLE = 1
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
    '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def names_of(sheets: Sequence[Sheet]) -> dict[str, str]:
    """The sheets' names in the file → names that Excel takes, none of them twice."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for sheet in sheets:
        wanted = _FORBIDDEN.sub("_", sheet.name).strip().strip("'")[:_LONGEST_NAME] or NAMELESS
        name, number = wanted, 2
        while name.casefold() in taken:
            ending = f" ({number})"
            name, number = wanted[: _LONGEST_NAME - len(ending)] + ending, number + 1
        taken.add(name.casefold())
        names[sheet.name] = name
    return names


def written(
    sheets: Sequence[Sheet], names: Mapping[str, str], wanted: Mapping[str, Collection[int]], *, macros: bool
) -> tuple[Package, bool]:
    """A package with the sheets' cells as texts.

    Args:
        sheets: As opened.
        names: As from `names_of`.
        wanted: For each sheet's name in the file, the numbers of the rows that have problems.
        macros: Whether its ending will be that of workbooks with macros.

    Returns:
        The package, and whether all of the cells are in it.
    """
    whole = sum(sheet.cells.height * sheet.cells.width for sheet in sheets) <= MAX_CELLS
    whole = whole and all(sheet.cells.height <= MAX_ROWS for sheet in sheets)
    parts: dict[str, bytes] = {}
    for place, sheet in enumerate(sheets, start=1):
        rows = None if whole else wanted.get(sheet.name, ())
        parts[f"xl/worksheets/sheet{place}.xml"] = _sheet(sheet.cells, rows)
    kind = next(kind for kind, ending in WORKBOOK_TYPES.items() if (ending == ".xlsm") is macros)
    parts = {**_frame([names[sheet.name] for sheet in sheets], kind), **parts}
    return Package(parts=parts), whole


def _sheet(cells: pl.DataFrame, wanted: Collection[int] | None) -> bytes:
    numbered = cells.select(cells.columns[:MAX_COLUMNS]).with_row_index("row", 1)
    if wanted is not None:
        kept = list(wanted)[:MAX_ROWS]
        numbered = numbered.filter((pl.col("row") <= SEARCHED_ROWS) | pl.col("row").is_in(kept))
        numbered = numbered.filter(pl.col("row") <= MAX_ROWS)
    row = pl.concat_str(
        pl.lit('<row r="'),
        pl.col("row"),
        pl.lit('">'),
        *(_texts(name, letters(place)) for place, name in enumerate(numbered.columns[1:])),
        pl.lit("</row>"),
    )
    written = [part.select(row.str.join("")).item().encode() for part in numbered.iter_slices(_AT_ONCE)]
    last = f"{letters(max(cells.width, 1) - 1)}{min(max(cells.height, 1), MAX_ROWS)}"
    return b"".join(
        (
            DECLARATION,
            f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols>'
            f'<col min="1" max="{max(min(cells.width, MAX_COLUMNS), 1)}" width="18" customWidth="1"/></cols>'
            "<sheetData>".encode(),
            *written,
            f'</sheetData><ignoredErrors><ignoredError sqref="A1:{last}" numberStoredAsText="1"/></ignoredErrors>'
            "</worksheet>".encode(),
        )
    )


def _texts(name: str, letter: str) -> pl.Expr:
    text = pl.col(name)
    cell = pl.concat_str(
        pl.lit(f'<c r="{letter}'),
        pl.col("row"),
        pl.lit(f'" s="{_TEXT_STYLE}" t="inlineStr"><is><t xml:space="preserve">'),
        escaped_texts(text),
        pl.lit("</t></is></c>"),
    )
    return cell.fill_null("")


def _frame(names: Sequence[str], kind: str) -> dict[str, bytes]:
    """The parts around the sheets."""
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    styles_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
    declared = [("xl/workbook.xml", kind), ("xl/styles.xml", styles_type)]
    declared += [(f"xl/worksheets/sheet{place}.xml", sheet_type) for place in range(1, len(names) + 1)]
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{type_}"/>' for part, type_ in declared)
    sheets = b"".join(
        b'<sheet name="%b" sheetId="%d" r:id="rId%d"/>' % (quoted(name), place, place)
        for place, name in enumerate(names, start=1)
    )
    related = [("worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(names) + 1)]
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations([*related, ("styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
    }
    parts = {name: DECLARATION + text.encode() for name, text in texts.items()}
    parts["xl/workbook.xml"] = DECLARATION + (
        b'<workbook xmlns="%b" xmlns:r="%b"><bookViews><workbookView/></bookViews><sheets>%b</sheets></workbook>'
        % (MAIN.encode(), RELATIONS.encode(), sheets)
    )
    return parts


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{place}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE_RELATIONS}">{items}</Relationships>'
