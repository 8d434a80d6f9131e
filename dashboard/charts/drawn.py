"""A chart that is drawn: what Streamlit is given to show."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import plotly.io
from plotly.graph_objects import Figure

if TYPE_CHECKING:
    from collections.abc import Callable


class Drawn(Figure):
    """A figure that is turned into plain values once, and that plotly doesn't check each time that it is drawn.

    Plotly's check takes longer than all else of a chart. It is made in the tests, of every figure that they draw.
    """

    def __init__(self, figure: dict[str, Any]) -> None:
        """Keep a figure.

        Args:
            figure: data and layout as plain values.
        """
        # Plotly's own objects are needed for its check only, and they are many times as large: none are made.
        self._plain: dict[str, Any] = json.loads(plotly.io.to_json(figure, validate=False))

    def __reduce__(self) -> tuple[Callable[..., Drawn], tuple[dict[str, Any]]]:
        """How it is pickled: as plain values, and these once more."""
        return _as_it_was, (self._plain,)

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values, always the same ones."""
        return self._plain

    @property
    def said(self) -> str:
        """The title in the picture: its lines in bold type joined to one; empty where it has none."""
        title = self._plain["layout"].get("title", {}).get("text", "")
        return unescape(" ".join(re.findall(r"<b>(.*?)</b>", title.partition("<span")[0])))


def _as_it_was(plain: dict[str, Any]) -> Drawn:
    drawn = Drawn.__new__(Drawn)
    drawn._plain = plain
    return drawn
