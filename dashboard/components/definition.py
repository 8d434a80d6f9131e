"""An indicator's definition, source and caveats, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components import term
from dashboard.components.markup import text
from dashboard.components.notes import facts
from dashboard.words import (
    DIRECTIONS,
    EVIDENCE,
    INTERVAL_METHODS,
    LEVELS,
    ORIGINS,
    PERSPECTIVES,
    PRINCIPALS,
    ROLL_UPS,
)
from schemas.catalogue import Unit
from schemas.swedish import listing, value_text

if TYPE_CHECKING:
    from dashboard.board import Figure
    from schemas.catalogue import Catalogue, Indicator, Source


def source_markup(source: Source) -> str:
    """Publisher and title, as a link where there is an address."""
    said = text(f"{source.publisher}: {source.title}")
    if source.address and source.address.startswith(("https://", "http://")):
        return f'<a href="{text(source.address)}" rel="noopener" target="_blank">{said}</a>'
    return said


def _uncertainty(figure: Figure | None) -> str:
    """How the figure's interval was computed: `95 %-intervall med Wilsons metod`."""
    if figure is None or figure.interval_method is None or figure.interval_level is None:
        return ""
    level = value_text(100 * figure.interval_level, Unit.PERCENT, 0)
    return text(f"{level}-intervall med {INTERVAL_METHODS[figure.interval_method]}")


def html(
    indicator: Indicator, catalogue: Catalogue, figure: Figure | None, *, delivered: str | None = None
) -> str:
    """Everything that a reader needs to trust or doubt the figure.

    Args:
        indicator: What the figure is of.
        catalogue: Ways of working, caveats and targets.
        figure: The figure on the page.
        delivered: When its newest part was delivered, and in which batch.
    """
    ways = {way.number: way.name for way in catalogue.roadmap.ways_of_working}
    hidden = []
    if indicator.minimum_numerator:
        hidden.append(f"färre än {indicator.minimum_numerator} räknade eller färre än så som inte räknats")
    if indicator.minimum_denominator:
        hidden.append(f"ett underlag under {indicator.minimum_denominator}")
    caveats = "".join(f"<li>{text(catalogue.caveats[code].text)}</li>" for code in indicator.caveats)
    pairs = [
        ("Definition", text(indicator.definition)),
        ("Täljare", text(indicator.numerator)),
        ("Nämnare", text(indicator.denominator or "")),
        ("Riktning", DIRECTIONS[indicator.direction]),
        ("Mål", "<br>".join(_targets(indicator, catalogue))),
        ("Sätt att mäta", PERSPECTIVES[indicator.perspective]),
        ("Så räknas delregioner", ROLL_UPS[indicator.roll_up]),
        ("Osäkerhet", _uncertainty(figure)),
        ("Döljs", text(f"Värden med {' eller med '.join(hidden)} visas inte." if hidden else "")),
        ("Huvudman", text(listing([PRINCIPALS[item] for item in indicator.principals]).capitalize())),
        (
            "Följer arbetssätt",
            "<br>".join(text(f"{number}. {ways[number]}") for number in indicator.ways_of_working),
        ),
        ("Källa", source_markup(indicator.source)),
        ("Källa för värdet", text(figure.source if figure and figure.source else "")),
        ("Levererad", text(delivered or "")),
        ("Kolada", text(f"{indicator.kolada_id} {indicator.kolada_title}" if indicator.kolada_id else "")),
        ("Lägsta offentliga nivå", LEVELS[indicator.lowest_public_level]),
        ("Ansvarig", text(indicator.owner)),
        (
            "Uppdateras",
            f"Ungefär var {indicator.update_interval_months}:e månad"
            if indicator.update_interval_months > 1
            else "Varje månad",
        ),
        ("Definitionen är", EVIDENCE[indicator.evidence]),
        ("Att tänka på", f"<ul>{caveats}</ul>" if caveats else ""),
    ]
    return facts(pairs)


def _targets(indicator: Indicator, catalogue: Catalogue) -> list[str]:
    said = []
    for target in catalogue.targets_of(indicator.id):
        note = f" {text(target.note)}" if target.note else ""
        origin = "Ursprung" if said else term.html("ursprung", "Ursprung")
        said.append(
            f"<strong>{text(target.label)}</strong>. {origin}: {ORIGINS[target.origin]}, "
            f"{EVIDENCE[target.evidence]}. {source_markup(target.source)}.{note}"
        )
    return said or ["Inget mål är satt. Styrgruppen kan lägga till ett eget i katalogen."]
