"""Per delregion: kronor per inhabitant as bars and on the map, and the table that adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard import data, filters, money_words
from dashboard.charts import per_inhabitant
from dashboard.components import drawing, figures_table, markup, money_table, term
from dashboard.kept import kept
from dashboard.map_money import Kronor
from dashboard.money import COMMON, ELSEWHERE, REGION, folded
from dashboard.sections import area_map, charted, money
from etl.measures.population import newest

if TYPE_CHECKING:
    from dashboard.sections.charted import Chart
    from dashboard.sections.money import View

_KEY = "per-inhabitant"


def show(view: View) -> None:
    """The bars, the map and the table."""
    division = data.catalogue().divisions[view.division]
    st.header(f"Per invånare i {division.name.lower()}", anchor=False)
    if any(share.allocated for share in money.basis(view).shares):
        money.show(_KEY, _chart(view))
    drawn = _map(view.plain)
    if drawn:
        drawing.show(drawn, key="money-map")
    with_split = filters.switch(
        "Visa räkneexempel: summan delad lika per invånare",
        filters.PER_CAPITA,
        help="En uträkning att jämföra med, avrundad så att summan stämmer på kronan. Inte ett beslut.",
    )
    markup.show(_table(view.plain, with_split=with_split), key="shares")


def ahead(view: View) -> None:
    """Draw what `show` shows until somebody turns the switch."""
    _chart.ahead(view)
    _map.ahead(view.plain)
    _table.ahead(view.plain, with_split=False)


@kept(charted.KEPT)
def _chart(view: View) -> Chart:
    basis = money.basis(view)
    places = per_inhabitant.Places(basis.shares, view.chosen, money.said(basis, "", ""))
    shown = per_inhabitant.Places(
        basis.shares,
        view.chosen,
        money.said(
            basis,
            money_words.per_inhabitant(basis.shares, view.chosen, places.together),
            f"Fördelade kronor {basis.years} per invånare 31 december {basis.people_year} (SCB). "
            "Pengar som är gemensamma för länet eller regionens räknas inte med.",
        ),
    )
    rows = [
        (share.area.name, share.allocated, float(share.inhabitants), share.per_inhabitant)
        for share in basis.shares
    ]
    heads = ("Delregion", "Fördelat", "Invånare", "Per invånare")
    table = money.table(basis, "Fördelade kronor per invånare", heads, rows, summed=False)
    made = charted.chart(per_inhabitant.figure, shown, view.theme, per_inhabitant.alt(shown), table)
    tools = drawing.tools(
        shown.said.title,
        chart=_KEY,
        csv=(f"{view.agreement}-per-invanare.csv", figures_table.download(table)),
    )
    return made._replace(markup=tools)


@kept(charted.KEPT)
def _map(view: View) -> str:
    """The municipalities' own money on the map; empty where none of them got any."""
    basis, catalogue = money.basis(view), data.catalogue()
    codes = [area.id for area in catalogue.municipalities]
    own = basis.rows.filter((pl.col("kind") == "allocated") & pl.col("area").is_in(codes))
    amounts = dict(own.group_by("area").agg(pl.col("amount").sum()).filter(pl.col("amount") > 0).iter_rows())
    if not amounts:
        return ""
    shown = Kronor(
        said=money.said(
            basis,
            "",
            f"Fördelade kronor {basis.years} per invånare 31 december {basis.people_year} (SCB), till varje "
            "kommun för sig. Delregionens egna pengar räknas inte med.",
        ),
        division=catalogue.divisions[view.division],
        amounts=amounts,
        people=newest(data.knowledge().population, catalogue.municipalities),
        years=basis.years,
        name=basis.agreement.name,
        source=basis.source,
        chosen=view.chosen,
    )
    return area_map.kronor(shown, f"{view.agreement}-karta.csv")


@kept(charted.KEPT)
def _table(view: View, *, with_split: bool) -> str:
    basis = money.basis(view)
    return money_table.shares(
        "Fördelat per delregion",
        folded(list(basis.shares), view.chosen),
        [sums for sums in basis.parts if sums.id in (COMMON, REGION, ELSEWHERE)],
        chosen=view.chosen,
        with_split=with_split,
        example=basis.example,
    ) + term.explained(
        '<p class="fp-small fp-quiet">Pengar till en kommun räknas till kommunens delregion. '
        f"Invånare: SCB, 31 december {basis.people_year}."
        + (" Räkneexemplet är en uträkning och inte något beslut." if with_split else "")
        + "</p>"
    )
