"""Which place a page opens at where its address doesn't say: the reader's own delregion, or the first one."""

from __future__ import annotations

import streamlit as st

from dashboard import data, filters, remembered
from schemas.catalogue import Area


def _said(key: str, names: dict[str, Area]) -> Area | None:
    """The place that an earlier choice or the address says."""
    chosen = st.session_state.get(key)
    if chosen is not None:
        return data.catalogue().areas.get(chosen)
    return names.get(st.query_params.get(key, ""))


def begin() -> Area | None:
    """Let the division be that of the place that the page is about, where nothing says another one.

    Returns:
        The place that is said or remembered; None where there is neither.
    """
    catalogue = data.catalogue()
    delregioner = {area.name: area for area in catalogue.areas.values() if area.division}
    said = _said(filters.DELREGION, delregioner)
    mine = said or (None if _said_municipality() else own())
    nothing_said = filters.DIVISION not in st.session_state and filters.DIVISION not in st.query_params
    if mine is not None and nothing_said and mine.division != catalogue.default_division.id:
        st.session_state[filters.DIVISION] = mine.division
    return mine


def usual(division: str, mine: Area | None) -> Area:
    """The delregion of a division to open at: the one of the municipality that is said, the own one, or the first.

    Args:
        division: Id of the division.
        mine: As `begin` gives it.
    """
    catalogue = data.catalogue()
    delregioner = catalogue.delregioner(division)
    municipality = _said_municipality()
    if municipality is not None:
        for area in delregioner:
            if municipality in catalogue.members(area.id):
                return area
    return mine if mine in delregioner else delregioner[0]


def _said_municipality() -> Area | None:
    return _said(filters.MUNICIPALITY, {area.name: area for area in data.catalogue().municipalities})


def own() -> Area | None:
    """The reader's own delregion, where the browser remembers one."""
    chosen = remembered.value(remembered.DELREGION)
    return data.catalogue().areas[chosen] if chosen else None
