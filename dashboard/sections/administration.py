"""For administrators: giving and taking roles, four eyes per subject, and the history of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import access, data
from dashboard.components import markup, roles_table
from etl import access as rights
from etl.access import GrantError
from etl.warehouse import WarehouseError
from schemas.catalogue import Subject
from schemas.roles import Role, same_name, scope_words
from schemas.words import SUBJECT_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

_DONE = "_rights_done"
_FAILED = "_rights_failed"

#: The roles to choose among, the most given first.
_ROLES = (Role.ANALYST, Role.REVIEWER, Role.ADMINISTRATOR, Role.READER)

_Scope = tuple[str | None, str | None]


def show() -> None:
    """Everything that an administrator needs."""
    _tell()
    with data.warehouse().snapshot() as now:
        grants, four_eyes = now.grants(), now.four_eyes()
        grant_events, setting_events = now.grant_events(), now.setting_events()
    st.header("Vilka som har roller", anchor=False)
    if grants.is_empty():
        st.info("Ingen har fått någon roll ännu.", icon=":material/info:")
    else:
        markup.show(roles_table.held(grants, data.catalogue()), key="held")
    _give()
    if grants.height:
        _take(grants)
    _four_eyes(four_eyes)
    st.header("Ändringar", anchor=False)
    if grant_events.is_empty() and setting_events.is_empty():
        st.markdown("Inget har ändrats.")
    else:
        markup.show(roles_table.history(grant_events, setting_events, data.catalogue()), key="rights-history")


def _tell() -> None:
    """What the last change came to."""
    done = st.session_state.pop(_DONE, None)
    if done:
        st.success(markup.plain(done), icon=":material/check:")
    failed = st.session_state.pop(_FAILED, None)
    if failed:
        st.error(markup.plain(failed), icon=":material/error:")


def _give() -> None:
    catalogue = data.catalogue()
    scopes: list[_Scope] = [
        (None, None),
        *((str(subject), None) for subject in Subject),
        *((None, indicator) for indicator in catalogue.indicators),
    ]
    with st.form("give-role", enter_to_submit=False, border=True):
        st.markdown("**Ge en roll**")
        columns = st.columns([3, 2, 4])
        email = columns[0].text_input("E-postadress", key="role-email", max_chars=254, autocomplete="off")
        role = columns[1].selectbox("Roll", _ROLES, key="role-role", format_func=str.capitalize)
        subject, indicator = columns[2].selectbox(
            "Gäller", scopes, key="role-scope",
            format_func=lambda scope: _capital(scope_words(*scope, catalogue)),
        )  # fmt: skip
        given = st.form_submit_button("Ge rollen", key="give")
    if given:
        said = f"{same_name(email)} har nu rollen {role} för {scope_words(subject, indicator, catalogue)}."
        _do(lambda: _changed(rights.grant, email, role, (subject, indicator)), said)
        st.rerun()


def _take(grants: pl.DataFrame) -> None:
    catalogue = data.catalogue()
    rows = sorted(grants.select("email", "role", "subject", "indicator").rows(), key=str)
    with st.form("take-role", enter_to_submit=False, border=True):
        st.markdown("**Ta bort en roll**")
        st.selectbox(
            "Person och roll", rows, key="role-held",
            format_func=lambda row: f"{row[0]}, {row[1]} för {scope_words(row[2], row[3], catalogue)}",
        )  # fmt: skip
        # A callback knows what was chosen: a select box whose row is gone has its first row chosen instead.
        st.form_submit_button("Ta bort rollen", key="take", on_click=_taken)


def _taken() -> None:
    email, role, subject, indicator = st.session_state["role-held"]
    scope = scope_words(subject, indicator, data.catalogue())
    _do(
        lambda: _changed(rights.revoke, email, role, (subject, indicator)),
        f"{email} har inte längre rollen {role} för {scope}.",
    )


def _four_eyes(on: frozenset[str]) -> None:
    st.header("Fyra ögon", anchor=False)
    st.markdown("Där fyra ögon krävs får den som har levererat en fil inte publicera den själv.")
    for subject in Subject:
        key = f"four-eyes-{subject}"
        st.session_state[key] = subject in on
        st.toggle(SUBJECT_WORDS[subject], key=key, on_change=_decide, args=(subject, key))


def _decide(subject: Subject, key: str) -> None:
    on = bool(st.session_state[key])
    _do(
        lambda: rights.set_four_eyes(
            data.warehouse(), subject, on, actor=access.actor(), catalogue=data.catalogue()
        ),
        f"Fyra ögon {'krävs nu' if on else 'krävs inte längre'} för ämnet {SUBJECT_WORDS[subject]}.",
    )


def _changed(change: Callable[..., object], email: str, role: str, scope: _Scope) -> None:
    change(
        data.warehouse(), email, role, subject=scope[0], indicator=scope[1],
        actor=access.actor(), catalogue=data.catalogue(),
    )  # fmt: skip


def _do(change: Callable[[], object], said: str) -> None:
    """Make a change and note what it came to, for the next run of the page."""
    try:
        change()
    except (GrantError, WarehouseError) as error:
        st.session_state[_FAILED] = str(error)
        return
    st.session_state[_DONE] = said


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
