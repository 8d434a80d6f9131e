"""The places held against all of them together: who differs by more than chance. Municipalities, or vårdcentraler."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard import data, filters, measured, verdicts
from dashboard.charts import funnel
from dashboard.charts.picture import Said
from dashboard.components.figures_table import FiguresTable
from dashboard.kept import kept
from dashboard.sections import charted
from dashboard.sections.charted import Chart, View
from dashboard.words import LEVELS, PLACES
from schemas.catalogue import Level

if TYPE_CHECKING:
    from schemas.catalogue import Area

READING = {
    Level.MUNICIPALITY: [
        (
            "Gränserna i trattdiagrammet",
            "En liten kommun kan hamna långt från länet av en slump, en stor kan inte det. Innanför gränsen för "
            "95\u00a0% hamnar 19 av 20 kommuner av en slump, innanför 99,8\u00a0% nästan alla.",
        ),
        (
            "Överspridning",
            "När kommunerna varierar mer än slumpen ger vidgas gränserna, så att ingen pekas ut för det som skiljer "
            "alla åt.",
        ),
    ],
    Level.HEALTH_CENTRE: [
        (
            "Gränserna i trattdiagrammet",
            "En liten vårdcentral kan hamna långt från de andra av en slump, en stor kan inte det. Innanför gränsen "
            "för 95\u00a0% hamnar 19 av 20 vårdcentraler av en slump, innanför 99,8\u00a0% nästan alla.",
        ),
        (
            "Överspridning",
            "När vårdcentralerna varierar mer än slumpen ger vidgas gränserna, så att ingen pekas ut för det som "
            "skiljer alla åt.",
        ),
        (
            "Vårdcentral och kommun",
            "En vårdcentrals uppgifter gäller dem som är listade där, var de än bor. De räknas därför aldrig samman "
            "till kommunens.",
        ),
    ],
}

#: What the file of a level's table is called, after the indicator.
_FILES = {Level.MUNICIPALITY: "tratt", Level.HEALTH_CENTRE: "tratt-vardcentraler"}


def show(view: View) -> None:
    """Draw the funnel chart with its words and its table; without figures per municipality the reason.

    Where there are figures per vårdcentral too the reader chooses which of them to see.
    """
    _show(view, filters.funnel_level() if has_centres(view) else Level.MUNICIPALITY)


def show_other(view: View) -> None:
    """Draw the funnel of the vårdcentraler where no municipality has a figure; nothing without any."""
    if has_centres(view):
        _show(view, Level.HEALTH_CENTRE)


def ahead(view: View) -> None:
    """Draw what `show` shows until somebody chooses vårdcentraler."""
    _chart.ahead(view, Level.MUNICIPALITY)
    _told.ahead(view.plain, Level.MUNICIPALITY)


def _show(view: View, level: Level) -> None:
    chart = _chart(view, level)
    charted.said(_told(view.plain, level), key="funnel-said")
    if chart is None:
        return
    charted.pictures("funnel", chart)
    charted.reading(READING[level], key="funnel-reading")
    label = f"Trattdiagrammets {PLACES[level].several} som tabell"
    charted.twin("funnel", chart, label, view, file=_FILES[level])


@kept(charted.KEPT)
def _told(view: View, level: Level) -> list[str]:
    """What is said of the places, or why there is no chart."""
    points, _ = _held(view, level)
    if points.is_empty():
        return [f"Trattdiagram per {PLACES[level].one} kan inte ritas: {_why_not(view, level)}"]
    names = {area.id: area.name for area in _places(level)}
    missing = len(names) - points.height
    return [*verdicts.funnel_said(points, names, level), *verdicts.unseen(missing, level)]


def _places(level: Level) -> list[Area]:
    """The places of a level: municipalities by name, vårdcentraler by municipality and name."""
    catalogue = data.catalogue()
    return catalogue.health_centres if level is Level.HEALTH_CENTRE else catalogue.municipalities


def _of(version: data.Version, indicator: str, age: str, level: Level) -> pl.DataFrame:
    return data.series_of(version, indicator, age).filter(pl.col("level") == str(level))


def has_centres(view: View) -> bool:
    """Whether a vårdcentral has a figure, or one that is hidden."""
    known = data.catalogue().health_centres
    return bool(known) and _any_centre(view.version, view.indicator, view.age)


@lru_cache(maxsize=512)
def _any_centre(version: data.Version, indicator: str, age: str) -> bool:
    rows = _of(version, indicator, age, Level.HEALTH_CENTRE)
    return rows.filter(pl.col("value").is_not_null() | (pl.col("flag") == "suppressed")).height > 0


def _kind(view: View, level: Level) -> str | None:
    """The period type that the page shows; of vårdcentraler another one where they don't have that."""
    row = measured.assessed(view.version, view.indicator, view.age, view.target, data.catalogue().county.id)
    shown = row.get("period_type")
    if level is Level.MUNICIPALITY:
        return shown
    known = sorted(_of(view.version, view.indicator, view.age, level)["period_type"].unique())
    usual = str(data.catalogue().indicators[view.indicator].period_type)
    return next((kind for kind in (shown, usual, *known) if kind in known), None)


