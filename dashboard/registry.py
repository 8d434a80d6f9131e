"""The pages, in the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from dashboard import links


@dataclass(frozen=True)
class PageSpec:
    """One page.

    Attributes:
        path: Its address after the host; "" for the first page.
        title: Its name in the menu and the browser's tab.
        module: Its module in `dashboard.pages`, imported when the page is first shown: the first page need
            not wait for what the others use.
    """

    path: str
    title: str
    module: str

    def load(self) -> None:
        """Import the page's module."""
        import_module(f"dashboard.pages.{self.module}")

    def show(self) -> None:
        """Draw the page."""
        import_module(f"dashboard.pages.{self.module}").show()


# One level: under headings Streamlit puts what isn't a list item into its list (WCAG 1.3.1).
PAGES = (
    PageSpec(links.OVERVIEW, "Översikt", "overview"),
    PageSpec(links.INDICATOR, "Indikator", "indicator"),
    PageSpec(links.DELREGION, "Delregion", "delregion"),
    PageSpec(links.FUNDS, "Medel", "funds"),
    PageSpec(links.ROADMAP, "Färdplanen", "roadmap"),
    PageSpec(links.UPLOAD, "Ladda upp", "upload"),
    PageSpec(links.REVIEW, "Granska", "review"),
    PageSpec(links.HISTORY, "Historik", "history"),
    PageSpec(links.CORRECTIONS, "Rättelser", "corrections"),
    PageSpec(links.PERMISSIONS, "Behörigheter", "permissions"),
    PageSpec(links.METHOD, "Metod", "method"),
    PageSpec(links.ABOUT, "Om", "about"),
)
