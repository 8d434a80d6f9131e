"""An area's money from an agreement: allocated per purpose and inhabitant, and what is reported as used."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dashboard import figures, links
from dashboard.components import term
from dashboard.components.markup import link, text
from dashboard.words import EXAMPLE_CHIP
from schemas import swedish
from schemas.catalogue import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.money import Sums
    from schemas.catalogue import Agreement, Area

_HEADS = ("Fördelat", "Per invånare", "Redovisat som använt")


def html(
    agreement: Agreement, shown: Area, within: Area, purposes: Sequence[Sums], people: int, *, example: bool
) -> str:
    """What was allocated in a sentence, the purposes below it, and the way to all of the agreement.

    Args:
        agreement: Where the money comes from.
        shown: Whose money it is: the delregion, or one of its municipalities.
        within: The delregion, for the link.
        purposes: Its sums per purpose; none where it has no money from the agreement.
        people: Inhabitants.
        example: Whether the sums are generated.
    """
    address = links.href(links.FUNDS, overenskommelse=agreement.id, indelning=within.division)
    more = f"<p>{link(address, 'Se hela överenskommelsen på sidan Medel')}</p>"
    title = f"<h3>{text(agreement.name)}</h3>"
    name = shown.name
    allocated = [one.allocated for one in purposes if one.allocated is not None]
    if not allocated:
        return f"{title}<p>Inga medel är redovisade för {text(name)}.</p>{more}"
    total = sum(allocated, Decimal(0))
    used = [one.used for one in purposes if one.used is not None]
    spent = sum(used, Decimal(0)) if used else None
    chip = f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if example else ""
    head = term.explained("".join(f'<th scope="col" class="fp-right">{one}</th>' for one in _HEADS))
    body = "".join(_row(one.name, one.allocated, one.used, people) for one in purposes)
    sums = _row("Summa", total, spent, people, css=' class="fp-total"')
    label = f"{agreement.name}, {name}"
    return (
        f"{title}<p>{text(finding(name, total, spent, people))}{chip}</p>"
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(label)}"><table class="fp-purse">'
        f'<thead><tr><th scope="col">Ändamål</th>{head}</tr></thead><tbody>{body}{sums}</tbody></table></div>'
        + term.explained(f'<p class="fp-small fp-quiet">{_counted(shown)}</p>')
        + more
    )


def _counted(shown: Area) -> str:
    """Whose money the sums are made of, and which money they are without."""
    if shown.level is Level.MUNICIPALITY:
        return "Pengar till kommunen själv. Delregionens egna och länsgemensamma pengar är inte medräknade."
    return "Pengar till delregionen och till kommunerna i den. Länsgemensamma pengar är inte medräknade."


def finding(name: str, total: Decimal, used: Decimal | None, people: int) -> str:
    """What it was allocated, per inhabitant, and used: `Skaraborg har fått 12 345 kr, 43,10 kr per invånare.`."""
    said = f"{name} har fått {_kronor(total)}, {_each(total, people)} per invånare."
    if used is None:
        return f"{said} Hur mycket som har använts är inte redovisat."
    return f"{said} {_kronor(used)} är redovisade som använda."


def _row(name: str, allocated: Decimal | None, used: Decimal | None, people: int, *, css: str = "") -> str:
    each = _each(allocated, people) if allocated is not None else figures.MISSING
    spent = "inte redovisat" if used is None else _kronor(used)
    cells = (_kronor(allocated) if allocated is not None else figures.MISSING, each, spent)
    shown = "".join(f'<td class="fp-right fp-num">{text(cell)}</td>' for cell in cells)
    return f'<tr{css}><th scope="row">{text(name)}</th>{shown}</tr>'


def _kronor(amount: Decimal) -> str:
    return swedish.kronor(amount, 0 if amount == int(amount) else 2)


def _each(amount: Decimal, people: int) -> str:
    return swedish.kronor(amount / people, 2) if people else figures.MISSING
