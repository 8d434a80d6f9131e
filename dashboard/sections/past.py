"""The pages as they were on an earlier day: where it is chosen, and the banner that says so."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard import data, moment
from dashboard.components import markup
from schemas import clock

_LABEL = "Visa sidorna som de såg ut en tidigare dag"
_HELP = (
    "Sidorna visar då det som var publicerat när dagen var slut. Dagen står i adressen, så att länken kan "
    "skickas vidare."
)


def choose() -> str | None:
    """The field for the day, below every page.

    Returns:
        Why the day in the address can't be shown, in Swedish; None where it can or nothing is asked for.
    """
    first, today = data.first_day(data.live()), clock.today()
    asked = moment.read(st.query_params.get(moment.KEY), first=first, today=today)
    if first is not None and first < today:
        with st.container(key="past-field"):
            st.date_input(
                _LABEL,
                value=None,
                min_value=first,
                max_value=today - timedelta(days=1),
                key=moment.KEY,
                format="YYYY-MM-DD",
                help=_HELP,
                bind="query-params",
                width=320,
            )
    return asked.problem


def banner(page: str, problem: str | None) -> None:
    """That the pages aren't today's, where nobody can miss it; or why another day can't be shown.

    Args:
        page: The address of the page on screen.
        problem: As `choose` gives it.
    """
    day = moment.day()
    if day is not None:
        markup.show(html(clock.day_text(day), page), key="past-says", on_go=lambda: moment.choose(None))
    elif problem:
        st.warning(markup.plain(problem), icon=":material/calendar_today:")


def html(day: str, page: str) -> str:
    """What the banner says; `day` as a person reads it, `page` the address of today's page."""
    leave = markup.link(f"/{page}", "Visa dagens")
    return (
        f'<p class="fp-past" role="note"><strong>Så såg uppgifterna ut {markup.text(day)}.</strong> {leave} '
        "<span>Indikatorer, mål, gränser för små tal och vilka kommuner som hör till vilken delregion är dagens. "
        "Inget kan ändras härifrån.</span></p>"
    )
