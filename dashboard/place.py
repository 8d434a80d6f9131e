"""Which place a page opens at where its address doesn't say: the reader's own delregion, or the first one."""

from __future__ import annotations

import streamlit as st

from dashboard import data, filters, navigation, remembered
from schemas.catalogue import Area, Division


def _said(key: str, names: dict[str, Area]) -> Area | None:
    """The place that an earlier choice or the address says."""
    chosen = None if navigation.going_back() else st.session_state.get(key)
    if chosen is not None:
        return data.catalogue().areas.get(chosen)
    return names.get(st.query_params.get(key, ""))


def mine() -> Area | None:
    """The place that is said or remembered; None where there is neither."""
    delregioner = {area.name: area for area in data.catalogue().areas.values() if area.division}
    said = _said(filters.DELREGION, delregioner)
    return said or (None if _said_municipality() else own())


def division(mine: Area | None) -> Division:
    """Which way to divide the county: that of a place, where nothing says another one.

    Args:
        mine: The place, as `mine` gives it.
    """
    is_said = filters.DIVISION in st.query_params or (
        filters.DIVISION in st.session_state and not navigation.going_back()
    )
    if is_said or mine is None or mine.division == data.catalogue().default_division.id:
        return filters.division()
    with navigation.standing_at(filters.DIVISION, mine.division):
        return filters.division()


def usual(division: str, mine: Area | None) -> Area:
    """The delregion of a division to open at: the one of the municipality that is said, the own one, or the first.

    Args:
        division: Id of the division.
        mine: As `mine` gives it.
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
