"""What every page has: its finding as the heading, the word about example data, and where figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data, filters, moment
from dashboard.components import foot, markup, notes, term
from schemas import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streamlit.delta_generator import DeltaGenerator

    from dashboard.board import Figure


#: What the notice below a lead explains.
_EXAMPLES = frozenset({"exempeldata"})


def heading(finding: str, lead: str | None = None) -> None:
    """The page's finding, and a sentence or two below it with their terms explained.

    Args:
        finding: What the page shows.
        lead: What is said below it.
    """
    st.title(finding, anchor=False)
    if lead:
        below(lead)


def below(lead: str, *, first: str = "") -> None:
    """A sentence or two below the finding, or below the filters that stand between, with their terms explained.

    Args:
        lead: What is said.
        first: A word or two that stands out before it.
    """
    stands_out = f"<strong>{markup.text(first)}</strong> " if first else ""
    said = f'<p class="fp-lead">{stands_out}{markup.text(lead)}</p>'
    markup.show(term.explained(said, without=_EXAMPLES), key="page-lead")


def finding() -> DeltaGenerator:
    """Where the finding stands on a page with filters: above them, with room for a long name.

    What a choice makes longer or shorter stands below the filters, so that nobody loses hold of them.
    """
    return st.container(key="finding")


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
    """A quiet sentence, with its terms explained. Streamlit's own caption is too pale for WCAG 1.4.3."""
    markup.show(term.explained(f'<p class="fp-small fp-quiet">{markup.text(said)}</p>'), key=key)


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
