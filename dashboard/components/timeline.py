"""The roadmap's decisions in order of date, planned date beside the actual one."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.components.markup import text
from schemas import swedish

if TYPE_CHECKING:
    from datetime import date

    from schemas.catalogue import Decision

_DAYS_PER_WEEK = 7
_DAYS_PER_MONTH = 30.44


def slipped(decision: Decision) -> str | None:
    """How much later than planned the decision came, `2 månader`; None where it didn't."""
    if decision.planned_date is None:
        return None
    days = (decision.date - decision.planned_date).days
    months, weeks = round(days / _DAYS_PER_MONTH), round(days / _DAYS_PER_WEEK)
    if days >= _DAYS_PER_MONTH:
        return swedish.count_text(months, "månad", "månader")
    return swedish.count_text(weeks, "vecka", "veckor") if weeks > 0 else None


def html(decisions: list[Decision], today: date) -> str:
    """The timeline, oldest first, what happened on one day together, with today marked."""
    items = []
    today_shown = False
    in_order = sorted(decisions, key=lambda item: item.date)
    for (moment, said), same in groupby(in_order, key=lambda item: (item.date, item.date_text)):
        if moment > today and not today_shown:
            today_shown = True
            items.append('<li class="fp-now"><span class="fp-date">I dag</span></li>')
        css = ' class="fp-future"' if moment > today else ""
        body = "".join(_item(decision) for decision in same)
        items.append(f'<li{css}><span class="fp-date">{text(said)}</span>{body}</li>')
    return f'<ol class="fp-time">{"".join(items)}</ol>'


def _item(decision: Decision) -> str:
    body = f"<strong>{text(decision.body)}</strong>. " if decision.body else ""
    plan = ""
    if decision.planned:
        late = slipped(decision)
        told = f' <span class="fp-slip">Blev {late} senare än planerat.</span>' if late else ""
        plan = f'<span class="fp-plan">Planerat: {text(decision.planned)}.{told}</span>'
    return (
        f'<div class="fp-event">{body}{text(decision.what)}{plan}'
        f'<span class="fp-plan">Källa: {text(decision.source)}</span></div>'
    )
