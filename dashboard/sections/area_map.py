"""The map of an indicator, and of money per inhabitant: a drawing of the page's own, its table and its file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import streamlit as st

from dashboard import board, data, figures, filters, map_figures, map_money
from dashboard.charts import area_map
from dashboard.components import drawing, figures_table, markup, term
from dashboard.components.figures_table import FiguresTable
from dashboard.kept import kept
from dashboard.map_figures import Material
from dashboard.sections import charted
from dashboard.sections.charted import View
from schemas import swedish

if TYPE_CHECKING:
    from dashboard.charts.area_map import AreaMap
    from dashboard.map_money import Kronor


def show(view: View) -> None:
    """Draw the section of Indikator: heading, choice of what is drawn, map, table and files.

    Three elements of Streamlit's, and one where there is nothing to draw. The values of the municipalities are
    drawn, or those of the delregioner where no municipality has any, `view.place` set off; the choice `karta` in
    the address shows who differs from the county instead.

    Args:
        view: What is chosen on the page.
    """
    st.header("På kartan", anchor=False)
    plain = view.plain
    drawn = _drawn(plain, against=False)
    if drawn.none:
        markup.show(term.explained(f"<p>{markup.text(drawn.none)}</p>"), key="map-said")
        return
    if drawn.compares and filters.map_mode() == filters.AGAINST_COUNTY:
        drawn = _drawn(plain, against=True)
    drawing.show(drawn.html, key="map")


def ahead(view: View) -> None:
    """Draw what `show` shows until somebody chooses to see who differs from the county."""
    _drawn.ahead(view.plain, against=False)


def kronor(shown: Kronor, file: str) -> str:
    """The map of money per inhabitant, with its buttons and its table, for `dashboard.components.drawing.show`.

    Markup of about 60 kB that follows the theme by itself: who calls keeps it by version and choice.

    Args:
        shown: The money.
        file: Name of the file with its figures.
    """
    catalogue = data.catalogue()
    return _markup(map_money.drawn(shown, catalogue), map_money.table(shown, catalogue), file, "money-map")


@lru_cache(maxsize=charted.MADE_OF)
def _material(view: View) -> Material | str:
    """What the map is made of, or why there is none."""
    catalogue = data.catalogue()
    indicator, division = catalogue.indicators[view.indicator], catalogue.divisions[view.division]
    reason = map_figures.refused(indicator)
    if reason:
        return reason
    lines = board.lines_of(data.judgements(view.version), catalogue, indicator, view.age)
    line = next((one for one in lines if one.target and one.target.id == view.target), lines[0])
    areas = map_figures.drawn_areas(catalogue, division, line.figures)
    if not areas:
        return f"{map_figures.NOTHING}."
    delregioner = catalogue.delregioner(division.id)
    members = {area.id: tuple(one.id for one in catalogue.members(area.id)) for area in delregioner}
    period = map_figures.drawn_period(areas, line.figures)
    sources = pl.Series(
        [line.figures[area.id].source for area in areas if area.id in line.figures], dtype=pl.String
    )
    return Material(
        indicator=indicator,
        division=division,
        county=catalogue.county,
        areas=tuple(areas),
        members={**members, **{area.id: (area.id,) for area in catalogue.municipalities}},
        names={area.id: area.name for area in delregioner},
        figures=line.figures,
        period=period,
        chosen=view.place if catalogue.areas[view.place].division else None,
        foot=charted.foot(view.version, indicator, sources, period),
    )


class _Drawn(NamedTuple):
    """The map as markup, or why there is none; and whether any area is held against the county."""

    html: str = ""
    none: str = ""
    compares: bool = False


@kept(charted.KEPT)
def _drawn(view: View, *, against: bool) -> _Drawn:
    material = _material(view)
    if isinstance(material, str):
        return _Drawn(none=material)
    shown = map_figures.against_county(material) if against else map_figures.by_value(material)
    html = _markup(shown, _table(material, shown), f"{view.indicator}-karta.csv", "map")
    return _Drawn(html, compares=map_figures.compares(material))


def _markup(shown: AreaMap, table: FiguresTable, file: str, key: str) -> str:
    """The map, its tools, and its table one click away."""
    tools = drawing.tools(shown.said.title, csv=(file, figures_table.download(table)))
    return (
        f"{area_map.html(shown, key)}{tools}<details><summary>Kartan som tabell</summary>"
        f"{figures_table.html(table)}</details>"
    )


def _table(material: Material, shown: AreaMap) -> FiguresTable:
    """The areas in order of name: a ranking list would say what chance denies."""
    labels = {kind.css: kind.label for kind in shown.classes}
    parts = material.parts
    rows = []
    for area, place in zip(material.areas, shown.places, strict=True):
        figure = material.figures.get(area.id)
        known = figure if figure and figure.value is not None else None
        rows.append(
            (
                area.name,
                material.names[parts[place.codes[0]]],
                known.value if known else None,
                known.lower if known else None,
                known.upper if known else None,
                figures.period(known) if known else "",
                labels[place.css],
                map_figures.remark(figure),
            )
        )
    return FiguresTable(
        name=material.indicator.name,
        caption=shown.said.below,
        heads=(
            "Område",
            material.division.one.capitalize(),
            "Värde",
            "Nedre 95\u00a0%",
            "Övre 95\u00a0%",
            "Period",
            "På kartan",
            "Anmärkning",
        ),
        rows=rows,
        decimals=material.indicator.decimals,
        source=swedish.listing(sorted({one.source for one in material.figures.values() if one.source})),
        is_example=shown.said.is_example,
    )  # fmt: skip
