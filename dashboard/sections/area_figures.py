"""An indicator's latest figures: per delregion, per municipality, and seen from the other perspective."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard import data, figures, frame, links, measured, verdicts
from dashboard.components import area_table, markup
from dashboard.words import EXAMPLE_CHIP, PERSPECTIVES
from etl.measures.standardised import OVERLAP

if TYPE_CHECKING:
    from dashboard.board import Line
    from schemas.catalogue import Area, Division


def delregioner(line: Line, areas: list[Area], place: Area) -> None:
    """The county and the delregioner against one target, `place` marked."""
    target = line.target
    markup.show(
        area_table.html(
            line.indicator,
            [(area, line.figures.get(area.id)) for area in areas],
            caption=target.label if target else "Inget mål är satt för indikatorn",
            county=line.figures.get(data.catalogue().county.id),
            has_target=target is not None,
            strong=place.id,
        ),
        key=f"areas-{target.id if target else 'none'}",
    )


def standardised(line: Line, place: Area) -> None:
    """What a delregion's figure would be with the county's division on age groups.

    Nothing where no ages were delivered, or ages that overlap, as 12+ and 18+ do.
    """
    figure = line.figures.get(place.id)
    if figure is None or figure.value is None or place.id == data.catalogue().county.id:
        return
    told = measured.standardised(data.version(), line.indicator.id).filter(
        (pl.col("area") == place.id)
        & (pl.col("period_start") == figure.period_start)
        & (pl.col("period_type") == figure.period_type)
        & pl.col("reason").ne_missing(OVERLAP)
    )
    for row in told.iter_rows(named=True):
        for said in verdicts.standardised_said(row, line.indicator, place.name):
            frame.remark(said, key="standardised")


def municipalities(line: Line, division: Division, delregion: Area | None) -> None:
    """The municipalities of one delregion, or of all."""
    catalogue = data.catalogue()
    among = [delregion] if delregion else catalogue.delregioner(division.id)
    rows = [(area, line.figures.get(area.id)) for one in among for area in catalogue.members(one.id)]
    st.header(f"Kommunerna i {delregion.name}" if delregion else "Kommunerna", anchor=False)
    if not any(figure and (figure.value is not None or figure.flag == "suppressed") for _, figure in rows):
        st.info(
            "Uppgifter per kommun är inte levererade för den här indikatorn. Lägsta nivå som är offentlig: "
            f"{line.indicator.lowest_public_level}.",
            icon=":material/info:",
        )
        return
    with st.expander(f"Visa {len(rows)} kommuner", expanded=delregion is not None):
        markup.show(
            area_table.html(
                line.indicator,
                rows,
                caption="Den streckade linjen är länet. Små kommuner har breda intervall.",
                county=line.figures.get(catalogue.county.id),
                has_target=line.target is not None,
            ),
            key="municipalities",
        )


def counterpart(line: Line, place: Area) -> None:
    """The other half that an indicator has to be read beside; the county's figure where `place` has none."""
    catalogue = data.catalogue()
    told = (line.figures.get(area) for area in (place.id, catalogue.county.id))
    figure = next((one for one in told if one is not None and one.value is not None), None)
    said = figures.value(figure, line.indicator) if figure else figures.MISSING
    when = f" ({figures.period(figure)})" if figure and figure.period else ""
    where = catalogue.areas[figure.area].name if figure else place.name
    address = links.href(
        links.INDICATOR,
        indikator=line.indicator.id,
        indelning=place.division,
        delregion=place.id if place.division else None,
    )
    chip = f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if figure and figure.is_example else ""
    st.header("Läs tillsammans med", anchor=False)
    markup.show(
        f"<p>{PERSPECTIVES[line.indicator.perspective]}: "
        f"{markup.link(address, markup.text(line.indicator.name))}, <strong>{markup.text(said)}</strong>{chip}"
        f"{markup.text(when)} i {markup.text(where)}.</p>",
        key="counterpart",
    )
