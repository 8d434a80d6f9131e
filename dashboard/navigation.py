"""Going back, forward or by a link: the address decides what filters stand at, and the page what it doesn't say."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from collections.abc import Generator


def going_back() -> bool:
    """Whether the address alone decides: somebody went back or forward, or followed a link from one of the pages."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


@contextmanager
def standing_at(key: str, value: object) -> Generator[None]:
    """Within it a filter that the address says nothing of is drawn at a value that the page gives it.

    Without it Streamlit, going back, would draw it at its default.

    Args:
        key: The filter.
        value: What it stands at.
    """
    context = get_script_run_ctx(suppress_warning=True)
    was_going_back = going_back()
    st.session_state[key] = value
    if context is None:
        yield
        return
    context.is_history_navigation = False
    try:
        yield
    finally:
        context.is_history_navigation = was_going_back
