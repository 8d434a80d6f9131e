"""Small pictures of every page, to see when something is missing, moved or of another shade.

`python -m tests.browser.pictures` takes them anew into `tests/browser/pictures/`. Whoever does that looks at each that
git tells of before it is committed: they are what the pages are held against. The pages are those of what comes with
the program, on a day that stands still.
"""

from __future__ import annotations

import io
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from PIL import Image

from dashboard import links
from tests.browser import looking
from tests.browser.looking import EVERY_PAGE, NARROW, WIDE, View
from tests.browser.server import start_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.server import Server

FOLDER = Path(__file__).with_name("pictures")

#: Bytes that a picture may have, and all of them.
MOST, ALL = 30_000, 600_000

#: The day that the pages show as today, on which everything was delivered.
STILL = """
from datetime import date, datetime
from etl.warehouse import base
from schemas import clock
base._moment = lambda connection: datetime(2026, 3, 2, 8, 0)
clock.today = lambda: date(2026, 3, 2)
"""

#: Letters drawn alike on every machine, as far as the browser can.
FLAGS = [
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
]

#: How much of a page is seen, in pixels from its top, and how many of its pixels become one.
HEIGHT = 2400
_TIMES_SMALLER = {WIDE: 4, NARROW: 2}

#: Shades of grey that are kept.
_SHADES = 16

#: Pixels of a small picture that are compared as one, and by how much their mean may differ: letters are drawn a
#: little differently by another version of the browser.
_BLOCK = 6
_SHADE = 14.0

#: Blocks that may differ more.
_BLOCKS = 3


class Seen(NamedTuple):
    """A page, how wide the window is, and its scheme."""

    view: View
    width: int
    scheme: Literal["light", "dark"]

    @property
    def name(self) -> str:
        """The name of the picture, without its ending."""
        return f"{self.view.page or 'oversikt'}-{self.width}-{self.scheme}"


#: Every page on a wide screen and on a phone, and three in the dark.
SEEN = [
    *(Seen(view, width, "light") for view in EVERY_PAGE for width in (WIDE, NARROW)),
    *(Seen(View(page), WIDE, "dark") for page in (links.OVERVIEW, links.INDICATOR, links.FUNDS)),
]


class Eyes:
    """A browser whose pictures are alike on every machine, as far as it can; it keeps what it has loaded."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self._browser = browser
        self._server = server
        self._pages: dict[tuple[int, str], Page] = {}

    def take(self, seen: Seen) -> Image.Image:
        """A small grey picture of a page."""
        way = (seen.width, seen.scheme)
        if way not in self._pages:
            context = self._browser.new_context(
                viewport={"width": seen.width, "height": HEIGHT},
                color_scheme=seen.scheme,
                locale="sv-SE",
                reduced_motion="reduce",
            )
            self._pages[way] = context.new_page()
        page = self._pages[way]
        looking.look_at(page, self._server.url + seen.view.address)
        shot = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("L")
        smaller = _TIMES_SMALLER[seen.width]
        return shot.resize((seen.width // smaller, HEIGHT // smaller), Image.Resampling.BOX)


@contextmanager
def eyes(folder: Path) -> Iterator[Eyes]:
    """Look at a server on which it is always the same day."""
    from playwright.sync_api import sync_playwright

    from tests.browser import conftest

    path = conftest.chromium()
    server = start_server(folder / "warehouse", empty=True, before=STILL)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=[*conftest.FLAGS, *FLAGS])
            yield Eyes(browser, server)
            browser.close()
    finally:
        server.stop()


def kept(picture: Image.Image) -> bytes:
    """The picture as a file, in few shades."""
    step = 255 / (_SHADES - 1)
    shades = Image.fromarray(np.rint(np.asarray(picture, dtype=float) / step).astype(np.uint8), mode="P")
    shades.putpalette([round(shade * step) for shade in range(_SHADES) for _ in "rgb"])
    file = io.BytesIO()
    shades.save(file, format="PNG", optimize=True, bits=4)
    return file.getvalue()


def reference(seen: Seen) -> Path:
    """Where the picture that a page is held against lies."""
    return FOLDER / f"{seen.name}.png"


def differences(picture: Image.Image, other: Image.Image) -> list[tuple[int, int]]:
    """Where two pictures differ: the upper left corner of each block that does, in their own pixels."""
    if picture.size != other.size:
        return [(0, 0)]
    apart = np.abs(_blocks(picture) - _blocks(other)) > _SHADE
    found = [(int(x) * _BLOCK, int(y) * _BLOCK) for y, x in np.argwhere(apart)]
    return found if len(found) > _BLOCKS else []


def _blocks(picture: Image.Image) -> np.ndarray:
    grey = np.asarray(picture.convert("L"), dtype=float)
    high, wide = (length - length % _BLOCK for length in grey.shape)
    return grey[:high, :wide].reshape(high // _BLOCK, _BLOCK, wide // _BLOCK, _BLOCK).mean(axis=(1, 3))


def main() -> None:
    """Take all pictures anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, eyes(Path(folder)) as looker:
        for seen in SEEN:
            file = kept(looker.take(seen))
            reference(seen).write_bytes(file)
            sys.stdout.write(f"{reference(seen).name} {len(file)} bytes\n")
    for path in set(FOLDER.glob("*.png")) - {reference(seen) for seen in SEEN}:
        path.unlink()


if __name__ == "__main__":
    main()
