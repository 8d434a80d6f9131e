"""An area's profile: every indicator beside the county, and where the municipalities lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import figures, links, said
from dashboard.components import badge as badges
from dashboard.components import signal_icons, spark, strip, term
from dashboard.components.markup import link, text
from dashboard.components.notes import example_chip
from dashboard.components.outcome import badge
from dashboard.signals import ASSURANCES, VARIATIONS
from dashboard.spread import Spread, comparable, spread, way, words
from dashboard.words import EXAMPLE_CHIP, SUBJECTS, target_name
from etl.measures.wording import sentence
from schemas import swedish
from schemas.catalogue import Direction, Level, RollUp
from schemas.results import Outcome, Variation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.board import Figure, Line
    from dashboard.recent import Key, Values
    from schemas.catalogue import Area


@dataclass(frozen=True)
class Place:
    """Whose profile it is.

    Attributes:
        own: The delregion, or one of its municipalities.
        within: The delregion.
        county: The county.
        members: The delregion's municipalities.
        trends: The newest values of each series, oldest first.
    """

    own: Area
    within: Area
    county: Area
    members: list[Area]
    trends: Mapping[Key, Values]

    @property
    def beside(self) -> list[Area]:
        """The areas whose values stand beside the own ones."""
        return [self.county] if self.own.id == self.within.id else [self.within, self.county]


def html(found: list[Line], place: Place) -> str:
    """What the marks stand for, and one table a subject with a row for each indicator and target."""
    chosen = None if place.own.id == place.within.id else place.own.name
    marks = "".join(
        f"<li>{mark}<span>{text(word)}</span></li>"
        for mark, word in strip.key(place.within.name, chosen=chosen)
    )
    parts = [term.explained(f'<ul class="fp-key" aria-label="Vad märkena i bilderna betyder">{marks}</ul>')]
    for subject, name in SUBJECTS.items():
        body = "".join(_row(line, place) for line in found if line.indicator.subject is subject)
        if body:
            parts.append(_table(name, body, place))
    return "".join(parts)


def _table(name: str, body: str, place: Place) -> str:
    heads = [
        ("", "Indikator"),
        ("", text(place.own.name)),
        ("fp-col-trend", "Trend"),
        *(("", _head(area)) for area in place.beside),
        ("fp-col-goal", "Mål och bedömning"),
        ("fp-col-members", 'Kommunerna<br><span class="fp-small fp-quiet">bättre åt höger →</span>'),
    ]
    row = "".join(
        f'<th scope="col" role="columnheader" class="{css}">{head}</th>'
        if css
        else f'<th scope="col" role="columnheader">{head}</th>'
        for css, head in heads
    )
    css = "fp-profile fp-three" if len(place.beside) > 1 else "fp-profile"
    return (
        f'<table class="{css}" role="table"><caption>{name}</caption><thead role="rowgroup"><tr role="row">'
        f'{term.explained(row)}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _head(area: Area) -> str:
    return "Länet" if area.level is Level.COUNTY else text(area.name)


def _row(line: Line, place: Place) -> str:
    figure = line.figures.get(place.own.id)
    inside = spread(line, line.figures.get(place.within.id), place.members)
    shown = [line.figures.get(area.id) for area in (place.own, *place.beside)]
    valued = [one for one in shown if one is not None and one.value is not None]
    everything = bool(valued) and all(one.is_example for one in valued) and (inside is None or inside.example)
    name = _name(line, place, marked=everything)
    if figure is None:
        nothing = '<td role="cell" colspan="{}" class="fp-nothing">Ingen uppgift är levererad</td>'
        return f'<tr role="row">{name}{nothing.format(len(place.beside) + 4)}</tr>'
    whole = line.figures.get(place.county.id)
    cells = [
        ("", place.own.name, _value(figure, line, marked=everything)),
        ("fp-col-trend", "Trend", _trend(figure, line, place)),
        *(
            ("", "Länet" if area.id == place.county.id else area.name, _other(line, area, figure, everything))
            for area in place.beside
        ),
        ("fp-col-goal", "Mål och bedömning", _goal(figure, whole, line)),
        ("fp-col-members", "Kommunerna", _members(inside, line, place, marked=everything)),
    ]
    body = "".join(
        f'<td role="cell"{_css(css)} data-head="{text(head)}">{cell}</td>' for css, head, cell in cells
    )
    return f'<tr role="row">{name}{body}</tr>'


def _css(css: str) -> str:
    return f' class="{css}"' if css else ""


def _name(line: Line, place: Place, *, marked: bool) -> str:
    address = links.to_indicator(
        line.indicator, line.age, indelning=place.within.division, delregion=place.within.id
    )
    meta = target_name(line.target) if line.target else "Inget mål är satt"
    chip = f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if marked else ""
    return (
        f'<th scope="row" role="rowheader">{link(address, text(line.indicator.name))}{chip}'
        f'<span class="fp-meta">{text(meta)}</span></th>'
    )


def _value(figure: Figure, line: Line, *, marked: bool) -> str:
    value = text(figures.value(figure, line.indicator))
    chip = "" if marked else example_chip(figure)
    tag = ' <span class="fp-tag">preliminär</span>' if figure.flag == "preliminary" else ""
    when = f'<span class="fp-sub">{text(figures.period(figure))}</span>' if figure.value is not None else ""
    return f'<span class="fp-own-value fp-num">{value}</span>{chip}{tag}{when}'


def _other(line: Line, area: Area, own: Figure, marked: bool) -> str:
    """Another area's value; its period where it is another one, and how the own one stands beside the county's."""
    figure = line.figures.get(area.id)
    if figure is None or figure.value is None:
        return figures.MISSING
    value = text(figures.value(figure, line.indicator))
    chip = "" if marked else example_chip(figure)
    when = (
        "" if figure.period == own.period else f'<span class="fp-sub">{text(figures.period(figure))}</span>'
    )
    beside = _beside(own) if area.level is Level.COUNTY else ""
    return f'<span class="fp-num">{value}</span>{chip}{when}{beside}'


def _beside(figure: Figure) -> str:
    """Word and symbol of the comparison with the county; empty where there is none."""
    if figure.value is None or figure.county not in signal_icons.COUNTY:
        return ""
    found = signal_icons.COUNTY[figure.county]
    shown = badges.beside(signal_icons.compared(figure.county), found.word, found.css)
    return f'<span class="fp-sub fp-sign-line">{shown}</span>'


def _trend(figure: Figure, line: Line, place: Place) -> str:
    """The line, and in words how much it has changed and whether that is more than chance."""
    values = place.trends.get((line.indicator.id, line.age, place.own.id), ())
    drawn = spark.html(values, target=figure.target_value)
    if figure.change is None:
        return drawn or figures.MISSING
    change = text(figures.change(figure, line.indicator))
    return (
        f'{drawn}<span class="fp-sub {figures.course_css(figure)}">{change}</span>'
        f'<span class="fp-sub">{_chance(figure)}</span>{_variation(figure, line)}'
    )


def _chance(figure: Figure) -> str:
    certain = {"better": "säkerställt bättre", "worse": "säkerställt sämre"}
    said_so = certain.get(figure.course or "") if figure.change_is_certain else None
    return said_so or figures.certainty(figure)


def _goal(figure: Figure, whole: Figure | None, line: Line) -> str:
    """The judgement with the distance, what the future looks like, and the rest a click away."""
    parts = []
    if line.target is None and figure.value is not None:
        parts.append('<span class="fp-quiet">Inget mål är satt</span>')
    else:
        parts.append(badge(figure.judgement))
        left = distance(figure, line)
        if left or figure.judgement == Outcome.CANNOT_BE_JUDGED:
            parts.append(f'<span class="fp-sub">{text(left or figure.reason or "")}</span>')
    if figure.value is None:
        return "".join(parts)
    parts.append(_assurance(figure))
    told = "".join(f"<li>{text(one)}</li>" for one in _told(figure, whole, line))
    more = f'Mer<span class="fp-sr"> om {text(line.indicator.name)}</span>'
    return f"{''.join(parts)}<details><summary>{more}</summary><ul>{told}</ul></details>"


def distance(figure: Figure, line: Line) -> str:
    """`17,6 procentenheter kvar`; empty where the target is reached or asks for no single level."""
    item, goal = line.indicator, figure.target_value
    if figure.value is None or goal is None or figure.judgement == Outcome.CANNOT_BE_JUDGED:
        return ""
    left = swedish.rounded(goal, item.decimals) - swedish.rounded(figure.value, item.decimals)
    left = -left if item.direction is Direction.LOWER else left
    if swedish.rounded(left, item.decimals) <= 0:
        return ""
    return f"{swedish.change_text(left, item.unit, item.decimals).removeprefix('+')} kvar"


def _variation(figure: Figure, line: Line) -> str:
    """Symbol and word where the newest figure is more than the usual variation."""
    if figure.variation not in VARIATIONS or figure.variation == Variation.COMMON:
        return ""
    found = VARIATIONS[figure.variation]
    symbol = signal_icons.variation(figure, line.indicator.direction)
    return f'<span class="fp-sub fp-sign-line">{badges.beside(symbol, found.word, found.css)}</span>'


def _assurance(figure: Figure) -> str:
    """Symbol and word of how the target stands to the usual variation."""
    if figure.assurance not in ASSURANCES:
        return ""
    found = ASSURANCES[figure.assurance]
    symbol = signal_icons.assurance(figure)
    return f'<span class="fp-sub fp-sign-line">{badges.beside(symbol, found.word, found.css)}</span>'


def _told(figure: Figure, whole: Figure | None, line: Line) -> list[str]:
    """All that is known of the figure, a sentence each; why where something isn't."""
    told = [f"Skillnad mot länet: {difference(figure, whole, line)}.", *said.details(line, figure)]
    if figure.variation is None and figure.variation_reason:
        told.append(sentence(figure.variation_reason))
    return told


