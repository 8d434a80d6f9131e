"""The overview's matrix: every target × every area, as a real HTML table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dashboard import figures, links, said
from dashboard.components import signal_icons, spark
from dashboard.components.markup import link, text
from dashboard.components.outcome import icon
from dashboard.words import EXAMPLE_CHIP, OUTCOMES, SUBJECTS, target_name
from schemas import swedish
from schemas.catalogue import RollUp, Unit
from schemas.results import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.board import Figure, Line
    from dashboard.recent import Key, Values
    from schemas.catalogue import Area
    from schemas.period import Period

#: Units too long for a cell; they stand beside the indicator's name instead.
_LONG_UNITS = (Unit.DAYS_PER_INHABITANT,)

#: A row's trend lines span at least this many of the steps that its values are shown in.
_LEAST_STEPS = 10

#: Which cell: indicator, target, age group, area.
Cell = tuple[str, str | None, str, str]


class Mark(NamedTuple):
    """How a cell differs: one of a preview from what is published, or one that is shown from an earlier day.

    Attributes:
        word: A word or two.
        turned: Whether the judgement or the kind of figure is another one, rather than the value alone.
        told: The same as a sentence, for who points at the cell or hears it; only for one that is shown.
    """

    word: str
    turned: bool = True
    told: str = ""


def html(
    found: list[Line],
    columns: list[Area],
    *,
    division: str,
    caption: str,
    changed: Mapping[Cell, Mark] | None = None,
    trends: Mapping[Key, Values] | None = None,
    since: Mapping[Cell, Mark] | None = None,
) -> str:
    """The matrix.

    Args:
        found: The rows, in order, grouped by subject.
        columns: The county first, then the delregioner.
        division: Id of the division the columns belong to, for the links.
        caption: What the table shows, for a screen reader.
        changed: For a preview: the cells that aren't as published, each with a word that says how. Cells of a
            preview lead nowhere, since the other pages show what is published.
        trends: The newest values of each series, drawn as a small line in its cell; a row's lines share a scale.
        since: The cells that aren't as they were on an earlier day, each with a word that says how.
    """
    head = "".join(f'<th scope="col" role="columnheader">{text(area.name)}</th>' for area in columns)
    body, marks = [], since if changed is None else changed
    subject = None
    for line in found:
        if line.indicator.subject is not subject:
            subject = line.indicator.subject
            body.append(
                f'<tr class="fp-subject" role="row"><th scope="rowgroup" role="rowheader" '
                f'colspan="{len(columns) + 1}">{SUBJECTS[subject]}</th></tr>'
            )
        body.append(_row(line, columns, division, trends or {}, marks or {}, preview=changed is not None))
    return (
        f'<table class="fp-matrix" role="table"><caption class="fp-sr">{text(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Mål</th>{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table>'
    )


def _row(
    line: Line,
    columns: list[Area],
    division: str,
    trends: Mapping[Key, Values],
    found: Mapping[Cell, Mark],
    *,
    preview: bool,
) -> str:
    shown = [line.figures[area.id] for area in columns if area.id in line.figures]
    usual = Counter(figure.period for figure in shown if figure.period).most_common(1)
    period = usual[0][0] if usual else None
    meta = [target_name(line.target) if line.target else "Inget mål är satt"]
    if line.indicator.unit in _LONG_UNITS:
        meta.append(swedish.UNIT_WORDS[line.indicator.unit][1])
    if period:
        meta.append(period.label)
    address = links.to_indicator(line.indicator, line.age, indelning=division)
    age = "" if line.age == "total" else f" {line.age}"
    name = link(address, text(f"{line.indicator.short_name}{age}"))
    target = line.target.id if line.target else None
    marks = {area.id: found.get((line.indicator.id, target, line.age, area.id)) for area in columns}
    if not preview:
        drawn = _drawn(line, columns, trends)
        cells = "".join(
            _cell(line, area, division, period, (drawn.get(area.id, ""), marks[area.id])) for area in columns
        )
    else:
        cells = "".join(
            _preview(line, area, line.figures.get(area.id), period, marks[area.id]) for area in columns
        )
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{name}{_chip(line, columns)}'
        f'<span class="fp-meta">{" · ".join(text(part) for part in meta)}</span></th>{cells}</tr>'
    )


def _drawn(line: Line, columns: list[Area], trends: Mapping[Key, Values]) -> dict[str, str]:
    """Area id → its trend line. All move on the same scale, unless the areas' figures are parts of the county's."""
    values = {
        area.id: trends.get((line.indicator.id, line.age, area.id), ())
        for area in columns
        if area.id in line.figures
    }
    if line.indicator.roll_up is RollUp.SUM:
        return {area: spark.html(own) for area, own in values.items()}
    targets = [line.figures[area].target_value if line.target else None for area in values]
    scales = spark.alike([*values.values()], targets, least=_LEAST_STEPS * 10.0**-line.indicator.decimals)
    return {
        area: spark.html(own, scale, target=target)
        for (area, own), scale, target in zip(values.items(), scales, targets, strict=True)
    }


def _chip(line: Line, columns: list[Area]) -> str:
    """The word that marks a row of example data, and which of its areas are real."""
    told = [(area, line.figures[area.id]) for area in columns if area.id in line.figures]
    with_value = [(area, figure) for area, figure in told if figure.value is not None]
    real = [area.name for area, figure in with_value if not figure.is_example]
    if len(real) == len(with_value):
        return ""
    besides = f" utom {swedish.listing(real)}" if real else ""
    return f' <span class="fp-chip">{EXAMPLE_CHIP}{text(besides)}</span>'


def _cell(
    line: Line, area: Area, division: str, usual: Period | None, beside: tuple[str, Mark | None]
) -> str:
    """A cell that leads to the figure's page; `beside` is its trend line and what has happened to it."""
    figure = line.figures.get(area.id)
    if figure is None:
        return f'<td role="cell"><div class="fp-none">{_empty(area)}</div></td>'
    address = links.to_indicator(
        line.indicator, line.age, indelning=division, delregion=area.id if area.division else None
    )
    trend, mark = beside
    spoken, title = _spoken(line, area, figure), " ".join(said.details(line, figure))
    css, word = _marked(mark, "fp-since-then")
    if mark is not None:
        spoken, title = f"{spoken}. {mark.told}", f"{mark.told}. {title}"
    inside = _inside(line, area, figure, usual, (_signs(line, figure), word + trend + _beside(figure)))
    look = _look([*_sample(figure), *css])
    return f'<td role="cell"{look}>{link(address, inside, aria=spoken, title=title)}</td>'


