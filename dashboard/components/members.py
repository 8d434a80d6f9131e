"""A delregion's municipalities one by one: how many targets each stands at, and the way to its own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import board, links
from dashboard.components import term
from dashboard.components.markup import link, text
from dashboard.components.outcome import badge
from dashboard.words import EXAMPLE_CHIP
from schemas import swedish
from schemas.results import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.board import Line
    from schemas.catalogue import Area


def html(
    found: list[Line],
    place: Area,
    members: list[Area],
    people: Mapping[str, int],
    *,
    chosen: str | None = None,
) -> str:
    """The table, in the catalogue's order, which is no order of merit.

    Args:
        found: All lines, of which those with a target are counted.
        place: The delregion.
        members: Its municipalities.
        people: Municipality id → inhabitants.
        chosen: Id of the municipality that the page shows.
    """
    heads = term.explained(
        "".join(f'<th scope="col" class="fp-right">{badge(outcome)}</th>' for outcome in Outcome)
    )
    rows, example = [], False
    for area in members:
        pairs = board.with_target(found, area.id)
        example = example or any(figure.is_example for _, figure in pairs)
        counts = board.tally([figure for _, figure in pairs])
        address = links.href(links.DELREGION, indelning=place.division, delregion=place.id, kommun=area.id)
        cells = "".join(f'<td class="fp-right fp-num">{swedish.number(counts[one])}</td>' for one in Outcome)
        css = ' class="fp-mine"' if area.id == chosen else ""
        rows.append(
            f'<tr{css}><th scope="row">{link(address, text(area.name))}</th>'
            f'<td class="fp-right fp-num">{swedish.number(people.get(area.id))}</td>{cells}</tr>'
        )
    chip = f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if example else ""
    said = f"Antal mål och riktmärken för varje kommun i {place.name}."
    return (
        f'<section class="fp-part"><h2>Kommunerna i {text(place.name)}</h2>'
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="Kommunerna i {text(place.name)}">'
        f'<table class="fp-counts"><caption>{text(said)} Välj en kommun för att se alla dess tal.{chip}</caption>'
        f'<thead><tr><th scope="col">Kommun</th><th scope="col" class="fp-right">Invånare</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></section>"
    )
