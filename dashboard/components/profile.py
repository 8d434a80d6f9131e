"""A delregion's profile: every indicator beside the county."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import figures, links, said
from dashboard.components import signal_icons
from dashboard.components.markup import link, text
from dashboard.components.notes import example_chip
from dashboard.components.outcome import badge
from dashboard.signals import ASSURANCES, VARIATIONS
from dashboard.words import SUBJECTS, target_name
from etl.measures.wording import capital
from schemas import swedish

if TYPE_CHECKING:
    from dashboard.board import Figure, Line
    from schemas.catalogue import Area


def html(found: list[Line], place: Area, county: Area) -> str:
    """One table a subject: indicator, own value, the county's, the difference, change, chance, judgement, future."""
    parts = []
    for subject, name in SUBJECTS.items():
        own = [line for line in found if line.indicator.subject is subject]
        if not own:
            continue
        body = "".join(_row(line, place, county) for line in own)
        parts.append(
            f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{name} i {text(place.name)}">'
            f'<table class="fp-wide fp-profile"><caption class="fp-group">{name}</caption><thead><tr>'
            f'<th scope="col">Indikator</th><th scope="col">{text(place.name)}</th>'
            '<th scope="col">Länet</th><th scope="col">Skillnad mot länet</th>'
            '<th scope="col">Förändring</th><th scope="col">Variation</th><th scope="col">Bedömning</th>'
            '<th scope="col">Framåt</th>'
            f"</tr></thead><tbody>{body}</tbody></table></div>"
        )
    return "".join(parts)


def _row(line: Line, place: Area, county: Area) -> str:
    figure, whole = line.figures.get(place.id), line.figures.get(county.id)
    address = links.href(
        links.INDICATOR, indikator=line.indicator.id, indelning=place.division, delregion=place.id
    )
    meta = target_name(line.target) if line.target else "Inget mål är satt"
    name = (
        f'<th scope="row">{link(address, text(line.indicator.name))}'
        f'<br><span class="fp-small fp-quiet">{text(meta)}</span></th>'
    )
    if figure is None:
        return f'<tr>{name}<td colspan="7" class="fp-quiet">Ingen uppgift är levererad</td></tr>'
    return (
        f"<tr>{name}<td>{_value(figure, line)}</td><td>{_value(whole, line) if whole else figures.MISSING}</td>"
        f"<td>{_difference(figure, whole, line)}{_beside(figure)}</td><td>{_change(figure, line)}</td>"
        f"<td>{_variation(figure, line)}</td><td>{badge(figure.judgement)}{_reason(figure)}</td>"
        f"<td>{_future(figure, line)}</td></tr>"
    )


def _value(figure: Figure, line: Line) -> str:
    value = text(figures.value(figure, line.indicator))
    return (
        f'<span class="fp-num"><strong>{value}</strong></span>{example_chip(figure)}'
        f'<br><span class="fp-small fp-quiet">{text(figures.period(figure))}</span>'
    )


def _difference(figure: Figure, whole: Figure | None, line: Line) -> str:
    """The difference, only where the two figures can be compared: same period, both real or both example."""
    if figure.value is None or whole is None or whole.value is None or line.indicator.roll_up == "sum":
        return figures.MISSING
    if figure.period != whole.period:
        return '<span class="fp-small fp-quiet">Olika perioder</span>'
    if figure.is_example != whole.is_example:
        return '<span class="fp-small fp-quiet">Exempel jämförs inte med verkliga tal</span>'
    indicator = line.indicator
    apart = swedish.change_text(figure.value - whole.value, indicator.unit, indicator.decimals)
    return f'<span class="fp-num">{text(apart)}</span>'


def _beside(figure: Figure) -> str:
    """Word and symbol of the comparison with the county; empty where there is none."""
    if figure.value is None or figure.county not in signal_icons.COUNTY:
        return ""
    found = signal_icons.COUNTY[figure.county]
    shown = signal_icons.badge(signal_icons.compared(figure.county), found.word, found.css)
    return f'<br><span class="fp-small" title="{text(said.against_county(figure))}">{shown}</span>'


def _variation(figure: Figure, line: Line) -> str:
    """Whether the newest figure is unusual, and by which rule; why it can't be told."""
    if figure.value is None:
        return figures.MISSING
    if figure.variation not in VARIATIONS:
        return _quiet(figure.variation_reason) or figures.MISSING
    found = VARIATIONS[figure.variation]
    symbol = signal_icons.variation(figure, line.indicator.direction)
    shown = f'<span class="fp-small">{signal_icons.badge(symbol, found.word, found.css)}</span>'
    rule = said.rule(line, figure).removeprefix(f"{found.word}: ") if figure.variation_rule else ""
    return shown + (f"<br>{_quiet(capital(rule))}" if rule else "")


def _future(figure: Figure, line: Line) -> str:
    """How the target stands to the usual variation, and when it would be reached."""
    ahead = said.future(line, figure)
    if figure.value is None or not ahead:
        return figures.MISSING
    if figure.assurance not in ASSURANCES:
        return _quiet(ahead)
    found = ASSURANCES[figure.assurance]
    shown = signal_icons.badge(signal_icons.assurance(figure), found.word, found.css)
    return f'<span class="fp-small">{shown}</span><br>{_quiet(ahead)}'


def _change(figure: Figure, line: Line) -> str:
    if figure.change is None:
        return figures.MISSING
    return (
        f'<span class="{figures.course_css(figure)}">{text(figures.change(figure, line.indicator))}</span>'
        f'<br><span class="fp-small fp-quiet">{text(figures.certainty(figure))}</span>'
    )


def _reason(figure: Figure) -> str:
    return f"<br>{_quiet(figure.reason)}" if figure.reason else ""


def _quiet(told: str | None) -> str:
    return f'<span class="fp-small fp-quiet">{text(told)}</span>' if told else ""


def municipalities(members: list[Area], population: dict[str, int]) -> str:
    """The municipalities with their inhabitants."""
    body = "".join(
        f'<tr><th scope="row">{text(area.name)}</th><td class="fp-right fp-num">'
        f"{swedish.number(population.get(area.id), 0)}</td></tr>"
        for area in members
    )
    return (
        '<table style="max-width:28rem"><thead><tr><th scope="col">Kommun</th>'
        f'<th scope="col" class="fp-right">Invånare</th></tr></thead><tbody>{body}</tbody></table>'
    )
