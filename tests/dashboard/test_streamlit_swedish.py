"""Swedish for Streamlit's own words: each is one that Streamlit says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit

from dashboard import streamlit_swedish as swedish

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"


@pytest.fixture(scope="module")
def said_by_streamlit() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js"))


#: Texts that Streamlit puts together of parts.
TOGETHER = {
    "The page that you have requested does not seem to exist. Running the app's main page.": (
        "The page that you have requested does not seem to exist"
    ),
}


@pytest.mark.parametrize("text", swedish.EXACT)
def test_streamlit_still_says_it(said_by_streamlit, text):
    assert TOGETHER.get(text, text) in said_by_streamlit


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("Help for Indelning", "Hjälp om Indelning"),
        ("Remove a.csv", "Ta bort a.csv"),
        ("year, Sedan förra mötet", "År, Sedan förra mötet"),
        ("month, Sedan förra mötet", "Månad, Sedan förra mötet"),
        ("day, Sedan förra mötet", "Dag, Sedan förra mötet"),
        ("200MB per file • CSV, XLSX", "Högst 200MB per fil • CSV, XLSX"),
        ("File must be 200MB or smaller.", "Filen får vara högst 200MB."),
        (
            "Error: Date set outside allowed range. Please select a date between 2026-11-01 and 2026-11-22.",
            "Dagen går inte att välja. Välj en dag från 2026-11-01 till 2026-11-22.",
        ),
        (
            "Error: Date set outside allowed range. Please select a date on or before 2026-11-22.",
            "Dagen går inte att välja. Gränsen är 2026-11-22.",
        ),
        ("Indelning", None),
    ],
)
def test_a_text_with_something_inside_it(english, expected):
    for pattern, said in swedish.PATTERNS:
        if re.search(pattern, english):
            assert re.sub(pattern, re.sub(r"\$(\d)", r"\\\1", said), english) == expected
            return
    assert expected is None


def test_nothing_is_said_in_english_again():
    assert not set(swedish.EXACT) & set(swedish.EXACT.values())
