"""Files as an analyst delivers them, made on the spot."""

from __future__ import annotations

import io

import msoffcrypto.format.ooxml
import xlsxwriter

HEADINGS = ["Indikator", "Område", "Period", "Kön", "Ålder", "Värde", "Täljare", "Nämnare", "Flagga", "Källa"]
MONEY_HEADINGS = [
    "Överenskommelse", "År", "Ändamål", "Nivå", "Område", "Mottagare", "Typ", "Belopp", "Källa",
]  # fmt: skip


def row(
    indicator="vardgaranti-telefon",
    area="1480",
    period="2024-05",
    value="85,5",
    *,
    numerator="",
    denominator="",
) -> list[str]:
    """A row of the template."""
    return [indicator, area, period, "Totalt", "", value, numerator, denominator, "", "Eget uttag"]


def money(recipient="VästKom", amount="81314959", kind="fördelat") -> list[str]:
    """A row of the template for money."""
    return [
        "psykisk-halsa-2021", "2021", "Brukarmedverkan", "länsgemensamt", "Västra Götaland", recipient, kind,
        amount, "Eget uttag",
    ]  # fmt: skip


def csv(rows: list[list[str]], *, headings: list[str] = HEADINGS, encoding: str = "utf-8-sig") -> bytes:
    """A CSV as the template has it."""
    return "".join(";".join(cells) + "\r\n" for cells in [headings, *rows]).encode(encoding)


def xlsx(rows: list[list[str]], *, headings: list[str] = HEADINGS) -> bytes:
    """A workbook with one sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Uppgifter")
        for place, cells in enumerate([headings, *rows]):
            sheet.write_row(place, 0, cells)
    return content.getvalue()


def protected(content: bytes, password: str = "hemligt") -> bytes:
    """The workbook with a password."""
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(content)).encrypt(password, locked)
    return locked.getvalue()
