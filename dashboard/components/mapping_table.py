"""A mapped file's first rows: as they stand in the sheet, and as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.components.markup import text
from dashboard.mapping_choices import letter
from schemas import swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Catalogue, Indicator

_COLUMNS = 30
_BEFORE = 3
_AFTER = 4
_LENGTH = 40
_READ = 5

_SEXES = {"women": "kvinnor", "men": "män"}
_FLAGS = {"missing": "saknas", "suppressed": "visas inte", "preliminary": "preliminärt"}


def sheet(cells: pl.DataFrame, row: int, height: int, roles: Mapping[int, str]) -> str:
    """The rows around the headings, numbered as in the sheet, the headings marked.

    Args:
        cells: The sheet's cells.
        row: Row of the lowest headings, from 1.
        height: How many rows they stand in.
        roles: Column index → what it is read as, in Swedish.
    """
    first = max(0, row - height - _BEFORE)
    shown = cells.slice(first, row - first + _AFTER)
    width = min(cells.width, _COLUMNS)
    letters = "".join(
        f'<th scope="col">{letter(place)}{_role(roles.get(place))}</th>' for place in range(width)
    )
    body = "".join(
        _row(number, found[:width], heading=row - height < number <= row)
        for number, found in enumerate(shown.rows(), start=first + 1)
    )
    more = cells.width - width
    note = f'<p class="fp-small fp-quiet">{more} kolumner till visas inte.</p>' if more > 0 else ""
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Filens första rader">'
        '<table class="fp-cells"><caption>Filens första rader. Raden med rubriker är markerad.</caption>'
        f'<thead><tr><th scope="col">Rad</th>{letters}</tr></thead><tbody>{body}</tbody></table></div>{note}'
    )


def _role(role: str | None) -> str:
    return f'<br><span class="fp-tag">{text(role)}</span>' if role else ""


def _row(number: int, cells: tuple[str | None, ...], *, heading: bool) -> str:
    css = ' class="fp-mine"' if heading else ""
    word = '<br><span class="fp-small">rubriker</span>' if heading else ""
    columns = "".join(f"<td>{_strong(_cut(cell), on=heading)}</td>" for cell in cells)
    return f'<tr{css}><th scope="row">{number}{word}</th>{columns}</tr>'


def _cut(cell: str | None) -> str:
    said = (cell or "").strip()
    return text(said if len(said) <= _LENGTH else f"{said[: _LENGTH - 1]}…")


def _strong(said: str, *, on: bool) -> str:
    return f"<strong>{said}</strong>" if on and said else said


def read(rows: pl.DataFrame, catalogue: Catalogue) -> str:
    """The first rows as they are read, in words."""
    body = "".join(_read_row(row, catalogue) for row in rows.head(_READ).iter_rows(named=True))
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Så läses de första raderna"><table>'
        '<thead><tr><th scope="col">Rad</th><th scope="col">Indikator</th><th scope="col">Område</th>'
        '<th scope="col">Period</th><th scope="col">Grupp</th><th scope="col" class="fp-right">Tal</th></tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _read_row(row: dict, catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[row["indicator"]]
    period = Period(row["period_start"], PeriodType(row["period_type"])).label
    return (
        f'<tr><th scope="row">{row["row"]}</th><td>{text(indicator.short_name)}</td>'
        f"<td>{text(catalogue.areas[row['area']].name)}</td><td>{text(period)}</td>"
        f"<td>{text(_group(row))}</td>"
        f'<td class="fp-right fp-num">{text(_figure(row, indicator))}</td></tr>'
    )


def _group(row: dict) -> str:
    age = row["age"]
    years = f"{age.removesuffix('+')} år och äldre" if age.endswith("+") else f"{age} år"
    said = [_SEXES.get(row["sex"]), None if age == "total" else years]
    return ", ".join(part for part in said if part) or "alla"


def _figure(row: dict, indicator: Indicator) -> str:
    if row["value"] is None:
        return _FLAGS.get(row["flag"], swedish.NO_VALUE)
    said = swedish.value_text(row["value"], indicator.unit, indicator.decimals)
    if row["numerator"] is not None and row["denominator"] is not None:
        said += f" ({swedish.number(row['numerator'])} av {swedish.number(row['denominator'])})"
    if row["standard_deviation"] is not None:
        said += f", standardavvikelse {swedish.deviation_text(row['standard_deviation'])}"
    return said
