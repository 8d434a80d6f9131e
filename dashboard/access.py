"""Who may change anything. Without a login, only whoever sits at the machine that serves the pages."""

from __future__ import annotations

import getpass
import ipaddress
from urllib.parse import urlsplit

import streamlit as st

READ_ONLY = (
    "Sidan är skrivskyddad: tjänsten nås från andra datorer och har ingen inloggning. "
    "Leverera filer från datorn där den körs, med kommandot fardplan load."
)


def is_loopback(address: str | None) -> bool:
    """Whether a server on `address` can be reached from its own machine only."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address((address or "").strip("[]")).is_loopback
    except ValueError:
        return False


def may_write() -> bool:
    """Whether this session may deliver, publish and withdraw.

    Only when the server can be reached from its own machine alone, and the request came from there without
    passing a proxy: what a proxy forwards comes from its machine, too, whoever sent it.
    """
    if not is_loopback(st.get_option("server.address")):
        return False
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    if any(
        name in headers for name in ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
    ):
        return False
    host = headers.get("host", "localhost")
    return is_loopback(urlsplit(f"//{host}").hostname)


def user() -> str:
    """The name that deliveries are stored under: the local user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "okänd"
