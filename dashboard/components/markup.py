"""Real HTML in the page: tables, timelines and symbols that a screen reader can read.

Streamlit's component API renders it in the page itself, without an iframe. A click on one of our own links
is followed as the browser's own back and forward are, so that the page changes without being loaded anew. How it
looks stands in `css/`, which `dashboard.front` gives to every page once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def _component() -> Callable[..., object]:
    """The component, told to Streamlit at its first use: importing this module needs no server."""
    return st.components.v2.component(
        "fardplan_markup",
        html='<div class="fp"></div>',
        js=(_HERE / "markup.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )


def show(html: str, *, key: str, on_go: Callable[[], None] | None = None) -> None:
    """Put `html` into the page.

    Args:
        html: Trusted markup; every text in it has passed `text()`.
        key: Unique on the page.
        on_go: What a click on a link does instead of going where it points.
    """
    if on_go:
        _component()(data={"html": html, "tell": True}, key=key, on_go_change=on_go)
    else:
        _component()(data={"html": html}, key=key)


def text(value: object) -> str:
    """A value as text that is safe inside HTML and inside an attribute."""
    return escape(str(value), quote=True)


def plain(value: str) -> str:
    """A value as text inside Streamlit's markdown: headings, messages."""
    return re.sub(r"([\\`*_{}\[\]()<>#+.!|~$:-])", r"\\\1", value)


def link(
    address: str, label: str, *, css: str = "", aria: str | None = None, title: str | None = None
) -> str:
    """A link to one of our own pages; `label` is markup, `title` what is shown when pointing at it."""
    attributes = f' class="{css}"' if css else ""
    if aria:
        attributes += f' aria-label="{text(aria)}"'
    if title:
        attributes += f' title="{text(title)}"'
    return f'<a href="{text(address)}" data-go{attributes}>{label}</a>'
