"""An indicator's trend chart and its twin, the table of every value."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st
from plotly.graph_objects import Figure

from dashboard import data, frame
from dashboard.charts import style, trend
from dashboard.components import markup, value_table
from etl.measures.target_line import corners

if TYPE_CHECKING:
    from dashboard.board import Line
    from schemas.catalogue import Area, Catalogue


class View(NamedTuple):
    """What a chart is of: the version of the figures, ids of what is chosen, and the theme."""

    version: data.Version
    indicator: str
    age: str
    target: str | None
    division: str
    place: str
    theme: str | None


def show(line: Line, division: str, place: Area) -> None:
    """Draw the trend for the county and a division's delregioner, `place` strong; one period is no trend."""
    version = data.version()
    series = data.series_of(version, line.indicator.id, line.age)
    drawn = series["area"].is_in([area.id for area in _areas(data.catalogue(), division)])
    if series.filter(drawn & series["value"].is_not_null())["period_start"].n_unique() > 1:
        target = line.target.id if line.target else None
        view = View(version, line.indicator.id, line.age, target, division, place.id, st.context.theme.type)
        wide, narrow, alt = _charts(view)
        # The style sheet shows the one that fits; the server can't know how wide the window is.
        for key, figure in (("trend-wide", wide), ("trend-narrow", narrow)):
            with st.container(key=key):
                st.plotly_chart(figure, theme=None, key=f"{key}-chart", config=style.CONFIG, alt=alt)
    else:
        frame.remark(
            "Det finns uppgifter för en enda period. En kurva visas när det finns fler.", key="one-period"
        )
    with st.expander("Alla värden som tabell"):
        areas = _areas(data.catalogue(), division)
        markup.show(_table(version, line.indicator.id, line.age, division), key="values")
        st.download_button(
            "Hämta som CSV",
            data=lambda: value_table.download(series, areas, line.indicator),
            file_name=f"{line.indicator.id}.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _areas(catalogue: Catalogue, division: str) -> list[Area]:
    return [catalogue.county, *catalogue.delregioner(division)]


@lru_cache(maxsize=64)
def _table(version: data.Version, indicator: str, age: str, division: str) -> str:
    catalogue = data.catalogue()
    series = data.series_of(version, indicator, age)
    return value_table.html(series, _areas(catalogue, division), catalogue.indicators[indicator])


@lru_cache(maxsize=64)
def _charts(view: View) -> tuple[Figure, Figure, str]:
    """The wide and the narrow chart and their text; plotly checks a figure when it is made, so once is enough."""
    shown = _trend(view, data.catalogue())
    colours = style.palette(view.theme)
    wide, narrow = (Figure(trend.figure(shown, colours, narrow=narrow)) for narrow in (False, True))
    return wide, narrow, trend.alt(shown)


def _trend(view: View, catalogue: Catalogue) -> trend.Trend:
    indicator = catalogue.indicators[view.indicator]
    series = data.series_of(view.version, view.indicator, view.age)
    target = catalogue.targets[view.target] if view.target else None
    return trend.Trend(
        indicator=indicator,
        series=series,
        areas=_areas(catalogue, view.division),
        chosen=catalogue.areas[view.place],
        target=target.label if target else None,
        path=corners(target, series, view.place) if target else [],
        marks=[
            (decision.date, decision.mark)
            for decision in catalogue.decisions
            if decision.mark and (not decision.subjects or indicator.subject in decision.subjects)
        ],
    )
