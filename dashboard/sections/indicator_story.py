"""The one chart of an indicator's page: its figures in one area, with layers that a reader switches on and off."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from dashboard import data, layers, measured, verdicts
from dashboard.charts import lines, story_picture, story_words
from dashboard.charts.marks import Mark
from dashboard.charts.picture import Said
from dashboard.charts.story import Goal, Step, Story, available
from dashboard.components import markup
from dashboard.kept import kept
from dashboard.layers import LAYERS, Layer
from dashboard.sections import charted, story_table
from dashboard.sections.charted import Chart, View
from etl.measures.projection import HORIZON
from etl.measures.target_line import asked_at, corners
from schemas.catalogue import TargetKind

if TYPE_CHECKING:
    from datetime import date

    from schemas.catalogue import Catalogue, Target

ONE_PERIOD = "Det finns uppgifter för en enda period. En kurva visas när det finns fler."

#: Figures that a line needs.
_LINE = 2


def show(view: View, row: dict[str, Any]) -> None:
    """Draw the section.

    Args:
        view: What is chosen.
        row: What is said of the chosen area's figure, of `schemas.results.ASSESSED_SCHEMA`.
    """
    there = _there(view.plain) if row else None
    if there is None:
        return
    if not there.is_line:
        charted.said([ONE_PERIOD], key="one-period")
        chart, _ = _drawn(view, frozenset())
        charted.twin("story", chart, "Alla värden som tabell", view, pictured=False)
        return
    chosen = layers.choose()
    chart, days = _drawn(view, chosen & there.layers)
    charted.pictures("story", chart)
    beside = _missing(chosen - there.layers, row) + days
    markup.show(beside + charted.reading_html(layers.reading()), key="story-reading")
    charted.twin("story", chart, "Alla värden som tabell", view)


def ahead(view: View) -> None:
    """Draw what `show` shows of a place until somebody chooses other layers, where it has any figure."""
    there = _there(view.plain)
    if there is not None:
        _drawn.ahead(view, there.layers & frozenset(layers.DEFAULT) if there.is_line else frozenset())


def _missing(chosen: frozenset[Layer], row: dict[str, Any]) -> str:
    """The chosen layers that there is nothing to show of, and why."""
    said = [f"{LAYERS[layer].name} ({_why_not(layer, row)})" for layer in LAYERS if layer in chosen]
    if not said:
        return ""
    return f'<p class="fp-small fp-quiet">Visas inte här: {markup.text(", ".join(said))}.</p>'


def _days(story: Story) -> str:
    """The marked days, which a phone's picture doesn't name."""
    if not story.shown_marks:
        return ""
    listed = "; ".join(f"{mark.day:%Y-%m-%d} {mark.text}" for mark in story.shown_marks)
    return f'<p class="fp-small fp-quiet fp-phone">Markerade dagar: {markup.text(listed)}.</p>'


def _why_not(layer: Layer, row: dict[str, Any]) -> str:
    target = data.catalogue().targets.get(row["target"] or "")
    reasons = {
        Layer.TARGET: (target.cannot_be_judged or row["reason"]) if target else "inget mål är satt",
        Layer.AHEAD: row["projection_reason"],
        Layer.USUAL: row["variation_reason"],
        Layer.EVENTS: "ingen dag att märka ut",
        Layer.AREAS: "uppgifter för andra områden saknas",
        Layer.INTERVAL: "intervall kan inte räknas ut",
    }
    reason = (reasons[layer] or "uppgift saknas").rstrip(".")
    return f"{reason[0].lower()}{reason[1:]}"


class _There(NamedTuple):
    """What there is of a place: enough figures for a line, and the layers that have something to show."""

    is_line: bool
    layers: frozenset[Layer]


@lru_cache(maxsize=512)
def _there(view: View) -> _There | None:
    """What there is to show; None where the place has no figure."""
    story = told(view)
    return _There(story.with_value.height >= _LINE, available(story)) if story else None


@lru_cache(maxsize=charted.MADE_OF)
def told(view: View) -> Story | None:
    """What there is to show of the chosen area, with all layers on; None where it has no figure."""
    catalogue = data.catalogue()
    row = measured.assessed(view.version, view.indicator, view.age, view.target, view.place)
    if not row or row["period_type"] is None:
        return None
    indicator, area = catalogue.indicators[view.indicator], catalogue.areas[view.place]
    points = _points(view, row["period_type"])
    with_value = points.filter(pl.col("value").is_not_null())
    if with_value.is_empty():
        return None
    first = points["period_start"][0]
    newest = with_value.row(-1, named=True)
    ahead = _ahead(view, row)
    target = catalogue.targets[view.target] if view.target else None
    others = _others(view, catalogue, row["period_type"], first)
    generated = pl.concat([with_value["origin"], *(own["origin"] for _, own in others)]) == "example"
    last = ahead["period_end"][-1] if ahead.height else HORIZON
    return Story(
        indicator=indicator,
        area=area,
        points=points,
        others=others,
        ahead=ahead,
        goal=_goal(view, target, catalogue, max(HORIZON, last)) if target else None,
        marks=_marks(view.version, view.indicator),
        last=max(HORIZON, last),
        layers=frozenset(Layer),
        said=Said(
            title=_title(view, newest, None, frozenset()),
            below=verdicts.unit_line(indicator),
            foot=charted.foot(view.version, indicator, with_value["source"], verdicts.period(newest)),
            is_example=bool(generated.any()),
        ),
    )


def _title(view: View, newest: dict[str, Any], last: dict[str, Any] | None, drawn: frozenset[Layer]) -> str:
    catalogue = data.catalogue()
    row = measured.assessed(view.version, view.indicator, view.age, view.target, view.place)
    return verdicts.story_title(
        row,
        newest,
        catalogue.areas[view.place],
        catalogue.indicators[view.indicator],
        usual=Layer.USUAL in drawn,
        goal=Layer.TARGET in drawn,
        last=last,
    )


def _points(view: View, kind: str | None) -> pl.DataFrame:
    """The chosen area's points of the judged period type, with what the series knows of each."""
    mine = (pl.col("area") == view.place) & (pl.col("period_type") == kind)
    series = data.series_of(view.version, view.indicator, view.age).filter(mine)
    known = series.select(
        "period_start",
        "lower",
        "upper",
        "numerator",
        "denominator",
        "flag",
        pl.col("reason").alias("missing"),
    )
    points = measured.process(view.version, view.indicator, view.age, view.place).filter(
        pl.col("period_type") == kind
    )
    return lines.with_middle(points.join(known, on="period_start", how="left", maintain_order="left"))


