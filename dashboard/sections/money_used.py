"""What became of the money: used, repaid, not accounted for; and per purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import money_words
from dashboard.charts import used
from dashboard.components import markup, money_table, term
from dashboard.kept import kept
from dashboard.sections import charted, money

if TYPE_CHECKING:
    from dashboard.sections.charted import Chart
    from dashboard.sections.money import View

_KEY = "used"
_COLUMNS = ("Fördelat", "Använt", "Återbetalt", "Inte redovisat", "Har redovisat", "Mottagare")


def show(view: View) -> None:
    """How much is accounted for, as a picture where anything is; then the purposes with their sum."""
    basis = money.basis(view)
    st.header("Använt av det fördelade", anchor=False)
    if basis.whole.reported:
        money.show(_KEY, _chart(view))
        markup.show(term.explained(f"<p>{money_words.NOT_REPORTED}</p>"), key="not-reported")
    else:
        markup.show(term.explained(f"<p>{money_words.reported(basis.whole)}</p>"), key="not-reported")
    st.header("Till vad", anchor=False)
    markup.show(_purposes(view.plain), key="purposes")


def ahead(view: View) -> None:
    """Draw what `show` shows."""
    if money.basis(view).whole.reported:
        _chart.ahead(view)
    _purposes.ahead(view.plain)


@kept(charted.KEPT)
def _chart(view: View) -> Chart:
    basis = money.basis(view)
    own = basis.own
    shown = used.Used(
        basis.whole,
        basis.purposes,
        basis.parts,
        view.chosen,
        money.said(
            basis,
            money_words.accounted(own or basis.whole, own.name if own else None),
            f"Andel av de fördelade kronorna {basis.years}. {money_words.reported(basis.whole)} "
            "Inte redovisat är inte detsamma som oanvänt.",
        ),
    )
    rows = [
        (
            sums.name, sums.allocated, sums.used, sums.repaid, sums.unreported,
            float(sums.reported), float(sums.recipients),
        )
        for sums in (*basis.parts, basis.whole)
    ]  # fmt: skip
    caption = "Fördelat och redovisat per delregion"
    table = money.table(basis, caption, ("Till", *_COLUMNS), rows)
    made = charted.chart(used.figure, shown, view.theme, used.alt(shown), table)
    drawn = money_table.sums(
        caption, "Till", basis.parts, basis.whole, example=basis.example, chosen=view.chosen
    )
    file = f"{view.agreement}-anvant.csv"
    return made._replace(markup=money.below(_KEY, shown.said, table, drawn, file=file))


@kept(charted.KEPT)
def _purposes(view: View) -> str:
    basis = money.basis(view)
    return money_table.sums(
        "Medel per ändamål", "Ändamål", basis.purposes, basis.whole, example=basis.example
    )
