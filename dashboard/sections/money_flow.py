"""The way of the money: agreement, purposes, parts of the county."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data, money_words
from dashboard.charts import flow
from dashboard.components import money_table
from dashboard.kept import kept
from dashboard.sections import charted, money

if TYPE_CHECKING:
    from dashboard.sections.charted import Chart
    from dashboard.sections.money import View

_KEY = "flow"
_ZERO = Decimal("0.00")


def show(view: View) -> None:
    """The flow, with its table."""
    st.header("Pengarnas väg", anchor=False)
    money.show(_KEY, _chart(view))


def ahead(view: View) -> None:
    """Draw what `show` shows."""
    _chart.ahead(view)


@kept(charted.KEPT)
def _chart(view: View) -> Chart:
    basis = money.basis(view)
    stages, division = basis.stages, data.catalogue().divisions[view.division]
    shown = flow.Flow(
        stages,
        money.said(
            basis,
            money_words.way(basis.parts, view.chosen),
            f"Kronor {basis.years}: överenskommelsen, ändamålen och vart pengarna går. "
            f"Kommunernas pengar står vid deras {division.one}.",
        ),
    )
    caption = "Kronor per ändamål och delregion"
    rows = [
        (
            stop.name,
            *(stages.links.get((place, end), _ZERO) for place in range(len(stages.purposes))),
            stop.amount,
        )
        for end, stop in enumerate(stages.ends)
    ]
    rows.append(("Summa", *(stop.amount for stop in stages.purposes), stages.total))
    heads = ("Till", *(stop.name for stop in stages.purposes), "Summa")
    table = money.table(basis, caption, heads, rows)
    made = charted.chart(flow.figure, shown, view.theme, flow.alt(shown), table)
    drawn = money_table.cross(caption, stages, example=basis.example)
    return made._replace(markup=money.below(_KEY, shown.said, table, drawn, file=f"{view.agreement}-vag.csv"))
