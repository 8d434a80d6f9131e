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
        section: The heading that it stands under in the menu; "" for those that stand there themselves.
    """

    path: str
    title: str
    module: str
    section: str = ""

    def load(self) -> None:
        """Import the page's module."""
        import_module(f"dashboard.pages.{self.module}")

    def show(self) -> None:
        """Draw the page."""
        import_module(f"dashboard.pages.{self.module}").show()


#: The heading of the pages that are about what the figures rest on.
SOURCES = "Underlag"

PAGES = (
    PageSpec(links.OVERVIEW, "Översikt", "overview"),
    PageSpec(links.INDICATOR, "Indikator", "indicator"),
    PageSpec(links.DELREGION, "Delregion", "delregion"),
    PageSpec(links.FUNDS, "Medel", "funds"),
    PageSpec(links.ROADMAP, "Färdplanen", "roadmap"),
    PageSpec(links.ABOUT, "Om", "about"),
    PageSpec(links.UPLOAD, "Ladda upp", "upload", SOURCES),
    PageSpec(links.REVIEW, "Granska", "review", SOURCES),
    PageSpec(links.HISTORY, "Historik", "history", SOURCES),
    PageSpec(links.CORRECTIONS, "Rättelser", "corrections", SOURCES),
    PageSpec(links.PERMISSIONS, "Behörigheter", "permissions", SOURCES),
)


def by_section() -> dict[str, list[PageSpec]]:
    """The pages under their headings, in the order of the menu."""
    found: dict[str, list[PageSpec]] = {}
    for page in PAGES:
        found.setdefault(page.section, []).append(page)
    return found
