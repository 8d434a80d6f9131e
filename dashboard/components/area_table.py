"""A table of areas for one indicator: value, interval, change, judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import figures
from dashboard.components import interval_bar, term
from dashboard.components.markup import link, text
from dashboard.components.notes import example_chip
from dashboard.components.outcome import badge
from dashboard.words import METHODS
from schemas.catalogue import RollUp, Unit
from schemas.results import Method

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.board import Figure
    from schemas.catalogue import Area, Indicator


def scale(shown: list[Figure]) -> tuple[float, float]:
    """Lowest and highest value, intervals included, so that all pictures of a table can be compared."""
    ends = [end for figure in shown for end in (figure.value, figure.lower, figure.upper) if end is not None]
    return (min(ends), max(ends)) if ends else (0.0, 1.0)


def html(
    indicator: Indicator,
    rows: list[tuple[Area, Figure | None]],
    *,
    caption: str,
    county: Figure | None,
    has_target: bool,
    strong: str | None = None,
    addresses: Mapping[str, str] | None = None,
) -> str:
    """The table.

    Args:
        indicator: What the figures are of.
        rows: Areas in order, with their latest figure.
        caption: What the table shows.
        county: The county's figure, drawn as a line to compare with.
        has_target: Whether there is a judgement to show.
        strong: Id of the area to mark.
        addresses: Where an area's name leads, by its id; without one it is no link.
    """
    shown = [figure for _, figure in rows if figure is not None]
    reach = scale(shown + ([county] if county else []))
    heads = ["Område", "Värde", "95\u00a0%-intervall", "", "Förändring", "Underlag"]
    if has_target:
        heads.append("Bedömning")
    head = "".join(
        f'<th scope="col">{name}</th>' if name else '<th scope="col"><span class="fp-sr">Bild</span></th>'
        for name in heads
    )
    body = "".join(
        _row(
            indicator, _name(area, (addresses or {}).get(area.id), strong=area.id == strong), figure, reach, county,
            has_target=has_target, strong=area.id == strong,
        )
        for area, figure in rows
    )  # fmt: skip
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(caption)}"><table class="fp-wide">'
        f"<caption>{text(caption)}</caption><thead><tr>{term.explained(head)}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _name(area: Area, address: str | None, *, strong: bool) -> str:
    name = link(address, text(area.name)) if address else text(area.name)
    return f'<th scope="row">{f"<strong>{name}</strong>" if strong else name}</th>'


def _row(
    indicator: Indicator,
    name: str,
    figure: Figure | None,
    reach: tuple[float, float],
    county: Figure | None,
    *,
    has_target: bool,
    strong: bool,
) -> str:
    css = ' class="fp-mine"' if strong else ""
    if figure is None:
        cells = '<td colspan="5" class="fp-quiet">Ingen uppgift</td>' + ("<td></td>" if has_target else "")
        return f"<tr{css}>{name}{cells}</tr>"
    picture = interval_bar.svg(
        figure.value,
        figure.lower,
        figure.upper,
        scale=reach,
        line_at=county.value if county and _comparable(figure, county) else None,
    )
    cells = [
        f'<td class="fp-num"><strong>{text(figures.value(figure, indicator))}</strong>{example_chip(figure)}'
        f'<br><span class="fp-small fp-quiet">{text(figures.period(figure))}</span></td>',
        f'<td class="fp-num">{text(figures.interval(figure, indicator))}</td>',
        f"<td>{picture}</td>",
        f"<td>{_change(figure, indicator)}</td>",
        f'<td class="fp-small">{_basis(figure, indicator)}</td>',
    ]
    if has_target:
        reason = f'<br><span class="fp-small fp-quiet">{text(figure.reason)}</span>' if figure.reason else ""
        cells.append(f"<td>{badge(figure.judgement)}{reason}</td>")
    elif figure.value is None:
        cells[-1] = f'<td class="fp-small">{text(figure.reason or "")}</td>'
    return f"<tr{css}>{name}{''.join(cells)}</tr>"


def _comparable(figure: Figure, county: Figure) -> bool:
    return county.period == figure.period and county.is_example == figure.is_example


def _change(figure: Figure, indicator: Indicator) -> str:
    if figure.change is None:
        return figures.MISSING
    since = f"sedan {figure.previous_period.label}, " if figure.previous_period else ""
    return (
        f'<span class="{figures.course_css(figure)}">{text(figures.change(figure, indicator))}</span>'
        f'<br><span class="fp-small fp-quiet">{text(since + figures.certainty(figure))}</span>'
    )


def _basis(figure: Figure, indicator: Indicator) -> str:
    parts = []
    if figure.numerator is not None and figure.denominator is not None and indicator.roll_up != RollUp.SUM:
        of = "av" if indicator.unit == Unit.PERCENT else "delat med"
        parts.append(
            f'<span class="fp-num">{figures.count(figure.numerator)} {of} {figures.count(figure.denominator)}</span>'
        )
    if figure.method and figure.method != Method.DIRECT:
        parts.append(text(METHODS[figure.method]))
    if figure.flag == "preliminary":
        parts.append('<span class="fp-tag">preliminär</span>')
    return "<br>".join(parts) or figures.MISSING
