"""The delregioner of a division: a small picture each on one scale, and the table of their newest figures."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from dashboard import board, data, frame, links, measured, verdicts
from dashboard.charts import lines
from dashboard.components import area_table, markup, panels, spark
from dashboard.kept import kept
from dashboard.sections import charted
from etl.measures.standardised import OVERLAP

if TYPE_CHECKING:
    from dashboard.board import Line
    from dashboard.sections.charted import View
    from schemas.catalogue import Area, Catalogue

#: Periods that a picture needs, and the share of the value that a scale holds at least.
_SEVERAL = 2
_LEAST = 0.02


def show(view: View) -> None:
    """Draw the section."""
    plain = view.plain
    markup.show(_drawn(plain), key="areas")
    for said in _standardised(plain):
        frame.remark(said, key="standardised")


def ahead(view: View) -> None:
    """Draw what `show` shows."""
    plain = view.plain
    _drawn.ahead(plain)
    _standardised(plain)


@lru_cache(maxsize=64)
def figures_of(version: data.Version, indicator: str, age: str) -> list[Line]:
    """The indicator's figures for one age group: a line a target."""
    catalogue = data.catalogue()
    return board.lines_of(data.judgements(version), catalogue, catalogue.indicators[indicator], age)


@kept(charted.KEPT)
def _drawn(view: View) -> str:
    catalogue = data.catalogue()
    division = catalogue.divisions[view.division]
    found = figures_of(view.version, view.indicator, view.age)
    tables = "".join(_table(line, view, catalogue) for line in found)
    shown = small(view, found[0], catalogue)
    pictures = panels.html(shown) if shown else ""
    return f"<h2>Läget i {markup.text(division.name.lower())}</h2>{pictures}{tables}"


def _table(line: Line, view: View, catalogue: Catalogue) -> str:
    """The county and the delregioner against one target, the chosen one marked."""
    areas = [catalogue.county, *catalogue.delregioner(view.division)]
    return area_table.html(
        line.indicator,
        [(area, line.figures.get(area.id)) for area in areas],
        caption=line.target.label if line.target else "Inget mål är satt för indikatorn",
        county=line.figures.get(catalogue.county.id),
        has_target=line.target is not None,
        strong=view.place,
        addresses={
            area.id: links.href(links.DELREGION, indelning=view.division, delregion=area.id)
            for area in areas[1:]
        },
    )


def small(view: View, line: Line, catalogue: Catalogue) -> panels.Panels | None:
    """The small pictures; None where no delregion has two figures of the judged kind of period."""
    areas = catalogue.delregioner(view.division)
    kinds = {figure.period_type for figure in line.figures.values() if figure.period_type}
    series = data.series_of(view.version, view.indicator, view.age)
    known = lines.with_middle(
        series.filter(pl.col("value").is_not_null() & pl.col("period_type").is_in(kinds))
    ).sort("period_start")
    own = {area.id: known.filter(pl.col("area") == area.id) for area in areas}
    if not any(points.height >= _SEVERAL for points in own.values()):
        return None
    county = known.filter(pl.col("area") == catalogue.county.id)
    drawn = pl.concat([county, *own.values()]).sort("period_start")
    goal = next(
        (figure.target_value for figure in line.figures.values() if figure.target_value is not None), None
    )
    values = drawn["value"]
    reach = spark.reach([values.to_list()], [goal], least=abs(float(values.mean() or 0.0)) * _LEAST)  # ty: ignore[invalid-argument-type]
    if reach is None:
        return None
    ends = [verdicts.period(drawn.row(place, named=True)).label for place in (0, -1)]
    return panels.Panels(
        indicator=line.indicator,
        panels=[_panel(view, area, line, own[area.id]) for area in areas],
        county=_runs(county),
        within=reach,
        span=(drawn["middle"].min(), drawn["middle"].max()),  # ty: ignore[invalid-argument-type]
        ends=(ends[0], ends[1]),
        goal=goal,
        has_target=line.target is not None,
    )


def _runs(points: pl.DataFrame) -> panels.Runs:
    return [list(zip(run["middle"], run["value"], strict=True)) for run in lines.runs(points) if run.height]


def _panel(view: View, area: Area, line: Line, points: pl.DataFrame) -> panels.Panel:
    told = f"{area.name}: ingen uppgift"
    if points.height:
        ends = [points.row(place, named=True) for place in (0, -1)]
        said = [
            f"{verdicts.value(row['value'], line.indicator)} {verdicts.period(row).label}" for row in ends
        ]
        told = f"{area.name}: {', '.join(dict.fromkeys(said))}"
    address = links.to_indicator(line.indicator, view.age, indelning=view.division, delregion=area.id)
    return panels.Panel(
        area.name, address, line.figures.get(area.id), _runs(points), told, strong=area.id == view.place
    )


@lru_cache(maxsize=512)
def _standardised(view: View) -> list[str]:
    """What a delregion's figure would be with the county's division on age groups.

    Nothing where no ages were delivered, or ages that overlap, as 12+ and 18+ do.
    """
    catalogue = data.catalogue()
    line, place = figures_of(view.version, view.indicator, view.age)[0], catalogue.areas[view.place]
    figure = line.figures.get(place.id)
    if figure is None or figure.value is None or place.id == catalogue.county.id:
        return []
    told = measured.standardised(view.version, view.indicator).filter(
        (pl.col("area") == place.id)
        & (pl.col("period_start") == figure.period_start)
        & (pl.col("period_type") == figure.period_type)
        & pl.col("reason").ne_missing(OVERLAP)
    )
    return [
        said
        for row in told.iter_rows(named=True)
        for said in verdicts.standardised_said(row, line.indicator, place.name)
    ]
