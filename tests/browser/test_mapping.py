"""A table that nobody knows: dropped, explained, read with its mistakes told; and the next one read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import looking
from tests.browser.looking import at_rest
from tests.browser.server import Server

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

HEAD = "Statistik från kommunen\r\nKommun;År;Vaccinerade;Barn;Täckning\r\n"


@pytest.fixture
def table(tmp_path: Path):
    def of(name: str, *rows: str) -> Path:
        path = tmp_path / name
        path.write_bytes((HEAD + "\r\n".join(rows)).encode("cp1252"))
        return path

    return of


def drop(page: Page, file: Path) -> None:
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("heading", name=file.name).wait_for()
    at_rest(page)


def choose(page: Page, label: str, option: str) -> None:
    """Pick by typing: the list is long."""
    page.get_by_label(label).first.click()
    page.keyboard.type(option)
    page.get_by_role("option", name=option).first.click()
    at_rest(page)


def test_an_unknown_file_is_explained_once(server: Server, page: Page, table):
    page.goto(f"{server.url}/ladda-upp")
    at_rest(page)
    drop(
        page,
        table("barn 2024.csv", "Ale;2024;180;200;90,0", "Borås;2024;370;400;92,5", "Alee;2024;95;100;95,0"),
    )
    assert page.get_by_role("heading", name="barn 2024.csv kändes inte igen").count() == 1
    heading = page.locator(".fp-cells tr.fp-mine")
    assert "Täckning" in heading.inner_text()
    choose(page, "Vilken indikator gäller talen?", "MPR-vaccinerade 9-åringar, dos 2")
    preview = page.get_by_role("region", name="Så läses de första raderna")
    preview.wait_for()
    assert "90,0\u00a0% (180 av 200)" in preview.inner_text()
    page.get_by_role("button", name="Läs filen så här").click()
    page.get_by_role("heading", name="läses med tolkningen ”barn”").wait_for()
    at_rest(page)
    problems = page.locator(".st-key-error-kinds")
    assert "Kommun" in problems.inner_text()
    assert "Ale" in problems.inner_text()

    page.goto(f"{server.url}/ladda-upp")
    at_rest(page)
    drop(page, table("barn 2025.csv", "Ale;2025;181;200;90,5", "Mark;2025;96;100;96,0"))
    assert page.get_by_role("heading", name="barn 2025.csv läses med tolkningen ”barn”").count() == 1
    assert page.get_by_text("Tolkningen sparades").count() == 1
    page.get_by_role("button", name="Spara och vänta").click()
    page.get_by_text("sparad och väntar på publicering").wait_for()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_questions_can_be_read_by_all(
    server: Server, browser: Browser, scheme: Literal["light", "dark"], width: int, tmp_path: Path
):
    file = tmp_path / "egen.csv"
    file.write_bytes(b"Ort;Tid;Kvot\r\nAle;2024;0,905\r\nMark;2024;-")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{server.url}/ladda-upp")
    at_rest(page)
    drop(page, file)
    choose(page, "Vilken indikator gäller talen?", "MPR-vaccinerade 9-åringar, dos 2")
    page.get_by_text("Fler val").click()
    page.wait_for_timeout(700)  # Streamlit fades new elements in, which axe takes for pale text
    found = [
        (violation["id"], node["html"][:200])
        for violation in Axe().run(page, context="[data-testid=stMain]").response["violations"]
        for node in violation["nodes"]
        if not any(violation["id"] == rule and part in node["html"] for rule, part in looking.EXCUSED)
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()
    assert found == []
    assert not wide
