"""Kronor per inhabitant beside the newest figures of the indicators that a purpose names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard import links
from dashboard.components import badge as badges
from dashboard.components import signal_icons, term
from dashboard.components.markup import link, text
from dashboard.components.outcome import badge
from dashboard.figures import MISSING
from dashboard.signals import ASSURANCES
from dashboard.words import EXAMPLE_CHIP
from etl.measures.funds_outcome import CAVEAT, NO_INDICATORS
from schemas import swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

#: What is said of the purposes that name none, where others do.
NOT_THESE = "De här ändamålen är inte knutna till någon indikator i någon läst källa."

_CHIP = f'<span class="fp-chip">{EXAMPLE_CHIP}</span>'


def html(found: pl.DataFrame, catalogue: Catalogue) -> str:
    """The fixed words first, then a table for each purpose that names indicators, and one for the others.

    Args:
        found: `etl.measures.funds_outcome.OUTCOME_SCHEMA`, of one agreement and one division.
        catalogue: For the names.
    """
    said = [term.explained(f"<p>{text(CAVEAT)}</p>")]
    tied = found.filter(pl.col("indicator").is_not_null())
    for purpose in tied["purpose"].unique(maintain_order=True):
        said.append(_tied(purpose, tied.filter(pl.col("purpose") == purpose), catalogue))
    loose = found.filter(pl.col("indicator").is_null())
    if loose.height:
        said.append(term.explained(f"<p>{text(NOT_THESE if tied.height else NO_INDICATORS)}</p>"))
        said.append(_loose(loose, catalogue))
    return "".join(said)


def _tied(purpose: str, rows: pl.DataFrame, catalogue: Catalogue) -> str:
    """A purpose: a column for each year's money and one for each indicator and target that it names."""
    columns = rows.select("indicator", "target").unique(maintain_order=True).rows()
    years = _years(rows)
    heads = [
        "Delregion",
        *(f"Kronor per invånare{_of(year, years)}" for year in years),
        *(_name(*column, catalogue) for column in columns),
    ]
    body = []
    for (area,), own in rows.group_by("area", maintain_order=True):
        cells = {(row["indicator"], row["target"]): row for row in own.iter_rows(named=True)}
        money = {row["year"]: row for row in own.iter_rows(named=True)}
        body.append(
            f'<tr><th scope="row">{text(catalogue.areas[str(area)].name)}</th>'
            + "".join(_kronor(money.get(year)) for year in years)
            + "".join(_figure(cells.get(column), catalogue) for column in columns)
            + "</tr>"
        )
    return _table(purpose, heads, body, example=rows["example_money"].any())


def _loose(rows: pl.DataFrame, catalogue: Catalogue) -> str:
    """The purposes that name no indicator, a column each, and one a year where there are several years."""
    years = _years(rows)
    purposes = rows["purpose"].unique(maintain_order=True).to_list()
    known = set(rows.select("purpose", "year").unique().rows())
    columns = [(purpose, year) for purpose in purposes for year in years if (purpose, year) in known]
    body = []
    for (area,), own in rows.group_by("area", maintain_order=True):
        cells = {(row["purpose"], row["year"]): row for row in own.iter_rows(named=True)}
        body.append(
            f'<tr><th scope="row">{text(catalogue.areas[str(area)].name)}</th>'
            + "".join(_kronor(cells.get(column)) for column in columns)
            + "</tr>"
        )
    heads = ["Delregion", *(f"{text(purpose)}{_of(year, years)}" for purpose, year in columns)]
    return _table("Kronor per invånare och ändamål", heads, body, example=rows["example_money"].any())


def _years(rows: pl.DataFrame) -> list[int | None]:
    return rows["year"].unique().sort().to_list()


def _of(year: int | None, years: list[int | None]) -> str:
    """The year after a heading, where there are several."""
    return f" {year}" if len(years) > 1 else ""


def _table(caption: str, heads: list[str], body: list[str], *, example: bool) -> str:
    chip = f" {_CHIP}" if example else ""
    head = "".join(
        f'<th scope="col"{"" if place == 0 else _RIGHT}>{name}</th>' for place, name in enumerate(heads)
    )
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(caption)}">'
        f'<table class="fp-beside-money"><caption class="fp-group">{text(caption)}{chip}</caption>'
        f"<thead><tr>{term.explained(head)}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


_RIGHT = ' class="fp-right"'


def _name(indicator: str, target: str | None, catalogue: Catalogue) -> str:
    item = catalogue.indicators[indicator]
    label = (
        f'<br><span class="fp-small fp-quiet">{text(catalogue.targets[target].label)}</span>'
        if target
        else ""
    )
    return f"{link(links.href(links.INDICATOR, indikator=indicator), text(item.short_name))}{label}"


def _kronor(row: dict[str, Any] | None) -> str:
    if row is None:
        return f'<td class="fp-right">{MISSING}</td>'
    return f'<td class="fp-right fp-num">{swedish.kronor(row["kronor_per_inhabitant"], 2)}</td>'


def _figure(row: dict[str, Any] | None, catalogue: Catalogue) -> str:
    """A figure, its period, and what is said of it; why there is none."""
    if row is None or row["value"] is None:
        why = (
            f'<br><span class="fp-small fp-quiet">{text(row["reason"])}</span>'
            if row and row["reason"]
            else ""
        )
        return f'<td class="fp-right">{MISSING}{why}</td>'
    item = catalogue.indicators[row["indicator"]]
    parts = [f"<strong>{text(swedish.value_text(row['value'], item.unit, item.decimals))}</strong>"]
    if row["origin"] == "example":
        parts.append(_CHIP)
    if row["period_start"] and row["period_type"]:
        period = Period(row["period_start"], PeriodType(row["period_type"]))
        parts.append(f'<span class="fp-small fp-quiet">{text(period.label)}</span>')
    if row["target"]:
        parts.append(f'<span class="fp-small">{badge(row["judgement"])}</span>')
    if row["assurance"] in ASSURANCES:
        known = ASSURANCES[row["assurance"]]
        shown = badges.beside(signal_icons.assured(row["assurance"]), known.word, known.css)
        parts.append(f'<span class="fp-small">{shown}</span>')
    return f'<td class="fp-right">{"<br>".join(parts)}</td>'
