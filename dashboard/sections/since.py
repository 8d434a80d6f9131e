"""*Sedan förra mötet*: the reader names a day, and is told what has happened since."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard import board, data, filters, navigation, remembered
from dashboard import since as happened
from dashboard.components import markup, since_cells
from dashboard.components import since as drawn
from schemas import clock

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from dashboard.components.matrix import Cell, Mark

#: The name of the day in addresses.
KEY = "sedan"

_HELP = (
    "Välj dagen för ert förra möte. Sidan säger då vilka bedömningar som har ändrats sedan dess, vilka siffror som "
    f"är nya och vilka som har rättats. Dagen står i adressen. {remembered.WHERE}"
)

#: How much of what isn't a date is said back.
_SAID = 40


class Asked(NamedTuple):
    """What the reader asks for: a day, or why it can't be told what has happened since, in Swedish; or neither."""

    day: date | None = None
    problem: str | None = None


def read(said: str | None, *, first: date | None, last: date) -> Asked:
    """Read the day in an address.

    Args:
        said: The text in the address; None or empty where there is none.
        first: The day of the first figures; None where there aren't any.
        last: The day that the page shows.
    """
    if not said:
        return Asked()
    try:
        day = datetime.strptime(said, "%Y-%m-%d").date()
    except ValueError:
        return Asked(problem=f"”{said[:_SAID]}” är inget datum. Skriv det som {last:%Y-%m-%d}.")
    if first is None:
        return Asked(problem="Det finns inga uppgifter än, och därför inget att jämföra med.")
    if day > last:
        return Asked(
            problem=f"{clock.day_text(day)} har inte varit än. Välj en dag till och med {clock.day_text(last)}."
        )
    if day < first:
        return Asked(
            problem=f"Från {clock.day_text(day)} finns inget att jämföra med. De första uppgifterna kom "
            f"{clock.day_text(first)}. Välj den dagen eller en senare."
        )
    return Asked(day)


def choose(version: data.Version) -> Asked:
    """The field for the day, where there are figures.

    A day that the address names goes before the one that the browser remembers.
    """
    first = data.first_day(data.live())
    last = version.day if isinstance(version, data.Past) else clock.today()
    said = st.query_params.get(KEY)
    asked = read(said, first=first, last=last)
    if first is None:
        return asked
    known = st.session_state.get(KEY)
    if isinstance(known, date) and not first <= known <= last:
        del st.session_state[KEY]
    kept = None if said else _recalled(first, last)
    with navigation.standing_at(KEY, kept) if kept else nullcontext():
        day = st.date_input(
            "Sedan förra mötet",
            value=None,
            min_value=min(first, last),
            max_value=last,
            key=KEY,
            format="YYYY-MM-DD",
            help=_HELP,
            on_change=_keep,
            bind="query-params",
            width=190,
        )
    return Asked(day) if isinstance(day, date) else Asked(problem=asked.problem)


def _recalled(first: date, last: date) -> date | None:
    """The day that the browser remembers, where the page is come to and nothing has been chosen on it."""
    is_come_to = navigation.going_back() and filters.is_new()
    if KEY in st.session_state and not is_come_to:
        return None
    kept = remembered.value(remembered.MEETING)
    day = date.fromisoformat(kept) if kept else None
    return day if day and first <= day <= last else None


def _keep() -> None:
    day = st.session_state.get(KEY)
    remembered.keep(remembered.MEETING, day.isoformat() if isinstance(day, date) else None)


def show(slot: DeltaGenerator, asked: Asked, version: data.Version, chosen: happened.Chosen) -> None:
    """One line that counts what has happened, which opens; nothing where no day is asked for.

    Called before the matrix is drawn, which marks what has happened: the first look at a day takes a moment.

    Args:
        slot: Where it stands.
        asked: From `choose`.
        version: What the page shows.
        chosen: What the page shows of it.
    """
    if asked.problem:
        with slot:
            markup.show(drawn.problem(asked.problem), key="since")
    elif asked.day:
        with slot, st.spinner(f"Jämför med {clock.day_text(asked.day)} …"):
            told = _html(version, asked.day, chosen)
        with slot:
            markup.show(told, key="since")


@lru_cache(maxsize=8)
def marks(version: data.Version, day: date) -> dict[Cell, Mark]:
    """The cells of the overview, in all divisions, that aren't as they were when the day ended."""
    found = board.lines(data.judgements(version), data.catalogue())
    return since_cells.marks(found, happened.since(version, day), happened.corrected(version, day), day)


@lru_cache(maxsize=32)
def _html(version: data.Version, day: date, chosen: happened.Chosen) -> str:
    found, corrected = happened.since(version, day), happened.corrected(version, day)
    return drawn.html(found, corrected, day, chosen, data.catalogue())
