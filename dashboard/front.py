"""What every page gets from the browser's side beside Streamlit's own: our style sheets, and one script.

They come with the page itself and not with the parts that use them: nothing moves when they arrive, and they are
sent once.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from dashboard import streamlit_swedish
from dashboard.streamlit_files import ROOT

if TYPE_CHECKING:
    from starlette.requests import Request

STYLES = "/fardplan.css"
SCRIPT = "/fardplan.js"

_COMPONENTS = Path(__file__).with_name("components")

#: What the script is put together from.
_PARTS = ("swedish.js", "steps.js", "print.js", "still.js")

#: What Streamlit tells those who have no JavaScript, in English.
_NO_SCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)

#: A year: the address changes with the content.
_KEPT = {"cache-control": "public, max-age=31536000, immutable"}


@lru_cache(maxsize=1)
def styles() -> bytes:
    """The style sheets of all parts, in the order of their names.

    A sheet of paper is narrower than most windows, but what is printed is laid out wide and made smaller: the rules
    for narrow windows are for screens alone.
    """
    sheets = sorted((_COMPONENTS / "css").glob("*.css"))
    written = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return written.replace("@media (max-width:", "@media screen and (max-width:").encode()


@lru_cache(maxsize=1)
def script() -> bytes:
    """Says Streamlit's words in Swedish, makes a press one step back, and the page ready for paper."""
    words = json.dumps(streamlit_swedish.EXACT, ensure_ascii=False)
    patterns = json.dumps(streamlit_swedish.PATTERNS, ensure_ascii=False)
    body = "\n".join((_COMPONENTS / name).read_text(encoding="utf-8") for name in _PARTS)
    return f"(() => {{\nconst EXACT = {words};\nconst PATTERNS = {patterns};\n{body}\n}})();\n".encode()


def into(page: bytes) -> bytes:
    """Streamlit's page in Swedish, with our styles and script.

    The styles stand last: where two rules weigh alike, ours goes before Streamlit's.
    """
    told = page.replace(b'<html lang="en"', b'<html lang="sv"', 1)
    told = _NO_SCRIPT.sub(f"<noscript>{streamlit_swedish.NO_SCRIPT}</noscript>".encode(), told, count=1)
    head = f'{_early()}<script src="{_address(SCRIPT, script())}"></script></head>'
    told = told.replace(b"</head>", head.encode(), 1)
    sheet = f'<link rel="stylesheet" href="{_address(STYLES, styles())}"></body>'.encode()
    before, found, after = told.rpartition(b"</body>")
    return before + sheet + after if found else told


#: What Streamlit's script for an element begins with, of the elements that stand at the top of our pages.
_FIRST_SEEN = ("BidiComponent", "ButtonGroup", "Selectbox", "DateInput")

#: Another script that a script can't do without, in Streamlit's packed ones.
_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


@lru_cache(maxsize=1)
def _early() -> str:
    """Streamlit's scripts for the elements that are seen first, fetched before the first of them is there.

    Until they have come each element stands there as a grey box of another height. Streamlit's own page names the
    scripts that come before these.
    """
    folder = ROOT / "static" / "js"
    page = (ROOT / "index.html").read_text(encoding="utf-8")
    wanted = [item.name for first in _FIRST_SEEN for item in sorted(folder.glob(f"{first}.*.js"))]
    seen = dict.fromkeys(wanted)
    for name in wanted:
        needed = _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
        new = [found for found in needed if found not in seen and f"/{found}" not in page]
        seen |= dict.fromkeys(new)
        wanted += new
    return "".join(f'<link rel="modulepreload" href="/static/js/{name}">' for name in seen)


def _address(path: str, content: bytes) -> str:
    return f"{path}?v={hashlib.sha256(content).hexdigest()[:12]}"


async def _styles(_request: Request) -> Response:
    return Response(styles(), media_type="text/css", headers=_KEPT)


async def _script(_request: Request) -> Response:
    return Response(script(), media_type="text/javascript", headers=_KEPT)


def routes() -> list[Route]:
    """Where the browser fetches them."""
    return [Route(STYLES, _styles), Route(SCRIPT, _script)]
