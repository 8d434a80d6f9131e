"""Indikator: one indicator over time, area by area, with its definition and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard import board, data, figures, filters, frame, links
from dashboard.charts import style, trend
from dashboard.components import area_table, definition, markup, value_table
from dashboard.words import OUTCOMES, PERSPECTIVES
from etl.measures.target_line import corners
from schemas.results import Outcome

if TYPE_CHECKING:
    from datetime import date

    from schemas.catalogue import Area, Division, Indicator


def show() -> None:
    """Draw the page."""
    catalogue = data.catalogue()
    version = data.version()
    heading = st.container()
    columns = st.columns(3)
    with columns[0]:
        indicator = filters.indicator(board.in_order(catalogue))
    with columns[1]:
        division = filters.division()
    with columns[2]:
        delregion = filters.delregion(division)
        age = filters.age(indicator)

    place = delregion or catalogue.county
    lines = [line for line in _lines(version, indicator) if line.age == age] or [
        board.Line(indicator, None, age, _untargeted(version, indicator, age))
    ]
    main = lines[0]
    with heading:
        _heading(main, place)
        frame.example_notice(main.figures.values())
    areas = [catalogue.county, *catalogue.delregioner(division.id)]
    series = data.series(version, indicator.id).filter((pl.col("age") == age) & (pl.col("sex") == "total"))
    if series["value"].null_count() == series.height:
        _empty(indicator, series)
    else:
        _chart(main, series, areas, place)
        st.subheader(f"Läget i {division.name.lower()}", anchor=False)
        for line in lines:
            _areas(line, [(area, line.figures.get(area.id)) for area in areas], place)
        _municipalities(main, division, delregion)
    _counterpart(version, indicator, place)
    st.subheader("Vad talet betyder", anchor=False)
    markup.show(definition.html(indicator, catalogue, main.figures.get(place.id)), key="definition")
    frame.footer()


def _lines(version: int, indicator: Indicator) -> list[board.Line]:
    own = data.judgements(version).filter(pl.col("indicator") == indicator.id)
    found = board.lines(own, data.catalogue(), subject=indicator.subject)
    return [line for line in found if line.indicator.id == indicator.id]


def _untargeted(version: int, indicator: Indicator, age: str) -> dict[str, board.Figure]:
    """Figures of an age group that no target is for."""
    own = data.judgements(version).filter(
        (pl.col("indicator") == indicator.id) & (pl.col("age") == age) & (pl.col("sex") == "total")
    )
    return {
        row["area"]: board.Figure._make(row[key] for key in board.Figure._fields) for row in own.to_dicts()
    }


def _heading(line: board.Line, place: Area) -> None:
    figure = line.figures.get(place.id)
    if figure is None or figure.value is None:
        reason = figure.reason if figure and figure.reason else "Ingen uppgift är levererad."
        frame.heading(f"{line.indicator.name}: ingen siffra för {place.name}", reason)
        return
    said = f"{line.indicator.name}: {figures.value(figure, line.indicator)} i {place.name}"
    period = figures.period(figure)
    lead = [f"{period[0].upper()}{period[1:]}."]
    if line.target:
        lead.insert(0, f"**{OUTCOMES[Outcome(figure.judgement)].word}.**")
        lead.append(f"{line.target.label}.")
    if figure.reason:
        lead.append(f"{figure.reason.rstrip('.')}.")
    frame.heading(frame.as_example(said, figure.is_example), " ".join(lead))


def _chart(line: board.Line, series: pl.DataFrame, areas: list[Area], place: Area) -> None:
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
    with st.expander("Alla värden som tabell"):
        markup.show(value_table.html(series, areas, line.indicator), key="values")
        st.download_button(
            "Hämta som CSV",
            data=lambda: value_table.download(series, areas, line.indicator),
            file_name=f"{line.indicator.id}.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _areas(line: board.Line, rows: list[tuple[Area, board.Figure | None]], place: Area) -> None:
    target = line.target
    markup.show(
        area_table.html(
            line.indicator,
            rows,
            caption=target.label if target else "Inget mål är satt för indikatorn",
            county=line.figures.get(data.catalogue().county.id),
            has_target=target is not None,
            strong=place.id,
        ),
        key=f"areas-{target.id if target else 'none'}",
    )


def _municipalities(line: board.Line, division: Division, delregion: Area | None) -> None:
    catalogue = data.catalogue()
    among = [delregion] if delregion else catalogue.delregioner(division.id)
    rows = [(area, line.figures.get(area.id)) for one in among for area in catalogue.members(one.id)]
    st.subheader(f"Kommunerna i {delregion.name}" if delregion else "Kommunerna", anchor=False)
    if not any(figure for _, figure in rows):
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


def _counterpart(version: int, indicator: Indicator, place: Area) -> None:
    if indicator.counterpart is None:
        return
    other = data.catalogue().indicators[indicator.counterpart]
    lines = _lines(version, other)
    figure = lines[0].figures.get(place.id) or lines[0].figures.get(data.catalogue().county.id)
    st.subheader("Samma fråga, mätt på ett annat sätt", anchor=False)
    said = figures.value(figure, other) if figure else figures.MISSING
    when = f" ({figures.period(figure)})" if figure and figure.period else ""
    address = links.href(links.INDICATOR, indikator=other.id)
    markup.show(
        f"<p>{PERSPECTIVES[other.perspective]}: {markup.link(address, markup.text(other.name))}, "
        f"<strong>{markup.text(said)}</strong>{markup.text(when)} i "
        f"{markup.text(data.catalogue().areas[figure.area].name if figure else place.name)}.</p>",
        key="counterpart",
    )


def _empty(indicator: Indicator, series: pl.DataFrame) -> None:
    reasons = series["reason"].drop_nulls().unique().to_list()
    why = reasons[0] if reasons else "Inga uppgifter är levererade för den här indikatorn och åldersgruppen."
    st.info(
        f"{why} {indicator.owner} ansvarar för uppgiften. Leverera en fil på sidan Ladda upp.",
        icon=":material/info:",
    )
