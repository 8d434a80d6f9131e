"""The whole application: every address gives a page in Swedish, and the server says how it is."""

from __future__ import annotations

import gc
import threading
import warnings
from collections.abc import Iterator

import pytest

from dashboard.registry import PAGES
from tests.dashboard.conftest import PATIENCE

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette's client would rather have a newer httpx
    from starlette.testclient import TestClient


@pytest.fixture
def client(own, monkeypatch) -> Iterator[TestClient]:
    from streamlit.runtime import Runtime

    from dashboard import serving
    from dashboard.app import app

    monkeypatch.setattr(serving, "_ready", threading.Event())
    try:
        with TestClient(app) as opened:
            assert serving._ready.wait(PATIENCE)
            yield opened
    finally:
        Runtime._instance = None
        gc.unfreeze()


def test_pages_health_and_headers(client):
    for page in PAGES:
        answer = client.get(f"/{page.path}", headers={"Accept": "text/html", "Accept-Encoding": "gzip, br"})
        assert answer.status_code == 200
        assert '<html lang="sv"' in answer.text, page.title
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert answer.headers["x-content-type-options"] == "nosniff"
    health = client.get("/halsa")
    assert health.json() == {"status": "ok", "version": 1, "ahead": None}
    assert client.head("/").headers["content-length"] != "0"
