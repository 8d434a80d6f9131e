"""The reader's own delregion: the button that makes it so, what is remembered, and how to forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import filters, frame, place, remembered
from dashboard.sections import address

if TYPE_CHECKING:
    from schemas.catalogue import Area, Division


def button(delregion: Area) -> None:
    """Make the delregion the one that the page opens at, or forget it."""
    if place.own() == delregion:
        st.button(
            "Glöm min delregion",
            key="forget-place",
            on_click=remembered.keep,
            args=(remembered.DELREGION, None),
            width="stretch",
        )
    else:
        st.button(
            "Gör till min delregion",
            key="own-place",
            on_click=remembered.keep,
            args=(remembered.DELREGION, delregion.id),
            help=f"Sidan öppnas då här när du kommer tillbaka. {remembered.WHERE}",
            width="stretch",
        )


def remark(delregion: Area) -> None:
    """What is remembered, where the page shows it."""
    if place.own() == delregion:
        frame.remark(
            f"{delregion.name} är din delregion: sidan öppnas här. {remembered.WHERE} "
            "En länk som någon annan har skickat visar det som står i den.",
            key="own-place-says",
        )


def say(division: Division, delregion: Area) -> None:
    """Let the address say what the page shows, where it opened at something that the address didn't say."""
    said = {filters.DELREGION: delregion.name}
    if not division.default:
        said[filters.DIVISION] = division.name
    address.say(said)
