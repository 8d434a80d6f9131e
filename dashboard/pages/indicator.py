"""Indikator: one indicator over time, area by area, with its definition and source."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import board, data, figures, filters, frame, measured
from dashboard.charts.style import THEMES
from dashboard.components import definition, history, markup
from dashboard.sections import area_map, delregioner, equality, indicator_story, municipalities, why
from dashboard.sections.charted import View
from dashboard.words import OUTCOMES, target_name
from etl.measures.sentences import sentences
from schemas.results import Outcome

#: What the page shows of an indicator that has figures, from the top.
_SECTIONS = (indicator_story, why, delregioner, area_map, municipalities, equality)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from schemas.catalogue import Area, Division, Indicator


def ahead(version: int) -> Iterator[Callable[[], object]]:
    """What is likely to be chosen: every indicator as it opens, for the county, then for each delregion.

    Of the divisions that fewer use the first indicator is enough: where names have room on a map is the same for all,
    and takes longest to find.
    """
    catalogue = data.catalogue()
    known = [one for one in board.in_order(catalogue) if _has_figures(version, one.id, one.headline_age)]
    usual, county = catalogue.default_division, catalogue.county
    others = [one for one in catalogue.divisions.values() if one is not usual]
    chosen = [(indicator, usual, county) for indicator in known]
    chosen += [(one, usual, place) for one in known for place in catalogue.delregioner(usual.id)]
    chosen += [
        (one, division, place)
        for one in known[:1]
        for division in others
        for place in (county, *catalogue.delregioner(division.id))
    ]
    for indicator, division, place in chosen:
        view = _view(version, indicator, indicator.headline_age, division, place)
        # Both themes of a section at once: what they are made of is worked out once.
        yield from (
            partial(section.ahead, view._replace(theme=theme)) for section in _SECTIONS for theme in THEMES
        )


def show() -> None:
    """Draw the page."""
    catalogue = data.catalogue()
    version = data.version()
    heading = frame.finding()
    columns = st.columns(3)
    with columns[0]:
        indicator = filters.indicator(board.in_order(catalogue))
    with columns[1]:
        division = filters.division()
    with columns[2]:
        delregion = filters.delregion(division)
        age = filters.age(indicator)
    place = delregion or catalogue.county
    main = delregioner.figures_of(version, indicator.id, age)[0]
    view = _view(version, indicator, age, division, place, theme=st.context.theme.type)
    row = measured.assessed(version, indicator.id, age, view.target, place.id)
    finding, lead, first = _said(main, place, row)
    with heading:
        frame.heading(finding)
    frame.below(lead, first=first)
    frame.example_notice(main.figures.values())
    beside = _beside(version, indicator)
    if _has_figures(version, indicator.id, age):
        of_place: dict[Any, tuple[Any, ...]] = {indicator_story: (row,), why: (row, beside)}
        for section in _SECTIONS:
            section.show(view, *of_place.get(section, ()))
    else:
        _empty(indicator, data.series_of(version, indicator.id, age))
        why.show(view, {}, beside)
    st.header("Vad talet betyder", anchor=False)
    figure = main.figures.get(place.id)
    delivered = history.delivered(data.batches(version), figure.batch if figure else None)
    markup.show(definition.html(indicator, catalogue, figure, delivered=delivered), key="definition")
    frame.footer()


def _view(
    version: data.Version,
    indicator: Indicator,
    age: str,
    division: Division,
    place: Area,
    *,
    theme: str | None = None,
) -> View:
    """What is chosen, against the target that the page shows first; light where the browser tells no theme."""
    target = delregioner.figures_of(version, indicator.id, age)[0].target
    chosen = target.id if target else None
    return View(version, indicator.id, age, chosen, division.id, place.id, theme or THEMES[0])


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


def _said(line: board.Line, place: Area, row: dict[str, Any]) -> tuple[str, str, str]:
    """The finding, what is said of it, and the word that stands out before that."""
    figure = line.figures.get(place.id)
    if figure is None or figure.value is None:
        reason = figure.reason if figure and figure.reason else "Ingen uppgift är levererad."
        return f"{line.indicator.name}: ingen siffra för {place.name}", reason, ""
    said = f"{line.indicator.name}: {figures.value(figure, line.indicator)} i {place.name}"
    lead, judged = sentences(row, data.catalogue()), ""
    if line.target:
        judged = f"{OUTCOMES[Outcome(figure.judgement)].word}."
        lead = [*lead, f"{target_name(line.target)}."]
    return frame.as_example(said, figure.is_example), " ".join(lead), judged


def _empty(indicator: Indicator, series: pl.DataFrame) -> None:
    reasons = series["reason"].drop_nulls().unique().to_list()
    why = reasons[0] if reasons else "Inga uppgifter är levererade för den här indikatorn och åldersgruppen."
    st.info(
        f"{why.rstrip('.')}. Ansvarig: {indicator.owner}. Leverera en fil på sidan Ladda upp.",
        icon=":material/info:",
    )
