"""The municipalities: on the map, held against all of them together, and one by one in a table."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data
from dashboard.components import area_table, markup
from dashboard.kept import kept
from dashboard.sections import charted, delregioner, funnel
from schemas import swedish

if TYPE_CHECKING:
    from dashboard.sections.charted import View
    from schemas.catalogue import Area, Catalogue


def show(view: View) -> None:
    """Draw the section: the municipalities of the chosen delregion, or all."""
    catalogue = data.catalogue()
    place = catalogue.areas[view.place]
    who = "Kommuner och vårdcentraler" if funnel.has_centres(view) else "Kommunerna"
    st.header(f"{who} i {place.name}" if place.division else who, anchor=False)
    if not _any_known(view.plain):
        st.info(
            "Uppgifter per kommun är inte levererade för den här indikatorn. Lägsta nivå som är offentlig: "
            f"{catalogue.indicators[view.indicator].lowest_public_level}.",
            icon=":material/info:",
        )
        funnel.show_other(view)
        return
    funnel.show(view)
    count = len(_among(catalogue, place, view.division))
    with st.expander(f"Visa {swedish.count_text(count, 'kommun', 'kommuner')}"):
        markup.show(_table(view.plain), key="municipalities")


def ahead(view: View) -> None:
    """Draw what `show` shows."""
    if _any_known(view.plain):
        funnel.ahead(view)
        _table.ahead(view.plain)


def _among(catalogue: Catalogue, place: Area, division: str) -> list[Area]:
    """The municipalities of one delregion, or of all of a division."""
    parts = [place] if place.division else catalogue.delregioner(division)
    return [area for part in parts for area in catalogue.members(part.id)]


@lru_cache(maxsize=512)
def _any_known(view: View) -> bool:
    """Whether a municipality has a figure, or one that is hidden."""
    catalogue = data.catalogue()
    line = delregioner.figures_of(view.version, view.indicator, view.age)[0]
    found = (
        line.figures.get(area.id) for area in _among(catalogue, catalogue.areas[view.place], view.division)
    )
    return any(figure and (figure.value is not None or figure.flag == "suppressed") for figure in found)


@kept(charted.KEPT)
def _table(view: View) -> str:
    catalogue = data.catalogue()
    line = delregioner.figures_of(view.version, view.indicator, view.age)[0]
    among = _among(catalogue, catalogue.areas[view.place], view.division)
    return area_table.html(
        line.indicator,
        [(area, line.figures.get(area.id)) for area in among],
        caption="Den streckade linjen är länet. Små kommuner har breda intervall.",
        county=line.figures.get(catalogue.county.id),
        has_target=line.target is not None,
    )
