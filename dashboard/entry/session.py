"""What each session runs: the menu, and the page that the address names."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import access, data, filters, frame, links, looking_ahead, remembered, serving
from dashboard.registry import PAGES
from dashboard.sections import login, past, search

with looking_ahead.service.somebody():
    st.set_page_config(
        page_title="Färdplan", page_icon=str(Path(__file__).with_name("icon.png")), layout="wide"
    )
    data.prepare()

    able = access.actor() is not None
    pages = {
        spec.path: st.Page(
            spec.show,
            title=spec.title,
            url_path=spec.path or None,
            default=spec.path == links.OVERVIEW,
            visibility="visible" if spec.in_menu(able=able) else "hidden",
        )
        for spec in PAGES
    }
    current = st.navigation(list(pages.values()), position="top")
    st.set_page_config(page_title=f"{current.title} – Färdplan")
    filters.begin(current.url_path)
    # Filled when the day is known, which the addresses that it leads to have in them.
    top = st.container(key="top-search")
    login.show()
    # The day that the page is shown as of is known before the page is drawn, and chosen below it.
    banner, page = st.container(key="past-banner"), st.container()
    problem = past.choose()
    with top:
        search.show()
    with banner:
        past.banner(current.url_path, problem)
    with page:
        # Drawn here and not by `current.run()`: Streamlit takes a filter that two pages share for the first one's own,
        # and drops it from the address on the way to the other, also on the way back.
        next(spec for spec in PAGES if spec.path == current.url_path).show()
    with banner:
        frame.unknown()
    remembered.write()
    serving.page_made.set()
