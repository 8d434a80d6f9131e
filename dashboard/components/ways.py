"""The six changed ways of working, each with the indicators that follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import links
from dashboard.components.markup import link, text
from dashboard.components.outcome import icon
from dashboard.words import EXAMPLE_CHIP, OUTCOMES, PRINCIPALS
from schemas.results import Outcome
from schemas.swedish import listing

if TYPE_CHECKING:
    from dashboard.board import Line
    from schemas.catalogue import Area, Roadmap


def html(roadmap: Roadmap, found: list[Line], county: Area) -> str:
    """The six ways of working with the county's judgement on each indicator."""
    items = []
    for way in roadmap.ways_of_working:
        own = [line for line in found if way.number in line.indicator.ways_of_working]
        rows = "".join(_line(line, county) for line in own) or (
            '<li class="fp-quiet">Ingen indikator i katalogen följer arbetssättet ännu.</li>'
        )
        items.append(f"<li><h3>{way.number}. {text(way.name)}</h3><ul>{rows}</ul></li>")
    return f'<ol class="fp-ways">{"".join(items)}</ol>'


def _line(line: Line, county: Area) -> str:
    figure = line.figures.get(county.id)
    outcome = Outcome(figure.judgement) if figure else Outcome.CANNOT_BE_JUDGED
    address = links.to_indicator(line.indicator, line.age)
    chip = f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if figure and figure.is_example else ""
    owners = listing([PRINCIPALS[item] for item in line.indicator.principals])
    return (
        f"<li>{icon(outcome)}<span>{link(address, text(line.indicator.short_name))}"
        f'<span class="fp-sr">: {OUTCOMES[outcome].word}</span>'
        f' <span class="fp-small fp-quiet">{OUTCOMES[outcome].word.lower()} · {owners}</span>{chip}</span></li>'
    )
