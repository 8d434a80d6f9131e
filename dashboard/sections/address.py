"""The address says what the page shows, also where the page opened at something that the address didn't say."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

_JS = Path(__file__).parents[1] / "components" / "address.js"


@lru_cache(maxsize=1)
def _component() -> Callable[..., object]:
    return st.components.v2.component(
        "fardplan_address",
        html="<span></span>",
        js=_JS.read_text(encoding="utf-8"),
        isolate_styles=False,
    )


def say(said: dict[str, str]) -> None:
    """Put into the address what it lacks; once a page, at its end.

    Nothing is added to what the back button goes through, and nothing is run anew.

    Args:
        said: What the page shows, by the filters' names in addresses.
    """
    if any(st.query_params.get(key) != value for key, value in said.items()):
        _component()(data={"said": said}, key="address")