def _others(
    view: View, catalogue: Catalogue, kind: str | None, first: date
) -> list[tuple[Any, pl.DataFrame]]:
    """The county and the delregioner of the division but the chosen area, from its own first figure on."""
    series = data.series_of(view.version, view.indicator, view.age).filter(
        (pl.col("period_type") == kind) & pl.col("value").is_not_null() & (pl.col("period_end") >= first)
    )
    drawn = lines.with_middle(series).sort("period_start")
    areas = [catalogue.county, *catalogue.delregioner(view.division)]
    return [(area, drawn.filter(pl.col("area") == area.id)) for area in areas if area.id != view.place]


def _ahead(view: View, row: dict[str, Any]) -> pl.DataFrame:
    """The projected periods up to the target's date."""
    due = row["projected_on"]
    ahead = measured.ahead(view.version, view.indicator, view.age, view.place)
    return lines.with_middle(ahead.filter(pl.col("period_end") <= due) if due else ahead.clear())


def _goal(view: View, target: Target, catalogue: Catalogue, last: date) -> Goal | None:
    """What the target asks for up to the last day; None where its level isn't known."""
    if target.cannot_be_judged:
        return None
    if target.kind is TargetKind.RANGE:
        return Goal(target.label, bounds=[end for end in (target.low, target.high) if end is not None])
    series = data.series_of(view.version, view.indicator, view.age)
    path = corners(target, series, view.place)
    if path and path[-1][0] < last:
        path = [*path, (last, path[-1][1])]
    own = [(step.date, f"Delmål {step.date.year}", True) for step in target.milestones]
    roadmap = [
        (decision.date, f"{decision.mark} {decision.date.year}", False)
        for decision in catalogue.decisions
        if decision.mark and not decision.subjects
    ]
    asked = [(asked_at(path, day), day, text, is_own) for day, text, is_own in sorted(own + roadmap)]
    steps = [Step(day, level, text, is_own) for level, day, text, is_own in asked if level is not None]
    return Goal(target.label, path, steps)


def _marks(version: data.Version, indicator: str) -> list[Mark]:
    """The days to mark: what happened, and where the level is counted anew."""
    found = measured.marks(version).filter(pl.col("indicator") == indicator)
    happened = [Mark(day, label) for day, label in found.select("date", "label").iter_rows()]
    anew = [
        Mark(rebase.date, f"Ny nivå: {rebase.reason}", True)
        for rebase in data.catalogue().indicators[indicator].spc.rebase_dates
    ]
    return sorted(happened + anew)


@kept(charted.KEPT)
def _drawn(view: View, chosen: frozenset[Layer]) -> tuple[Chart, str]:
    """The chart with some of its layers, all of which have something to show; and its marked days as markup."""
    everything = told(view.plain)
    if everything is None:
        raise ValueError(f"{view} has no figures")
    story = replace(everything, layers=chosen)
    newest = story.with_value.row(-1, named=True)
    last = story.ahead.row(-1, named=True) if Layer.AHEAD in story.drawn else None
    title = _title(view, newest, last, story.drawn)
    shown = replace(story, said=replace(story.said, title=title, is_example=_is_example(story)))
    table = story_table.table(everything, charted.source_text(story.indicator, _sources(view, story)))
    return charted.chart(story_picture.figure, shown, view.theme, story_words.alt(shown), table), _days(story)


def _sources(view: View, story: Story) -> pl.Series:
    series = data.series_of(view.version, view.indicator, view.age)
    return series.filter(pl.col("area").is_in([view.place, *(area.id for area, _ in story.others)]))["source"]


def _is_example(story: Story) -> bool:
    """Whether anything that is drawn is generated."""
    drawn = [story.with_value, *(own for _, own in story.others if Layer.AREAS in story.drawn)]
    return any((own["origin"] == "example").any() for own in drawn)
