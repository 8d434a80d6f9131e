"""An indicator's trend chart and its twin, the table of every value."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard import data, frame, verdicts
from dashboard.charts import style, trend
from dashboard.charts.picture import Drawn, Said
from dashboard.components import markup, value_table
from dashboard.sections import charted
from dashboard.sections.charted import View
from etl.measures.target_line import corners

if TYPE_CHECKING:
    from dashboard.board import Line
    from schemas.catalogue import Area, Catalogue


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


@lru_cache(maxsize=charted.KEPT)
def _charts(view: View) -> tuple[Drawn, Drawn, str]:
    """The wide and the narrow chart and their text; drawn once for each version and theme."""
    shown = _trend(view, data.catalogue())
    colours = style.palette(view.theme)
    wide, narrow = (Drawn(trend.figure(shown, colours, narrow=narrow)) for narrow in (False, True))
    return wide, narrow, trend.alt(shown)


def _trend(view: View, catalogue: Catalogue) -> trend.Trend:
    indicator = catalogue.indicators[view.indicator]
    series = data.series_of(view.version, view.indicator, view.age)
    target = catalogue.targets[view.target] if view.target else None
    areas, place = _areas(catalogue, view.division), catalogue.areas[view.place]
    shown = series.filter(pl.col("area").is_in([area.id for area in areas]) & pl.col("value").is_not_null())
    newest = shown.sort("period_start").row(-1, named=True)
    return trend.Trend(
        indicator=indicator,
        series=series,
        areas=areas,
        chosen=place,
        target=target.label if target else None,
        path=corners(target, series, view.place) if target else [],
        marks=[
            (decision.date, decision.mark)
            for decision in catalogue.decisions
            if decision.mark and (not decision.subjects or indicator.subject in decision.subjects)
        ],
        said=Said(
            title=verdicts.trend_title(shown, areas, place, indicator),
            below=verdicts.unit_line(indicator),
            foot=charted.foot(view.version, indicator, shown["source"], verdicts.period(newest)),
            is_example=bool((shown["origin"] == "example").any()),
        ),
    )
