"""The pages, in the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from dashboard import links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType


class Place(StrEnum):
    """Where a page is found. All are found by search and by address."""

    #: In the menu, for everybody.
    MENU = "menu"
    #: In the menu of those who may change something.
    WORK = "work"
    #: In the foot of every page.
    FOOT = "foot"


@dataclass(frozen=True)
class PageSpec:
    """One page.

    Attributes:
        path: Its address after the host; "" for the first page.
        title: Its name in the menu and the browser's tab.
        module: Its module in `dashboard.pages`, imported when the page is first shown: the first page need
            not wait for what the others use.
        place: Where it is found.
    """

    path: str
    title: str
    module: str
    place: Place = Place.MENU

    def in_menu(self, *, able: bool) -> bool:
        """Whether the menu has the page, for somebody who may change something or not."""
        return self.place is Place.MENU or (able and self.place is Place.WORK)

    def load(self) -> ModuleType:
        """Import the page's module."""
        return import_module(f"dashboard.pages.{self.module}")

    def ahead(self, version: int) -> Iterator[Callable[[], object]]:
        """What the page's readers are likely to choose, to be worked out before they do, in pieces of 0.1 s or so.

        The page's module is imported when the first piece is asked for.
        """
        module = self.load()
        if hasattr(module, "ahead"):
            yield from module.ahead(version)

    def show(self) -> None:
        """Draw the page."""
        self.load().show()


# One level: under headings Streamlit puts what isn't a list item into its list (WCAG 1.3.1).
PAGES = (
    PageSpec(links.OVERVIEW, "Översikt", "overview"),
    PageSpec(links.INDICATOR, "Indikator", "indicator"),
    PageSpec(links.DELREGION, "Delregion", "delregion"),
    PageSpec(links.FUNDS, "Medel", "funds"),
    PageSpec(links.ROADMAP, "Färdplanen", "roadmap"),
    PageSpec(links.QUALITY, "Datakvalitet", "quality"),
    PageSpec(links.CORRECTIONS, "Rättelser", "corrections"),
    PageSpec(links.UPLOAD, "Ladda upp", "upload", Place.WORK),
    PageSpec(links.REVIEW, "Granska", "review", Place.WORK),
    PageSpec(links.HISTORY, "Historik", "history", Place.WORK),
    PageSpec(links.PERMISSIONS, "Behörigheter", "permissions", Place.WORK),
    PageSpec(links.METHOD, "Metod", "method", Place.FOOT),
    PageSpec(links.ABOUT, "Om", "about", Place.FOOT),
    PageSpec(links.GLOSSARY, "Ordlista", "glossary", Place.FOOT),
    PageSpec(links.ACCESSIBILITY, "Tillgänglighetsredogörelse", "accessibility", Place.FOOT),
)
