"""Indikator: one indicator over time, area by area, with its definition and source."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import board, data, figures, filters, frame, measured
from dashboard.components import definition, history, markup
from dashboard.sections import area_map, delregioner, equality, indicator_story, municipalities, why
from dashboard.sections.charted import View
from dashboard.words import OUTCOMES, target_name
from etl.measures.sentences import sentences
from schemas.results import Outcome

if TYPE_CHECKING:
    import polars as pl

    from schemas.catalogue import Area, Indicator


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
    lines = delregioner.figures_of(version, indicator.id, age)
    main = lines[0]
    target = main.target.id if main.target else None
    view = View(version, indicator.id, age, target, division.id, place.id, st.context.theme.type)
    row = measured.assessed(version, indicator.id, age, target, place.id)
    with heading:
        _heading(main, place, row)
        frame.example_notice(main.figures.values())
    if _has_figures(version, indicator.id, age):
        indicator_story.show(view, row)
        why.show(view, row, _beside(version, indicator))
        delregioner.show(view, main)
        area_map.show(view)
        municipalities.show(view)
        equality.show(view)
    else:
        _empty(indicator, data.series_of(version, indicator.id, age))
        why.show(view, {}, _beside(version, indicator))
    st.header("Vad talet betyder", anchor=False)
    figure = main.figures.get(place.id)
    delivered = history.delivered(data.batches(version), figure.batch if figure else None)
    markup.show(definition.html(indicator, catalogue, figure, delivered=delivered), key="definition")
    frame.footer()


@lru_cache(maxsize=64)
def _has_figures(version: data.Version, indicator: str, age: str) -> bool:
    series = data.series_of(version, indicator, age)
    return series["value"].null_count() < series.height


def _beside(version: data.Version, indicator: Indicator) -> board.Line | None:
    """The indicator that this one has to be read beside, measured in the same way; the other way has its own table."""
    other = data.catalogue().indicators.get(indicator.counterpart or "")
    if other is None or other.perspective != indicator.perspective:
        return None
    return delregioner.figures_of(version, other.id, other.headline_age)[0]


def _heading(line: board.Line, place: Area, row: dict[str, Any]) -> None:
    figure = line.figures.get(place.id)
    if figure is None or figure.value is None:
        reason = figure.reason if figure and figure.reason else "Ingen uppgift är levererad."
        frame.heading(f"{line.indicator.name}: ingen siffra för {place.name}", reason)
        return
    said = f"{line.indicator.name}: {figures.value(figure, line.indicator)} i {place.name}"
    lead = [markup.plain(one) for one in sentences(row, data.catalogue())]
    if line.target:
        lead = [f"**{OUTCOMES[Outcome(figure.judgement)].word}.**", *lead, f"{target_name(line.target)}."]
    frame.heading(frame.as_example(said, figure.is_example), " ".join(lead))


def _empty(indicator: Indicator, series: pl.DataFrame) -> None:
    reasons = series["reason"].drop_nulls().unique().to_list()
    why = reasons[0] if reasons else "Inga uppgifter är levererade för den här indikatorn och åldersgruppen."
    st.info(
        f"{why.rstrip('.')}. Ansvarig: {indicator.owner}. Leverera en fil på sidan Ladda upp.",
        icon=":material/info:",
    )
