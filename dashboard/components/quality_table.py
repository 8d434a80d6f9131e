"""How fresh and complete every indicator is, in the county and in each delregion, as a real HTML table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard import board, figures, links
from dashboard.components import badge, term
from dashboard.components.markup import link, text
from dashboard.words import EXAMPLE_CHIP, SUBJECTS
from etl.measures.data_quality import Freshness
from schemas import clock, swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    import polars as pl

    from schemas.catalogue import Area, Catalogue, Indicator


@dataclass(frozen=True)
class State:
    """How a freshness looks and reads.

    Attributes:
        word: A word.
        counted: What follows one indicator, and several.
        css: Class that colours it.
        symbol: SVG inside a 16 × 16 box, told apart by shape alone.
        meaning: One sentence for the legend.
    """

    word: str
    counted: tuple[str, str]
    css: str
    symbol: str
    meaning: str


_RING = '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_LINE = 'fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'

STATES: dict[str, State] = {
    Freshness.CURRENT: State(
        "Aktuell",
        ("aktuell", "aktuella"),
        "reached",
        '<circle cx="8" cy="8" r="7.4" fill="currentColor"/>'
        f'<path d="M4.6 8.3l2.3 2.4 4.5-5" stroke="var(--fp-paper)" {_LINE}/>',
        "Nästa period har inte tagit slut än.",
    ),
    Freshness.EXPECTED: State(
        "Väntas",
        ("väntas", "väntas"),
        "neither",
        f'{_RING}<path d="M8 4.4V8l2.6 1.6" stroke="currentColor" {_LINE}/>',
        "Nästa period har tagit slut, och uppgiften för den väntas.",
    ),
    Freshness.LATE: State(
        "Försenad",
        ("försenad", "försenade"),
        "wrong",
        '<path d="M8 1.2L15.4 14H0.6z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/>'
        f'<path d="M8 6v3.6M8 11.9v.1" stroke="var(--fp-paper)" {_LINE}/>',
        "En hel uppdatering har uteblivit sedan nästa period tog slut.",
    ),
    Freshness.ENDED: State(
        "Avslutad",
        ("avslutad", "avslutade"),
        "unknown",
        '<path d="M2.5 2.5h11v11h-11z" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        f'<path d="M5 8h6" stroke="currentColor" {_LINE}/>',
        "Källan levererar inte längre.",
    ),
    Freshness.EXAMPLE: State(
        EXAMPLE_CHIP,
        ("bara exempeldata", "bara exempeldata"),
        "sampled",
        '<path d="M2 2h12v12H2z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.6 2"/>'
        f'<path d="M5.4 10.6l5.2-5.2" stroke="currentColor" {_LINE}/>',
        "Talen är påhittade. Ingen verklig uppgift är levererad.",
    ),
    Freshness.LACKING: State(
        "Saknas",
        ("saknas", "saknas"),
        "unknown",
        '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.4" '
        'stroke-dasharray="2.4 2"/>',
        "Ingen uppgift är levererad.",
    ),
}

#: Delregioner with gaps that are named on a narrow screen; more are counted.
_NAMED = 2

#: How often a new figure is expected, in words.
_INTERVALS = {1: "varje månad", 3: "varje kvartal", 6: "varje halvår", 12: "varje år"}


def tally(counts: dict[Freshness, int]) -> str:
    """How many indicators are of each kind, those that occur."""
    items = "".join(
        f"<li>{badge.icon(STATES[kind])}<b>{swedish.number(number)}</b> "
        f"<span>{STATES[kind].counted[number != 1]}</span></li>"
        for kind, number in counts.items()
        if number
    )
    return term.explained(f'<ul class="fp-tally">{items}</ul>') if items else ""


def legend() -> str:
    """What the symbols mean."""
    rows = "".join(f"<li>{badge.of(state)}<br>{text(state.meaning)}</li>" for state in STATES.values())
    return term.explained(
        f'<ul class="fp-legend" aria-label="Vad symbolerna betyder">{rows}</ul>',
        without=frozenset({"exempeldata"}),
    )


def html(
    rows: pl.DataFrame, summary: pl.DataFrame, catalogue: Catalogue, areas: list[Area], division: str
) -> str:
    """The matrix: a row an indicator, a column an area.

    Args:
        rows: `etl.measures.data_quality.QUALITY_SCHEMA`.
        summary: What the areas say together, from `etl.measures.data_quality.by_indicator`.
        catalogue: The catalogue.
        areas: The county first, then the delregioner.
        division: Id of their division, for the links.
    """
    cells = {(row["indicator"], row["area"]): row for row in rows.iter_rows(named=True)}
    told = {row["indicator"]: row for row in summary.iter_rows(named=True)}
    heads = "".join(
        f'<th scope="col" role="columnheader">{text(name)}</th>'
        for name in ("Indikator", "Nästa leverans", *(area.name for area in areas))
    )
    body, subject = [], None
    for item in board.in_order(catalogue):
        if item.id not in told:
            continue
        if item.subject is not subject:
            subject = item.subject
            body.append(
                f'<tr class="fp-subject" role="row"><th scope="rowgroup" role="rowheader" '
                f'colspan="{len(areas) + 2}">{SUBJECTS[subject]}</th></tr>'
            )
        body.append(
            _row(item, told[item.id], [(area, cells.get((item.id, area.id))) for area in areas], division)
        )
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Datakvalitet för varje indikator och område">'
        '<table class="fp-fresh" role="table">'
        '<caption class="fp-sr">Hur färsk och fullständig varje indikator är</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table></div>'
    )


def _row(
    item: Indicator, told: dict[str, Any], cells: list[tuple[Area, dict[str, Any] | None]], division: str
) -> str:
    address = links.href(links.INDICATOR, indikator=item.id, indelning=division)
    shown = "".join(
        f'<td role="cell" data-head="{text(area.name)}">{_cell(row) if row else figures.MISSING}</td>'
        for area, row in cells
    )
    coming = " fp-due" if told["due"] and told["freshness"] != Freshness.LATE else ""
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{link(address, text(item.name))}'
        f'<span class="fp-sub fp-rest">Ny uppgift {text(_often(item))}</span></th>'
        f'<td role="cell" class="fp-next" data-head="Nästa leverans">{badge.of(STATES[told["freshness"]])}'
        f'<span class="fp-sub{coming}">{text(due(told))}</span>'
        f'<span class="fp-sub fp-rest">Från: {text(item.owner)}</span>'
        f"<details><summary>{text(in_short(cells))}</summary></details></td>{shown}</tr>"
    )


def in_short(cells: list[tuple[Area, dict[str, Any] | None]]) -> str:
    """How the areas are, the delregioner that aren't as the others named; opens the cells on a narrow screen.

    Args:
        cells: The county first, then the delregioner, each with its row.
    """
    kinds = [(area.name, row["freshness"] if row else Freshness.LACKING) for area, row in cells]
    (_, county), *others = kinds
    usual = Counter(kind for _, kind in others).most_common(1)
    most = usual[0][0] if usual else county
    apart = swedish.listing([f"{name} {_said(kind)}" for name, kind in others if kind != most])
    if county == most and not apart:
        said = f"Alla områden: {_said(most)}"
    else:
        said = f"Länet: {_said(county)}. Delregionerna: {_said(most)}"
        said += f", men {apart}" if apart else ""
    broken = [area.name for area, row in cells[1:] if row and _is_broken(row)]
    if not broken:
        return f"{said}."
    told = swedish.listing(broken) if len(broken) <= _NAMED else f"{len(broken)} delregioner"
    return f"{said}. Luckor i {told}."


def _said(kind: str) -> str:
    return STATES[kind].word.lower()


def _is_broken(row: dict[str, Any]) -> bool:
    """Whether figures are hidden or lacking of some municipalities or periods."""
    lacking = row["with_value"] and row["with_value"] < row["members"]
    return bool(row["hidden"] or row["with_hidden"] or lacking or row["with_figure"] < row["periods"])


def _often(item: Indicator) -> str:
    months = item.update_interval_months
    return _INTERVALS.get(months, f"var {months}:e månad")


def due(row: dict[str, Any]) -> str:
    """When the next delivery is due, or why that can't be said."""
    kind = row["freshness"]
    if kind == Freshness.ENDED:
        return "Inga fler leveranser kommer"
    if row["due"] is None:
        return "Okänt när: ingen verklig uppgift är levererad"
    last = clock.day_text(row["due"])
    if kind == Freshness.LATE:
        return f"Skulle ha kommit senast {last}"
    return f"Senast {last}"


