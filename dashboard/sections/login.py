"""The way to log in and out, at the top of every page; nothing where login isn't set up."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from dashboard import access, login
from dashboard.components import markup
from dashboard.login_middleware import FAILED

#: What the address says of a login that came to nothing.
_NOT_LOGGED_IN = (
    "Inloggningen blev inte av: den avbröts, nekades eller tog för lång tid. Försök igen, eller fortsätt utan att "
    "logga in."
)


def show() -> None:
    """Who is logged in and a way out, or a way in."""
    found = _login()
    if found is None:
        return
    if FAILED in st.query_params:
        del st.query_params[FAILED]
        st.warning(_NOT_LOGGED_IN, icon=":material/warning:")
    with st.container(
        key="login", horizontal=True, horizontal_alignment="right", vertical_alignment="center"
    ):
        if login.claims().get("is_logged_in") is not True:
            _way_in(found)
            return
        here = access.standing()
        said = f"Inloggad som {here.actor.name}" if here.actor else here.why
        markup.show(f'<p class="fp-small fp-quiet fp-login">{markup.text(said)}</p>', key="logged-in")
        st.button("Logga ut", key="log-out", type="tertiary", on_click=login.end, icon=":material/logout:")


def _login() -> login.Login | None:
    try:
        return login.configuration()
    except login.LoginError:
        # The start tells what is wrong and stops the server.
        return None


def _way_in(found: login.Login) -> None:
    """A button, or where the address isn't the one that login is set up for, a link to that one."""
    address = st.context.url
    parts = urlsplit(address or found.origin)
    if f"{parts.scheme}://{parts.netloc}" == found.origin:
        st.button("Logga in", key="log-in", type="tertiary", on_click=st.login, icon=":material/login:")
        return
    there = markup.text(found.origin + parts.path)
    markup.show(
        f'<p class="fp-small fp-login"><a href="{there}">Logga in på {there}</a></p>', key="log-in-there"
    )