def difference(figure: Figure, whole: Figure | None, line: Line) -> str:
    """The difference between the two values as shown, or why they can't be held against each other."""
    item = line.indicator
    if item.roll_up is RollUp.SUM:
        return "summan är en del av länets"
    if whole is None or whole.value is None or figure.value is None:
        return "länet har ingen uppgift"
    if comparable(figure, whole):
        own, county = (swedish.rounded(value, item.decimals) for value in (figure.value, whole.value))
        return swedish.change_text(own - county, item.unit, item.decimals)
    if figure.period != whole.period:
        return f"olika perioder, länets är {figures.period(whole)}"
    return "exempel jämförs inte med verkliga tal"


def _members(found: Spread | None, line: Line, place: Place, *, marked: bool) -> str:
    """The picture, and in words what it shows."""
    told = words(found, line)
    if found is None:
        return (
            f'<span class="fp-sub">{text(told)}</span>'
            if line.indicator.roll_up is not RollUp.SUM
            else figures.MISSING
        )
    own, whole = line.figures.get(place.within.id), line.figures.get(place.county.id)
    against = own if own is not None and own.value is not None else None
    drawn = strip.html(
        [value for area, value in found.values.items() if area != place.own.id],
        own=against.value if against else None,
        county=whole.value if against and whole and comparable(against, whole) else None,
        target=against.target_value if against and line.target else None,
        direction=line.indicator.direction,
        chosen=found.values.get(place.own.id),
    )
    chip = f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if found.example and not marked else ""
    which = way(line) if drawn else ""
    turned = f'<span class="fp-sub">{text(which)}</span>' if which else ""
    return f'{drawn}<span class="fp-sub">{text(told)}{chip}</span>{turned}'
