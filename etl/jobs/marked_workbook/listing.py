"""The sheet that lists every problem of a marked workbook, as real cells with links to where they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from etl.jobs.marked_workbook.parts import DECLARATION, MAIN, escaped, escaped_texts
from schemas.harmless import harmless, harmless_texts
from schemas.swedish import count_text, listing, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.jobs.marked_workbook.styles import Styles

#: Excel has no more rows in a sheet, and opens no sheet with more links.
MAX_ROWS = 1_048_576
MAX_LINKS = 65_000

_HEADS = ("Allvar", "Blad", "Rad", "Kolumn", "Cell", "Värde", "Väntat", "Att göra")
_WIDTHS = (10, 18, 9, 22, 9, 28, 52, 70)
_AT_ONCE = 20_000


@dataclass(frozen=True)
class Look:
    """The list's cell styles, as numbers in the workbook."""

    plain: int
    bold: int
    link: int
    error: int
    warning: int

    @classmethod
    def of(cls, styles: Styles) -> Look:
        """The styles, added to those of the workbook."""
        return cls(
            styles.plain(),
            styles.plain(bold=True),
            styles.plain(link=True),
            styles.plain(fill="error"),
            styles.plain(fill="warning"),
        )


def lines(
    problems: pl.DataFrame, *, file: str, uncommented: int, unmarked: int, left_out: str = ""
) -> list[str]:
    """What stands above the list: how many problems, what to do, what isn't marked.

    Args:
        problems: Columns as in `PROBLEM_SCHEMA`.
        file: The delivered file's name.
        uncommented: Marked cells that have no comment.
        unmarked: Cells that have a problem and no mark.
        left_out: What of the file's own cells isn't in the workbook, as a sentence.
    """
    errors = problems.filter(pl.col("severity") == "error").height
    warnings = problems.height - errors
    counts = [count_text(errors, "fel", "fel")] if errors else []
    counts += [count_text(warnings, "varning", "varningar")] if warnings else []
    again = "Rätta felen och leverera filen igen. " if errors else ""
    told = [
        f"{listing(counts) or 'Inga fel'} i {file}",
        "Celler med fel är orange, celler med varning är ljusgula. Kommentaren i cellen säger vad som är väntat.",
        f"{again}Det här bladet läses inte och behöver inte tas bort.",
    ]
    if uncommented:
        told.append(
            f"{number(uncommented)} av de märkta cellerna har ingen kommentar; vad de gäller står här."
        )
    if unmarked:
        cells = count_text(unmarked, "cell med fel är inte märkt", "celler med fel är inte märkta")
        told.append(f"{cells}, eftersom felen är så många.")
    if left_out:
        told.append(left_out)
    # The headings take a row, and so does the line that tells of this.
    beyond = problems.height - (MAX_ROWS - len(told) - 2)
    if beyond > 0:
        told.append(f"{number(beyond)} till får inte plats i listan. Alla finns i CSV-filen.")
    return told


def listed(problems: pl.DataFrame, said: Sequence[str], look: Look, names: dict[str, str]) -> Iterator[bytes]:
    """The sheet's XML, piece by piece.

    Args:
        problems: Columns as in `PROBLEM_SCHEMA`, and cell (as `B7`, null where there is none).
        said: What stands above the list.
        look: Its styles.
        names: The sheets' names in problems → in the workbook.
    """
    head = len(said) + 1
    kept = problems.head(MAX_ROWS - head)
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(_WIDTHS, start=1)
    )
    yield (
        DECLARATION
        + (
            f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="FFE46C0A"/></sheetPr><sheetViews>'
            f'<sheetView workbookViewId="0"><pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft"'
            f' state="frozen"/></sheetView></sheetViews><cols>{columns}</cols><sheetData>'
        ).encode()
    )
    above = [(text, look.plain if place else look.bold) for place, text in enumerate(said)]
    yield "".join(
        f'<row r="{place}">{_cell(f"A{place}", text, style)}</row>'
        for place, (text, style) in enumerate(above, start=1)
    ).encode()
    heads = "".join(
        _cell(f"{letter}{head}", text, look.bold) for letter, text in zip("ABCDEFGH", _HEADS, strict=True)
    )
    yield f'<row r="{head}">{heads}</row>'.encode()
    first = head + 1
    for part in kept.iter_slices(_AT_ONCE):
        yield from _rows(part, first, look, names)
        first += part.height
    last = max(head, head + kept.height)
    yield f'</sheetData><autoFilter ref="A{head}:H{last}"/>{_links(kept, head + 1, names)}</worksheet>'.encode()


def _cell(reference: str, text: str, style: int) -> str:
    return (
        f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escaped(harmless(text))}</t></is></c>"
    )


def _rows(part: pl.DataFrame, first: int, look: Look, names: dict[str, str]) -> Iterator[bytes]:
    place = pl.int_range(first, first + pl.len()).cast(pl.String)
    is_error = pl.col("severity") == "error"
    severity = pl.when(is_error).then(pl.lit("Fel")).otherwise(pl.lit("Varning"))
    fill = pl.when(is_error).then(pl.lit(str(look.error))).otherwise(pl.lit(str(look.warning)))
    plain, link = pl.lit(str(look.plain)), pl.lit(str(look.link))
    cells = (
        _texts("A", place, severity, fill),
        _texts("B", place, pl.col("sheet").replace(names), plain),
        pl.concat_str(
            pl.lit('<c r="C'),
            place,
            pl.lit('" s="'),
            plain,
            pl.lit('"><v>'),
            pl.col("row"),
            pl.lit("</v></c>"),
        ).fill_null(""),
        _texts("D", place, pl.col("column"), plain),
        _texts("E", place, pl.col("cell"), link),
        *(
            _texts(letter, place, pl.col(name), plain)
            for letter, name in (("F", "value"), ("G", "expected"), ("H", "hint"))
        ),
    )
    row = pl.concat_str(pl.lit('<row r="'), place, pl.lit('">'), *cells, pl.lit("</row>"))
    yield part.select(row.str.join("")).item().encode()


def _texts(letter: str, place: pl.Expr, text: pl.Expr, style: pl.Expr) -> pl.Expr:
    cell = pl.concat_str(
        pl.lit(f'<c r="{letter}'),
        place,
        pl.lit('" s="'),
        style,
        pl.lit('" t="inlineStr"><is><t xml:space="preserve">'),
        escaped_texts(harmless_texts(text)),
        pl.lit("</t></is></c>"),
    )
    return pl.when(text.is_not_null() & (text != "")).then(cell).otherwise(pl.lit(""))


def _links(problems: pl.DataFrame, first: int, names: dict[str, str]) -> str:
    """A link from each problem to its cell."""
    found = (
        problems.select("sheet", "cell")
        .with_row_index("place", first)
        .drop_nulls("cell")
        .head(MAX_LINKS)
        .with_columns(pl.col("sheet").replace(names).str.replace_all("'", "''", literal=True))
    )
    if found.is_empty():
        return ""
    target = pl.concat_str(pl.lit("'"), "sheet", pl.lit("'!"), "cell")
    safe = escaped_texts(target).str.replace_all('"', "&quot;", literal=True)
    link = pl.concat_str(
        pl.lit('<hyperlink ref="E'),
        pl.col("place").cast(pl.String),
        pl.lit('" location="'),
        safe,
        pl.lit('"/>'),
    )
    return f"<hyperlinks>{found.select(link.str.join('')).item()}</hyperlinks>"
