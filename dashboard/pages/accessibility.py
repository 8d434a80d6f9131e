"""Tillgänglighetsredogörelse: what the law asks for, and what is known of how far the pages meet it."""

from __future__ import annotations

from dashboard import frame
from dashboard.components import accessibility, markup
from etl.settings import settings


def show() -> None:
    """Draw the page."""
    found = settings()
    frame.heading("Tillgänglighets\N{SOFT HYPHEN}redogörelse", accessibility.summary(found.owner))
    parts = accessibility.parts(found.owner, found.accessibility_contact)
    told = "".join(f'<h2 class="fp-part">{markup.text(name)}</h2>{said}' for name, said in parts)
    markup.show(told, key="statement")
    frame.footer()
