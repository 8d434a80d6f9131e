"""An indicator's trend chart and its twin, the table of every value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data
from dashboard.charts import style, trend
from dashboard.components import markup, value_table
from etl.measures.target_line import corners

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from dashboard.board import Line
    from schemas.catalogue import Area


def show(line: Line, series: pl.DataFrame, areas: list[Area], place: Area) -> None:
    """Draw the chart of `series` for `areas`, `place` strong among them; one period alone is no trend."""
    if series.filter(series["value"].is_not_null())["period_start"].n_unique() > 1:
        _chart(line, series, areas, place)
    else:
        st.caption("Det finns uppgifter för en enda period. En kurva visas när det finns fler.")
    with st.expander("Alla värden som tabell"):
        markup.show(value_table.html(series, areas, line.indicator), key="values")
        st.download_button(
            "Hämta som CSV",
            data=lambda: value_table.download(series, areas, line.indicator),
            file_name=f"{line.indicator.id}.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _chart(line: Line, series: pl.DataFrame, areas: list[Area], place: Area) -> None:
    marks: list[tuple[date, str]] = [
        (decision.date, decision.mark)
        for decision in data.catalogue().decisions
        if decision.mark and (not decision.subjects or line.indicator.subject in decision.subjects)
    ]
    path = corners(line.target, series, place.id) if line.target else []
    shown = trend.Trend(
        indicator=line.indicator,
        series=series,
        areas=areas,
        chosen=place,
        target=line.target.label if line.target else None,
        path=path,
        marks=marks,
    )
    colours = style.palette(st.context.theme.type)
    for width in ("wide", "narrow"):
        # The style sheet shows the one that fits; the server can't know how wide the window is.
        with st.container(key=f"trend-{width}"):
            st.plotly_chart(
                trend.figure(shown, colours, narrow=width == "narrow"),
                theme=None,
                key=f"trend-{width}-chart",
                config=style.CONFIG,
                alt=trend.alt(shown),
            )