def _cell(row: dict[str, Any]) -> str:
    parts = [badge.of(STATES[row["freshness"]])]
    if row["period_start"] is not None:
        label = Period(row["period_start"], PeriodType(row["period_type"])).label
        parts.append(f'<span class="fp-sub">{text(label)}{text(_age(row))}</span>')
    parts += [f'<span class="fp-sub">{text(said)}</span>' for said in _complete(row)]
    if row["preliminary"]:
        parts.append('<span class="fp-sub"><span class="fp-tag">preliminär</span></span>')
    return "".join(parts)


def _age(row: dict[str, Any]) -> str:
    """How old a real figure is that isn't current."""
    if row["freshness"] not in (Freshness.LATE, Freshness.EXPECTED):
        return ""
    return f", {age_text(row['age_days'])} gammal"


def age_text(days: int) -> str:
    """An age in whole years, months or days."""
    for length, one, several in ((365, "år", "år"), (30, "månad", "månader")):
        if days >= length:
            return swedish.count_text(days // length, one, several)
    return swedish.count_text(max(days, 0), "dag", "dagar")


def _complete(row: dict[str, Any]) -> list[str]:
    """The municipalities and periods that have a figure, and what is hidden or lacking."""
    said = []
    if row["hidden"]:
        said.append("Dold: få personer")
    if row["reason"]:
        said.append(row["reason"].removeprefix("Ingen uppgift: ").removeprefix("Ingen uppgift"))
    if row["with_value"] or row["with_hidden"]:
        sample = " (exempeldata)" if row["with_example"] and row["freshness"] != Freshness.EXAMPLE else ""
        said.append(f"Kommuner: {row['with_value']} av {row['members']}{sample}")
        if row["with_hidden"]:
            said.append(swedish.count_text(row["with_hidden"], "dold", "dolda"))
    elif row["freshness"] != Freshness.LACKING:
        said.append("Inte per kommun")
    if row["with_figure"] < row["periods"]:
        said.append(f"Perioder: {row['with_figure']} av {row['periods']}")
    return [one for one in said if one]
