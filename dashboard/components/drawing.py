"""A chart's tools, and drawings of our own: saved as pictures, and looked at by pointer, touch and keyboard."""

from __future__ import annotations

import base64
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.markup import text

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = Path(__file__).parent

#: What a file's name may be long, without its ending.
_LONGEST = 80

_ICON = (
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5v8.2M4.6 6.6L8 10l3.4-3.4M2 12.2v2.3h12v-2.3" '
    'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>'
)


@lru_cache(maxsize=1)
def _component() -> Callable[..., object]:
    """The component, told to Streamlit at its first use; its styles are those of `dashboard.components.markup`."""
    return st.components.v2.component(
        "fardplan_drawing",
        html='<div class="fp"></div>',
        js="\n".join(
            (_HERE / name).read_text(encoding="utf-8") for name in ("picture.js", "area_map.js", "drawing.js")
        ),
        isolate_styles=False,
    )


def show(html: str, *, key: str) -> None:
    """Put a drawing or a chart's tools into the page.

    Args:
        html: Trusted markup; every text in it has passed `dashboard.components.markup.text`.
        key: Unique on the page.
    """
    _component()(data={"html": html}, key=key)


def tools(title: str, *, chart: str | None = None, csv: tuple[str, bytes] | None = None) -> str:
    """The buttons below a chart, as markup for `show`.

    Args:
        title: The chart's title, which its picture is named after.
        chart: The key of a plotly chart, whose container's key ends in `-wide` or `-narrow` or not; None for the
            drawing that stands in the same markup.
        csv: Name and content of its figures as a file.
    """
    of = f' data-chart="{text(chart)}"' if chart else ""
    link = ""
    if csv:
        content = base64.b64encode(csv[1]).decode()
        link = (
            f'<a class="fp-tool" download="{text(csv[0])}" href="data:text/csv;base64,{content}">'
            f"{_ICON}Hämta som CSV</a>"
        )
    return (
        f'<div class="fp-tools"><button type="button" class="fp-tool" data-name="{file_name(title)}.png"{of}>'
        f'{_ICON}Hämta som bild<span class="fp-sr">: {text(title)}</span></button>{link}'
        '<span class="fp-small fp-quiet" role="status" data-picture-says></span></div>'
    )


def file_name(title: str) -> str:
    """`skaraborg-85-5-procent-i-december-2025`: a finding as the name of a file, in plain letters."""
    spelled = title.replace("%", " procent ").lower()
    plain = "".join(one for one in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(one))
    joined = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(joined) > _LONGEST:
        joined = joined[: _LONGEST + 1].rpartition("-")[0] or joined[:_LONGEST]
    return joined or "diagram"
