"""Tell by its content which shape a delivered file has. The file's name is never looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from etl.extract import fohm_covid19, kolada, kolada_wide, mapped, pxweb, template, wide
from etl.extract.fingerprint import remembered_for
from etl.extract.model import Extracted, Workbook
from schemas import mapping as told_by_hand
from schemas.problem import no_problems, problem


@dataclass(frozen=True)
class Reader:
    """One file shape.

    Attributes:
        shape: Machine name.
        shape_name: Swedish name.
        claims: True for a workbook of this shape.
        read: Its rows as text, with what was wrong while reading.
    """

    shape: str
    shape_name: str
    claims: Callable[[Workbook], bool]
    read: Callable[[Workbook], Extracted]


def _template(which: template.Template) -> Reader:
    return Reader(
        which.shape,
        which.shape_name,
        partial(template.claims, template=which),
        partial(template.read, template=which),
    )


#: In the order they are tried: the most particular first.
READERS = (
    Reader(fohm_covid19.SHAPE, fohm_covid19.SHAPE_NAME, fohm_covid19.claims, fohm_covid19.read),
    Reader(kolada.SHAPE, kolada.SHAPE_NAME, kolada.claims, kolada.read),
    Reader(kolada_wide.SHAPE, kolada_wide.SHAPE_NAME, kolada_wide.claims, kolada_wide.read),
    *(_template(which) for which in template.TEMPLATES),
    Reader(wide.SHAPE, wide.SHAPE_NAME, wide.claims, wide.read),
    Reader(pxweb.SHAPE, pxweb.SHAPE_NAME, pxweb.claims, pxweb.read),
)

_SEEN_CELLS = 8
_SEEN_LENGTH = 200


#: Nothing remembered.
_NONE: Mapping[str, told_by_hand.Mapping] = {}


def _readers(known: pxweb.Known) -> tuple[Reader, ...]:
    """The readers, the one of statistical databases told what an indicator is called."""
    own = {"claims": partial(pxweb.claims, known=known), "read": partial(pxweb.read, known=known)}
    return tuple(replace(reader, **own) if reader.shape == pxweb.SHAPE else reader for reader in READERS)


def recognise(
    workbook: Workbook,
    mappings: Mapping[str, told_by_hand.Mapping] = _NONE,
    *,
    known: pxweb.Known = pxweb.no_indicator,
) -> tuple[Extracted | None, pl.DataFrame]:
    """The file's rows as text, by the first reader that claims it, or as an analyst has said of such files.

    A file that resembles the template but lacks columns is read as the template, so that the columns are
    named; anything else is `unknown_shape`.

    Args:
        workbook: A file opened as text.
        mappings: What is remembered of files that no reader knows: fingerprint → mapping.
        known: Whether a text names an indicator; without it no table of a statistical database is recognised.

    Returns:
        What was extracted, whose own `problems` say what was wrong with it; or None and the problem.
    """
    for reader in _readers(known):
        if reader.claims(workbook):
            return reader.read(workbook), no_problems()
    remembered = remembered_for(workbook, mappings)
    if remembered is not None:
        return mapped.read(workbook, remembered[1]), no_problems()
    near = template.nearest(workbook)
    if near is not None:
        return template.read(workbook, near), no_problems()
    return None, _unknown(workbook)


def _unknown(workbook: Workbook) -> pl.DataFrame:
    known = "; ".join(reader.shape_name for reader in READERS)
    seen = next((text for sheet in workbook.sheets if (text := _first_texts(sheet.cells))), "inga texter")
    sheets = ", ".join(sheet.name for sheet in workbook.sheets if sheet.name)
    told = f"{seen} (blad: {sheets})" if sheets else seen
    return problem(
        "unknown_shape",
        value=told if len(told) <= _SEEN_LENGTH else f"{told[: _SEEN_LENGTH - 1]}…",
        expected=f"något av: {known}",
        hint="Filens rubriker känns inte igen. Leverera filen på sidan Ladda upp och tala om vad kolumnerna är, "
        "eller för över uppgifterna till mallen.",
    )


def _first_texts(cells: pl.DataFrame) -> str:
    """The fullest of the first rows, which most likely holds the headings."""
    rows = [[cell.strip() for cell in row if cell and cell.strip()] for row in cells.head(30).rows()]
    return ", ".join(max(rows, key=len, default=[])[:_SEEN_CELLS])
