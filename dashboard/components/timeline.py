"""The roadmap's decisions in order of date, planned date beside the actual one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import text
from schemas import swedish

if TYPE_CHECKING:
    from datetime import date

    from schemas.catalogue import Decision

_DAYS_PER_MONTH = 30.44


def slipped_months(decision: Decision) -> int | None:
    """Whole months that the decision came after the day it had been planned for; None if not later."""
    if decision.planned_date is None:
        return None
    months = round((decision.date - decision.planned_date).days / _DAYS_PER_MONTH)
    return months if months > 0 else None


def html(decisions: list[Decision], today: date) -> str:
    """The timeline, oldest first, with today marked."""
    items = []
    today_shown = False
    for decision in sorted(decisions, key=lambda item: item.date):
        if decision.date > today and not today_shown:
            today_shown = True
            items.append('<li class="fp-now"><span class="fp-date">I dag</span></li>')
        items.append(_item(decision, future=decision.date > today))
    return f'<ol class="fp-time">{"".join(items)}</ol>'


def _item(decision: Decision, *, future: bool) -> str:
    body = f"<strong>{text(decision.body)}</strong>. " if decision.body else ""
    plan = ""
    if decision.planned:
        months = slipped_months(decision)
        late = (
            f' <span class="fp-slip">Blev {swedish.count_text(months, "månad", "månader")} senare än planerat.</span>'
            if months
            else ""
        )
        plan = f'<span class="fp-plan">Planerat: {text(decision.planned)}.{late}</span>'
    css = ' class="fp-future"' if future else ""
    return (
        f'<li{css}><span class="fp-date">{text(decision.date_text)}</span><br>{body}{text(decision.what)}{plan}'
        f'<span class="fp-plan">Källa: {text(decision.source)}</span></li>'
    )
