"""The foot of every page: where its figures come from, what was chosen, and the pages about the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import links
from dashboard.components import term
from dashboard.components.markup import link, text
from dashboard.registry import PAGES, Place
from schemas import clock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def html(version: str, chosen: Mapping[str, str], day: date | None) -> str:
    """The foot.

    Args:
        version: Which version of the figures the page shows, a sentence or two.
        chosen: The page's choices, name → what is chosen; said on paper, where the fields aren't.
        day: The day that the page is shown as of; None for today.
    """
    about = "".join(
        f"<li>{link(links.href(page.path), text(page.title))}</li>"
        for page in PAGES
        if page.place is Place.FOOT
    )
    said = [f"{name}: {what}" for name, what in chosen.items()]
    if day is not None:
        said.append(f"Så såg uppgifterna ut {clock.day_text(day)}")
    choices = f'<p class="fp-on-paper">{text(". ".join(said))}.</p>' if said else ""
    which = term.explained(f'<p class="fp-small fp-quiet">{text(version)}</p>')
    return (
        f'<div class="fp-foot">{choices}{which}'
        f'<nav aria-label="Om tjänsten"><ul>{about}</ul></nav>'
        '<button type="button" class="fp-print" data-print>Skriv ut sidan</button></div>'
    )
