"""A dropped file: what it was recognised as, all problems, or a summary and the buttons to store it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import access, data, frame
from dashboard.components import markup, report
from dashboard.sections import difference
from dashboard.sections.batches import DONE
from etl.jobs.delivery import store
from etl.jobs.marked_workbook import marked, marked_name
from etl.warehouse import WarehouseError
from schemas import clock, swedish
from schemas.roles import Action
from schemas.words import STATUS_WORDS

if TYPE_CHECKING:
    from etl.jobs.delivery import Checked

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".csv": "text/csv",
    ".json": "application/json",
}

#: Where a session keeps the version that the difference on screen was found in.
_SHOWN = "_delivery_shown"

#: What is said of a status here, where the usual word says too little.
_STORED = {
    "staged": "sparad och väntar på publicering",
    "withdrawn": "återkallad (den kan återställas på sidan Historik)",
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
        _errors(checked, content, name)


def _recognised(checked: Checked, name: str) -> None:
    if checked.mapping is not None:
        return  # `dashboard.sections.mapped` has said it
    if checked.shape_name is None:
        st.header(f"{markup.plain(name)} kändes inte igen", anchor=False)
        return
    st.header(f"{markup.plain(name)} kändes igen som {checked.shape_name}", anchor=False)
    st.markdown(f"{swedish.count_text(checked.rows, 'läst rad', 'lästa rader').capitalize()}.")


def _errors(checked: Checked, content: bytes, name: str) -> None:
    st.error(report.headline(checked.report), icon=":material/error:")
    _downloads(checked, content, name)
    markup.show(report.grouped(checked.report, "error"), key="error-kinds")
    _warnings(checked)


def _downloads(checked: Checked, content: bytes, name: str) -> None:
    """Every problem in three forms; each is made when it is asked for."""
    own = marked_name(content, name)
    stem, ending = PurePath(own).stem, PurePath(own).suffix
    what, them = ("fel", "felen") if checked.report.errors.height else ("varningar", "varningarna")
    forms = (
        (
            f"Din fil med {them} markerade ({ending[1:].upper()})",
            own,
            lambda: marked(content, name, checked.report).content,
        ),
        (f"Alla {what} som CSV", f"{stem}.csv", lambda: report.as_csv(checked.report.frame)),
        (f"Alla {what} som JSON", f"{stem}.json", lambda: report.as_json(checked)),
    )
    with st.container(horizontal=True, key="report-files"):
        for place, (label, file, data_of) in enumerate(forms):
            st.download_button(
                label,
                data=data_of,
                file_name=file,
                mime=_TYPES[PurePath(file).suffix],
                on_click="ignore",
                key=f"report-file-{place}",
            )


def _warnings(checked: Checked) -> None:
    warnings = checked.report.warnings
    if warnings.height:
        number = swedish.count_text(warnings.height, "varning", "varningar")
        st.warning(f"{number.capitalize()} att läsa. Leveransen hindras inte.", icon=":material/warning:")
        markup.show(report.grouped(checked.report, "warning"), key="warning-kinds")


def _ready(checked: Checked, content: bytes, name: str) -> None:
    indicators, money = frozenset(checked.observations["indicator"].unique()), checked.allocations.height > 0
    refusal = access.allowed(Action.DELIVER, indicators, money)
    if refusal is not None:
        # Held against what is published, a file of guesses would tell the small counts that pages hide.
        st.info(refusal.reason, icon=":material/lock:")
        return
    version = data.live()
    _warnings(checked)
    if checked.report.warnings.height:
        _downloads(checked, content, name)
    found = difference.of_delivery(checked)
    if checked.observations.height:
        st.markdown(
            f"Filen har **{swedish.count_text(found.counts.new, 'nytt', 'nya')}**, "
            f"**{swedish.count_text(found.counts.revised, 'ändrat', 'ändrade')}** och "
            f"**{swedish.count_text(found.counts.unchanged, 'oförändrat', 'oförändrade')}** tal "
            "jämfört med det som är publicerat."
        )
        markup.show(report.summary(checked.observations, data.catalogue()), key="summary")
    else:
        total = checked.allocations["amount"].sum()
        rows = swedish.count_text(checked.allocations.height, "rad", "rader")
        st.markdown(f"Filen fördelar **{swedish.kronor(total)}** på {rows}.")
    st.header("Om filen publiceras", anchor=False)
    difference.show(found, key="delivery-difference", name=name)
    shown, st.session_state[_SHOWN] = st.session_state.get(_SHOWN), version
    note = st.text_input(
        "Anteckning (frivillig, visas för alla när filen är publicerad)", key="delivery-note", max_chars=500
    )
    buttons = st.container(horizontal=True)
    may_not = access.allowed(Action.PUBLISH, indicators, money) or access.four_eyes(
        checked.jobs, access.user()
    )
    if may_not is not None:
        frame.remark(may_not.reason, key="may-not-publish")
    elif buttons.button("Publicera", type="primary", key="publish-delivery"):
        _store(checked, content, name, note, publish_now=True, shown=shown)
    if buttons.button("Spara och vänta", key="stage-delivery"):
        _store(checked, content, name, note, publish_now=False)


def _store(
    checked: Checked, content: bytes, name: str, note: str, *, publish_now: bool, shown: int | None = None
) -> None:
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
                permit=access.permit(shown=shown),
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
        day = f"{clock.in_sweden(receipt.delivered_at):%Y-%m-%d}"
        said = (
            f"Samma fil levererades redan {day} av {receipt.delivered_by} som "
            f"leverans {receipt.batch}, som är {state}. Inget nytt är sparat."
        )
    st.session_state[DONE] = said
    st.rerun()
