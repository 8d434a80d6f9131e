"""What to talk about: the most urgent points, and the overview's own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import links
from dashboard.components import badge as badges
from dashboard.components import signal_icons
from dashboard.components.markup import link, text
from dashboard.components.outcome import icon
from dashboard.words import EXAMPLE_CHIP
from etl.measures.points import Kind
from etl.measures.wording import EXAMPLE, age_text, capital, named
from schemas import swedish
from schemas.results import Assurance, Outcome

if TYPE_CHECKING:
    import polars as pl

    from schemas.catalogue import Catalogue, Indicator

#: How many points stand open; the rest are a click away.
OPEN = 3

#: Word, symbol and colour of each kind of point.
KINDS: dict[str, tuple[str, str, str]] = {
    Kind.WORSE_AND_WORSENING: ("Har försämrats", icon(Outcome.WRONG_DIRECTION), "wrong"),
    Kind.WILL_BE_MISSED: ("Målet missas", signal_icons.assured(Assurance.MISSED), "notway"),
    Kind.WILL_NOT_LAST: ("Nått, men nås sällan", signal_icons.assured(Assurance.MISSED), "notway"),
    Kind.WORSE: ("Sämre än länet", signal_icons.compared("worse"), "worse"),
    Kind.CANNOT_BE_JUDGED: ("Kan inte bedömas", icon(Outcome.CANNOT_BE_JUDGED), "unknown"),
}


def html(points: pl.DataFrame, catalogue: Catalogue, division: str) -> str:
    """The points in order; those after the first few in a part that opens.

    Args:
        points: `etl.measures.talking_points.POINTS_SCHEMA`, without a row that counts the rest.
        catalogue: The catalogue that the points were made with.
        division: Id of the division, for the links.
    """
    items = [_item(row, catalogue, division) for row in points.iter_rows(named=True)]
    shown = f'<ol class="fp-points">{"".join(items[:OPEN])}</ol>'
    left = len(items) - OPEN
    if left <= 0:
        return shown
    more = swedish.count_text(left, "punkt", "punkter")
    return (
        f'{shown}<details class="fp-more"><summary>Visa {more} till</summary>'
        f'<ol class="fp-points" start="{OPEN + 1}">{"".join(items[OPEN:])}</ol></details>'
    )


def _item(row: dict[str, Any], catalogue: Catalogue, division: str) -> str:
    word, symbol, css = KINDS[row["kind"]]
    chip, said = parted(row["sentence"])
    area = row["area"] if row["area"] and catalogue.areas[row["area"]].division else None
    where = {"indelning": division, "delregion": area}
    about = f"<p>{_linked(said, row, catalogue, where)}{_about(row, catalogue, where)}</p>"
    return f'<li><p class="fp-kind">{badges.beside(symbol, word, css)}{chip}</p>{about}</li>'


def _linked(said: str, row: dict[str, Any], catalogue: Catalogue, where: dict[str, str | None]) -> str:
    """The sentence, with the indicator's name in front as the link."""
    if row["indicator"] is None:
        return text(said)
    indicator = catalogue.indicators[row["indicator"]]
    name = named(indicator, row["age"])
    address = links.to_indicator(indicator, row["age"], **where)
    shown, rest = said[: len(name)], said[len(name) :]
    return f"{link(address, text(shown))}{text(rest)}"


def _about(row: dict[str, Any], catalogue: Catalogue, where: dict[str, str | None]) -> str:
    """Links to the indicators of a point that is about several."""
    if row["indicator"] is not None:
        return ""
    found = [
        link(links.to_indicator(item, age, **where), text(_short(item, age)))
        for item, age in (
            (catalogue.indicators[indicator], age)
            for indicator, age in dict.fromkeys(zip(row["indicators"], row["ages"], strict=True))
        )
    ]
    return f'<br><span class="fp-small">Gäller: {", ".join(found)}</span>'


def _short(item: Indicator, age: str) -> str:
    return item.short_name if age == item.headline_age else f"{item.short_name}, {age_text(age)}"


def parted(said: str) -> tuple[str, str]:
    """The mark of example data as a chip, and the sentence without the word."""
    if not said.startswith(EXAMPLE):
        return "", said
    return f' <span class="fp-chip">{EXAMPLE_CHIP}</span>', capital(said.removeprefix(EXAMPLE))


def lead(headline: str, supporting: list[str]) -> str:
    """What matters first, and the sentences that support it; the mark of example data once for each part."""
    chip, first = parted(headline)
    shown = [f'<p class="fp-first">{text(first)}{chip}</p>']
    if supporting:
        parts = [parted(one) for one in supporting]
        mark = next((one for one, _ in parts if one), "")
        shown.append(f'<p class="fp-support">{text(" ".join(one for _, one in parts))}{mark}</p>')
    return "".join(shown)
