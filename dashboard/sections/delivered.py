"""A dropped file: what it was recognised as, all problems, or a summary and the buttons to store it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import access, data, frame
from dashboard.components import markup, report
from dashboard.sections.batches import DONE
from etl.jobs.delivery import store
from etl.warehouse import WarehouseError
from schemas import swedish
from schemas.roles import Action
from schemas.words import STATUS_WORDS

if TYPE_CHECKING:
    from etl.jobs.delivery import Checked


#: What is said of a status here, where the usual word says too little.
_STORED = {
    "staged": "sparad och väntar på publicering",
    "withdrawn": "återkallad (du kan återställa den under Leveranser)",
}


def show(checked: Checked, content: bytes, name: str) -> None:
    """What became of the file.

    Args:
        checked: The file as it was read.
        content: Its bytes, stored as they came.
        name: Its name.
    """
    _recognised(checked, name)
    if checked.ok:
        _ready(checked, content, name)
    else:
        _errors(checked)


def _recognised(checked: Checked, name: str) -> None:
    if checked.shape_name is None:
        st.header(f"{markup.plain(name)} kändes inte igen", anchor=False)
        return
    st.header(f"{markup.plain(name)} kändes igen som {checked.shape_name}", anchor=False)
    st.markdown(f"{swedish.count_text(checked.rows, 'läst rad', 'lästa rader').capitalize()}.")


def _errors(checked: Checked) -> None:
    errors = checked.report.errors
    number = swedish.count_text(errors.height, "fel", "fel")
    st.error(f"{number.capitalize()} hindrar leveransen. Ingenting är sparat.", icon=":material/error:")
    markup.show(report.grouped(checked.report, "error"), key="error-kinds")
    if errors.height > 1:
        shown = min(errors.height, report.SHOWN)
        with st.expander(f"De första {shown} av {swedish.number(errors.height, 0)} felen, ett för ett"):
            markup.show(report.single(errors), key="errors")
    st.download_button(
        "Hämta alla fel som CSV",
        data=lambda: report.as_csv(checked.report.frame),
        file_name="fel.csv",
        mime="text/csv",
        on_click="ignore",
    )
    _warnings(checked)


def _warnings(checked: Checked) -> None:
    warnings = checked.report.warnings
    if warnings.height:
        number = swedish.count_text(warnings.height, "varning", "varningar")
        st.warning(f"{number.capitalize()} att läsa. Leveransen hindras inte.", icon=":material/warning:")
        markup.show(report.grouped(checked.report, "warning"), key="warning-kinds")


def _ready(checked: Checked, content: bytes, name: str) -> None:
    _warnings(checked)
    if checked.observations.height:
        comparison = data.warehouse().compare(checked.observations)
        st.markdown(
            f"Filen har **{swedish.number(comparison.new, 0)} nya**, "
            f"**{swedish.number(comparison.revised, 0)} ändrade** och "
            f"**{swedish.number(comparison.unchanged, 0)} oförändrade** tal jämfört med det som är publicerat."
        )
        markup.show(report.summary(checked.observations, data.catalogue()), key="summary")
    else:
        total = checked.allocations["amount"].sum()
        st.markdown(f"Filen fördelar **{swedish.kronor(total)}** på {checked.allocations.height} rader.")
    indicators, money = frozenset(checked.observations["indicator"].unique()), checked.allocations.height > 0
    refusal = access.allowed(Action.DELIVER, indicators, money)
    if refusal is not None:
        st.info(refusal.reason, icon=":material/lock:")
        return
    note = st.text_input("Anteckning (frivillig)", key="delivery-note", max_chars=500)
    columns = st.columns([1, 1, 3])
    may_not = access.allowed(Action.PUBLISH, indicators, money) or access.four_eyes(
        checked.jobs, access.user()
    )
    if may_not is not None:
        frame.remark(may_not.reason, key="may-not-publish")
    elif columns[0].button("Publicera", type="primary", key="publish-delivery"):
        _store(checked, content, name, note, publish_now=True)
    if columns[1 if may_not is None else 0].button("Spara och vänta", key="stage-delivery"):
        _store(checked, content, name, note, publish_now=False)


def _store(checked: Checked, content: bytes, name: str, note: str, *, publish_now: bool) -> None:
    try:
        with st.spinner("Publicerar …" if publish_now else "Sparar …"):
            outcome = store(
                checked,
                content,
                name,
                knowledge=data.knowledge(),
                warehouse=data.warehouse(),
                by=access.user(),
                publish=publish_now,
                note=note or None,
            )
    except WarehouseError as error:
        st.error(str(error), icon=":material/error:")
        return
    receipt = outcome.receipt
    if receipt is None:
        return
    state = _STORED.get(receipt.status, STATUS_WORDS[receipt.status])
    said = f"{markup.plain(name)} är {state} som leverans {receipt.batch}."
    if receipt.already_delivered:
        said = (
            f"Samma fil levererades redan {receipt.delivered_at:%Y-%m-%d} av {receipt.delivered_by} som "
            f"leverans {receipt.batch}, som är {state}. Inget nytt är sparat."
        )
    st.session_state[DONE] = said
    st.rerun()
