"""Every value of a trend chart as a table: its twin for those who can't see it, and for copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard import swedish_csv
from dashboard.components.markup import text
from dashboard.words import EXAMPLE_CHIP
from schemas import swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.catalogue import Area, Indicator

_HEADS = (
    "Indikator",
    "Område",
    "Period",
    "Värde",
    "Täljare",
    "Nämnare",
    "Nedre",
    "Övre",
    "Ursprung",
    "Källa",
)


_CHIP = f'<br><span class="fp-chip">{EXAMPLE_CHIP}</span>'


def _wide(series: pl.DataFrame, areas: list[Area]) -> list[tuple[str, list[float | None]]]:
    wanted = [area.id for area in areas]
    kept = series.filter(pl.col("area").is_in(wanted))
    periods = kept.select("period_start", "period_type").unique().sort("period_start", descending=True)
    values = {
        (row[0], row[1], row[2]): row[3]
        for row in kept.select("area", "period_start", "period_type", "value").iter_rows()
    }
    return [
        (
            Period(start, PeriodType(kind)).label,
            [values.get((area, start, kind)) for area in wanted],
        )
        for start, kind in periods.iter_rows()
    ]


def html(series: pl.DataFrame, areas: list[Area], indicator: Indicator) -> str:
    """One row a period, newest first, one column an area."""
    body = "".join(
        f'<tr><th scope="row" class="fp-num">{text(period)}</th>'
        + "".join(
            f'<td class="fp-right fp-num">{swedish.number(value, indicator.decimals)}</td>'
            for value in values
        )
        + "</tr>"
        for period, values in _wide(series, areas)
    )
    unit = swedish.UNIT_WORDS[indicator.unit][1]
    caption = f"{indicator.name}, {unit}" if unit else indicator.name
    shown = series.filter(pl.col("area").is_in([area.id for area in areas]) & pl.col("value").is_not_null())
    generated = set(shown.filter(pl.col("origin") == "example")["area"])
    head = "".join(
        f'<th scope="col" class="fp-right">{text(area.name)}{_CHIP if area.id in generated else ""}</th>'
        for area in areas
    )
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(caption)}"><table>'
        f'<caption>{text(caption)}</caption><thead><tr><th scope="col">Period</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def download(series: pl.DataFrame, areas: list[Area], indicator: Indicator) -> bytes:
    """The values as a Swedish CSV: one row per area and period, `;` and decimal comma, source and origin."""
    return swedish_csv.as_bytes(_HEADS, _rows(series, areas, indicator))


def _rows(series: pl.DataFrame, areas: list[Area], indicator: Indicator) -> Iterator[list[str]]:
    names = {area.id: area.name for area in areas}
    kept = series.filter(pl.col("area").is_in(list(names))).sort("area", "period_start")
    for row in kept.iter_rows(named=True):
        numbers = (row[key] for key in ("value", "numerator", "denominator", "lower", "upper"))
        yield [
            indicator.name,
            names[row["area"]],
            Period(row["period_start"], PeriodType(row["period_type"])).code,
            *("" if number is None else repr(number).replace(".", ",") for number in numbers),
            "Exempeldata" if row["origin"] == "example" else "",
            row["source"] or "",
        ]
