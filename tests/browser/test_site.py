"""The pages as a person meets them: every page, filters, links, and a real delivery."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import expect

from tests.browser.looking import PATIENCE, at_rest
from tests.browser.server import ROOT, Server, free_port, start_server

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page


def cells(page: Page, row: str) -> list[str]:
    """The texts of a matrix row's cells, the county first."""
    page.wait_for_selector(".fp-matrix tbody td")
    found = page.locator(".fp-matrix tbody tr").filter(has=page.get_by_role("link", name=row, exact=True))
    return [text.replace("\u00a0", " ") for text in found.locator("td").all_inner_texts()]


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).first.click()
    page.get_by_role("option", name=option, exact=True).click()
    at_rest(page)


def test_another_division_has_its_own_delregioner(server: Server, page: Page):
    page.goto(server.url)
    at_rest(page)
    choose(page, "Delregion", "Skaraborg")
    page.wait_for_url(re.compile("delregion=Skaraborg"))
    choose(page, "Indelning", "Delregionala nämnder")
    page.wait_for_url(lambda url: "indelning=Delregionala nämnder" in unquote_plus(url))
    expect(page.locator(".fp-matrix thead th")).to_have_count(7, timeout=30_000)
    at_rest(page)
    heads = page.locator(".fp-matrix thead th").all_inner_texts()
    assert heads[:2] == ["Mål", "Västra Götaland"]
    assert sorted(heads[2:]) == [
        "Göteborgsnämnden",
        "Norra nämnden",
        "Södra nämnden",
        "Västra nämnden",
        "Östra nämnden",
    ]
    assert "delregion=" not in page.url


def test_a_cell_leads_to_the_indicator_and_back(server: Server, page: Page, browser: Browser):
    page.goto(server.url)
    at_rest(page)
    row = page.locator(".fp-matrix tbody tr").filter(
        has=page.get_by_role("link", name="MPR dos 1, 2 år", exact=True)
    )
    row.locator("td").nth(5).get_by_role("link").click()
    page.wait_for_url(re.compile("/indikator"))
    page.wait_for_url(lambda url: "delregion=Skaraborg" in url and "indikator=MPR" in url)
    expect(page.locator("h1")).to_contain_text("MPR", timeout=PATIENCE)
    at_rest(page)
    heading = page.locator("h1").inner_text()
    assert "MPR" in heading
    assert "Skaraborg" in heading

    other = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    other.goto(page.url)
    at_rest(other)
    assert other.locator("h1").inner_text() == heading
    other.context.close()

    page.go_back()
    page.wait_for_url(lambda url: "/indikator" not in url)
    page.wait_for_selector(".fp-matrix")


def test_a_cell_can_be_reached_and_followed_with_the_keyboard(server: Server, page: Page):
    page.goto(server.url)
    at_rest(page)
    link = page.locator(".fp-matrix td a").first
    link.focus()
    outline = link.evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline != "none" or link.evaluate("node => node.matches(':focus')")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/indikator"))


def test_the_real_workbook_from_drop_to_overview(browser: Browser, shared_data: Path, tmp_path: Path):
    server = start_server(tmp_path / "warehouse")
    try:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(server.url)
        at_rest(page)
        before = cells(page, "Covid-19 minst 1 dos 12+")
        assert "85,5 %" in before[0]
        assert all("Ingen uppgift" in cell for cell in before[1:])

        page.goto(f"{server.url}/ladda-upp")
        at_rest(page)
        page.locator('input[type="file"]').set_input_files(
            shared_data / "fohm_covid19_vaccine_2022-10-27.xlsx"
        )
        page.get_by_role("heading", name=re.compile("kändes igen som")).wait_for(timeout=30_000)
        page.get_by_role("button", name="Publicera", exact=True).click()
        page.get_by_text(re.compile("är publicerad som leverans")).wait_for(timeout=30_000)
        page.get_by_role("link", name="Översikt", exact=True).click()
        page.wait_for_selector(".fp-matrix")
        at_rest(page)
        after = cells(page, "Covid-19 minst 1 dos 12+")
        # Folkhälsomyndigheten, 27 October 2022: Göteborgsområdet 546 275 of 653 710, Skaraborg 208 234 of
        # 235 829
        assert "83,6 %" in after[1]
        assert "88,3 %" in after[5]

        page.goto(f"{server.url}/ladda-upp")
        at_rest(page)
        page.locator('input[type="file"]').set_input_files(
            shared_data / "fohm_covid19_vaccine_2022-10-27.xlsx"
        )
        page.get_by_role("button", name="Publicera", exact=True).click(timeout=30_000)
        page.get_by_text(re.compile("Samma fil levererades redan")).wait_for(timeout=30_000)
        page.context.close()
    finally:
        server.stop()


def test_all_problems_of_a_bad_file_are_shown_and_nothing_is_stored(server: Server, page: Page):
    page.goto(f"{server.url}/ladda-upp")
    at_rest(page)
    version = page.get_by_text(re.compile("^Version")).inner_text()
    rows = "Indikator;Område;Period;Värde\nmpr-dos-1;Götebrog;2024;95\nmpr-dos-1;Skara;2024;120\n"
    page.locator('input[type="file"]').set_input_files(
        {"name": "fel.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.get_by_text(re.compile("fel.* hindrar leveransen")).wait_for(timeout=20_000)
    shown = page.locator("main").inner_text()
    assert "Göteborg" in shown
    assert "120" in shown
    assert page.get_by_role("button", name="Publicera", exact=True).count() == 0
    assert page.get_by_text(re.compile("^Version")).inner_text() == version


def test_read_only_where_others_can_reach_it(browser: Browser, tmp_path: Path):
    server = start_server(tmp_path / "warehouse", address="0.0.0.0")
    try:
        page = browser.new_page()
        page.goto(f"{server.url}/ladda-upp")
        at_rest(page)
        page.get_by_text(re.compile("Sidan är skrivskyddad")).wait_for()
        assert page.locator('input[type="file"]').count() == 0
        assert page.get_by_role("button", name=re.compile("Publicera|Återkalla")).count() == 0
        page.close()
    finally:
        server.stop()


def test_streamlit_run_works_as_well(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FARDPLAN_WAREHOUSE", str(tmp_path / "warehouse"))
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)], cwd=ROOT
    )
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/halsa", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        page = browser.new_page()
        page.goto(f"{url}/delregion")
        at_rest(page)
        assert "mål" in page.locator("h1").inner_text()
        page.close()
    finally:
        process.terminate()
        process.wait(timeout=20)
