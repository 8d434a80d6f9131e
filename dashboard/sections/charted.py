"""What the charts of an indicator's page have in common: wide and narrow, the table, how it is read, and the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

from dashboard import data, links
from dashboard.charts import style
from dashboard.charts.drawn import Drawn
from dashboard.components import drawing, figures_table, markup, notes, term
from schemas import clock, swedish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

    from dashboard.components.figures_table import FiguresTable
    from schemas.catalogue import Indicator
    from schemas.period import Period


#: Views kept as they are, half a megabyte each; and what only they are made of.
KEPT = 24
MADE_OF = 2

#: What the charts' files are called, after the indicator.
_FILES = {"story": "utveckling", "gap": "skillnader", "funnel": "tratt"}


class View(NamedTuple):
    """What a chart is of: the version of the figures, ids of what is chosen, and the theme."""

    version: data.Version
    indicator: str
    age: str
    target: str | None
    division: str
    place: str
    theme: str | None

    @property
    def plain(self) -> View:
        """The same whatever the theme, for what isn't coloured here."""
        return self._replace(theme=None)


class Chart(NamedTuple):
    """A chart for a wide and for a narrow window, in words, and as a table with its markup."""

    wide: Drawn
    narrow: Drawn
    alt: str
    table: FiguresTable
    markup: str


def chart(
    figure: Callable[..., dict[str, Any]], shown: Any, theme: str | None, alt: str, table: FiguresTable
) -> Chart:
    """Draw a chart once, for all who look at the same.

    Args:
        figure: Draws `shown` with a palette, `narrow` or not.
        shown: What the chart shows.
        theme: The theme.
        alt: The chart in words.
        table: Its table.
    """
    colours = style.palette(theme)
    wide, narrow = (Drawn(figure(shown, colours, narrow=narrow)) for narrow in (False, True))
    return Chart(wide, narrow, alt, table, figures_table.html(table))


def pictures(key: str, chart: Chart) -> None:
    """Show a chart. The style sheet shows the one that fits; the server can't know how wide the window is."""
    for name, figure in ((f"{key}-wide", chart.wide), (f"{key}-narrow", chart.narrow)):
        with st.container(key=name):
            st.plotly_chart(figure, theme=None, key=f"{name}-chart", config=style.CONFIG, alt=chart.alt)


def twin(
    key: str, chart: Chart, label: str, view: View, *, pictured: bool = True, file: str | None = None
) -> None:
    """What stands below a chart: the button that saves it as a picture, its table one click away, and its file.

    Args:
        key: The chart's.
        chart: The chart.
        label: What the table is.
        view: What the chart is of.
        pictured: Whether the chart itself is shown.
        file: What its file is called after the indicator, where a chart has several.
    """
    if pictured:
        drawing.show(drawing.tools(chart.wide.said, chart=key), key=f"{key}-tools")
    with st.expander(label):
        markup.show(chart.markup, key=f"{key}-table")
        st.download_button(
            "Hämta som CSV",
            data=lambda: figures_table.download(chart.table),
            file_name=f"{view.indicator}-{file or _FILES[key]}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"{key}-csv",
        )


def said(sentences: Sequence[str], *, key: str) -> None:
    """Sentences as one paragraph."""
    markup.show(term.explained(f"<p>{markup.text(' '.join(sentences))}</p>"), key=key)


def reading(pairs: list[tuple[str, str]], *, key: str) -> None:
    """How a chart is read, as an element of its own."""
    markup.show(reading_html(pairs), key=key)


def reading_html(pairs: list[tuple[str, str]]) -> str:
    """How a chart is read: its words and what they mean, one click away, with the way to the page Metod."""
    method = markup.link(links.href(links.METHOD), "Alla formler och källor står på sidan Metod.")
    told = notes.facts([(name, markup.text(meaning)) for name, meaning in pairs])
    return f"<details><summary>Så läser du</summary>{told}<p>{method}</p></details>"


def foot(version: data.Version, indicator: Indicator, sources: pl.Series, last: Period) -> str:
    """Source and date, as they stand in a picture."""
    known = sorted(sources.drop_nulls().unique().to_list())
    named = swedish.listing(known) if known else indicator.source.publisher
    changed = max(data.batches(version)["changed_at"].to_list(), default=None)
    day = f", {clock.in_sweden(changed):%Y-%m-%d}" if changed else ""
    return f"Källa: {named.rstrip('.')}. Uppgifter till och med {last.label}. Version {data.number(version)}{day}."


def source_text(indicator: Indicator, sources: pl.Series) -> str:
    """Where the figures come from, in one cell of a file."""
    return swedish.listing(sorted(sources.drop_nulls().unique().to_list())) or indicator.source.publisher
