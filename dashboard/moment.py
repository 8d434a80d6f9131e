"""The day that the pages show: today, or an earlier one that the address asks for (`?datum=2026-03-01`).

Whoever reads figures reads them as of this day; nothing can be changed while it isn't today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from schemas import clock

#: The name of the day in addresses.
KEY = "datum"

TODAY_INSTEAD = "Sidorna visar dagens uppgifter."

#: How much of what isn't a date is said back.
_SAID = 40


@dataclass(frozen=True)
class Asked:
    """What the address asks for.

    Attributes:
        day: The day, where it is one that can be shown.
        problem: Why it can't be, in Swedish; None where it can or nothing is asked for.
    """

    day: date | None = None
    problem: str | None = None


def read(said: str | None, *, first: date | None, today: date) -> Asked:
    """Read the day in an address.

    Args:
        said: The text in the address; None or empty where there is none.
        first: The day of the first figures; None where there aren't any.
        today: The day it is.
    """
    if not said:
        return Asked()
    try:
        day = datetime.strptime(said, "%Y-%m-%d").date()
    except ValueError:
        return Asked(
            problem=f"”{said[:_SAID]}” är inget datum. Skriv det som {today:%Y-%m-%d}. {TODAY_INSTEAD}"
        )
    if day == today:
        return Asked()
    if day > today:
        return Asked(problem=f"{clock.day_text(day)} har inte varit än. {TODAY_INSTEAD}")
    if first is None or day < first:
        since = (
            f"De första uppgifterna kom {clock.day_text(first)}." if first else "Det finns inga uppgifter än."
        )
        return Asked(problem=f"Från {clock.day_text(day)} finns inget att visa. {since} {TODAY_INSTEAD}")
    return Asked(day)


def day() -> date | None:
    """The day that the page on screen is shown as of; None for today, and outside a page."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    chosen = st.session_state.get(KEY)
    return chosen if isinstance(chosen, date) else None


def choose(chosen: date | None) -> None:
    """Show the pages as of a day, or as of today; called in a callback, before the page is drawn anew."""
    if chosen != day():
        st.session_state[KEY] = chosen