@lru_cache(maxsize=charted.MADE_OF)
def _held(view: View, level: Level) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The places that are held against the others, and the curves."""
    points, curves = measured.funnel(view.version, view.indicator, view.age, _kind(view, level), level)
    return points.filter(pl.col("outcome").is_not_null()), curves


def _why_not(view: View, level: Level) -> str:
    points, _ = measured.funnel(view.version, view.indicator, view.age, _kind(view, level), level)
    reasons = points["reason"].drop_nulls().unique().sort().to_list()
    reason = reasons[0] if len(reasons) == 1 else f"uppgifter per {PLACES[level].one} med antal saknas"
    return f"{reason[0].lower()}{reason[1:].rstrip('.')}."


@kept(charted.KEPT)
def _chart(view: View, level: Level) -> Chart | None:
    catalogue = data.catalogue()
    indicator, chosen = catalogue.indicators[view.indicator], catalogue.areas[view.place]
    points, curves = _held(view.plain, level)
    if points.is_empty():
        return None
    sources = _of(view.version, view.indicator, view.age, level)["source"]
    members = {area.id for area in catalogue.members(chosen.id)} if chosen.division else set()
    shown = funnel.Funnel(
        indicator=indicator,
        points=points,
        curves=curves,
        names={area.id: area.name for area in _places(level)},
        strong=frozenset(area.id for area in _places(level) if {area.id, area.parent} & members),
        said=Said(
            title=verdicts.funnel_title(points, level),
            below=verdicts.funnel_below(indicator, chosen, level),
            foot=charted.foot(view.version, indicator, sources, verdicts.period(points.row(0, named=True))),
            is_example=bool(points["example"].any()),
        ),
        level=level,
    )
    table = _table(shown, charted.source_text(indicator, sources))
    return charted.chart(funnel.figure, shown, view.theme, funnel.alt(shown), table)


def _by_name(shown: funnel.Funnel) -> list[dict[str, Any]]:
    own = {row["area"]: row for row in shown.points.iter_rows(named=True)}
    return [own[area] for area in shown.names if area in own]


def _where(area: str, level: Level) -> tuple[str, ...]:
    """The municipality of a vårdcentral; nothing of a municipality."""
    known = data.catalogue().areas
    return (known[known[area].parent or ""].name,) if level is Level.HEALTH_CENTRE else ()


def _table(shown: funnel.Funnel, source: str) -> FiguresTable:
    """The places in order of name: a ranking list would say what the limits deny."""
    rows = [
        (
            shown.names[row["area"]],
            *_where(row["area"], shown.level),
            row["denominator"],
            row["value"],
            row["lower_95"],
            row["upper_95"],
            row["lower_998"],
            row["upper_998"],
            verdicts.compared(row["outcome"], row["outcome_level"]),
        )
        for row in _by_name(shown)
    ]
    period = verdicts.period(shown.points.row(0, named=True)).label
    all_of_them = PLACES[shown.level].all.capitalize()
    return FiguresTable(
        name=shown.indicator.name,
        caption=f"{all_of_them} och gränserna: {verdicts.unit_line(shown.indicator)}, {period}",
        heads=(
            LEVELS[shown.level],
            *((LEVELS[Level.MUNICIPALITY],) if shown.level is Level.HEALTH_CENTRE else ()),
            "Underlag", "Värde", "Nedre 95\u00a0%", "Övre 95\u00a0%", "Nedre 99,8\u00a0%", "Övre 99,8\u00a0%",
            "Mot alla",
        ),
        rows=rows,
        decimals=shown.indicator.decimals,
        source=source,
        is_example=shown.said.is_example,
        whole=frozenset({"Underlag"}),
    )  # fmt: skip
