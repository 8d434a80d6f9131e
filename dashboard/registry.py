"""The pages, in the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import links
from dashboard.pages import about, delregion, funds, indicator, overview, roadmap, upload

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class PageSpec:
    """One page.

    Attributes:
        path: Its address after the host; "" for the first page.
        title: Its name in the menu and the browser's tab.
        show: Draws it.
    """

    path: str
    title: str
    show: Callable[[], None]


PAGES = (
    PageSpec(links.OVERVIEW, "Översikt", overview.show),
    PageSpec(links.INDICATOR, "Indikator", indicator.show),
    PageSpec(links.DELREGION, "Delregion", delregion.show),
    PageSpec(links.FUNDS, "Medel", funds.show),
    PageSpec(links.ROADMAP, "Färdplanen", roadmap.show),
    PageSpec(links.UPLOAD, "Ladda upp", upload.show),
    PageSpec(links.ABOUT, "Om", about.show),
)
