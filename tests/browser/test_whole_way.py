"""The whole way of a file between two people: wrong, marked, corrected, compared, published, found, withdrawn."""

from __future__ import annotations

import io
import re
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

import openpyxl
import pytest
import xlsxwriter

from etl.catalogue import load_catalogue
from etl.jobs.delivery import deliver
from etl.warehouse import Warehouse, anyone
from tests.browser.login import ANALYST, REVIEWER, batches, buttons, log_in, text, visit
from tests.browser.looking import at_rest
from tests.browser.server import ROOT, Server
from tests.etl import files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "MPR uppföljning å ä ö.xlsx"
KNOWLEDGE = load_catalogue(ROOT / "data" / "catalogue")
INDICATOR = f"/indikator?indikator={quote(KNOWLEDGE.catalogue.indicators['mpr-dos-1'].name)}"
OLD, NEW = "94,1", "92,8"
REASON = "Dubbelräknade vaccinationer i Skövde."


def workbook(area: str, numerator: str) -> bytes:
    """An analyst's own sheet: a title, then the headings, then two years for the county."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Uttag")
        sheet.write(0, 0, "MPR, uttag ur registret", book.add_format({"bold": True}))
        rows = [
            files.row("mpr-dos-1", "Västra Götaland", "2024", "", numerator="930", denominator="1000"),
            files.row("mpr-dos-1", area, "2025", "", numerator=numerator, denominator="1000"),
        ]
        for index, cells in enumerate([files.HEADINGS, *rows]):
            sheet.write_row(index + 2, 0, cells)
    return stream.getvalue()


@pytest.fixture(scope="module")
def published(guarded: Server) -> Server:
    """The server, where the figure is 94,1 % since before."""
    content = files.csv(
        [files.row("mpr-dos-1", "Västra Götaland", "2025", "", numerator="941", denominator="1000")]
    )
    with closing(Warehouse(guarded.warehouse)) as warehouse:
        deliver(
            content,
            "förra.csv",
            knowledge=KNOWLEDGE,
            warehouse=warehouse,
            by="lokal",
            publish=True,
            permit=anyone,
        )
    return guarded


def drop(page: Page, content: bytes, said: str) -> None:
    page.locator('input[type="file"]').first.set_input_files(
        {"name": NAME, "mimeType": XLSX, "buffer": content}
    )
    page.get_by_text(re.compile(said)).first.wait_for(timeout=30_000)
    at_rest(page)


def corrected(marked: bytes) -> bytes:
    """The marked workbook with the two cells set right where they are marked, as a person would in Excel."""
    book = openpyxl.load_workbook(io.BytesIO(marked))
    sheet = book["Uttag"]
    assert sheet["A1"].font.bold, "the workbook is the analyst's own, as it looked"
    commented = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert commented == {"B5", "G5"}
    assert "Västra Götaland" in sheet["B5"].comment.text
    sheet["B5"], sheet["G5"] = "Västra Götaland", 928
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def figure(page: Page, server: Server) -> str:
    page.goto(server.url + INDICATOR)
    at_rest(page)
    return text(page)


def test_from_a_wrong_file_to_the_steering_group_and_back(published: Server, browser: Browser):
    mine, theirs = browser.new_context(locale="sv-SE"), browser.new_context(locale="sv-SE")
    page = visit(mine, published)
    log_in(page, "analys")
    assert OLD in figure(page, published)

    page.goto(f"{published.url}/ladda-upp")
    at_rest(page)
    drop(page, workbook("Västra Götalnd", "928x"), "kändes igen som")
    assert "Västra Götalnd" in text(page)
    assert "928x" in text(page)
    assert not buttons(page) & {"Publicera", "Spara och vänta"}
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("markerade")).click()
    assert download.value.suggested_filename.endswith(".xlsx")

    drop(page, corrected(download.value.path().read_bytes()), "Om filen publiceras")
    assert OLD in text(page)
    assert NEW in text(page)
    assert "Publicera" not in buttons(page), "an analyst doesn't publish"
    page.get_by_role("button", name="Spara och vänta").click()
    page.get_by_text(re.compile("väntar på publicering som leverans")).wait_for(timeout=30_000)
    number, name, status, by = batches(published)[0]
    assert (name, status, by) == (NAME, "staged", ANALYST)
    assert OLD in figure(page, published), "nothing changes before it is published"

    reviewer = visit(theirs, published, f"/granska?leverans={number}")
    log_in(reviewer, "granskare")
    reviewer.get_by_role("heading", name=f"Leverans {number}: {NAME}").wait_for(timeout=30_000)
    assert NEW in text(reviewer)
    reviewer.get_by_role("button", name=f"Publicera leverans {number}").click()
    reviewer.get_by_text(f"Leverans {number} är publicerad.").wait_for(timeout=30_000)
    assert NEW in figure(page, published)

    reviewer.goto(f"{published.url}/historik?leverans={number}")
    at_rest(reviewer)
    reviewer.get_by_text(re.compile("Publicerad.* av |publicerade", re.IGNORECASE)).first.wait_for(
        timeout=30_000
    )
    story = text(reviewer)
    assert ANALYST in story
    assert REVIEWER in story
    reviewer.get_by_role("button", name=re.compile(f"Återkalla leverans {number}")).click()
    reviewer.get_by_label(re.compile("^Varför")).fill(REASON)
    reviewer.get_by_label(re.compile("^Varför")).blur()
    at_rest(reviewer)
    reviewer.get_by_role("button", name=f"Återkalla leverans {number}", exact=True).click()
    reviewer.get_by_text(f"Leverans {number} är återkallad.").wait_for(timeout=30_000)
    now = figure(page, published)
    assert OLD in now
    assert NEW not in now

    visitor = visit(browser.new_context(locale="sv-SE"), published, "/rattelser")
    told = text(visitor)
    assert REASON in told
    assert OLD in told
    assert NEW in told
    assert ANALYST not in told
