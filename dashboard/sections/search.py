"""The search field at the top of every page."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import search

if TYPE_CHECKING:
    from collections.abc import Callable

_KEY = "search"
_LABEL = "Sök indikator, kommun, delregion, sida eller ord"

_HTML = f"""
<div class="fp fp-search" role="search">
  <label class="fp-sr" for="fp-search-field">{_LABEL}</label>
  <input id="fp-search-field" type="text" role="combobox" aria-autocomplete="list" aria-expanded="false"
    aria-controls="fp-search-hits" aria-keyshortcuts="Control+K" autocomplete="off" spellcheck="false"
    placeholder="Sök (Ctrl+K)">
  <ul id="fp-search-hits" role="listbox" aria-label="Träffar" hidden></ul>
  <p class="fp-sr fp-search-said" role="status"></p>
</div>
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., object]:
    scripts = Path(__file__).resolve().parents[1] / "components"
    return st.components.v2.component(
        "fardplan_search",
        html=_HTML,
        js=(scripts / "search.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )


def show() -> None:
    """The field; what is chosen in it is gone to without loading anew, and the field is empty again."""
    _component()(data=search.index(), key=_KEY)
