"""A delivery's problems and summary as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard import swedish_csv
from dashboard.components.markup import text
from schemas import swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from datetime import date

    from schemas.catalogue import Catalogue
    from schemas.problem import Report

#: How many single problems the page shows; all of them are counted, and all are in the file to download.
SHOWN = 20

_CELLS = (
    ("sheet", "Blad"),
    ("row", "Rad"),
    ("column", "Kolumn"),
    ("value", "Värde"),
    ("expected", "Förväntat"),
    ("hint", "Att göra"),
)


def grouped(report: Report, severity: str) -> str:
    """One row per kind of mistake, with how often it was made and on which rows."""
    kinds = report.grouped().filter(pl.col("severity") == severity)
    body = "".join(
        f'<tr><td class="fp-right fp-num">{swedish.number(row["count"], 0)}</td>'
        f"<td>{text(row['column'] or '')}</td>"
        f"<td>{text(', '.join(row['values']) or '')}</td><td>{text(row['expected'])}</td>"
        f"<td>{text(row['hint'])}</td><td>{text(_rows(row['rows'], row['count']))}</td></tr>"
        for row in kinds.head(SHOWN).iter_rows(named=True)
    )
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Sorters fel"><table><thead><tr>'
        '<th scope="col" class="fp-right">Antal</th><th scope="col">Kolumn</th><th scope="col">Till exempel</th>'
        '<th scope="col">Förväntat</th><th scope="col">Att göra</th><th scope="col">Rader</th>'
        f"</tr></thead><tbody>{body}</tbody></table></div>{_left_out(kinds.height)}"
    )


def _left_out(kinds: int) -> str:
    if kinds <= SHOWN:
        return ""
    return f'<p class="fp-small fp-quiet">De {SHOWN} vanligaste av {swedish.number(kinds)} sorter visas.</p>'


def _rows(rows: list[int], count: int) -> str:
    said = ", ".join(str(row) for row in rows)
    return f"{said} …" if count > len(rows) and rows else said


def single(problems: pl.DataFrame) -> str:
    """The first problems one by one, as they stand in the file."""
    head = "".join(f'<th scope="col">{name}</th>' for _, name in _CELLS)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{text('' if row[key] is None else row[key])}</td>" for key, _ in _CELLS)
        + "</tr>"
        for row in problems.head(SHOWN).iter_rows(named=True)
    )
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Felen ett för ett"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def as_csv(problems: pl.DataFrame) -> bytes:
    """All problems as a Swedish CSV."""
    return swedish_csv.as_bytes(
        ["Allvar", *(name for _, name in _CELLS)],
        (
            ["Fel" if row["severity"] == "error" else "Varning", *(row[key] for key, _ in _CELLS)]
            for row in problems.iter_rows(named=True)
        ),
    )


def summary(observations: pl.DataFrame, catalogue: Catalogue) -> str:
    """What the delivery holds: indicator by indicator, how many figures, which periods and areas."""
    found = (
        observations.group_by("indicator", maintain_order=True)
        .agg(
            pl.len().alias("figures"),
            pl.col("area").n_unique().alias("areas"),
            pl.col("period_start").min().alias("first"),
            pl.col("period_start").max().alias("last"),
            pl.col("period_type").first(),
        )
        .iter_rows(named=True)
    )
    body = "".join(
        f'<tr><th scope="row">{text(catalogue.indicators[row["indicator"]].name)}</th>'
        f'<td class="fp-right fp-num">{swedish.number(row["figures"], 0)}</td>'
        f'<td class="fp-right fp-num">{swedish.number(row["areas"], 0)}</td>'
        f"<td>{text(_span(row['first'], row['last'], row['period_type']))}</td></tr>"
        for row in found
    )
    return (
        '<table><thead><tr><th scope="col">Indikator</th><th scope="col" class="fp-right">Tal</th>'
        '<th scope="col" class="fp-right">Områden</th><th scope="col">Period</th></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _span(first: date, last: date, kind: str) -> str:
    start, end = (Period(moment, PeriodType(kind)).label for moment in (first, last))
    return start if start == end else f"{start} till {end}"
