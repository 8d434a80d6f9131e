"""Behörigheter: what the one who is here may do and whom to ask; for administrators everybody's roles."""

from __future__ import annotations

import streamlit as st

from dashboard import access, data, frame, login
from dashboard.components import markup, roles_table
from dashboard.sections import administration
from etl import access as rights
from schemas.roles import Action, scope_words


def show() -> None:
    """Draw the page."""
    frame.heading(
        "Vem som får göra vad",
        "Alla som når sidorna får läsa det som är publicerat. För att leverera, granska och publicera krävs en roll.",
    )
    st.header("Det här får du göra", anchor=False)
    _mine()
    if access.allowed(Action.MANAGE) is None:
        administration.show()
    st.header("Rollerna", anchor=False)
    st.markdown("En roll gäller allt, ett ämne eller en indikator. En person kan ha flera roller.")
    markup.show(roles_table.explained(), key="roles-explained")
    frame.footer()


def _mine() -> None:
    here = access.standing()
    if here.actor is None:
        st.info(here.why or access.READ_ONLY, icon=":material/lock:")
        return
    if here.actor.trusted:
        st.markdown("Du sitter vid datorn som tjänsten körs på, och får göra allt.")
        if not login.configured():
            frame.remark(
                "Ingen inloggning är inställd. Rollerna här börjar gälla när den är det.", key="no-login"
            )
        return
    grants = rights.grants_of(access.grants_of_all(), here.actor.name)
    if not grants:
        st.markdown(f"Du har ingen roll, och får läsa det som är publicerat. {_whom()}")
        return
    lines = [
        f"- {markup.plain(f'{grant.role} för {scope_words(grant.subject, grant.indicator, data.catalogue())}')}"
        for grant in grants
    ]
    st.markdown("Du har de här rollerna:\n" + "\n".join(lines))
    if access.allowed(Action.MANAGE) is not None:
        st.markdown(f"Behöver du en annan roll? {_whom()}")


def _whom() -> str:
    return markup.plain(access.whom_to_ask())