def _preview(
    line: Line, area: Area, figure: Figure | None, usual: Period | None, changed: Mark | None
) -> str:
    """A cell as it would be; one that isn't as published has a frame and a word."""
    css, mark = _marked(changed, "fp-moved")
    if figure is None:
        inside, why = f'<div class="fp-none">{_empty(area)}{mark}</div>', None
    else:
        css += _sample(figure)
        inside, why = f'<div class="fp-still">{_inside(line, area, figure, usual)}{mark}</div>', figure.reason
    title = f' title="{text(why)}"' if why else ""
    return f'<td role="cell"{_look(css)}{title}>{inside}</td>'


def _marked(mark: Mark | None, quiet: str) -> tuple[list[str], str]:
    """The classes and the word of a cell that differs; `quiet` is the class of one that hasn't turned."""
    if mark is None:
        return [], ""
    word = f'<span class="fp-changed-word">{text(mark.word)}</span>'
    return ["fp-changed" if mark.turned else quiet], word


def _sample(figure: Figure) -> list[str]:
    return ["fp-sample"] if figure.is_example and figure.value is not None else []


def _look(css: list[str]) -> str:
    return f' class="{" ".join(css)}"' if css else ""


def _place(area: Area) -> str:
    return f'<span class="fp-place">{text(area.name)}</span>'


def _empty(area: Area) -> str:
    return f'{_place(area)}<span class="fp-word">Ingen uppgift</span>'


def _inside(
    line: Line, area: Area, figure: Figure, usual: Period | None, more: tuple[str, str] = ("", "")
) -> str:
    """What a cell with a figure holds: value and signs, word and change, and what stands below them.

    Args:
        line: The row.
        area: The column.
        figure: The figure.
        usual: The period that isn't said since the row says it.
        more: Markup: what the measures say of it besides, and what stands below.
    """
    css = OUTCOMES[Outcome(figure.judgement)].css
    symbol = icon(figure.judgement) if line.target else ""
    change = figures.arrow(figure, line.indicator)
    moved = f'<span class="fp-change {figures.course_css(figure)}">{text(change)}</span>' if change else ""
    signs, below = more
    beside = f'<span class="fp-signs">{signs}</span>' if signs else ""
    value = f"{symbol}<span>{text(_value(line, figure))}</span>{beside}"
    return (
        f'{_place(area)}<span class="fp-value fp-{css}">{value}</span>'
        f'<span class="fp-told"><span class="fp-word fp-{css}">{text(_word(line, figure, usual))}</span>{moved}</span>'
        f"{below}"
    )


def _signs(line: Line, figure: Figure) -> str:
    """Symbols of variation and assurance."""
    if figure.value is None:
        return ""
    return signal_icons.variation(figure, line.indicator.direction) + signal_icons.assurance(figure)


def _beside(figure: Figure) -> str:
    """The county, where the figure is certainly another than its."""
    if figure.value is None or not said.stands_out(figure):
        return ""
    beside = signal_icons.COUNTY[figure.county or ""]
    return f'<span class="fp-beside fp-{beside.css}">{text(beside.word.lower())}</span>'


def _word(line: Line, figure: Figure, usual: Period | None) -> str:
    """The outcome's word, and the period where it isn't the row's usual one."""
    if figure.value is None:
        return "Dolt" if figure.flag == "suppressed" else "Ingen uppgift"
    told = [OUTCOMES[Outcome(figure.judgement)].word] if line.target else []
    if figure.period and figure.period != usual:
        told.append(figure.period.label)
    return " · ".join(told)


def _value(line: Line, figure: Figure) -> str:
    if line.indicator.unit in _LONG_UNITS and figure.value is not None:
        return swedish.number(figure.value, line.indicator.decimals)
    return figures.value(figure, line.indicator)


def _spoken(line: Line, area: Area, figure: Figure) -> str:
    """What a screen reader says of a cell; the same words and figures as on screen."""
    told = [f"{area.name}, {line.indicator.name}: {figures.value(figure, line.indicator)}"]
    if line.target or figure.value is None:
        told.append(_word(line, figure, figure.period))
    if figure.period:
        told.append(figure.period.label)
    if figure.change is not None:
        since = f" sedan {figure.previous_period.label}" if figure.previous_period else ""
        told.append(f"ändrat {figures.change(figure, line.indicator)}{since}, {figures.certainty(figure)}")
    told += said.words(figure) if figure.value is not None else []
    if figure.judgement == Outcome.CANNOT_BE_JUDGED and figure.reason:
        told.append(figure.reason)
    if figure.is_example and figure.value is not None:
        told.append(EXAMPLE_CHIP)
    return ". ".join(part.rstrip(".") for part in told)
