"""Ladda upp: drop a file, see what it was recognised as and what is wrong or new, and publish it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

import streamlit as st
from etl.extract.write_template import template_csv, template_xlsx

from dashboard import access, data, frame, links
from dashboard.components import history, markup, report
from etl.jobs.delivery import check, store
from etl.jobs.publishing import publish, restore, withdraw
from etl.warehouse import WarehouseError
from schemas import swedish

if TYPE_CHECKING:
    from etl.jobs.delivery import Checked

_CHECKED = "_checked"
_DONE = "_delivery_done"


def show() -> None:
    """Draw the page."""
    frame.heading(
        "Leverera en fil",
        "Släpp en fil i rutan. Den läses och kontrolleras, och du ser allt som är fel innan något sparas. "
        "Ingenting ändras på de andra sidorna förrän du publicerar.",
    )
    if not access.may_write():
        st.info(access.READ_ONLY, icon=":material/lock:")
    else:
        _deliver()
    _templates()
    _history()
    frame.footer()


def _deliver() -> None:
    uploaded = st.file_uploader(
        "Fil från Folkhälsomyndigheten, Kolada eller i vår egen mall (CSV eller XLSX, högst 200 MB)",
        key="delivery",
        max_upload_size=200,
    )
    done = st.session_state.pop(_DONE, None)
    if done:
        st.success(done, icon=":material/check:")
        markup.show(f"<p>{markup.link(links.href(links.OVERVIEW), 'Se översikten')}</p>", key="to-overview")
    if uploaded is None:
        st.session_state.pop(_CHECKED, None)
        return
    content = uploaded.getvalue()
    checked = _checked(content)
    _recognised(checked, uploaded.name)
    if not checked.ok:
        _errors(checked)
    else:
        _ready(checked, content, uploaded.name)


def _checked(content: bytes) -> Checked:
    """What the file holds; read once a file, not once a rerun."""
    key = hashlib.sha256(content).hexdigest()
    kept: tuple[str, Checked] | None = st.session_state.get(_CHECKED)
    if kept is None or kept[0] != key:
        with st.spinner("Läser och kontrollerar filen …"):
            kept = (key, check(content, data.knowledge()))
        st.session_state[_CHECKED] = kept
    return kept[1]


def _recognised(checked: Checked, name: str) -> None:
    if checked.shape_name is None:
        st.subheader(f"{name} kändes inte igen", anchor=False)
        return
    st.subheader(f"{name} kändes igen som {checked.shape_name}", anchor=False)
    st.markdown(f"{swedish.count_text(checked.rows, 'rad', 'rader').capitalize()} lästa.")


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
        st.warning(f"{number.capitalize()} att läsa. De hindrar inte leveransen.", icon=":material/warning:")
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
    note = st.text_input("Anteckning (frivillig)", key="delivery-note", max_chars=500)
    columns = st.columns([1, 1, 3])
    if columns[0].button("Publicera", type="primary", key="publish-delivery"):
        _store(checked, content, name, note, publish_now=True)
    if columns[1].button("Spara och vänta", key="stage-delivery"):
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
    words = {
        "published": "publicerad",
        "staged": "sparad och väntar på publicering",
        "withdrawn": "återkallad",
    }
    said = f"{name} är {words.get(receipt.status, receipt.status)} som leverans {receipt.batch}."
    if receipt.already_delivered:
        said = (
            f"Samma fil levererades redan {receipt.delivered_at:%Y-%m-%d} av {receipt.delivered_by} som "
            f"leverans {receipt.batch}, som är {words.get(receipt.status, receipt.status)}. Inget nytt är sparat."
        )
    st.session_state[_DONE] = said
    st.rerun()


def _templates() -> None:
    with st.expander("Mallar att fylla i"):
        st.markdown(
            "Mallen har rubriker, en exempelrad och ett blad som förklarar varje kolumn. "
            "Ta bort exempelraden innan du levererar; annars hoppas den över."
        )
        columns = st.columns(4)
        kinds: tuple[tuple[Literal["observations", "allocations"], str], ...] = (
            ("observations", "Indikatorer"),
            ("allocations", "Fördelning av medel"),
        )
        for place, (kind, name) in enumerate(kinds):
            columns[2 * place].download_button(
                f"{name} (XLSX)",
                data=lambda kind=kind: template_xlsx(kind, data.catalogue()),
                file_name=f"mall-{name.lower().replace(' ', '-').replace('ö', 'o')}.xlsx",
                on_click="ignore",
                key=f"{kind}-xlsx",
            )
            columns[2 * place + 1].download_button(
                f"{name} (CSV)",
                data=lambda kind=kind: template_csv(kind, data.catalogue()),
                file_name=f"mall-{name.lower().replace(' ', '-').replace('ö', 'o')}.csv",
                mime="text/csv",
                on_click="ignore",
                key=f"{kind}-csv",
            )


def _history() -> None:
    batches = data.batches(data.version())
    st.subheader("Leveranser", anchor=False)
    if batches.is_empty():
        st.info("Inga filer är levererade ännu.", icon=":material/info:")
        return
    markup.show(history.html(batches), key="history")
    if access.may_write():
        _change_batch(batches["batch"].to_list(), dict(zip(batches["batch"], batches["status"], strict=True)))


def _change_batch(numbers: list[int], status: dict[int, str]) -> None:
    with st.expander("Publicera, återkalla eller återställ en leverans"):
        number = st.selectbox("Leverans", numbers, key="batch", format_func=lambda item: f"Leverans {item}")
        verbs = {
            "staged": ("Publicera", publish, "publicerad"),
            "published": ("Återkalla", withdraw, "återkallad"),
            "withdrawn": ("Återställ", restore, "återställd"),
        }
        if status[number] not in verbs:
            st.markdown("Leveransen är avvisad och kan inte ändras.")
            return
        verb, change, done = verbs[status[number]]
        if not st.button(f"{verb} leverans {number}", key="change-batch"):
            return
        try:
            change(data.warehouse(), number, by=access.user(), note=None, knowledge=data.knowledge())
        except WarehouseError as error:
            st.error(str(error), icon=":material/error:")
            return
        st.session_state[_DONE] = f"Leverans {number} är {done}."
        st.rerun()
