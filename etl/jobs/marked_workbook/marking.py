"""Mark a delivered file: its own package where it is an Excel workbook, else a new workbook of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

import polars as pl

from etl.extract import archive
from etl.extract.container import packing_of
from etl.extract.workbook import open_workbook
from etl.jobs.marked_workbook import listing, plain
from etl.jobs.marked_workbook.comments import SheetComments
from etl.jobs.marked_workbook.drawing import Comment
from etl.jobs.marked_workbook.package import WORKBOOK_TYPES, Package
from etl.jobs.marked_workbook.parts import (
    MAIN,
    RELATIONS,
    Edit,
    Element,
    UnexpectedPackageError,
    letters,
    quoted,
    spliced,
    tree,
    with_attributes,
)
from etl.jobs.marked_workbook.places import Texts, marks, placed
from etl.jobs.marked_workbook.restyling import with_marks
from etl.jobs.marked_workbook.sheet import Worksheet
from etl.jobs.marked_workbook.styles import Styles
from schemas.problem import LIST_SHEET
from schemas.safe_name import LONGEST, safe_name

if TYPE_CHECKING:
    from etl.extract.model import Sheet
    from etl.jobs.marked_workbook.package import SheetPart
    from schemas.problem import Report

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_LEFT_OUT = "Filen är så stor att bara rader med fel är med här. Rätta i din egen fil."


@dataclass(frozen=True)
class Marked:
    """A marked workbook.

    Attributes:
        content: Its bytes.
        name: What to call the file.
        own: True where it is the delivered workbook itself with marks put into it; False where it is a new
            workbook of the delivered file's cells as texts.
    """

    content: bytes
    name: str
    own: bool


def marked_name(content: bytes, name: str) -> str:
    """What the marked workbook of a file is called; costs nothing.

    Args:
        content: The delivered file's bytes.
        name: Its name.
    """
    ending = f"-markerad{'.xlsm' if _has_macros(content) else '.xlsx'}"
    stem = PurePath(safe_name(name)).stem[: LONGEST - len(ending)]
    return safe_name(f"{stem}{ending}")


def _has_macros(content: bytes) -> bool:
    if packing_of(content) != "zip":
        return False
    try:
        package = Package.opened(content)
        return WORKBOOK_TYPES.get(package.type_of(package.workbook) or "") == ".xlsm"
    except (UnexpectedPackageError, RuntimeError, *archive.DAMAGE):
        return False


def marked(content: bytes, name: str, report: Report) -> Marked:
    """A delivered file as a workbook with its problems marked.

    An Excel workbook keeps all that it has: formats, formulas, other sheets, macros. Marked cells get a fill,
    orange for errors and light yellow for warnings, and a comment with what was expected and what to do; the
    sheet `Fel att rätta` lists every problem with links to the cells. Anything else, and a workbook that isn't
    built as it should be, comes as a new workbook with the same texts in the same places.

    Args:
        content: The delivered file's bytes.
        name: Its name.
        report: What is wrong with it.
    """
    called, shown = marked_name(content, name), safe_name(name)
    own = _own_patched(content, report.frame, shown)
    if own is not None:
        return Marked(own, called, own=True)
    return Marked(
        _rewritten(content, report.frame, shown, macros=called.endswith(".xlsm")), called, own=False
    )


def _own_patched(content: bytes, problems: pl.DataFrame, name: str) -> bytes | None:
    """The delivered workbook with marks; None where it is none, or not built as those that can be marked safely."""
    if packing_of(content) != "zip":
        return None
    vetted, _ = archive.vet(content)
    if vetted is None or vetted.kind != "xlsx":
        return None
    try:
        return _patched(Package.opened(content), problems, name)
    except (UnexpectedPackageError, RuntimeError, *archive.DAMAGE):
        return None


def _rewritten(content: bytes, problems: pl.DataFrame, name: str, *, macros: bool) -> bytes:
    workbook, _ = open_workbook(content)
    sheets: tuple[Sheet, ...] = workbook.sheets if workbook is not None else ()
    sheets = tuple(sheet for sheet in sheets if sheet.name != LIST_SHEET)
    names = plain.names_of(sheets)
    rows = problems.drop_nulls("row").select("sheet", "row").unique()
    wanted = {str(sheet): part["row"].to_list() for (sheet,), part in rows.group_by("sheet")}
    package, whole = plain.written(sheets, names, wanted, macros=macros)
    return _patched(package, problems, name, names=names, left_out="" if whole else _LEFT_OUT)


def _patched(
    package: Package,
    problems: pl.DataFrame,
    name: str,
    *,
    names: dict[str, str] | None = None,
    left_out: str = "",
) -> bytes:
    """The package with marks, comments and the list."""
    kind = package.type_of(package.workbook)
    if kind not in WORKBOOK_TYPES:
        raise UnexpectedPackageError("another kind of workbook")
    styles_part = _related(package, "styles")
    texts_part = _related(package, "sharedStrings", needed=False)
    styles = Styles(package.read(styles_part))
    texts = Texts(package.read(texts_part) if texts_part else None)
    known = {sheet.name: sheet for sheet in package.sheets()}
    indexed = problems.with_row_index("index")
    located, uncommented, unmarked = [_nowhere(indexed)], 0, 0
    for own_name, sheet in known.items():
        part = sheet.part
        if part is None or own_name == LIST_SHEET:
            continue
        theirs = next((key for key, value in (names or {}).items() if value == own_name), own_name)
        told = indexed.filter(pl.col("sheet") == theirs)
        found = _mark_sheet(package, part, told, styles, texts)
        located.append(found[0])
        uncommented, unmarked = uncommented + found[1], unmarked + found[2]
    cells = pl.concat(located).unique("index", keep="last")
    said = listing.lines(problems, file=name, uncommented=uncommented, unmarked=unmarked, left_out=left_out)
    look = listing.Look.of(styles)
    listed = indexed.join(cells, on="index", how="left", maintain_order="left")
    stream = partial(listing.listed, listed, said, look, names or {})
    package.write(styles_part, styles.patched())
    _put_list(package, known.get(LIST_SHEET), first=WORKBOOK_TYPES[kind] == ".xlsx")
    package.write_stream(_list_part(package), stream)
    return package.packed()


def _nowhere(indexed: pl.DataFrame) -> pl.DataFrame:
    return indexed.select("index", pl.lit(None, pl.String).alias("cell")).clear()


def _related(package: Package, kind: str, *, needed: bool = True) -> str:
    for item in package.relations(package.workbook):
        if item.type == f"{RELATIONS}/{kind}" and item.target is not None and item.target in package:
            return item.target
    if needed:
        raise UnexpectedPackageError(f"no {kind}")
    return ""


def _mark_sheet(
    package: Package, part: str, told: pl.DataFrame, styles: Styles, texts: Texts
) -> tuple[pl.DataFrame, int, int]:
    """Mark one sheet; gives the cell of each problem, and how many cells have no comment and no mark."""
    none = _nowhere(told)
    if told.is_empty() and not package.relations(part):
        return none, 0, 0
    worksheet = Worksheet(package.read(part))
    comments = SheetComments(package, part, worksheet.comments_id())
    comments.take_back()
    found = placed(told, worksheet, texts)
    cells = found.drop_nulls(["cell_row", "cell_column"])
    here = marks(found)
    if not here:
        return none, 0, 0
    data = with_marks(worksheet, ((mark.row, mark.column, mark.severity) for mark in here), styles.marked)
    said = [Comment(mark.row, mark.column, mark.text) for mark in here if mark.text is not None]
    relation, commented = comments.put(said)
    package.write(part, worksheet.with_comments(data, relation) if relation else data)
    return _references(cells), len(here) - commented, _count(cells) - len(here)


def _references(cells: pl.DataFrame) -> pl.DataFrame:
    columns = cells["cell_column"].unique().to_list()
    named = pl.col("cell_column").replace_strict(
        columns, [letters(column) for column in columns], return_dtype=pl.String
    )
    return cells.select("index", pl.concat_str(named, pl.col("cell_row")).alias("cell"))


def _count(cells: pl.DataFrame) -> int:
    return cells.select(pl.struct("cell_row", "cell_column").n_unique()).item()


def _list_part(package: Package) -> str:
    return next(sheet.part for sheet in package.sheets() if sheet.name == LIST_SHEET and sheet.part)


def _put_list(package: Package, there: SheetPart | None, *, first: bool) -> None:
    """Make room for the list: the sheet of an earlier round, else a new one, first where no macro counts sheets."""
    if there is not None:
        if there.part is None:
            raise UnexpectedPackageError("the list's name on another kind of sheet")
        return
    part = package.new_name("xl/worksheets/sheet{}.xml")
    package.write(part, b"<worksheet/>")
    package.declare(part, _SHEET_TYPE)
    relation = package.relate(package.workbook, "worksheet", part)
    data = package.read(package.workbook)
    root = tree(data, "workbook", MAIN)
    sheets, views = root.needed("sheets"), root.child("bookViews")
    known = [int(item.attributes.get("sheetId", "0")) for item in sheets.named("sheet")]
    number = 1 + max(known, default=0)
    tag = b'<%bsheet name="%b" sheetId="%d" xmlns:r="%b" r:id="%b"/>' % (
        root.prefix, quoted(LIST_SHEET), number, RELATIONS.encode(), quoted(relation),
    )  # fmt: skip
    # Without a view the first sheet is the open one, together with the one that says that it is.
    first = first and bool(known) and views is not None and bool(views.named("workbookView"))
    place = sheets.inner if first else sheets.close
    moved = _moved(data, root) if first else []
    package.write(package.workbook, spliced(data, [(place, place, tag), *moved]))


def _moved(data: bytes, root: Element) -> list[Edit]:
    """What counts sheets by their place, now that one stands before them: the one that is open, names of a sheet."""
    edits: list[Edit] = []
    views, names = root.child("bookViews"), root.child("definedNames")
    for item in views.named("workbookView") if views else []:
        places = {"activeTab": int(item.attributes.get("activeTab", "0")) + 1}
        if "firstSheet" in item.attributes:
            places["firstSheet"] = int(item.attributes["firstSheet"]) + 1
        edits.append((item.start, item.inner, with_attributes(data[item.start : item.inner], places)))
    for item in names.named("definedName") if names else []:
        if "localSheetId" in item.attributes:
            place = {"localSheetId": int(item.attributes["localSheetId"]) + 1}
            edits.append((item.start, item.inner, with_attributes(data[item.start : item.inner], place)))
    return edits
