"""The templates to download."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard import data
from etl.extract.write_template import template_csv, template_xlsx


def show() -> None:
    """Both templates as XLSX and CSV."""
    with st.expander("Mallar att fylla i"):
        st.markdown(
            "Mallen har rubriker, en exempelrad och ett blad som förklarar varje kolumn. "
            "Ta bort exempelraden innan du levererar; annars hoppas den över."
        )
        columns = st.columns(4)
        kinds: tuple[tuple[Literal["observations", "allocations"], str], ...] = (
            ("observations", "Indikatorer"),
            ("allocations", "Fördelning av medel"),
        )
        for place, (kind, name) in enumerate(kinds):
            columns[2 * place].download_button(
                f"{name} (XLSX)",
                data=lambda kind=kind: template_xlsx(kind, data.catalogue()),
                file_name=f"mall-{name.lower().replace(' ', '-').replace('ö', 'o')}.xlsx",
                on_click="ignore",
                key=f"{kind}-xlsx",
            )
            columns[2 * place + 1].download_button(
                f"{name} (CSV)",
                data=lambda kind=kind: template_csv(kind, data.catalogue()),
                file_name=f"mall-{name.lower().replace(' ', '-').replace('ö', 'o')}.csv",
                mime="text/csv",
                on_click="ignore",
                key=f"{kind}-csv",
            )
