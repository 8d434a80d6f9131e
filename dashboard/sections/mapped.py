"""What becomes of a file that no reader knows: it is asked about, or read as somebody has said of such files."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import access, data, frame
from dashboard.components import markup, report
from dashboard.sections import mapping as questions
from etl.extract.fingerprint import of_mapping
from etl.jobs import mappings
from etl.warehouse import WarehouseError
from schemas import clock, swedish
from schemas.roles import Action

if TYPE_CHECKING:
    from collections.abc import Mapping as Remembered

    from etl.extract.model import Workbook
    from etl.jobs.delivery import Checked
    from schemas.mapping import Mapping

_TOLD = "_mapping_told"
_CHANGING = "_mapping_changing"
_SAID = "_mapping_said"
_NOT_KEPT = "_mapping_not_kept"


def told(key: str) -> Mapping | None:
    """The mapping that was told of a file in this session; None where none was."""
    kept: tuple[str, Mapping] | None = st.session_state.get(_TOLD)
    return kept[1] if kept is not None and kept[0] == key else None


@lru_cache(maxsize=2)
def remembered(_version: int) -> Remembered[str, Mapping]:
    """What a version of the warehouse remembers of files that no reader knows, by fingerprint."""
    with data.warehouse().snapshot() as now:
        return mappings.remembered(now.mappings())


def show(checked: Checked, name: str, key: str) -> bool:
    """Ask about a file that isn't known, or say how it was read.

    Args:
        checked: The file as it was read.
        name: Its name.
        key: What tells it from other files.

    Returns:
        True while it is asked about, so that nothing else is to be shown of it.
    """
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(said, icon=":material/check:")
    not_kept = st.session_state.pop(_NOT_KEPT, None)
    if not_kept:
        st.warning(markup.plain(not_kept), icon=":material/warning:")
    if checked.workbook is None:
        return False
    changing = st.session_state.get(_CHANGING) == key
    if checked.mapping is not None and not changing and not checked.mapping.asks:
        st.header(
            f"{markup.plain(name)} läses med tolkningen ”{markup.plain(checked.mapping.name)}”", anchor=False
        )
        st.markdown(f"{swedish.count_text(checked.rows, 'läst uppgift', 'lästa uppgifter').capitalize()}.")
        _read_as(checked.mapping, checked.workbook, key)
        return False
    _ask(checked, checked.workbook, name, key)
    return True


def _ask(checked: Checked, workbook: Workbook, name: str, key: str) -> None:
    st.header(_heading(checked, name), anchor=False)
    st.markdown(
        "Tala om vad kolumnerna är. Svaren är ifyllda efter rubrikerna och innehållet; ändra det som inte stämmer."
        if checked.mapping is None
        else "Svaren är ifyllda som i den sparade tolkningen. Fyll i det som saknas, eller ändra."
    )
    if checked.mapping is not None and not checked.mapping.asks and st.button("Avbryt", key="keep-mapping"):
        st.session_state.pop(_CHANGING, None)
        st.rerun()
    answer = questions.show(workbook, name, key, checked.mapping)
    if checked.mapping is None and checked.shape_name is not None:
        with st.expander(f"Om filen ska vara {checked.shape_name}: vad som saknas"):
            markup.show(report.grouped(checked.report, "error"), key="error-kinds")
    if answer is None:
        return
    st.session_state[_TOLD] = (key, answer.mapping)
    st.session_state.pop(_CHANGING, None)
    if answer.remember:
        _remember(answer.mapping, workbook)
    st.rerun()


def _heading(checked: Checked, name: str) -> str:
    if checked.mapping is not None:
        return f"Hur {markup.plain(name)} läses"
    if checked.shape_name is not None:
        return f"{markup.plain(name)} har inte alla kolumner i {checked.shape_name}"
    return f"{markup.plain(name)} kändes inte igen"


def _remember(mapping: Mapping, workbook: Workbook) -> None:
    try:
        mappings.remember(mapping, workbook, data.warehouse(), by=access.user(), permit=access.permit())
    except WarehouseError as error:
        st.session_state[_NOT_KEPT] = f"Filen läses så, men tolkningen sparades inte: {error}"
        return
    st.session_state[_SAID] = (
        f"Tolkningen ”{markup.plain(mapping.name)}” är sparad. Nästa fil med samma rubriker läses direkt."
    )


def _read_as(mapping: Mapping, workbook: Workbook, key: str) -> None:
    """Which mapping the file was read with, and the ways to change and to forget it."""
    fingerprint = of_mapping(workbook, mapping)
    kept = _kept(fingerprint)
    since = f"sparades {kept[0]} av {kept[1]}" if kept else "är inte sparad och gäller bara den här filen"
    frame.remark(f"Tolkningen {since}.", key="read-as")
    with st.container(horizontal=True, key="mapping-ways"):
        if st.button("Ändra tolkningen", key="change-mapping"):
            st.session_state[_CHANGING] = key
            st.rerun()
        may = access.allowed(Action.MAP) is None
        if kept and fingerprint and may and st.button("Glöm tolkningen", key="forget-mapping"):
            _forget(fingerprint, mapping)


def _kept(fingerprint: str | None) -> tuple[str, str] | None:
    """When a mapping was kept and by whom; None where it isn't."""
    with data.warehouse().snapshot() as now:
        rows = now.mappings().filter(fingerprint=fingerprint) if fingerprint else None
    if rows is None or rows.is_empty():
        return None
    row = rows.row(0, named=True)
    return f"{clock.in_sweden(row['at']):%Y-%m-%d}", row["by"]


def _forget(fingerprint: str, mapping: Mapping) -> None:
    try:
        data.warehouse().forget_mapping(fingerprint, by=access.user(), permit=access.permit())
    except WarehouseError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state.pop(_TOLD, None)
    st.session_state[_SAID] = f"Tolkningen ”{markup.plain(mapping.name)}” är glömd."
    st.rerun()
