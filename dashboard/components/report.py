"""A delivery's problems and summary as tables."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard import swedish_csv
from dashboard.components.markup import text
from etl.jobs.documents import check_document, write_json
from schemas import swedish
from schemas.period import Period, PeriodType
from schemas.problem_groups import rows_text, values_text

if TYPE_CHECKING:
    from datetime import date

    from etl.jobs.delivery import Checked
    from schemas.catalogue import Catalogue
    from schemas.problem import Report

#: How many kinds of mistakes, and cases of one kind, the page shows; all are in the files to download.
SHOWN = 50
SHOWN_CASES = 10

_HEADS = ("Antal", "Kolumn", "Det som står", "Väntat", "Att göra", "Rader")

_CELLS = {
    "severity": "Allvar",
    "sheet": "Blad",
    "row": "Rad",
    "column": "Kolumn",
    "value": "Värde",
    "expected": "Väntat",
    "hint": "Att göra",
}


def headline(report: Report) -> str:
    """What stops the delivery, in one sentence: `4 000 fel av 40 sorter hindrar leveransen.`."""
    errors = report.grouped().filter(pl.col("severity") == "error")
    said = swedish.count_text(report.errors.height, "fel", "fel")
    kinds = f" av {swedish.number(errors.height)} sorter" if errors.height > 1 else ""
    return f"{said}{kinds} hindrar leveransen. Ingenting är sparat."


def grouped(report: Report, severity: str) -> str:
    """One line per kind of mistake: how often, in which column, what stands there, what to do, on which rows.

    A kind with several cases, such as names with a suggestion each, has a line for each of them below.
    """
    kinds = report.grouped().filter(pl.col("severity") == severity)
    several = report.frame["sheet"].drop_nulls().n_unique() > 1
    body = "".join(_kind(kind, several) for kind in kinds.head(SHOWN).iter_rows(named=True))
    heads = "".join(f'<th scope="col"{_RIGHT if name == "Antal" else ""}>{name}</th>' for name in _HEADS)
    name = "Fel" if severity == "error" else "Varningar"
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{name} sort för sort">'
        f'<table class="fp-kinds"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
        f"{_left_out(kinds.height)}"
    )


_RIGHT = ' class="fp-right"'


def _left_out(kinds: int) -> str:
    if kinds <= SHOWN:
        return ""
    return f'<p class="fp-small fp-quiet">De {SHOWN} vanligaste av {swedish.number(kinds)} sorter visas.</p>'


def _kind(kind: dict[str, Any], sheets: bool) -> str:
    cases = kind["cases"]
    where = text(kind["column"] or "")
    if kind["sheet"] and sheets:
        where += f'{" " if where else ""}<span class="fp-quiet">blad {text(kind["sheet"])}</span>'
    if len(cases) == 1:
        return _line(kind, where, _found(kind), kind["expected"], kind["hint"])
    different = f"{swedish.number(len(cases) + kind['more_cases'])} olika, här under"
    first = _line(kind, where, different, kind["expected"], kind["hint"] or "Se varje rad här under.")
    lines = [
        _line(
            case,
            "",
            _found(case),
            None if kind["expected"] else case["expected"],
            None if kind["hint"] else case["hint"],
            css="fp-case",
        )
        for case in cases[:SHOWN_CASES]
    ]
    left = len(cases[SHOWN_CASES:]) + kind["more_cases"]
    if left:
        said = f"och {swedish.number(left)} till, som finns i filerna att hämta"
        lines.append(f'<tr class="fp-case"><td colspan="{len(_HEADS)}">{said}</td></tr>')
    return first + "".join(lines)


def _found(told: dict[str, Any]) -> str:
    return values_text(told["values"], told["more_values"])


def _line(
    told: dict[str, Any], where: str, found: str, expected: str | None, hint: str | None, *, css: str = ""
) -> str:
    cells = (
        swedish.number(told["count"]),
        where,
        text(found),
        text(expected or ""),
        text(hint or ""),
        text(rows_text(told["rows"], told["more_rows"])),
    )
    drawn = "".join(
        f'<td data-head="{name}"{_RIGHT if name == "Antal" else ""}>{cell}</td>'
        for name, cell in zip(_HEADS, cells, strict=True)
    )
    return f'<tr class="{css}">{drawn}</tr>' if css else f"<tr>{drawn}</tr>"


def as_csv(problems: pl.DataFrame) -> bytes:
    """All problems as a Swedish CSV."""
    words = pl.col("severity").replace_strict({"error": "Fel", "warning": "Varning"}, default=None)
    return swedish_csv.from_frame(
        problems.with_columns(words.alias("severity")).select(
            pl.col(key).alias(name) for key, name in _CELLS.items()
        )
    )


def as_json(checked: Checked) -> bytes:
    """All problems and their groups, as `fardplan check --json` writes them."""
    with io.BytesIO() as content, io.TextIOWrapper(content, encoding="utf-8", newline="\n") as stream:
        write_json(check_document(checked), stream)
        stream.flush()
        return content.getvalue()


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
