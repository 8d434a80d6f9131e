"""Why, beside the chart: is it real or chance, will the target be reached, and what stands on the goal's other side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard import data, figures, links, measured, verdicts
from dashboard.components import badge, markup, notes, outcome, sides_table, term
from dashboard.kept import kept
from dashboard.sections import charted, indicator_story
from dashboard.signals import ASSURANCES, VARIATIONS
from dashboard.words import EXAMPLE_CHIP, PERSPECTIVES
from etl.measures import wording

if TYPE_CHECKING:
    from dashboard.board import Line
    from dashboard.sections.charted import View
    from schemas.catalogue import Area, Catalogue


def show(view: View, row: dict[str, Any], other: Line | None) -> None:
    """Draw the section.

    Args:
        view: What is chosen.
        row: What is said of the chosen area's figure, of `schemas.results.ASSESSED_SCHEMA`; empty where there is none.
        other: The indicator that this one has to be read beside, of the same perspective; None where there is none.
    """
    told = _told(view.plain) if row else ""
    beside = _counterpart(other, data.catalogue().areas[view.place]) if other else ""
    if told or beside:
        markup.show(told + beside, key="why")


def ahead(view: View) -> None:
    """Draw what `show` shows of the figure itself, where there is one."""
    if measured.assessed(view.version, view.indicator, view.age, view.target, view.place):
        _told.ahead(view.plain)


@kept(charted.KEPT)
def _told(view: View) -> str:
    """Both answers, and the goal seen from its two sides where there are two."""
    row = measured.assessed(view.version, view.indicator, view.age, view.target, view.place)
    answers = "".join(
        f'<section aria-label="{heading}"><h2>{heading}</h2>{answer}</section>'
        for heading, answer in (
            ("Är det verkligt eller slump?", _verdict(row, data.catalogue())),
            ("Når vi målet?", _outlook(view, row)),
        )
    )
    sides = _sides(view)
    return f'<div class="fp-why">{answers}</div>{sides}'


def _verdict(row: dict[str, Any], catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[row["indicator"]]
    if row["variation"]:
        newest = f"{badge.of(VARIATIONS[row['variation']])} {markup.text(verdicts.rule(row, indicator))}"
    else:
        newest = _unsaid(row["variation_reason"])
    pairs = [("Senaste värdet", newest)]
    if row["assurance"]:
        answer = ASSURANCES[row["assurance"]]
        pairs.append(("Med dagens process", f"{badge.of(answer)} {answer.meaning}"))
    elif row["target"] and row["assurance_reason"] != row["variation_reason"]:
        pairs.append(("Med dagens process", _unsaid(row["assurance_reason"])))
    return notes.facts(pairs)


def _unsaid(reason: str | None) -> str:
    return f"Kan inte sägas. {markup.text(wording.sentence(reason or 'Uppgift saknas'))}"


def _outlook(view: View, row: dict[str, Any]) -> str:
    """Whether the target is reached, and what the projection expects or why there is none."""
    story = indicator_story.told(view)
    ahead = story.ahead if story else None
    last = ahead.row(-1, named=True) if ahead is not None and ahead.height else None
    sentences = verdicts.outlook_said(row, data.catalogue().indicators[view.indicator], last)
    reason = row["projection_reason"]
    if last is None and reason and not any(reason in one for one in sentences):
        sentences.append(wording.sentence(f"Ingen prognos: {reason[0].lower()}{reason[1:]}"))
    judged = f"{outcome.badge(row['judgement'])} " if row["target"] else ""
    return term.explained(f"<p>{judged}{markup.text(' '.join(sentences))}</p>")


def _sides(view: View) -> str:
    """The register and the survey version of the goal side by side; empty where there is one only."""
    both = measured.sides(view.version).filter(
        (pl.col("area") == view.place)
        & ((pl.col("register_indicator") == view.indicator) | (pl.col("survey_indicator") == view.indicator))
    )
    if both.is_empty():
        return ""
    own = data.judgements(view.version).filter(
        (pl.col("area") == view.place) & (pl.col("origin") == "example")
    )
    table = sides_table.html(both, data.catalogue(), examples=frozenset(own["indicator"]))
    return f"<h2>Register och enkät</h2>{table}"


def _counterpart(line: Line, place: Area) -> str:
    """The other half that an indicator has to be read beside; the county's figure where `place` has none."""
    catalogue = data.catalogue()
    told = (line.figures.get(area) for area in (place.id, catalogue.county.id))
    figure = next((one for one in told if one is not None and one.value is not None), None)
    said = figures.value(figure, line.indicator) if figure else figures.MISSING
    when = f" ({figures.period(figure)})" if figure and figure.period else ""
    where = catalogue.areas[figure.area].name if figure else place.name
    address = links.href(
        links.INDICATOR,
        indikator=line.indicator.id,
        indelning=place.division,
        delregion=place.id if place.division else None,
    )
    chip = f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if figure and figure.is_example else ""
    return (
        f"<h2>Läs tillsammans med</h2><p>{PERSPECTIVES[line.indicator.perspective]}: "
        f"{markup.link(address, markup.text(line.indicator.name))}, <strong>{markup.text(said)}</strong>{chip}"
        f"{markup.text(when)} i {markup.text(where)}.</p>"
    )
