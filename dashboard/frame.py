"""What every page has: its finding as the heading, the word about example data, and where figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data, filters, moment
from dashboard.components import foot, markup, notes
from schemas import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.board import Figure


def heading(finding: str, lead: str | None = None) -> None:
    """The page's finding, and a sentence below it."""
    st.title(finding, anchor=False)
    if lead:
        st.markdown(lead)


def as_example(finding: str, example: bool) -> str:
    """The finding, with `Exempel:` before it where it rests on generated figures."""
    return f"Exempel: {finding}" if example else finding


def example_notice(shown: Iterable[Figure]) -> None:
    """Say which of the figures on the page are example data, before any of them is seen."""
    drawn = example_words(shown)
    if drawn:
        markup.show(drawn, key="example-notice")


def example_words(shown: Iterable[Figure]) -> str:
    """Which of some figures are example data, as markup; empty where none is."""
    with_value = [figure for figure in shown if figure.value is not None]
    examples = sum(figure.is_example for figure in with_value)
    if not examples:
        return ""
    if examples == len(with_value):
        what = "Alla siffror på sidan är exempeldata."
    else:
        what = f"{examples} av {len(with_value)} siffror på sidan är exempeldata. De är märkta med ordet."
    return notes.example_banner(what)


def unknown() -> None:
    """What the address asked for that the page doesn't have; called when the page is drawn."""
    said = filters.unknown()
    if said:
        st.warning(markup.plain(" ".join(said)), icon=":material/link_off:")


def remark(said: str, *, key: str) -> None:
    """A quiet sentence. Streamlit's own caption is too pale for WCAG 1.4.3."""
    markup.show(f'<p class="fp-small fp-quiet">{markup.text(said)}</p>', key=key)


def footer() -> None:
    """Which version the page shows, when it was made and what was chosen; the pages about the pages; printing."""
    version = data.version()
    when = max(data.batches(version)["changed_at"].to_list(), default=None)
    said = f"Version {data.number(version)} av uppgifterna"
    if when is not None:
        said += f", senast ändrad {clock.in_sweden(when):%Y-%m-%d kl. %H.%M}"
    markup.show(
        foot.html(f"{said}. Källa och period står vid varje indikator.", filters.chosen(), moment.day()),
        key="footer",
    )
