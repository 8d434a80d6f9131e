"""The overview's matrix: every target × every area, as a real HTML table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dashboard import figures, links
from dashboard.components.markup import link, text
from dashboard.components.outcome import icon
from dashboard.words import EXAMPLE_CHIP, OUTCOMES, SUBJECTS
from schemas.results import Outcome

if TYPE_CHECKING:
    from dashboard.board import Figure, Line
    from schemas.catalogue import Area

#: The course of a change → the class that colours it.
_COURSES = {"better": "fp-better", "worse": "fp-worse", "unchanged": "fp-unchanged"}
_COURSE_WORDS = {"better": "bättre", "worse": "sämre", "unchanged": "oförändrat"}


def html(found: list[Line], columns: list[Area], *, division: str, caption: str) -> str:
    """The matrix.

    Args:
        found: The rows, in order, grouped by subject.
        columns: The county first, then the delregioner.
        division: Id of the division the columns belong to, for the links.
        caption: What the table shows, for a screen reader.
    """
    head = "".join(f'<th scope="col" role="columnheader">{text(area.name)}</th>' for area in columns)
    body = []
    subject = None
    for line in found:
        if line.indicator.subject is not subject:
            subject = line.indicator.subject
            body.append(
                f'<tr class="fp-subject" role="row"><th scope="rowgroup" role="rowheader" '
                f'colspan="{len(columns) + 1}">{SUBJECTS[subject]}</th></tr>'
            )
        body.append(_row(line, columns, division))
    return (
        f'<table class="fp-matrix" role="table"><caption class="fp-sr">{text(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Mål</th>{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table>'
    )


def _row(line: Line, columns: list[Area], division: str) -> str:
    shown = [line.figures[area.id] for area in columns if area.id in line.figures]
    usual = Counter(figure.period for figure in shown if figure.period).most_common(1)
    period = usual[0][0] if usual else None
    all_examples = bool(shown) and all(figure.is_example for figure in shown if figure.value is not None)
    has_values = any(figure.value is not None for figure in shown)
    meta = [line.target.label if line.target else "Inget mål är satt"]
    if period:
        meta.append(period.label)
    chip = f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if all_examples and has_values else ""
    address = links.href(links.INDICATOR, indikator=line.indicator.id, indelning=division)
    age = "" if line.age == "total" else f" {line.age}"
    name = link(address, text(f"{line.indicator.short_name}{age}"))
    cells = "".join(
        _cell(line, area, line.figures.get(area.id), division, period, marked=all_examples)
        for area in columns
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{name}{chip}'
        f'<span class="fp-meta">{" · ".join(text(part) for part in meta)}</span></th>{cells}</tr>'
    )


def _cell(
    line: Line, area: Area, figure: Figure | None, division: str, usual: object, *, marked: bool
) -> str:
    if figure is None:
        return (
            f'<td role="cell"><a><span class="fp-place">{text(area.name)}</span>'
            f'<span class="fp-word fp-unknown">Ingen uppgift</span></a></td>'
        )
    outcome = OUTCOMES[Outcome(figure.judgement)]
    example = figure.is_example and figure.value is not None
    own_period = f" · {figure.period.label}" if figure.period and figure.period != usual else ""
    change = figures.arrow(figure, line.indicator)
    parts = [
        f'<span class="fp-place">{text(area.name)}</span>',
        f'<span class="fp-value fp-{outcome.css}">{icon(figure.judgement)}'
        f"<span>{text(figures.value(figure, line.indicator))}</span></span>",
        f'<span class="fp-word fp-{outcome.css}">{outcome.word}{text(own_period)}</span>',
    ]
    if change:
        parts.append(
            f'<span class="fp-change {_COURSES.get(figure.course or "", "fp-quiet")}">{text(change)}</span>'
        )
    if example and not marked:
        parts.append(f'<span class="fp-chip">{EXAMPLE_CHIP}</span>')
    address = links.href(
        links.INDICATOR,
        indikator=line.indicator.id,
        indelning=division,
        delregion=area.id if area.division else None,
    )
    css = ' class="fp-sample"' if example else ""
    return f'<td role="cell"{css}>{link(address, "".join(parts), aria=_spoken(line, area, figure))}</td>'


def _spoken(line: Line, area: Area, figure: Figure) -> str:
    """What a screen reader says of a cell; the same words and figures as on screen."""
    said = [f"{area.name}, {line.indicator.name}: {figures.value(figure, line.indicator)}"]
    said.append(OUTCOMES[Outcome(figure.judgement)].word)
    if figure.change is not None:
        since = f" sedan {figure.previous_period.label}" if figure.previous_period else ""
        course = _COURSE_WORDS.get(figure.course or "")
        said.append(
            f"ändrat {figures.change(figure, line.indicator)}{since}" + (f", {course}" if course else "")
        )
    if figure.judgement == Outcome.CANNOT_BE_JUDGED and figure.reason:
        said.append(figure.reason)
    if figure.is_example and figure.value is not None:
        said.append(EXAMPLE_CHIP)
    return ". ".join(part.rstrip(".") for part in said)
