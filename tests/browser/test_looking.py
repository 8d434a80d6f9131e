"""When a page is at rest: not before the server has answered what was chosen, however late it is."""

from __future__ import annotations

import signal
from threading import Timer
from typing import TYPE_CHECKING

from dashboard import links
from tests.browser.looking import at_rest, choose, look_at, main

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.server import Server

#: Seconds without an answer.
LATE = 1.0


def test_a_page_is_not_at_rest_before_its_question_is_answered(server: Server, page: Page):
    look_at(page, f"{server.url}/{links.QUALITY}")
    assert "Göteborgsregionen" not in main(page).inner_text()
    server.process.send_signal(signal.SIGSTOP)
    answering = Timer(LATE, server.process.send_signal, [signal.SIGCONT])
    answering.start()
    try:
        choose(page, "Indelning", "Kommunalförbund")
        at_rest(page)
        seen = main(page).inner_text()
    finally:
        answering.join()
    assert "Göteborgsregionen" in seen
