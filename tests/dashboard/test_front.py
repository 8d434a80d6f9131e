"""What every page gets beside Streamlit's own."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import streamlit

from dashboard import front

PAGE = (
    '<!doctype html><html lang="en"><head></head><body><noscript>\nYou need <b>JavaScript</b>.\n</noscript>'
    'Åäö <html lang="en"</body></html>'
)


def test_the_page_is_in_swedish_and_has_our_parts():
    page = front.into(PAGE.encode()).decode()
    script = re.escape(front.SCRIPT)
    styles = re.escape(front.STYLES)
    assert re.fullmatch(
        r'<!doctype html><html lang="sv"><head>(?:<link rel="modulepreload" href="/static/js/[^"]+\.js">)+'
        rf'<script src="{script}\?v=[0-9a-f]{{12}}"></script></head><body>'
        r"<noscript>Sidorna behöver JavaScript\. Slå på det i webbläsaren och läs in sidan igen\.</noscript>"
        rf'Åäö <html lang="en"<link rel="stylesheet" href="{styles}\?v=[0-9a-f]{{12}}"></body></html>',
        page,
    )


def test_streamlits_own_page_has_every_place_that_is_changed():
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    told = front.into(page)
    assert told.count(b'<html lang="sv"') == 1
    assert b"You need to enable JavaScript" not in told
    assert told.count(front.STYLES.encode()) == told.count(front.SCRIPT.encode()) == 1


def test_the_scripts_of_what_is_seen_first_are_fetched_with_all_that_they_need():
    static = Path(streamlit.__file__).parent / "static"
    early = re.findall(
        r'href="/static/js/([^"]+)"', front.into(b"<html><head></head><body></body></html>").decode()
    )
    at_start = (static / "index.html").read_text(encoding="utf-8")
    assert {name.partition(".")[0] for name in early} >= {
        "BidiComponent",
        "ButtonGroup",
        "Selectbox",
        "DateInput",
    }
    assert len(set(early)) == len(early)
    for name in early:
        needed = re.findall(
            r'from\s*"\./([^"]+)"', (static / "static" / "js" / name).read_text(encoding="utf-8")
        )
        assert [one for one in needed if one not in early and one not in at_start] == []
        assert name not in at_start


def test_what_is_no_whole_page_is_left_without_styles():
    assert front.into(b"<p>x") == b"<p>x"


def test_rules_for_narrow_windows_are_for_screens():
    told = front.styles().decode()
    assert "@media screen and (max-width:" in told
    assert "@media (max-width:" not in told
    assert "@media print" in told
    assert told.count("{") == told.count("}")


def test_the_script_is_one_that_runs():
    script = front.script()
    assert '"Hoppa till innehållet"' in script.decode()
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here")
    subprocess.run([node, "--check", "-"], input=script, check=True, capture_output=True)


@pytest.mark.parametrize(("path", "kind"), [(front.STYLES, "text/css"), (front.SCRIPT, "text/javascript")])
def test_what_is_fetched_is_kept_until_it_changes(path, kind):
    (route,) = [route for route in front.routes() if route.path == path]
    answer = asyncio.run(route.endpoint(None))
    assert answer.headers["content-type"].startswith(kind)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.body
