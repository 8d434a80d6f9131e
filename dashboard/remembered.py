"""A few small choices that the reader's own browser remembers: his delregion, the day of his last meeting.

They are kept in the browser alone, in functional cookies that say nothing of the person, for a year. Nothing is
stored here, so it works as well where the pages are read-only. What the address says goes before what is
remembered, and a value that isn't one of those that can be chosen isn't believed.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data
from schemas import clock

if TYPE_CHECKING:
    from collections.abc import Callable

#: The reader's own delregion: id of an area.
DELREGION = "delregion"

#: The day of the last meeting: ISO date.
MEETING = "mote"

#: Days that the browser keeps a choice.
DAYS = 365

#: What is said beside a choice that can be remembered.
WHERE = "Valet sparas bara i den här webbläsaren, i en kaka som inte säger något om dig, i ett år."

REFUSED = "Webbläsaren tillåter inte att valet sparas. Det gäller tills du stänger sidan."

_PREFIX = "fardplan-"
_CHOSEN = "_remembered"


def _delregion(said: str) -> bool:
    area = data.catalogue().areas.get(said)
    return area is not None and area.division is not None


def _past_day(said: str) -> bool:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return False
    return day.isoformat() == said and day <= clock.today()


#: What can be remembered, and whether a value of it is believed.
_BELIEVED: dict[str, Callable[[str], bool]] = {DELREGION: _delregion, MEETING: _past_day}


def value(name: str) -> str | None:
    """What the browser remembers of a choice; None where it remembers nothing that can be believed.

    Args:
        name: One of `DELREGION` and `MEETING`.
    """
    chosen: dict[str, str | None] = st.session_state.get(_CHOSEN, {})
    said = chosen[name] if name in chosen else st.context.cookies.get(_PREFIX + name)
    return said if isinstance(said, str) and _BELIEVED[name](said) else None


def keep(name: str, value: str | None) -> None:
    """Remember a choice from now on, or forget it; in a callback, or anywhere in a page.

    Args:
        name: One of `DELREGION` and `MEETING`.
        value: The choice; None to forget it.

    Raises:
        ValueError: The value is none that could be chosen.
    """
    if value is not None and not _BELIEVED[name](value):
        raise ValueError(f"{value!r} can't be remembered as {name}")
    st.session_state[_CHOSEN] = {**st.session_state.get(_CHOSEN, {}), name: value}


@lru_cache(maxsize=1)
def _component() -> Callable[..., object]:
    return st.components.v2.component(
        "fardplan_remembered",
        html='<p class="fp-remembered" role="status" style="margin:0"></p>',
        js=Path(__file__).with_name("components").joinpath("remembered.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )


def write() -> None:
    """Hand what was chosen to the browser; at the end of every page, nothing where nothing was chosen."""
    chosen: dict[str, str | None] = st.session_state.get(_CHOSEN, {})
    if chosen:
        cookies = {_PREFIX + name: value or "" for name, value in sorted(chosen.items())}
        _component()(data={"cookies": cookies, "days": DAYS, "refused": REFUSED}, key="remembered")
